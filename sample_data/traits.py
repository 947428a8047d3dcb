"""What makes one child's records differ from another's over the years: lasting traits, drawn once per child."""

from dataclasses import dataclass

import numpy as np

from sample_data.population import Children
from sample_data.schools import School
from sample_data.seeds import stream

# Chance of beginning to stay away, by grade 1–9: highest on entering and in the middle of 中学校.
_ONSET = np.array([0.006, 0.006, 0.008, 0.009, 0.011, 0.012, 0.027, 0.027, 0.014])


@dataclass(frozen=True)
class Traits:
    """One value per child (factors have mean 1) and per school.

    `away_depth` is the chance of absence once a child has withdrawn, `away_on` the day it began, `back_on` the day it eased.
    """

    sick: np.ndarray
    late: np.ndarray
    visits: np.ndarray
    away_depth: np.ndarray
    away_on: np.ndarray
    back_on: np.ndarray
    mood: np.ndarray
    silence: np.ndarray
    drill: np.ndarray
    ability: np.ndarray
    school_absence: np.ndarray
    school_late: np.ndarray


def traits(children: Children, schools: list[School], seed: int) -> Traits:
    """Draw the traits of all children; a frail or late child stays so from year to year."""
    rng = stream(seed, "traits")
    count = len(children)
    begins = rng.random((count, 9)) < _ONSET
    grade = np.where(begins.any(1), begins.argmax(1), 99)
    april = ((children.cohort + grade - 1970) * 12 + 3).astype("datetime64[M]").astype("datetime64[D]")
    away_on = april + rng.choice([20, 45, 70, 150, 165, 185, 220, 290], count) + rng.integers(0, 20, count)
    back_on = away_on + np.where(rng.random(count) < 0.4, rng.integers(90, 420, count), 99999)
    drawn = Traits(
        sick=rng.gamma(2.2, 1 / 2.2, count),
        late=rng.gamma(0.4, 1 / 0.4, count),
        visits=rng.gamma(0.9, 1 / 0.9, count),
        away_depth=np.where(grade < 99, 0.08 + 0.87 * rng.beta(1.3, 1.5, count), 0.0),
        away_on=away_on,
        back_on=back_on,
        mood=rng.normal(0, 0.9, count),
        silence=rng.normal(0, 0.9, count),
        drill=rng.gamma(1.8, 1 / 1.8, count),
        ability=rng.normal(0, 0.6, count),
        school_absence=rng.lognormal(0, 0.1, len(schools)),
        school_late=rng.lognormal(0, 0.2, len(schools)),
    )
    # A story child is ordinary until the story begins, so that the change is the story's own.
    told = children.story >= 0
    drawn.away_depth[told], drawn.late[told], drawn.silence[told], drawn.ability[told], drawn.visits[told] = (
        0,
        0.5,
        -1,
        0.1,
        0.8,
    )
    for trait, most in ((drawn.sick, 0.9), (drawn.drill, 1.4)):
        trait[told] = np.clip(trait[told], 0.5, most)
    drawn.mood[told] = np.clip(drawn.mood[told], 0.2, 0.8)
    return drawn


def away(traits_: Traits, child: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Chance of staying away, [enrolment, day]: it grows over nine weeks and, for some, eases again."""
    rows = np.flatnonzero(traits_.away_depth[child] > 0)
    chance = np.zeros((len(child), len(days)), np.float32)
    who = child[rows]
    since = (days - traits_.away_on[who][:, None]).astype(int)
    eased = (days - traits_.back_on[who][:, None]).astype(int)
    ramp = np.clip(since / 63, 0, 1) * (1 - 0.9 * np.clip(eased / 50, 0, 1))
    chance[rows] = traits_.away_depth[who][:, None] * ramp
    return chance
