"""出席統計 of the schools' own system: read by the name of the class, one row per class and month."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.ingest.sources.test_further_sources import loaded
from tests.ingest.tiny import MIHARASHI, MINATO, rows_in

TOTALS = "学校コード,学級名,年月,授業日数,欠席,出停・忌引等\n"
BY_GRADE = "学校コード,学年,組,対象月,授業日数\n"
FILE = "attendance_totals/attendance_totals-2026.csv"
GOOD = f"{MIHARASHI},なかよし学級,2026/06,20,1,0\n"


def test_totals_stand_under_the_class_of_their_own_school(home: Path) -> None:
    text = TOTALS + f"{MIHARASHI},６年１組,2026年5月,18,3,0\n{MINATO},6年1組,R8.5,19,,2\n"
    report = loaded(home, FILE, text, "cp932")
    assert report.rejected == {}
    classes = {(row["school_id"], row["name"]): row["class_id"] for row in rows_in(home, "class").rows(named=True)}
    may = datetime.date(2026, 5, 1)
    columns = ("school_id", "class_id", "month", "school_days", "absent_days", "suspended_days")
    assert set(rows_in(home, "attendance_total").select(columns).rows()) == {
        (1, classes[1, "6年1組"], may, 18, 3, 0), (2, classes[2, "6年1組"], may, 19, None, 2),
    }  # fmt: skip


def test_grade_and_class_in_two_columns_are_one_name(home: Path) -> None:
    text = BY_GRADE + f"{MIHARASHI},5,2組,2026-05,18\n{MIHARASHI},6年,6年1組,2026-05,18\n{MIHARASHI},,なかよし学級,2026-05,17\n"
    report = loaded(home, FILE, text)
    assert (report.rejected, report.rows_loaded) == ({}, 3)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{MIHARASHI},5年9組,2026/05,18,3,0", "unknown_class"), (f"{MINATO},5年2組,2026/05,18,3,0", "unknown_class"),
        (f"{MIHARASHI},,2026/05,18,3,0", "missing_value"), (f"{MIHARASHI},5年2組,5月ごろ,18,3,0", "bad_month"),
        (f"{MIHARASHI},5年2組,2025/05,18,3,0", "date_outside_year"), (f"{MIHARASHI},5年2組,2026/05,32,3,0", "out_of_range"),
        (f"{MIHARASHI},5年2組,2026/05,18,三,0", "bad_number"), ("X999,5年2組,2026/05,18,3,0", "unknown_school"),
        (GOOD.strip(), "twice_a_day"),
    ],
)  # fmt: skip
def test_a_bad_total(home: Path, row: str, code: str) -> None:
    report = loaded(home, FILE, TOTALS + GOOD + row + "\n")
    assert (report.rejected, report.rows_loaded) == ({code: 1}, 1)
