"""Dates as schools write them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from components.date_columns import day_column, month_column, month_order_column, short_day_column
from components.dates import day_text, fiscal_year_text, grade_text, long_day_text, month_text


def test_a_day_has_its_weekday() -> None:
    assert day_text(date(2026, 11, 20), "ja") == "11月20日（金）"
    assert day_text(date(2026, 11, 20), "en") == "Fri 20 Nov"
    assert long_day_text(date(2026, 11, 22), "ja") == "2026年11月22日（日）"


@pytest.mark.parametrize(
    ("fiscal_year", "words"), [(2018, "2018年度"), (2019, "2019年度（令和元年度）"), (2026, "2026年度（令和8年度）")]
)
def test_a_school_year_has_its_era(fiscal_year: int, words: str) -> None:
    assert fiscal_year_text(fiscal_year, "ja") == words


def test_the_school_year_begins_in_april_and_ends_in_march() -> None:
    months = pl.DataFrame({"day": [date(2026, month, 1) for month in (4, 12, 1, 3)]})
    assert months.select(month_order_column("day")).to_series().to_list() == [0, 8, 9, 11]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_column_of_days_says_the_same_as_a_single_day(language: str) -> None:
    days = [date(2026, 11, 16 + offset) for offset in range(7)]
    column = pl.DataFrame({"day": days})
    assert column.select(day_column("day", language)).to_series().to_list() == [day_text(day, language) for day in days]
    assert column.select(month_column("day", language)).item(0, 0) == month_text(11, language)
    assert column.select(short_day_column("day")).item(0, 0) == "11/16"


@pytest.mark.parametrize(
    ("grade", "kind", "words"),
    [
        (5, "elementary", "5年"),
        (8, "junior_high", "2年"),
        (8, "special_needs", "中2"),
        (3, "special_needs", "小3"),
        (None, "elementary", "特別支援"),
    ],
)
def test_a_grade_is_said_as_the_school_says_it(grade: int | None, kind: str, words: str) -> None:
    assert grade_text(grade, kind, "ja") == words
