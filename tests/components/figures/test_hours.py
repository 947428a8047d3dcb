"""A person's hours against the law's limits, worked by hand."""

from __future__ import annotations

from datetime import date

import polars as pl

from components.charts.hours import hours
from components.figures.hours import hours_so_far, month_bars


def months(*values: float | None) -> pl.DataFrame:
    """April on, so many hours a month; None was not reported."""
    starts = pl.date_range(date(2026, 4, 1), date(2027, 3, 1), interval="1mo", eager=True).head(len(values))
    return pl.DataFrame({"month": starts, "overtime_hours": pl.Series(list(values), dtype=pl.Float64)})


def test_forty_five_is_the_limit_and_not_over_it() -> None:
    stands = hours_so_far(months(45.0, 45.1, 60.0))
    assert (stands.months, stands.months_over) == (3, 2)


def test_the_pace_is_of_the_months_reported() -> None:
    assert hours_so_far(months(30.0, 40.0, None)).pace == 420.0
    assert hours_so_far(months(30.0, 30.0)).pace == 360.0, "at the limit and not over it"
    assert hours_so_far(months()).pace == 0.0


def test_a_month_not_reported_is_no_bar_of_nothing() -> None:
    rows = month_bars(months(46.0, None, 44.0).rename({"overtime_hours": "value"}))
    assert rows.select("month_order", "tone", "said").rows() == [(0, "over", "4月　46.0時間"), (2, "within", "6月　44.0時間")]


def test_both_lines_are_named_in_the_chart() -> None:
    spec = str(hours(("4月",) * 12, 60.0, "上限 45時間", "目標 30時間", projector=False))
    assert "上限 45時間" in spec
    assert "目標 30時間" in spec
