"""Bright spots: schools whose change goes beyond the changes of all others, or whose level lies beyond those of their kind.

An individuals chart on the change and a P chart on the level, as Geary, Provost and Bennett do (2026, Practical Assessment,
Research and Evaluation 31:3, doi 10.7275/pare.3328); the P chart's limits are the funnel's, which allow for schools that differ.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from components.figures.figures import Figure, figure_in
from components.figures.funnel import funnel_of
from queries.catalogue import Indicator
from queries.statistics import ControlLimits, xmr_limits

FEWEST_SCHOOLS = 8  # fewer changes do not tell what is usual among them
BEYOND_BY_CHANCE = 0.00135  # one side of three standard deviations
BEYOND_LEVEL_BY_CHANCE = 0.001  # one side of 99.8 %


@dataclass(frozen=True, slots=True)
class Spot:
    """A school that stands out: its change in the indicator's unit, and whether change, level or both do."""

    indicator: Indicator
    school_id: int
    name: str
    this: Figure
    last: Figure | None
    change: float | None
    limits: ControlLimits | None
    is_change: bool
    is_level: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What stands out for the better, what for the worse, and out of how many looks on each side."""

    better: tuple[Spot, ...]
    worse: tuple[Spot, ...]
    changes: int
    levels: int

    @property
    def expected(self) -> float:
        """How many would stand out on one side by chance alone."""
        return self.changes * BEYOND_BY_CHANCE + self.levels * BEYOND_LEVEL_BY_CHANCE


def spots_of(rows: pl.DataFrame, indicator: Indicator, fiscal_year: int) -> Looked:
    """What stands out among rows of `figures_of_schools`; nothing for figures that are neither good nor bad."""
    if indicator.better == "neither":
        return Looked((), (), 0, 0)
    this = {row["school_id"]: row for row in rows.filter(pl.col("fiscal_year") == fiscal_year).rows(named=True)}
    last = {row["school_id"]: row for row in rows.filter(pl.col("fiscal_year") == fiscal_year - 1).rows(named=True)}
    changes = _changes(this, last, indicator)
    limits = xmr_limits(list(changes.values())) if len(changes) >= FEWEST_SCHOOLS else None
    levels = _levels(rows.filter(pl.col("fiscal_year") == fiscal_year), indicator)
    sign = -1 if indicator.better == "lower" else 1
    found: dict[int, list[Spot]] = {1: [], -1: []}
    for school, row in this.items():
        change, level = changes.get(school), levels.get(school, 0)
        way = 0
        if limits is not None and change is not None:
            way = sign * ((change > limits.high) - (change < limits.low))
        for side in (1, -1):
            if way == side or sign * level == side:
                before = figure_in(last[school], indicator.name) if change is not None else None
                found[side].append(
                    Spot(indicator, school, row["school_name"], figure_in(row, indicator.name), before, change, limits,
                         way == side, sign * level == side)
                )  # fmt: skip
    return Looked(tuple(found[1]), tuple(found[-1]), len(changes) if limits else 0, len(levels))


def _changes(
    this: dict[int, dict[str, object]], last: dict[int, dict[str, object]], indicator: Indicator
) -> dict[int, float]:
    """By how much each school's figure has moved over the same number of 授業日; who is not shown or not whole in both has none."""
    if not indicator.is_compared_across_years:
        return {}
    found = {}
    for school, row in this.items():
        now, before = figure_in(row, indicator.name), figure_in(last.get(school, {}), indicator.name)
        if now.is_comparable and before.is_comparable:
            found[school] = (now.value or 0.0) - (before.value or 0.0)
    return found


def _levels(rows: pl.DataFrame, indicator: Indicator) -> dict[int, int]:
    """Of each school held against its kind: 1 above the outer limits, -1 below, 0 between them."""
    found: dict[int, int] = {}
    for kind in rows.get_column("school_kind").unique(maintain_order=True):
        funnel = funnel_of(rows.filter(pl.col("school_kind") == kind), indicator)
        for place in funnel.shown if funnel else ():
            own = (place.figure.value or 0.0) / indicator.per
            is_beyond = place.standing == "beyond_998"
            found[place.school_id] = ((own > funnel.share) - (own < funnel.share)) if is_beyond and funnel else 0
    return found
