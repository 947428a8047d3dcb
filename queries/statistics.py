"""How sure a figure is: intervals, funnel limits and control limits, in plain arithmetic.

Shares are fractions (0 to 1) here; screens make percent of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, pi, sin, sqrt
from statistics import NormalDist, fmean

Z_95 = NormalDist().inv_cdf(0.975)
Z_998 = NormalDist().inv_cdf(0.999)
XMR_LIMIT = 2.66  # 3 / d2 of moving ranges of two
XMR_RANGE_LIMIT = 3.267  # D4 of moving ranges of two
XMR_TRIAL_POINTS = 12  # limits from fewer points are provisional
XMR_RUN_POINTS = 7  # so many on one side, or so many rising or falling, are no accident
FEWEST_OBSERVATIONS, WIDEST, NARROW, WIDEST_PART = 30, 0.30, 0.05, 1.30  # of a share that is reliable
XMR_NEAR_PART = 2 / 3  # from here to the limit a point is near it


@dataclass(frozen=True)
class Interval:
    """From low to high."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies within, the ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class ControlLimits:
    """What a series does when nothing special happens: its centre and the limits of ordinary variation."""

    centre: float
    low: float
    high: float
    is_trial: bool


def wilson_interval(count: float, total: float, z: float = Z_95) -> Interval | None:
    """Where the true share plausibly lies when count of total were seen (Wilson 1927); None of nothing.

    Raises ValueError when count is not between 0 and total.
    """
    if total <= 0:
        return None
    if not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is no share")
    share = count / total
    weight = 1 + z * z / total
    middle = (share + z * z / (2 * total)) / weight
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / weight
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def is_reliable(share: float, interval: Interval, observations: float) -> bool:
    """Whether a share is known well enough to stand in a table by itself, without its interval.

    Of fewer than 30 independent observations it is not; nor where its 95 % interval is 30 points wide or more; up to 5 points wide it
    is; in between it is where the interval is at most 1.3 times as wide as the share. Source: Parker JD, Talih M, Malec DJ and others,
    National Center for Health Statistics Data Presentation Standards for Proportions, Vital Health Stat 2(175), 2017; with Wilson's
    interval in place of Clopper and Pearson's.
    """
    width = interval.high - interval.low
    if observations < FEWEST_OBSERVATIONS or width >= WIDEST:
        return False
    return width <= NARROW or width <= WIDEST_PART * share


def funnel_limits(share: float, total: float, z: float = Z_95, tau_squared: float = 0.0) -> Interval:
    """Between which shares a place of this size lies by chance alone, when the district's share is share.

    On the arcsine scale, so that small places and rare events keep honest limits (Spiegelhalter 2005);
    tau_squared is the variance between places on that scale. Raises ValueError for a share outside 0 to 1 or no people.
    """
    if not 0 <= share <= 1 or total <= 0:
        raise ValueError(f"no funnel for a share of {share} of {total}")
    centre = asin(sqrt(share))
    half = z * sqrt(1 / (4 * total) + tau_squared)
    return Interval(sin(max(0.0, centre - half)) ** 2, sin(min(pi / 2, centre + half)) ** 2)


def between_places_variance(counts: Sequence[float], totals: Sequence[float], winsorised: float = 0.1) -> float:
    """How much places differ beyond chance: τ² on the arcsine scale, 0 when they do not.

    The outer tenth on each side is drawn in first, so that one extreme place does not excuse the others.
    """
    if len(counts) != len(totals):
        raise ValueError("as many counts as totals")
    pairs = [(count, total) for count, total in zip(counts, totals, strict=True) if total > 0]
    if len(pairs) < 2:
        return 0.0
    weights = [4 * total for _, total in pairs]
    spread = sum(weights) - sum(weight * weight for weight in weights) / sum(weights)
    excess = overdispersion(counts, totals, winsorised) * len(pairs) - (len(pairs) - 1)
    return max(0.0, excess / spread) if spread > 0 else 0.0


def overdispersion(counts: Sequence[float], totals: Sequence[float], winsorised: float = 0.1) -> float:
    """How many times as much places vary as chance alone would have it: φ, the mean of their squared scores (Spiegelhalter 2005).

    About 1 where they do not differ, and where what is counted falls on each independently: days of absence do not.
    """
    pairs = [(count, total) for count, total in zip(counts, totals, strict=True) if total > 0]
    if not pairs:
        return 1.0
    centre = asin(sqrt(sum(count for count, _ in pairs) / sum(total for _, total in pairs)))
    scores = drawn_in([(asin(sqrt(count / total)) - centre) * 2 * sqrt(total) for count, total in pairs], winsorised)
    return fmean(score * score for score in scores)


def drawn_in(values: Sequence[float], part: float) -> list[float]:
    """The values with the outermost part on each side moved to the nearest value kept."""
    ordered = sorted(values)
    cut = int(len(ordered) * part)
    low, high = ordered[cut], ordered[len(ordered) - 1 - cut]
    return [min(max(value, low), high) for value in values]


def xmr_limits(values: Sequence[float], is_screened: bool = True) -> ControlLimits | None:
    """Centre and limits of a series from its moving ranges (XmR chart); None for fewer than two points.

    Screened: ranges beyond their own upper limit are left out once, so that a single leap does not widen the limits.
    """
    if len(values) < 2:
        return None
    ranges = [abs(later - earlier) for earlier, later in itertools.pairwise(values)]
    mean_range = fmean(ranges)
    if is_screened:
        mean_range = fmean([size for size in ranges if size <= XMR_RANGE_LIMIT * mean_range] or ranges)
    centre = fmean(values)
    half = XMR_LIMIT * mean_range
    return ControlLimits(centre, centre - half, centre + half, len(values) < XMR_TRIAL_POINTS)


def xmr_signals(values: Sequence[float], limits: ControlLimits) -> list[frozenset[str]]:
    """Which of four rules each point is part of: what ordinary variation does about once in some hundred points, or more rarely.

    beyond: outside the limits. shift: one of seven in a row on one side of the centre. trend: one of seven in a row that
    each lie above, or each below, the one before. near: one of two, of three in a row on one side, that lie in the outer
    third between centre and limit. The rules of NHS England, Making Data Count.
    """
    half = limits.high - limits.centre
    found: list[set[str]] = [set() for _value in values]
    sides = [(value > limits.centre) - (value < limits.centre) for value in values]
    steps = [(later > earlier) - (later < earlier) for earlier, later in itertools.pairwise(values)]
    is_near = [half > 0 and abs(value - limits.centre) >= half * XMR_NEAR_PART for value in values]
    for place, value in enumerate(values):
        if not limits.low <= value <= limits.high:
            found[place].add("beyond")
    for first in range(len(values)):
        run = range(first, first + XMR_RUN_POINTS)
        if run.stop <= len(values):
            if abs(sum(sides[place] for place in run)) == XMR_RUN_POINTS:
                for place in run:
                    found[place].add("shift")
            if abs(sum(steps[place] for place in run[:-1])) == XMR_RUN_POINTS - 1:
                for place in run:
                    found[place].add("trend")
        three = range(first, first + 3)
        if three.stop <= len(values) and abs(sum(sides[place] for place in three)) == 3:
            near = [place for place in three if is_near[place]]
            if len(near) >= 2:
                for place in near:
                    found[place].add("near")
    return [frozenset(rules) for rules in found]
