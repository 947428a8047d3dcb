"""Totals of the schools' own system beside ours: where they differ, and which days could explain it."""

from __future__ import annotations

from tests.marts.conftest import CLASSES, SCHOOLS, calendar, students

ENROLLED = """
    student_id class_id school_id grade begins_on  ends_on
    101        52       1         5     2026-04-01 2027-03-31
    102        52       1         5     2026-04-01 2027-03-31
    103        52       1         5     2026-06-08 2027-03-31
"""
# June: 1st to 12th, ten weekdays, the 5th closed for a storm. 7月1日 is there so that June is over.
HELD = calendar("school 1 grade 5: 2026-06-01..2026-06-12, closure 2026-06-05", "school 1 grade 5: 2026-07-01..2026-07-01")
REGISTER = """
    school_id student_id day        status      file_id
    1         101        2026-06-02 absent_sick 8
    1         102        2026-06-03 suspended   8
    1         102        2026-06-09 absent_sick 9
    1         101        2026-07-01 absent_sick 8
"""
# the register came with load 1, one more file of it with load 3; the totals with load 2
FILES = """
    file_id load_id source            file        rows_read rows_loaded rows_rejected
    7       2       attendance_totals totals.csv  1         1           0
    8       1       attendance        first.csv   3         3           0
    9       3       attendance        later.csv   1         1           0
"""


def told(built, *rows: str):
    head = "school_id class_id month school_days absent_days suspended_days file_id\n"
    return built(
        school=SCHOOLS, **{"class": CLASSES}, student=students(101, 102, 103), enrollment=ENROLLED, calendar_day=HELD,
        attendance=REGISTER, load_source=FILES, attendance_total=head + "\n".join(rows),
    )


def test_equal_totals_differ_nowhere(built):
    district = told(built, "1 52 2026-06-01 9 2 1 7")
    assert district.rows("select measure, told, counted from reconciliation order by all") == [
        ("absent_days", 2, 2), ("school_days", 9, 9), ("suspended_days", 1, 1),
    ]
    assert district.rows("select * from reconciliation_day") == []


def test_a_closure_counted_as_a_school_day_is_found(built):
    district = told(built, "1 52 2026-06-01 10 2 1 7")
    assert district.rows("select measure, day::varchar, why from reconciliation_day order by all") == [
        ("school_days", "2026-06-05", "closure"),
    ]


def test_a_correction_after_the_totals_and_a_child_who_came_are_told(built):
    district = told(built, "1 52 2026-06-01 9 1 1 7")
    assert district.rows("select measure, day::varchar, why, children from reconciliation_day order by all") == [
        ("absent_days", "2026-06-02", "counted", 1), ("absent_days", "2026-06-08", "moved", None),
        ("absent_days", "2026-06-09", "corrected", 1),
    ]


def test_one_kind_of_absence_booked_as_the_other_is_told_on_both_sides(built):
    district = told(built, "1 52 2026-06-01 9 3 0 7")
    found = district.rows("select measure, day::varchar, why from reconciliation_day where why <> 'moved' order by all")
    assert ("absent_days", "2026-06-03", "other_kind") in found
    assert ("suspended_days", "2026-06-03", "counted") in found


def test_a_figure_that_was_not_given_and_a_month_not_yet_over_are_not_compared(built):
    district = told(built, "1 52 2026-06-01 9 - 1 7", "1 52 2026-07-01 20 5 5 7")
    assert district.rows("select month::varchar, measure from reconciliation order by all") == [
        ("2026-06-01", "school_days"), ("2026-06-01", "suspended_days"),
    ]


def test_a_class_without_a_day_counted_here_is_compared_with_none(built):
    district = told(built, "1 51 2026-06-01 9 2 1 7")
    assert district.rows("select measure, told, counted from reconciliation order by all") == [
        ("absent_days", 2, 0), ("school_days", 9, 0), ("suspended_days", 1, 0),
    ]


def test_a_district_without_totals_compares_nothing(built):
    district = told(built)
    assert district.rows("select count(*) from reconciliation") == [(0,)]


def test_a_class_sent_home_whole_is_a_day_the_totals_may_lack(built):
    whole = REGISTER + "\n".join(f"    1 {child} 2026-06-11 suspended 8" for child in (101, 102, 103)) + "\n"
    head = "school_id class_id month school_days absent_days suspended_days file_id\n"
    district = built(
        school=SCHOOLS, **{"class": CLASSES}, student=students(101, 102, 103), enrollment=ENROLLED, calendar_day=HELD,
        attendance=whole, load_source=FILES, attendance_total=head + "1 52 2026-06-01 8 2 4 7",
    )
    assert district.rows("select day::varchar, why from reconciliation_day") == [("2026-06-11", "class_away")]
