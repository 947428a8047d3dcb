"""授業日数, 出席停止, 転入・転出, closures: hand-worked tables of which day counts for whom."""

from __future__ import annotations

from tests.marts.conftest import CLASSES, SCHOOLS, calendar, students

# the same told by the flags every figure is counted from
FLAGS_BY_CHILD = """
    select
        student_id,
        count(is_required),
        count(*) filter (where is_excused),
        count(*) filter (where is_absent),
        count(*) filter (where is_present),
        count(*) filter (where is_required)
    from student_day
    group by student_id
    order by student_id
"""
DAYS_BY_CHILD = """
    select
        student_id,
        count(*),
        count(*) filter (where attendance in ('suspended', 'bereavement', 'excused_other')),
        count(*) filter (where attendance in ('absent_sick', 'absent_other')),
        count(*) filter (where attendance = 'present')
    from student_day
    group by student_id
    order by student_id
"""


def test_a_childs_days_add_up_as_in_the_school_record(built):
    """
    Two weeks, 10 授業日.      授業日数  出席停止・忌引等  出席しなければならない  欠席  出席
    101 sick on 2 days           10          0                 10             2     8
    102 flu: 3 days suspended    10          3                  7             0     7
    103 忌引 1, 公欠 1, 事故欠 1    10          2                  8             1     7
    104 late once, early once    10          0                 10             0    10
    """
    district = built(
        school=SCHOOLS, **{"class": CLASSES}, student=students(101, 102, 103, 104),
        calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-04-17"),
        enrollment="""
            student_id class_id grade begins_on  ends_on
            101        52       5     2026-04-01 2027-03-31
            102        52       5     2026-04-01 2027-03-31
            103        52       5     2026-04-01 2027-03-31
            104        52       5     2026-04-01 2027-03-31
        """,
        attendance="""
            student_id day        status        is_late is_early_leave
            101        2026-04-07 absent_sick   false   false
            101        2026-04-08 absent_sick   false   false
            102        2026-04-13 suspended     false   false
            102        2026-04-14 suspended     false   false
            102        2026-04-15 suspended     false   false
            103        2026-04-09 bereavement   false   false
            103        2026-04-10 excused_other false   false
            103        2026-04-16 absent_other  false   false
            104        2026-04-16 present       true    false
            104        2026-04-17 present       false   true
        """,
    )
    assert district.rows(DAYS_BY_CHILD) == [
        (101, 10, 0, 2, 8),
        (102, 10, 3, 0, 7),
        (103, 10, 2, 1, 7),
        (104, 10, 0, 0, 10),
    ]
    assert district.rows(FLAGS_BY_CHILD) == [(101, 10, 0, 2, 8, 10), (102, 10, 3, 0, 7, 7), (103, 10, 2, 1, 7, 8), (104, 10, 0, 0, 10, 10)]
    assert district.rows("select sum(is_late::int), sum(is_early_leave::int) from student_day where student_id = 104") == [(1, 1)]
    cells = district.rows(
        "select numerator, denominator from cell where indicator = 'absence_rate' and place = 'class' and period = 'year'"
    )
    assert cells == [(3.0, 35.0)]


def test_a_day_of_class_closure_is_a_school_day_and_a_day_of_grade_closure_is_none(built):
    """
    Mon 6 – Fri 10 April. Wed 8: 5年2組 closed (学級閉鎖): 出席停止 for its two children. Thu 9: grade 6 closed by the school.
              授業日数   出席停止
    5年1組 101    5         0
    5年2組 102    5         1
    6年1組 103    4         0
    """
    district = built(
        school=SCHOOLS,
        **{"class": CLASSES + "61 1 2026 6 6年1組 false\n"},
        student=students(101, 102, 103),
        calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-04-10", "school 1 grade 6: 2026-04-06..2026-04-10, closure 2026-04-09"),
        enrollment="""
            student_id class_id grade begins_on  ends_on
            101        51       5     2026-04-01 2027-03-31
            102        52       5     2026-04-01 2027-03-31
            103        61       6     2026-04-01 2027-03-31
        """,
        attendance="""
            student_id day        status
            102        2026-04-08 suspended
            101        2026-04-10 absent_sick
        """,
    )
    by_class = district.rows(
        "select class_id, count(*), count(*) filter (where attendance = 'suspended') from student_day group by class_id order by class_id"
    )
    assert by_class == [(51, 5, 0), (52, 5, 1), (61, 4, 0)]
    assert district.rows("select ordinal, day::varchar from school_day where grade = 6 order by ordinal") == [
        (1, "2026-04-06"), (2, "2026-04-07"), (3, "2026-04-08"), (4, "2026-04-10"),
    ]


