"""Days as Japanese school systems write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.files.moments import bounds_of, day_of, fiscal_year_of, month_of, time_of

APRIL_7 = datetime.date(2026, 4, 7)


@pytest.mark.parametrize(
    "cell",
    ["2026-04-07", "2026/4/7", "2026/04/07", "2026.4.7", "2026年4月7日", "令和8年4月7日", "R8.4.7", "r8.4.7", "R8/4/7", "R08.04.07",
     "２０２６／４／７", " 2026/4/7 ", "20260407", "46119", "46119.0", "2026/4/7 0:00:00", "2026-04-07T00:00:00.000Z"],
)
def test_one_day_in_every_dress(cell: str) -> None:
    assert day_of(cell) == APRIL_7


def test_the_first_year_of_an_era_has_no_number() -> None:
    assert day_of("令和元年5月1日") == datetime.date(2019, 5, 1)
    assert day_of("平成31年4月30日") == datetime.date(2019, 4, 30)


@pytest.mark.parametrize("cell", ["", "きのう", "2026/13/1", "2026-02-29", "4/7", "7.4.8", "R8.4", "123", "99999999", "1e9", "2026-04-07x"])
def test_what_is_no_day_is_nothing(cell: str) -> None:
    assert day_of(cell) is None


@pytest.mark.parametrize("cell", ["2026年4月", "2026-04", "2026/4", "令和8年4月", "R8.4", "2026/4/1", "2026-04-01", "２０２６年４月"])
def test_one_month_in_every_dress(cell: str) -> None:
    assert month_of(cell) == datetime.date(2026, 4, 1)


@pytest.mark.parametrize("cell", ["2026年13月", "4月", "2026", "先月"])
def test_what_is_no_month_is_nothing(cell: str) -> None:
    assert month_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "time"),
    [("8:05", "08:05"), ("08:05:31", "08:05"), ("８時５分", "08:05"), ("24:00", None), ("8", None), ("8:60", None)],
)
def test_times_of_day(cell: str, time: str | None) -> None:
    assert time_of(cell) == time


def test_march_belongs_to_the_year_before() -> None:
    assert fiscal_year_of(datetime.date(2027, 3, 31)) == 2026
    assert fiscal_year_of(datetime.date(2026, 4, 1)) == 2026


@given(st.dates(datetime.date(2019, 5, 1), datetime.date(2050, 12, 31)))
def test_every_day_of_reiwa_comes_back(day: datetime.date) -> None:
    assert day_of(f"R{day.year - 2018}.{day.month}.{day.day}") == day
    first, last = bounds_of(fiscal_year_of(day))
    assert first <= day <= last


@given(st.text(max_size=20))
def test_no_text_is_too_strange(cell: str) -> None:
    assert day_of(cell) is None or isinstance(day_of(cell), datetime.date)
    assert time_of(cell) is None or len(time_of(cell)) == 5
