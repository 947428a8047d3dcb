"""A child who came late and left early: two rows of the register, one day with both marks."""

from __future__ import annotations

from datetime import date

from tests.marts.conftest import CLASSES, SCHOOLS, calendar, students


def test_late_and_left_early_on_one_day_are_one_day_with_both(built):
    """
    Mon 6 – Fri 10 April. 101 came late on the 7th (通院) and left early (発熱); 102 came late on the 8th, told twice: 出席 and 遅刻.
             授業日数  遅刻  早退  出席
    101        5       1     1     5
    102        5       1     0     5
    """
    district = built(
        school=SCHOOLS, **{"class": CLASSES}, student=students(101, 102), calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-04-10"),
        enrollment="""
            student_id class_id grade begins_on  ends_on
            101        52       5     2026-04-01 2027-03-31
            102        52       5     2026-04-01 2027-03-31
        """,
        attendance="""
            student_id day        status  is_late is_early_leave reason
            101        2026-04-07 present true    false          通院
            101        2026-04-07 present false   true           発熱
            102        2026-04-08 present false   false          -
            102        2026-04-08 present true    false          寝坊
            102        2026-04-10 present true    false          寝坊
        """,
    )
    assert district.rows(
        "select student_id, count(*), sum(is_late::int), sum(is_early_leave::int), sum(is_present::int) from student_day"
        " group by 1 order by 1"
    ) == [(101, 5, 1, 1, 5), (102, 5, 2, 0, 5)]
    assert district.rows("select student_id, day::varchar, is_late, is_early_leave, reason, file_row from attendance order by all") == [
        (101, "2026-04-07", True, True, "発熱、通院", 1), (102, "2026-04-08", True, False, "寝坊", 3),
        (102, "2026-04-10", True, False, "寝坊", 5),
    ]
    late = "select numerator, denominator from cell where indicator = 'late_rate' and place = 'class' and period = 'year'"
    assert district.rows(late) == [(3.0, 10.0)]


def test_late_and_left_early_may_both_be_said_ahead_of_the_day(built):
    """Today is Wed 8 April; for the Friday 101 has said both, and it is one plan."""
    district = built(
        day=date(2026, 4, 8), school=SCHOOLS, **{"class": CLASSES}, student=students(101, 102),
        calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-04-10"),
        enrollment="""
            student_id class_id grade begins_on  ends_on
            101        52       5     2026-04-01 2027-03-31
            102        52       5     2026-04-01 2027-03-31
        """,
        attendance="""
            student_id day        status      is_late is_early_leave
            102        2026-04-07 absent_sick false   false
            101        2026-04-10 present     true    false
            101        2026-04-10 present     false   true
        """,
    )
    assert district.rows("select student_id, day::varchar, is_late, is_early_leave from planned_attendance") == [
        (101, "2026-04-10", True, True),
    ]
