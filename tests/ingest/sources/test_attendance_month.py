"""Counts of a child's month: taken in by themselves, checked, and never mixed with the days of a register."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ingest
from ingest.__main__ import app
from tests.ingest.tiny import HANA, MIHARASHI, MINATO, NUMBERS, REN, RIKU, child_ids, drop, rows_in

TITLES = "学校コード,児童生徒番号,年月,授業日数,出席停止・忌引等,欠席日数,遅刻,早退\n"
APRIL, MAY = datetime.date(2026, 4, 1), datetime.date(2026, 5, 1)


def row(child: str, month: str, *counts: object, school: str = MIHARASHI) -> str:
    return ",".join(map(str, [school, NUMBERS.get(child, child), month, *counts])) + "\n"


def loaded(home: Path, rows: str, name: str = "attendance_month-2026.csv") -> ingest.FileReport:
    drop(home, f"attendance_month/{name}", TITLES + rows)
    return next(file for file in ingest.load(home).files if file.source == "attendance_month")


def test_a_row_per_child_and_month_is_taken_in_with_its_own_grain(home: Path) -> None:
    report = loaded(home, row(HANA, "2026年4月", 16, 1, 2, 3, 0) + row(HANA, "5月", 18, 0, 0, "", "") + row(REN, "4月", "", "", 1, "", ""))
    assert (report.rows_loaded, report.rejected) == (3, {})
    rows = rows_in(home, "attendance_month")
    counts = ("month", "required_days", "suspended_days", "absent_days", "late_days", "early_leave_days")
    assert rows.filter(rows["student_id"] == child_ids(home)[HANA]).sort("month").select(counts).rows() == [
        (APRIL, 15, 1, 2, 3, 0), (MAY, 18, 0, 0, None, None),
    ]
    assert not (home / "lake" / "attendance").exists(), "no day is made from a month"


def test_a_later_file_is_right_about_its_months(home: Path) -> None:
    drop(home, "attendance_month/attendance_month-2026-a.csv", TITLES + row(HANA, "4月", 16, 0, 1, 0, 0), at=1)
    drop(home, "attendance_month/attendance_month-2026-b.csv", TITLES + row(HANA, "4月", 16, 0, 2, 0, 0), at=2)
    ingest.load(home)
    assert rows_in(home, "attendance_month")["absent_days"].to_list() == [2]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (row(HANA, "4月", 16, 1, 16, 0, 0), "absent_above_required"), (row(HANA, "4月", 16, 0, 40, 0, 0), "out_of_range"),
        (row(HANA, "4月", 16, 0, "", 0, 0), "missing_value"), (row(HANA, "13月", 16, 0, 1, 0, 0), "bad_month"),
        (row("99", "4月", 16, 0, 1, 0, 0), "unknown_child"), (row(RIKU, "4月", 16, 0, 1, 0, 0), "not_enrolled_this_year"),
        (row(HANA, "2025年4月", 16, 0, 1, 0, 0), "date_outside_year"),
    ],
)
def test_a_month_that_cannot_be_is_set_aside(home: Path, line: str, code: str) -> None:
    assert loaded(home, line + row(RIKU, "4月", 16, 0, 1, 0, 0, school=MINATO)).rejected == {code: 1}
    assert rows_in(home, "attendance_month").height == 1


def test_propose_takes_counts_of_a_child_for_what_they_are(home: Path, tmp_path: Path) -> None:
    ingest.load(home)
    file = tmp_path / "export.csv"
    lines = "".join(f"{MIHARASHI},{NUMBERS[child]},佐藤,2026年{month}月,{month},0\n" for child in (HANA, REN) for month in (4, 5))
    file.write_text("学校CD,個人番号,氏名,対象月,欠席日数,遅刻回数\n" + lines, encoding="utf-8")
    run = CliRunner().invoke(app, ["propose", str(file), "--data", str(home)])
    assert "(attendance_month)" in run.stdout
    assert 'absent_days = ["欠席日数"]' in run.stdout
