"""A child's school days as one short line, and what a signal finds in them.

Each word of a line is one 授業日, from Monday 2026-06-01 on, weekends left out:
  a present · x absent · l late · s 出席停止 · ? no register that day
  then, of the mood: 1 2 3 4 an answer, - no answer · then v for each visit to the 保健室 · then d a drill, or d7/10: 7 of 10 answers right
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb

from marts.flags import COLUMNS, flags_from, rows_of
from marts.steps import BUILD_FOLDER, step_of
from queries.rules import signals

FIRST_DAY = date(2026, 6, 1)
SPELLS = step_of(BUILD_FOLDER / "spell_day.sql")
WORD = re.compile(r"^(?P<register>[axls?])(?P<mood>[1-4-]?)(?P<visits>v*)(?P<drill>d?)(?:(?P<correct>\d+)/(?P<answers>\d+))?$")
TYPES = {
    "school_id": "integer", "class_id": "integer", "grade": "smallint", "student_id": "integer", "fiscal_year": "smallint", "day": "date",
    "ordinal": "smallint", "is_to_date": "boolean", "is_present": "boolean", "is_absent": "boolean", "is_excused": "boolean",
    "is_required": "boolean", "is_late": "boolean", "is_early_leave": "boolean", "is_mood_asked": "boolean",
    "mood_level": "smallint", "health_room_visits": "smallint", "study_minutes": "double",
    "study_answers": "integer", "study_correct": "integer", "is_study_covered": "boolean", "is_health_room_covered": "boolean",
}  # fmt: skip
USUAL_TYPES = {
    "school_id": "integer", "student_id": "integer", "fiscal_year": "smallint", "month": "date", "measure": "varchar", "usual": "double",
    "spread": "double", "months": "smallint",
}  # fmt: skip
ELSEWHERE_TYPES = {
    "school_id": "integer", "student_id": "integer", "begins_on": "date", "ends_on": "date", "school_days": "integer",
    "absent_days": "integer", "unknown_days": "integer", "is_shared": "boolean",
}  # fmt: skip


@dataclass(frozen=True)
class Usual:
    """A child's own usual, the same in every month."""

    measure: str
    usual: float
    spread: float = 0.0
    months: int = 6


def school_days(count: int) -> list[date]:
    """So many weekdays from the first on."""
    days = (FIRST_DAY + timedelta(days=offset) for offset in range(2 * count + 7))
    return [day for day in days if day.weekday() < 5][:count]


def day_row(word: str, day: date, ordinal: int, student_id: int) -> dict[str, Any]:
    """One word of a line as a row of student_day."""
    told = WORD.match(word)
    assert told, f"{word} is no day"

    def said(letters: str) -> bool | None:
        return None if told["register"] == "?" else told["register"] in letters

    return {
        "school_id": 1, "class_id": 52, "grade": 5, "student_id": student_id, "fiscal_year": 2026, "day": day, "ordinal": ordinal,
        "is_to_date": True, "is_present": said("al"), "is_absent": said("x"), "is_excused": said("s"), "is_required": said("alx"),
        "is_late": told["register"] == "l", "is_early_leave": False,
        "is_mood_asked": bool(told["mood"]), "mood_level": int(told["mood"]) if told["mood"].isdigit() else None,
        "health_room_visits": len(told["visits"]), "study_minutes": 10.0 if told["drill"] else 0.0,
        "study_answers": int(told["answers"] or 0), "study_correct": int(told["correct"] or 0),
        "is_study_covered": told["register"] != "?", "is_health_room_covered": told["register"] != "?",
    }  # fmt: skip


def connection_with(line: str, usual: Usual | None = None, students: int = 1) -> duckdb.DuckDBPyConnection:
    """A database in which children have lived these days."""
    words = line.split()
    connection = duckdb.connect()
    connection.execute(f"create table student_day ({', '.join(f'{name} {kind}' for name, kind in TYPES.items())})")
    connection.execute(f"create table student_usual ({', '.join(f'{name} {kind}' for name, kind in USUAL_TYPES.items())})")
    marks = ", ".join("?" for _ in TYPES)
    for student_id in range(1, students + 1):
        rows = [
            list(day_row(word, day, ordinal, student_id).values())
            for ordinal, (word, day) in enumerate(zip(words, school_days(len(words)), strict=True), start=1)
        ]
        connection.executemany(f"insert into student_day values ({marks})", rows)
        if usual:
            months = sorted({row[5].replace(day=1) for row in rows})
            told = [[1, student_id, 2026, month, usual.measure, usual.usual, usual.spread, usual.months] for month in months]
            connection.executemany("insert into student_usual values (?, ?, ?, ?, ?, ?, ?, ?)", told)
    connection.execute(f"create table absence_elsewhere ({', '.join(f'{name} {kind}' for name, kind in ELSEWHERE_TYPES.items())})")
    connection.execute("create table as_of as select max(day) as day, 2026 as fiscal_year from student_day")
    connection.execute(f"create table spell_day as {SPELLS.sql}")
    return connection


def found(name: str, line: str, usual: Usual | None = None) -> list[dict[str, Any]]:
    """Every day on which the rule of a signal held for a child who lived these days, with the number of the day in the line."""
    connection = connection_with(line, usual)
    rows = connection.execute(f"select * from ({rows_of(signals()[name])}) where holds order by day").fetchall()
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def held_on(name: str, line: str, usual: Usual | None = None) -> list[int]:
    """The days of the line, counted from 1, on which the rule held."""
    return [row["ordinal"] for row in found(name, line, usual)]


def flags_of(name: str, line: str, usual: Usual | None = None) -> list[dict[str, Any]]:
    """The flags a signal raises for a child who lived these days."""
    connection = connection_with(line, usual)
    signal = signals()[name]
    connection.execute(f"create table signal_row as {rows_of(signal)}")
    cursor = connection.execute(f"select * from ({flags_from(signal)}) order by begins_on")
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
