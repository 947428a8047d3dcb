"""Dates as schools write them: 11月20日（金）, 2026年度（令和8年度）."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

WEEKDAYS = "月火水木金土日"
FIRST_REIWA_YEAR = 2019


def day_text(day: date, language: str) -> str:
    """A day with its weekday: 11月20日（金） or Fri 20 Nov."""
    if language == "ja":
        return f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"
    return format_date(day, "EEE d MMM", locale="en")


def short_day_text(day: date, language: str) -> str:
    """A day in a row of days: 11/20 or 20 Nov."""
    return f"{day.month}/{day.day}" if language == "ja" else format_date(day, "d MMM", locale="en")


def long_day_text(day: date, language: str) -> str:
    """A day with its year: 2026年11月20日（金） or Fri 20 Nov 2026."""
    return f"{day.year}年{day_text(day, language)}" if language == "ja" else f"{day_text(day, language)} {day.year}"


def plain_day_text(day: date, language: str) -> str:
    """A day with its year and without its weekday, for a narrow column: 2026/11/20 or 20 Nov 2026."""
    return f"{day.year}/{day.month}/{day.day}" if language == "ja" else format_date(day, "d MMM yyyy", locale="en")


def month_text(month: int, language: str) -> str:
    """A month for an axis: 11月 or Nov."""
    return f"{month}月" if language == "ja" else format_date(date(2026, month, 1), "MMM", locale="en")


def fiscal_year_text(fiscal_year: int, language: str) -> str:
    """A school year: 2026年度（令和8年度） or School year 2026."""
    if language == "en":
        return f"school year {fiscal_year}"
    era_year = fiscal_year - FIRST_REIWA_YEAR + 1
    if era_year < 1:
        return f"{fiscal_year}年度"
    return f"{fiscal_year}年度（令和{'元' if era_year == 1 else era_year}年度）"


def short_fiscal_year_text(fiscal_year: int, language: str) -> str:
    """A school year for the end of a line: 2026年度 or 2026."""
    return f"{fiscal_year}年度" if language == "ja" else f"{fiscal_year}"


def grade_text(grade: int | None, kind: str, language: str) -> str:
    """A grade as the school says it: 5年 at a 小学校, 2年 at a 中学校, 小5 or 中2 where both are taught."""
    if grade is None:
        return "特別支援" if language == "ja" else "Special"
    if kind == "special_needs":
        stage, year = ("小", grade) if grade <= 6 else ("中", grade - 6)
        return f"{stage}{year}" if language == "ja" else f"{'Elementary' if grade <= 6 else 'Junior high'} {year}"
    year = grade if grade <= 6 else grade - 6
    return f"{year}年" if language == "ja" else f"Grade {year}"
