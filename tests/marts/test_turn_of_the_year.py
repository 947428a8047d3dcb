"""Days on which there is nobody and nothing yet: between 31 March and the roster of the new 年度, and before a board's first school day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.registry import declarations
from marts.building import build_district
from marts.publish import current, publish
from tests.marts.conftest import District, calendar, students, write_lake

# 101 was in 5年1組 to 31 March 2026; 授業日 from Mon 6 to Fri 24 April of the year before, and again from Mon 6 April.
LAST_YEAR = {
    "school": "school_id name kind\n1 見晴小学校 elementary",
    "class": "class_id school_id fiscal_year grade name is_special_needs\n51 1 2025 5 5年1組 false",
    "student": students(101),
    "enrollment": "student_id class_id school_id grade begins_on ends_on\n101 51 1 5 2025-04-01 2026-03-31",
    "calendar_day": calendar("school 1 grade 5: 2025-04-07..2025-04-25"),
    "attendance": "student_id day status\n101 2025-04-14 absent_sick\n101 2025-04-25 absent_sick",
}
NEXT_CALENDAR = {"calendar_day": calendar("school 1 grade 5: 2026-04-06..2026-04-24")}
THIS_YEAR = LAST_YEAR | NEXT_CALENDAR | {
    "class": LAST_YEAR["class"].replace("2025", "2026"),
    "enrollment": LAST_YEAR["enrollment"].replace("2025-04", "2026-04").replace("2026-03", "2027-03"),
    "attendance": "student_id day status\n101 2026-04-06 absent_sick",
}


@pytest.mark.parametrize(
    ("lake", "day", "students_there", "known"),
    [
        (LAST_YEAR, date(2026, 4, 1), 0, 15),  # everybody's enrolment has ended, and no new roster has come: last year's days stay known
        (THIS_YEAR, date(2026, 4, 1), 1, 0),  # a board that begins in April: its roster and calendar are there, and no school day yet
    ],
)
def test_the_first_days_of_april_are_published(
    tmp_path: Path, lake: dict[str, str], day: date, students_there: int, known: int
) -> None:
    built = build_district(write_lake(tmp_path / "lake", **lake), tmp_path / "district", 1, declared=declarations(), day=day)
    publish(built, tmp_path / "district", 1)
    district = District(current(tmp_path / "district") or Path())
    assert district.rows("select count(*) from student") == [(students_there,)]
    assert district.rows("select count(is_required) from student_day") == [(known,)]
    district.close()
