"""Dates as schools write them."""

from __future__ import annotations

from datetime import date

import pytest

from components.dates import day_text, fiscal_month_order, fiscal_year_text, grade_text, long_day_text


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
    assert [fiscal_month_order(month) for month in (4, 12, 1, 3)] == [0, 8, 9, 11]


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
