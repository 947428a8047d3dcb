"""Days as Japanese school systems write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.files.moments import bounds_of, contradicts_weekday, day_of, fiscal_year_of, month_of, time_of

APRIL_7 = datetime.date(2026, 4, 7)


@pytest.mark.parametrize(
    "cell",
    ["2026-04-07", "2026/4/7", "2026/04/07", "2026.4.7", "2026年4月7日", "令和8年4月7日", "R8.4.7", "r8.4.7", "R8/4/7", "R08.04.07",
     "２０２６／４／７", " 2026/4/7 ", "20260407", "46119", "46119.0", "2026/4/7 0:00:00", "2026-04-07T00:00:00.000Z",
     "令和８年４月７日（火）", "令和 8年 4月 7日", "2026/4/7(火)", "2026年4月7日 火曜日", "R8.4.7（火・祝）"],
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


@pytest.mark.parametrize("cell", ["4月7日", "４月７日", "4/7", "04/07", "4月7日(火)", "4月-7", "4月 7日"])
def test_a_day_without_a_year_is_one_of_the_year_of_its_file(cell: str) -> None:
    assert day_of(cell, 2026) == APRIL_7
    assert day_of(cell) is None


def test_january_without_a_year_is_of_the_second_half_of_a_school_year() -> None:
    assert day_of("1月8日", 2026) == datetime.date(2027, 1, 8)
    assert day_of("2月29日", 2026) is None
    assert day_of("2月29日", 2027) == datetime.date(2028, 2, 29)
    assert (month_of("3月", 2026), month_of("４月分", 2026)) == (datetime.date(2027, 3, 1), datetime.date(2026, 4, 1))


@pytest.mark.parametrize(("cell", "is_wrong"), [("2026/4/7(火)", False), ("2026/4/7(水)", True), ("2026/4/7", False), ("4月7日", False)])
def test_a_weekday_that_is_not_the_days(cell: str, is_wrong: bool) -> None:
    assert contradicts_weekday(cell, APRIL_7) is is_wrong


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
