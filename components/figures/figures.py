"""Figures as people read them: a value with its unit, a comparison in words, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from components.wording import _, language, said
from queries.catalogue import Indicator, indicators
from queries.statistics import wilson_interval

Direction = Literal["higher", "lower", "same"]
# Below this a difference of two shares is called none, however many days stand behind it: half of what is rounded away.
SMALLEST_POINTS = 0.2
# For means of minutes, hours and visits: the part of the other value below which a difference is called none.
SMALLEST_PART = 0.05


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of one place and period: what was counted, out of what, and for how many people."""

    indicator: Indicator
    numerator: float | None
    denominator: float | None
    people: int | None = None
    is_hidden: bool = False
    is_incomplete: bool = False  # it rests on a month of which records are missing: too low, and compared with nothing

    @property
    def value(self) -> float | None:
        """The figure in its unit, or None where there is nothing to divide by or it is not shown."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator * self.indicator.per

    @property
    def is_unknown(self) -> bool:
        """Whether there is nothing to divide yet; a figure that is not shown is not unknown."""
        return self.value is None and not self.is_hidden

    @property
    def is_comparable(self) -> bool:
        """Whether there is a figure, and a whole one: only such a one is held against others."""
        return self.value is not None and not self.is_incomplete

    @property
    def mark(self) -> str:
        """What stands behind a figure of which records are missing; nothing behind others."""
        return _("figure.incomplete") if self.is_incomplete and self.value is not None else ""

    @property
    def text(self) -> str:
        """The figure with its unit, c where it is of too few people, an en dash where there is none, ※ where records are missing."""
        if self.is_hidden:
            return _("figure.hidden")
        return value_text(self.indicator, self.value) + self.mark


def value_text(indicator: Indicator, value: float | None) -> str:
    """A value with its unit: 3.1%, 7.2分; an en dash for none, never a zero."""
    if value is None:
        return _("figure.none")
    return f"{value:.{indicator.decimals}f}{unit_text(indicator)}"


def unit_text(indicator: Indicator) -> str:
    """The unit as it follows a number: %, 分／日, or in English a space and the word."""
    unit = said(indicator.unit)
    return unit if indicator.is_share or language() == "ja" else f" {unit}"


def figure(rows: pl.DataFrame, indicator: str, fiscal_year: int) -> Figure:
    """The figure of one indicator and 年度 among rows of `figures_of_place`; an empty one where there is none."""
    found = rows.filter((pl.col("indicator") == indicator) & (pl.col("fiscal_year") == fiscal_year))
    return figure_in(found.row(0, named=True) if found.height else {}, indicator)


def year_before(rows: pl.DataFrame, indicator: str, fiscal_year: int) -> Figure:
    """The same figure of the 年度 before; an empty one where years are not to be compared (正答率: other questions)."""
    if not indicators()[indicator].is_compared_across_years:
        return figure_in({}, indicator)
    return figure(rows, indicator, fiscal_year - 1)


def figure_in(row: dict[str, object], indicator: str) -> Figure:
    """The figure a row with numerator, denominator, people, is_hidden and is_incomplete stands for."""
    return Figure(
        indicators()[indicator],
        row.get("numerator"),  # type: ignore[arg-type]
        row.get("denominator"),  # type: ignore[arg-type]
        row.get("people"),  # type: ignore[arg-type]
        bool(row.get("is_hidden")),
        bool(row.get("is_incomplete")),
    )


def direction(one: Figure, other: Figure) -> Direction | None:
    """Whether one figure is higher or lower than another beyond noise; None where either is missing.

    For shares: the 95 % Wilson intervals do not touch, and the difference is more than is rounded away. For means of
    minutes, hours or visits, whose spread is not in the cell, only a difference of a twentieth or more counts.
    Nothing is compared where fewer people stand behind a figure than the indicator asks for, nor where records are missing.
    """
    if one.is_incomplete or other.is_incomplete:
        return None
    if one.value is None or other.value is None or one.denominator is None or other.denominator is None:
        return None
    if min(_people(one), _people(other)) < one.indicator.suppress_below:
        return None  # of few people, one child's year would be told as the class's
    difference = one.value - other.value
    if one.indicator.is_share:
        mine = wilson_interval(one.numerator or 0, one.denominator)
        theirs = wilson_interval(other.numerator or 0, other.denominator)
        apart = mine is not None and theirs is not None and (mine.low > theirs.high or theirs.low > mine.high)
        is_same = abs(difference) < SMALLEST_POINTS or not apart
    else:
        is_same = abs(difference) < SMALLEST_PART * abs(other.value)
    if is_same:
        return "same"
    return "higher" if difference > 0 else "lower"


def _people(figure_: Figure) -> float:
    return float("inf") if figure_.people is None else figure_.people


def difference_text(one: Figure, other: Figure) -> str:
    """The size of a difference, without its sign: 0.4ポイント, 1.2分."""
    if one.value is None or other.value is None:
        return ""
    decimals = one.indicator.decimals
    # of the values as they are shown, so that whoever subtracts them finds the same
    size = f"{abs(round(one.value, decimals) - round(other.value, decimals)):.{decimals}f}"
    return _("figure.points", size=size) if one.indicator.is_share else f"{size}{unit_text(one.indicator)}"


def whole_months(months: pl.DataFrame) -> pl.Expr:
    """Of rows of months, those of which no records are missing; what municipalities have sent is whole."""
    return ~pl.col("is_incomplete").fill_null(value=False) if "is_incomplete" in months.columns else pl.lit(value=True)
