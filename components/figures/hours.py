"""Hours beyond regular hours against the law's limits: 45 a month, 360 a 年度, no more than six months over 45; and the aim of 30.

Limits: 公立学校の教育職員の業務量の適切な管理等に関する指針 (MEXT notice 1 of 2020, under 給特法 article 7). Aim: 給特法等改正法 of 2025,
supplementary provisions: about 30 hours a month on average by FY2029.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from components.date_columns import month_column, month_order_column
from components.wording import _, language

LIMIT, YEAR_LIMIT, MOST_MONTHS, AIM = 45.0, 360.0, 6, 30.0
MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class HoursSoFar:
    """Where a person stands in a 年度: hours so far, months so far, months over 45, and the pace towards 360."""

    hours: float
    months: int
    months_over: int

    @property
    def pace(self) -> float:
        """What the year would come to if it went on like this."""
        return self.hours / self.months * MONTHS_OF_YEAR if self.months else 0.0


def hours_so_far(months: pl.DataFrame) -> HoursSoFar:
    """The standing of one person: a row for each month of one 年度, with overtime_hours; one not reported is not counted."""
    hours = months.get_column("overtime_hours").drop_nulls()
    return HoursSoFar(float(hours.sum()), hours.len(), int((hours > LIMIT).sum()))


def month_bars(months: pl.DataFrame) -> pl.DataFrame:
    """Rows for the chart out of columns month and value (hours); columns month_order, month_label, value, tone, said."""
    return months.filter(pl.col("value").is_not_null()).select(
        month_order=month_order_column("month"),
        month_label=month_column("month", language()),
        value="value",
        tone=pl.when(pl.col("value") > LIMIT).then(pl.lit("over")).otherwise(pl.lit("within")),
        said=pl.format(_("workload.bar_said"), month_column("month", language()), pl.col("value").round(1)),
    )