def test_whoever_comes_or_goes_counts_on_own_days_only(built):
    """
    Mon 6 – Fri 17 April, 10 授業日 in both schools' grade 5; school 2's grade 5 exists for the child that moves.
    101 enters on Thu 9 (転入): 7 days.   102 leaves after Wed 8 (転出, last day counts): 3 days.
    103 moves from school 1 (until Fri 10) to school 2 (from Mon 13): 5 and 5.   104 stays: 10.
    102's absence noted on Fri 10, after leaving, counts nowhere.
    """
    district = built(
        school=SCHOOLS, **{"class": CLASSES + "25 2 2026 5 5年1組 false\n"}, student=students(101, 102, 103, 104),
        calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-04-17", "school 2 grade 5: 2026-04-06..2026-04-17"),
        enrollment="""
            student_id class_id school_id grade begins_on  ends_on
            101        52       1         5     2026-04-09 2027-03-31
            102        52       1         5     2026-04-01 2026-04-08
            103        52       1         5     2026-04-01 2026-04-10
            103        25       2         5     2026-04-13 2027-03-31
            104        52       1         5     2026-04-01 2027-03-31
        """,
        attendance="""
            student_id school_id day        status
            102        1         2026-04-10 absent_sick
            103        2         2026-04-14 absent_sick
            104        1         2026-04-17 absent_sick
        """,
    )
    assert district.rows("select student_id, school_id, count(*) from student_day group by all order by all") == [
        (101, 1, 7), (102, 1, 3), (103, 1, 5), (103, 2, 5), (104, 1, 10),
    ]
    cells = district.rows(
        "select place, school_id, numerator, denominator, people from cell"
        " where indicator = 'absence_rate' and period = 'year' and place in ('school', 'district') order by place desc, school_id"
    )
    # school 2 sent a register as well: one absence of 5 days. The mover is one person of the district.
    assert cells == [("school", 1, 1.0, 25.0, 4), ("school", 2, 1.0, 5.0, 1), ("district", None, 2.0, 30.0, 4)]
    assert district.rows("select student_id, school_id, class_id from student order by student_id") == [
        (101, 1, 52), (103, 2, 25), (104, 1, 52),
    ]


def test_children_of_a_mixed_class_follow_the_calendar_of_their_own_grade(built):
    """なかよし学級 has a child of grade 5 and one of grade 6; grade 6 was closed on Tue 7. 5 and 4 days, each in the own grade."""
    district = built(
        school=SCHOOLS, **{"class": CLASSES}, student=students(101, 102),
        calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-04-10", "school 1 grade 6: 2026-04-06..2026-04-10, closure 2026-04-07"),
        enrollment="""
            student_id class_id grade begins_on  ends_on
            101        59       5     2026-04-01 2027-03-31
            102        59       6     2026-04-01 2027-03-31
        """,
        attendance="""
            student_id day        status
            101        2026-04-10 absent_sick
        """,
    )
    cells = district.rows(
        "select place, grade, class_id, denominator from cell where indicator = 'absence_rate' and period = 'year'"
        " and place in ('class', 'grade', 'school') order by place, grade"
    )
    assert cells == [("class", None, 59, 9.0), ("grade", 5, None, 5.0), ("grade", 6, None, 4.0), ("school", None, None, 9.0)]


