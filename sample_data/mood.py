"""心の天気: one tap a morning on how a child feels, answered or not."""

import numpy as np
import polars as pl

from sample_data.attendance import Attendance
from sample_data.school_year import SchoolYear
from sample_data.stories import STORIES, curve
from sample_data.traits import Traits

LEVEL_WORDS = ["晴れ", "くもり", "雨", "雷", "未回答"]
UNANSWERED = 4

# Borders between the four answers on the hidden scale, set so that about 62 / 24 / 9 / 5 of 100 answers fall to each.
_BORDERS = np.array([-0.66, -2.2, -3.5], np.float32)


def mood(year: SchoolYear, traits: Traits, happened: Attendance) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, day and answer (0 晴れ … 3 雷, 4 未回答) wherever a child was asked: at school, in schools that use it.

    Each child has an own level and drifts from week to week; Mondays are heavier, and staying away begins here.
    """
    rng = year.stream("mood")
    shape = year.open.shape
    begins = np.array([np.datetime64(s.mood_from or "2100-01-01") for s in year.schools])
    asked = happened.at_school & (begins[year.school][:, None] <= year.days)
    for row, column, _ in year.contradictions():
        asked[row, column] = True
    week = (year.days.astype(int) + 3) // 7
    _, turn = np.unique(week, return_inverse=True)
    drift = np.zeros((shape[0], turn.max() + 1), np.float32)
    for w in range(1, drift.shape[1]):
        drift[:, w] = 0.75 * drift[:, w - 1] + rng.normal(0, 0.45, shape[0])
    weekday = np.array([-0.42, 0.02, 0.0, 0.08, 0.25, 0.4, 0.0])[year.weekday]
    rooms = rng.normal(0, 0.2, len(year.enrolled.rooms))[year.enrolled.room]
    noise = rng.random(shape, np.float32)
    np.clip(noise, 1e-6, 1 - 1e-6, out=noise)
    felt = np.log(noise / (1 - noise)) + drift[:, turn] + weekday.astype(np.float32)
    felt += (traits.mood[year.child] + rooms - 0.12 * (year.grade >= 7))[:, None].astype(np.float32)
    felt -= 1.8 * happened.chance_away
    quiet = (-2.0 + traits.silence[year.child] + rng.normal(0, 0.35, len(year.enrolled.rooms))[year.enrolled.room])[
        :, None
    ]
    silent = rng.random(shape, np.float32) < 1 / (1 + np.exp(-(quiet + 0.8 * happened.chance_away)))
    for row, story in year.told():
        felt[row] += curve(STORIES[story], "mood", year.days, 0.0)
    row, day = np.nonzero(asked)
    level = (felt[row, day][:, None] < _BORDERS).sum(1)
    return row, day, np.where(silent[row, day], UNANSWERED, level)


def mood_rows(year: SchoolYear, row: np.ndarray, day: np.ndarray, level: np.ndarray) -> pl.DataFrame:
    """The export of the mood app: learner, day, answer and the time of the tap."""
    rng = year.stream("mood rows")
    opens = rng.integers(8 * 60 + 8, 8 * 60 + 28, len(year.enrolled.rooms))[year.enrolled.room]
    minute = opens[row] + rng.integers(0, 9, len(row))
    times = np.array([f"{m // 60:02d}:{m % 60:02d}" for m in range(24 * 60)] + [""], object)
    minute[level == UNANSWERED] = 24 * 60
    return pl.DataFrame({
        "学習者ID": pl.Series(year.children.sourced_id).gather(year.child[row]),
        "日付": pl.Series(year.day_texts()).gather(day),
        "心の天気": pl.Series(LEVEL_WORDS).gather(level),
        "回答時刻": pl.Series(times).gather(minute),
    })  # fmt: skip
