"""The summary in a hand-over package: a child's years at this school on a page or two, in Japanese."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from components.dates import grade_text, long_day_text, short_fiscal_year_text
from components.documents.pdf import Section, summary_pdf
from components.wording import worded

# The record stays in the school's language, whatever the one who makes it reads in.
LANGUAGE = "ja"
# Moods, visits and drill are added up out of the rows of the package itself, so that paper and package cannot differ.
NEWEST_TESTS = 20


def summary(child: dict[str, Any], records: dict[str, pl.DataFrame], days: pl.DataFrame, made_on: date) -> bytes:
    """The PDF; kinds of record that are not handed over are not in it either."""
    name = f"{child['family_name']} {child['given_name']}"
    kana = f"{child['family_name_kana'] or ''} {child['given_name_kana'] or ''}".strip()
    sections = [
        make(child, records, days)
        for source, make in (
            ("enrollment", _enrollment),
            ("attendance", _attendance),
            ("mood", _mood),
            ("health_room", _health_room),
            ("study_log", _study),
            ("assessment", _assessment),
            ("evaluation", _evaluation),
            ("narrative", _narrative),
        )
        if source in records
    ]
    about = word(
        "pdf_about", school=child["school_name"], kana=kana or "–", number=child["student_number"], day=day(made_on)
    )
    return summary_pdf(word("pdf_title", name=name), about, sections, word("pdf_footer", day=day(made_on)))


def word(key: str, **values: object) -> str:
    """A word of the summary."""
    return worded(f"handover.{key}", LANGUAGE, **values)


def day(of: date | None) -> str:
    """A day in words."""
    return long_day_text(of, LANGUAGE) if of else ""


def year(of: int) -> str:
    """A 年度 in words."""
    return short_fiscal_year_text(of, LANGUAGE)


def text(value: object) -> str:
    """What a cell says; nothing where there is nothing."""
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def section(key: str, rows: list[tuple[object, ...]], note: str = "") -> Section:
    """A section by its key; its headings stand in one word, with bars between them."""
    head = tuple(word(f"pdf_{key}_head").split("|"))
    return Section(
        word(f"pdf_{key}"), head, tuple(tuple(text(cell) for cell in row) for row in rows), word("pdf_none"), note
    )


def _enrollment(child: dict[str, Any], records: dict[str, pl.DataFrame], days: pl.DataFrame) -> Section:  # noqa: ARG001
    return section(
        "enrollment",
        [
            (year(row["fiscal_year"]), row["class_name"], grade_text(row["grade"], child["school_kind"], LANGUAGE), row["number"],
             day(row["begins_on"]), day(row["ends_on"]))
            for row in records["enrollment"].rows(named=True)
        ],
    )  # fmt: skip


def _attendance(child: dict[str, Any], records: dict[str, pl.DataFrame], days: pl.DataFrame) -> Section:  # noqa: ARG001
    columns = ("school_days", "absent_days", "excused_days", "late_days", "early_leave_days")
    return section(
        "attendance",
        [(year(row["fiscal_year"]), *(row[column] for column in columns)) for row in days.rows(named=True)],
        word("pdf_attendance_note", rows=records["attendance"].height),
    )


def _mood(child: dict[str, Any], records: dict[str, pl.DataFrame], days: pl.DataFrame) -> Section:  # noqa: ARG001
    counted = (
        records["mood"]
        .group_by("fiscal_year")
        .agg(*((pl.col("level") == level).sum().alias(f"{level}") for level in range(1, 5)))
    )
    rows = counted.sort("fiscal_year").rows()
    return section("mood", [(year(row[0]), *row[1:]) for row in rows])


def _health_room(child: dict[str, Any], records: dict[str, pl.DataFrame], days: pl.DataFrame) -> Section:  # noqa: ARG001
    counted = records["health_room"].group_by("fiscal_year").agg(pl.len(), pl.col("day").max())
    return section("health_room", [(year(row[0]), row[1], day(row[2])) for row in counted.sort("fiscal_year").rows()])


def _study(child: dict[str, Any], records: dict[str, pl.DataFrame], days: pl.DataFrame) -> Section:  # noqa: ARG001
    sums = (
        pl.col("day").n_unique(),
        pl.col("minutes").sum().round(0).cast(pl.Int64),
        pl.col("answers", "correct").sum(),
    )
    counted = records["study_log"].group_by("fiscal_year", "subject").agg(*sums).sort("fiscal_year", "subject")
    return section("study_log", [(year(row[0]), *row[1:]) for row in counted.rows()])


def _assessment(child: dict[str, Any], records: dict[str, pl.DataFrame], days: pl.DataFrame) -> Section:  # noqa: ARG001
    tests = records["assessment"]
    return section(
        "assessment",
        [
            (day(row["day"]), row["subject"], row["title"], row["score"], row["full_score"])
            for row in tests.tail(NEWEST_TESTS).reverse().rows(named=True)
        ],
        word("pdf_assessment_note", shown=min(NEWEST_TESTS, tests.height), tests=tests.height),
    )


def _evaluation(child: dict[str, Any], records: dict[str, pl.DataFrame], days: pl.DataFrame) -> Section:  # noqa: ARG001
    columns = ("term", "subject", "knowledge", "thinking", "attitude", "overall_mark")
    return section(
        "evaluation",
        [
            (year(row["fiscal_year"]), *(row[column] for column in columns))
            for row in records["evaluation"].rows(named=True)
        ],
    )


def _narrative(child: dict[str, Any], records: dict[str, pl.DataFrame], days: pl.DataFrame) -> Section:  # noqa: ARG001
    return section(
        "narrative",
        [(year(row["fiscal_year"]), row["term"], row["text"]) for row in records["narrative"].rows(named=True)],
    )