def test_years_are_compared_over_the_same_number_of_school_days(built):
    """
    This 年度 has had 4 授業日 in grade 5 by the last register day. Last 年度's began two days later and lost one to a typhoon:
        2025: Wed 9, Thu 10, (Fri 11 closed), Mon 14, Tue 15 | Wed 16 …   to_date = the first four, by number, not by date
        2026: Mon 6, Tue 7, Wed 8, Thu 9
    """
    district = built(
        school=SCHOOLS, **{"class": CLASSES + "41 1 2025 5 5年1組 false\n"}, student=students(101, 102),
        calendar_day=calendar(
            "school 1 grade 5: 2025-04-09..2025-04-18, closure 2025-04-11",
            "school 1 grade 5: 2026-04-06..2026-04-17",
        ),
        enrollment="""
            student_id class_id grade begins_on  ends_on
            101        41       5     2025-04-01 2026-03-31
            102        51       5     2026-04-01 2027-03-31
        """,
        attendance="""
            student_id day        status
            101        2025-04-15 absent_sick
            101        2025-04-16 absent_sick
            102        2026-04-09 absent_sick
        """,
    )
    assert district.rows("select day::varchar, fiscal_year from as_of") == [("2026-04-09", 2026)]
    assert district.rows("select day::varchar from school_day where is_to_date and fiscal_year = 2025 order by day") == [
        ("2025-04-09",), ("2025-04-10",), ("2025-04-14",), ("2025-04-15",),
    ]
    assert district.rows("select count(*) from school_day where fiscal_year = 2026 and is_to_date") == [(4,)]
    cells = district.rows(
        "select period, fiscal_year, numerator, denominator from cell where indicator = 'absence_rate' and place = 'school'"
        " and period in ('to_date', 'year') order by period, fiscal_year"
    )
    assert cells == [("to_date", 2025, 1.0, 4.0), ("to_date", 2026, 1.0, 4.0), ("year", 2025, 2.0, 7.0), ("year", 2026, 1.0, 4.0)]


def test_a_child_on_two_rosters_is_in_one_place_a_day(built):
    """101 is in 5年2組 all year and in なかよし学級 from Wed 8 to Thu 9: two days there, three in 5年2組, five in all."""
    district = built(
        school=SCHOOLS, **{"class": CLASSES}, student=students(101),
        calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-04-10"),
        enrollment="""
            student_id class_id grade begins_on  ends_on
            101        52       5     2026-04-01 2027-03-31
            101        59       5     2026-04-08 2026-04-09
        """,
        attendance="""
            student_id day        status
            101        2026-04-10 absent_sick
        """,
    )
    assert district.rows("select class_id, count(*) from student_day group by class_id order by class_id") == [(52, 3), (59, 2)]
    assert district.rows("select begins_on::varchar, ends_on::varchar, class_id from enrollment order by begins_on") == [
        ("2026-04-01", "2026-04-07", 52), ("2026-04-08", "2026-04-09", 59), ("2026-04-10", "2027-03-31", 52),
    ]


def test_a_school_without_a_register_has_no_attendance_rather_than_a_perfect_one(built):
    district = built(
        school=SCHOOLS, **{"class": CLASSES}, student=students(101, 201),
        calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-04-10", "school 2 grade 7: 2026-04-06..2026-04-10"),
        enrollment="""
            student_id class_id school_id grade begins_on  ends_on
            101        52       1         5     2026-04-01 2027-03-31
            201        71       2         7     2026-04-01 2027-03-31
        """,
        attendance="""
            student_id day        status
            101        2026-04-10 absent_sick
        """,
    )
    assert district.rows("select distinct school_id, attendance is null from student_day order by all") == [(1, False), (2, True)]
    flags = ("is_present", "is_absent", "is_excused", "is_required")
    empty = ", ".join(f"bool_and({flag} is null) and bool_or({flag} is null)" for flag in flags)
    assert district.rows(f"select school_id, {empty} from student_day group by school_id order by school_id") == [
        (1, False, False, False, False), (2, True, True, True, True),
    ]
    assert district.rows("select school_id from cell where indicator = 'absence_rate' and place = 'school' and period = 'year'") == [(1,)]
