"""A figure before and after an event, over the same number of months: a comparison, never a cause."""

from __future__ import annotations

from datetime import date

import polars as pl

from components.figures.xmr import XmrSeries

MOST_MONTHS, FEWEST_MONTHS = 6, 3


def before_and_after(series: XmrSeries, happened_on: date) -> tuple[int, float, float] | None:
    """How many months are compared on each side, and the figure before and after, each counted as a whole and not as a mean of months.

    The month of the event belongs to neither side unless it began with it. None where there are fewer than three on a side.
    """
    month = pl.col("month")
    judged = series.judged
    before = judged.filter(month < happened_on.replace(day=1))
    after = judged.filter(month >= happened_on) if happened_on.day == 1 else judged.filter(month > happened_on)
    compared = min(before.height, after.height, MOST_MONTHS)
    if compared < FEWEST_MONTHS:
        return None
    sides = [
        float(side.get_column("numerator").sum()) / float(side.get_column("denominator").sum()) * series.indicator.per
        for side in (before.tail(compared), after.head(compared))
    ]
    return compared, sides[0], sides[1]
