"""Counts of a child's month in the district file: only where no register tells of days, and in no other figure."""

from __future__ import annotations

from tests.marts.conftest import CLASSES, SCHOOLS, calendar, students

ENROLLED = """
    student_id class_id school_id grade begins_on  ends_on
    101        52       1         5     2026-04-01 2027-03-31
    102        52       1         5     2026-04-01 2027-03-31
"""
HELD = calendar("school 1 grade 5: 2026-04-06..2026-06-30")
MONTHS = """
    student_id month      required_days suspended_days absent_days late_days early_leave_days
    101        2026-04-01 18            0              3           1         0
    101        2026-06-01 22            0              2           0         -
"""
REGISTER = """
    student_id day        status
    102        2026-06-02 absent_sick
"""


def test_months_without_a_register_are_told_as_they_came(built):
    district = built(school=SCHOOLS, **{"class": CLASSES}, student=students(101, 102), enrollment=ENROLLED, calendar_day=HELD,
                     attendance_month=MONTHS)
    assert district.rows("select month::varchar, required_days, absent_days, late_days from attendance_month order by month") == [
        ("2026-04-01", 18, 3, 1), ("2026-06-01", 22, 2, 0),
    ]
    assert district.rows("select count(*) from attendance") == [(0,)]
    assert district.rows("select coalesce(sum(cast(is_absent as integer)), 0) from student_day") == [(0,)]


def test_a_month_a_register_tells_of_is_counted_there_alone(built):
    district = built(school=SCHOOLS, **{"class": CLASSES}, student=students(101, 102), enrollment=ENROLLED, calendar_day=HELD,
                     attendance_month=MONTHS, attendance=REGISTER)
    told = [month for (month,) in district.rows("select month::varchar from attendance_month order by month")]
    covered = district.rows("select starts_on::varchar, counts_to::varchar from coverage_year where source = 'attendance'")
    assert "2026-06-01" not in told, covered
