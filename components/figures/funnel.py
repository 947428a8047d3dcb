"""Places side by side, fairly: how far each lies from their common figure, beside what chance and size alone would do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import polars as pl

from components.figures.figures import Figure, figure_in, value_text
from components.wording import _
from queries.catalogue import Indicator
from queries.statistics import (
    Z_95,
    Z_998,
    Interval,
    between_places_variance,
    funnel_limits,
    is_reliable,
    overdispersion,
    wilson_interval,
)

FEWEST_PLACES = 5  # fewer do not tell what is usual among them
OUTSIDE_95, OUTSIDE_998 = 0.05, 0.002
CURVE_POINTS = 80


@dataclass(frozen=True, slots=True)
class Place:
    """A school with its figure, and where it lies: inside, beyond_95 or beyond_998; unknown or incomplete ones lie nowhere."""

    key: str
    school_id: int
    name: str
    figure: Figure
    standing: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """Places of one kind around their common share; phi and tau_squared say how much more they vary than chance."""

    indicator: Indicator
    share: float
    phi: float
    tau_squared: float
    places: tuple[Place, ...]

    @property
    def shown(self) -> tuple[Place, ...]:
        """The places whose figure may be seen and is whole."""
        return tuple(place for place in self.places if place.figure.is_comparable)

    def outside(self, *standings: str) -> tuple[Place, ...]:
        """The places of these standings, in the order of the list."""
        return tuple(place for place in self.places if place.standing in standings)


Funnels = dict[tuple[str, str], Funnel | None]  # of each indicator and kind of school


def funnel_of(rows: pl.DataFrame, indicator: Indicator) -> Funnel | None:
    """The funnel of rows of `figures_of_schools` of one 年度; None where there are fewer than five places to go by."""
    figures = [(row, figure_in(row, indicator.name)) for row in rows.rows(named=True)]
    known = [made for _row, made in figures if made.is_comparable]
    if len(known) < FEWEST_PLACES or not indicator.is_share:
        return None
    counts, totals = [made.numerator or 0.0 for made in known], [made.denominator or 0.0 for made in known]
    share, phi, tau_squared = sum(counts) / sum(totals), overdispersion(counts, totals), between_places_variance(counts, totals)
    places = tuple(
        Place(row["school_key"], row["school_id"], row["school_name"], made, _standing(made, share, tau_squared))
        for row, made in figures
    )
    return Funnel(indicator, share, phi, tau_squared, places)


def _standing(made: Figure, share: float, tau_squared: float) -> str:
    if made.value is None or not made.denominator:
        return "unknown"
    if made.is_incomplete:
        return "incomplete"
    own = (made.numerator or 0.0) / made.denominator
    if not funnel_limits(share, made.denominator, Z_998, tau_squared).holds(own):
        return "beyond_998"
    return "inside" if funnel_limits(share, made.denominator, Z_95, tau_squared).holds(own) else "beyond_95"


def limits_at(funnel: Funnel, people: float, z: float) -> Interval:
    """The limits, in the indicator's unit, for a place of so many people with as many days each as usual."""
    each = sum(place.figure.denominator or 0.0 for place in funnel.shown) / sum(place.figure.people or 0 for place in funnel.shown)
    found = funnel_limits(funnel.share, max(people * each, 1.0), z, funnel.tau_squared)
    return Interval(found.low * funnel.indicator.per, found.high * funnel.indicator.per)


def curves(funnel: Funnel) -> dict[str, list[float]]:
    """The limits as lines to draw: people, and low and high at 95 % and 99.8 %."""
    most = max(place.figure.people or 0 for place in funnel.shown) * 1.05
    least = max(10.0, most / CURVE_POINTS)
    people = [least + (most - least) * step / CURVE_POINTS for step in range(CURVE_POINTS + 1)]
    found: dict[str, list[float]] = {"people": people}
    for name, z in (("95", Z_95), ("998", Z_998)):
        limits = [limits_at(funnel, each, z) for each in people]
        found[f"low_{name}"], found[f"high_{name}"] = [each.low for each in limits], [each.high for each in limits]
    return found


def interval_of(made: Figure, phi: float) -> Interval | None:
    """Where a place's figure plausibly lies, in its unit: Wilson's interval of as many independent observations as φ leaves."""
    if made.numerator is None or not made.denominator or not made.indicator.is_share or made.is_incomplete:
        return None
    fewer = max(phi, 1.0)
    found = wilson_interval(made.numerator / fewer, made.denominator / fewer)
    return None if found is None else Interval(found.low * made.indicator.per, found.high * made.indicator.per)


def is_reliable_figure(made: Figure, phi: float) -> bool:
    """Whether a share is known well enough to stand without its interval; figures that are no shares have none to judge them by."""
    span = interval_of(made, phi)
    if span is None or made.value is None or not made.denominator:
        return True
    per = made.indicator.per
    return is_reliable(made.value / per, Interval(span.low / per, span.high / per), made.denominator / max(phi, 1.0))


def interval_text(made: Figure, phi: float) -> str:
    """The interval in words: 2.1–3.4%; an en dash where there is none."""
    found = interval_of(made, phi)
    if found is None:
        return _("figure.none")
    return _("compare.interval", low=f"{found.low:.{made.indicator.decimals}f}", high=value_text(made.indicator, found.high))


def overlaps(places: list[Place], phi: float) -> list[str]:
    """What may be said of each pair of places: that they differ, or that their intervals overlap."""
    told = []
    for one, other in combinations(places, 2):
        mine, theirs = interval_of(one.figure, phi), interval_of(other.figure, phi)
        if mine is None or theirs is None:
            continue
        if mine.high < theirs.low or theirs.high < mine.low:
            low, high = (one, other) if mine.high < theirs.low else (other, one)
            told.append(_("compare.apart", low=low.name, high=high.name))
        else:
            told.append(_("compare.overlap", one=one.name, other=other.name))
    return told


def funnel_finding(funnel: Funnel, label: str, kind: str) -> str:
    """What the funnel shows in words, beside what chance alone would."""
    outside = funnel.outside("beyond_95", "beyond_998")
    schools = len(funnel.shown)
    expected = f"{schools * OUTSIDE_95:.1f}"
    if not outside:
        return _("compare.finding_none", label=label, kind=kind, schools=schools, expected=expected)
    return _("compare.finding", label=label, kind=kind, schools=schools, outside=len(outside), expected=expected)
