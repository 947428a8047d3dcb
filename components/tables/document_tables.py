"""Frames of one child as the small tables of a document, in a language told."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import polars as pl

from components.dates import month_text, plain_day_text
from components.documents.pdf import Section
from components.tables.register_marks import attendance_mark, attendance_tone
from components.wording import as_written, worded

MOST_TESTS = 10
DATES = 31
MOODS = ("sunny_days", "cloudy_days", "rain_days", "thunder_days")


def month_strip(days: pl.DataFrame, tongue: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The 授業日 of `days_of_child` as months of marks, a pair of mark and tone for each of 31 dates; other dates are empty."""
    marked = days.select("day", mark=attendance_mark(), tone=attendance_tone())
    by_day = {day: (mark, tone) for day, mark, tone in marked.iter_rows()}
    rows = []
    for first in sorted({day.replace(day=1) for day in by_day}):
        last = monthrange(first.year, first.month)[1]
        cells = tuple(
            by_day.get(first.replace(day=day), ("", "none")) if day <= last else ("", "none") for day in range(1, DATES + 1)
        )
        rows.append((_month(first, tongue), cells))
    return tuple(rows)


def mood_table(months: pl.DataFrame, tongue: str) -> Section | None:
    """Rows of `moods_of_child`: how often each of the four was answered, and how often nothing; None where nothing was ever answered."""
    if not months.select(pl.sum_horizontal(pl.col(*MOODS).sum())).item():
        return None
    counted = months.select("month", *MOODS, "unanswered_days")
    rows = tuple((_month(month, tongue), *map(str, counts)) for month, *counts in counted.iter_rows())
    return _section("mood", rows, tongue)


def drill_table(subjects: pl.DataFrame, tongue: str) -> Section | None:
    """Subjects with minutes, answers and the share that was right, of rows of `study_of_child`."""
    rows = tuple(
        (
            as_written(row["subject"], tongue),
            f"{row['minutes']:.0f}",
            f"{row['answers']}",
            f"{row['correct'] / row['answers']:.0%}" if row["answers"] else "",
        )
        for row in subjects.rows(named=True)
    )
    return _section("study_log", rows, tongue) if rows else None


def tests_table(tests: pl.DataFrame, tongue: str) -> Section | None:
    """The newest tests, each with its points and full points; one that was not taken says so."""
    newest = tests.sort("day", descending=True, maintain_order=True).head(MOST_TESTS)
    rows = tuple(
        (
            plain_day_text(row["day"], tongue),
            row["title"],
            as_written(row["subject"], tongue),
            worded("student.not_taken", tongue) if row["score"] is None else f"{row['score']:g} / {row['full_score']:g}",
        )
        for row in newest.rows(named=True)
    )
    return _section("assessment", rows, tongue, newest_note(len(rows), tests.height, tongue)) if rows else None


def _month(first: date, tongue: str) -> str:
    """A month, with its year where the line begins a calendar year or a 年度: two Aprils are told apart."""
    words = month_text(first.month, tongue)
    return worded("document.month", tongue, year=first.year, month=words) if first.month in (1, 4) else words


def newest_note(shown: int, known: int, tongue: str) -> str:
    """That only the newest are shown; nothing where all are."""
    return worded("document.times", tongue, shown=shown, all=known) if known > shown else ""


def _section(name: str, rows: tuple[tuple[str, ...], ...], tongue: str, note: str = "") -> Section:
    head = tuple(worded(f"document.{name}_head", tongue).split("|"))
    return Section(worded(f"document.{name}", tongue), head, rows, note=note, is_narrow=True)
