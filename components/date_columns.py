"""Dates of a whole column at once, in the same words as dates.py has for one."""

from __future__ import annotations

import polars as pl

from components.dates import WEEKDAYS, month_text, short_fiscal_year_text


def day_column(name: str, language: str) -> pl.Expr:
    """Days with their weekday: 11月20日（金） or Fri 20 Nov."""
    day = pl.col(name).dt
    if language == "en":
        return day.strftime("%a %-d %b")
    weekday = day.weekday().replace_strict(dict(enumerate(WEEKDAYS, start=1)), return_dtype=pl.String)
    return pl.format("{}月{}日（{}）", day.month(), day.day(), weekday)


def long_day_column(name: str, language: str) -> pl.Expr:
    """Days with their year: 2026年11月20日（金） or Fri 20 Nov 2026."""
    day, year = day_column(name, language), pl.col(name).dt.year()
    return pl.format("{}年{}", year, day) if language == "ja" else pl.format("{} {}", day, year)


def short_day_column(name: str) -> pl.Expr:
    """Days for column heads: 11/20."""
    return pl.format("{}/{}", pl.col(name).dt.month(), pl.col(name).dt.day())


def month_column(name: str, language: str) -> pl.Expr:
    """Months for an axis: 11月 or Nov."""
    words = {month: month_text(month, language) for month in range(1, 13)}
    return pl.col(name).dt.month().replace_strict(words, return_dtype=pl.String)


def month_order_column(name: str) -> pl.Expr:
    """The place of a month in the school year: April is 0, March is 11."""
    return ((pl.col(name).dt.month() + 8) % 12).cast(pl.Int8)


def fiscal_year_column(name: str, language: str) -> pl.Expr:
    """School years: 2026年度 or 2026."""
    return pl.format(short_fiscal_year_text("{}", language), name)  # type: ignore[arg-type]
