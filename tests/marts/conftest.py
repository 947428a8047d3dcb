"""Tiny lakes written as readable tables, and the district files built from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from ingest.registry import declarations
from marts.building import build_district
from queries.lake_schema import lake_tables

TYPES = {
    "integer": pl.Int32, "smallint": pl.Int16, "bigint": pl.Int64, "varchar": pl.String, "double": pl.Float64,
    "boolean": pl.Boolean, "date": pl.Date, "timestamp": pl.Datetime("us"),
}


class District:
    """A built district file, open for questions."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = duckdb.connect(str(path), read_only=True)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql).fetchall()

    def close(self) -> None:
        self._connection.close()


def read_table(text: str) -> list[dict[str, str | None]]:
    """The rows of a table written with spaces between columns; - is nothing."""
    lines = [line.split() for line in text.strip().splitlines() if line.strip()]
    header, *rows = lines
    return [{name: None if cell == "-" else cell for name, cell in zip(header, row, strict=True)} for row in rows]


def write_lake(lake: Path, **tables: str) -> Path:
    """A lake holding the tables given; school 1, 年度 of the day, and a key are filled in where a table does not say."""
    for name, text in tables.items():
        declared = lake_tables()[name]
        rows = [filled(row, declared.types, position) for position, row in enumerate(read_table(text), start=1)]
        frame = pl.DataFrame(rows, schema=dict.fromkeys(declared.types, pl.String))
        typed = frame.select(typed_column(column, kind) for column, kind in declared.types.items())
        (lake / name).mkdir(parents=True, exist_ok=True)
        typed.write_parquet(lake / name / "all.parquet")
    return lake


def filled(row: dict[str, str | None], types: dict[str, str], position: int) -> dict[str, str | None]:
    said = next((row[name] for name in ("day", "begins_on", "month", "starts_on") if row.get(name)), None)
    guesses = {
        "school_id": "1", "key": f"key{position}", "list_order": str(position), "file_id": "1", "file_row": str(position),
        "is_special_needs": "false", "is_late": "false", "is_early_leave": "false", "kind": "school_day",
        "fiscal_year": str(fiscal_year_of(said)) if said else None,
    }
    return {column: row[column] if column in row else guesses.get(column) for column in types}


def typed_column(column: str, kind: str) -> pl.Expr:
    if kind == "boolean":
        return (pl.col(column) == "true").alias(column)
    if kind == "date":
        return pl.col(column).str.to_date("%Y-%m-%d").alias(column)
    return pl.col(column).cast(TYPES[kind]).alias(column)


def fiscal_year_of(day: str) -> int:
    year, month = int(day[:4]), int(day[5:7])
    return year if month >= 4 else year - 1


def calendar(*lines: str) -> str:
    """The calendar from lines such as "school 1 grade 5: 2026-04-06..2026-04-10, closure 2026-04-08"."""
    rows = ["school_id grade day kind"]
    for line in lines:
        place, _, days = line.partition(":")
        _, school, _, grade = place.split()
        kinds: dict[date, str] = {}
        for item in days.split(","):
            kind, _, span = item.strip().rpartition(" ")
            first, _, last = span.partition("..")
            day, end = date.fromisoformat(first), date.fromisoformat(last or first)
            while day <= end:
                is_weekend = day.weekday() >= 5
                kinds[day] = kind or ("holiday" if is_weekend else "school_day")
                day += timedelta(days=1)
        rows += [f"{school} {grade} {day} {kind}" for day, kind in sorted(kinds.items())]
    return "\n".join(rows)


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Callable[..., District]]:
    """Builds a district file from a lake of the tables given."""
    opened: list[District] = []

    def build(day: date | None = None, **tables: str) -> District:
        number = len(opened) + 1
        lake = write_lake(tmp_path / f"lake{number}", **tables)
        opened.append(District(build_district(lake, tmp_path / f"district{number}", number, declared=declarations(), day=day)))
        return opened[-1]

    yield build
    for district in opened:
        district.close()


# 見晴小: school 1; 5年1組 is class 51, 5年2組 class 52, なかよし学級 class 59. 見晴中: school 2; 1年1組 is class 71.
SCHOOLS = """
school_id name kind
1 見晴小学校 elementary
2 見晴中学校 junior_high
"""
CLASSES = """
class_id school_id fiscal_year grade name      is_special_needs
51       1         2026        5     5年1組     false
52       1         2026        5     5年2組     false
59       1         2026        -     なかよし学級 true
71       2         2026        7     1年1組     false
"""


def students(*numbers: int) -> str:
    return "\n".join(["student_id", *(str(number) for number in numbers)])
