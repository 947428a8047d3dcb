"""Who reaches which class, why, and from when to when: the roster's word, on the day it is asked."""

from __future__ import annotations

from datetime import date

import pytest

from marts.building import build_district
from tests.marts.conftest import CLASSES, SCHOOLS, District, calendar, students, write_lake

STAFF = """
staff_id staff_number family_name given_name
1  T000001 鈴木   美咲
2  T000002 田中   健
3  T000003 中村   恵
4  T000004 山本   翔
5  T000005 小林   真由
6  T000006 佐藤   由美
7  T000007 高橋   一郎
8  T000008 前任   者
9  T000009 佐々木 大輔
"""
ROLES = """
staff_id school_id role            grade begins_on  ends_on
1        1         principal       -     2026-04-01 2027-03-31
2        1         teacher         -     2026-04-01 2027-03-31
3        1         grade_leader    5     2026-04-01 2027-03-31
3        1         teacher         -     2026-04-01 2027-03-31
4        1         subject_teacher -     2026-04-01 2027-03-31
5        1         counselor       -     2026-04-01 2027-03-31
5        2         counselor       -     2026-04-01 2027-03-31
6        -         board_officer   -     2026-04-01 2027-03-31
7        -         administrator   -     2026-04-01 2027-03-31
8        1         teacher         -     2026-04-01 2026-04-05
9        2         teacher         -     2025-04-01 2026-03-31
9        2         teacher         -     2026-04-01 2027-03-31
"""
TEACHING = """
staff_id class_id is_homeroom begins_on  ends_on
2        52       true        2026-04-06 2027-03-31
2        51       false       2026-04-01 2027-03-31
3        51       true        2026-04-01 2027-03-31
4        51       false       2026-04-01 2027-03-31
4        52       false       2026-04-01 2027-03-31
8        52       true        2026-04-01 2026-04-05
9        71       true        2026-04-01 2027-03-31
"""


@pytest.fixture(scope="module")
def reach(tmp_path_factory):
    place = tmp_path_factory.mktemp("reach")
    lake = write_lake(
        place / "lake",
        school=SCHOOLS, **{"class": CLASSES}, staff=STAFF, staff_role=ROLES, teaching=TEACHING, student=students(101),
        calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-04-10"),
        enrollment="student_id class_id grade begins_on ends_on\n101 52 5 2026-04-01 2027-03-31",
        attendance="student_id day status\n101 2026-04-10 absent_sick",
    )
    district = District(build_district(lake, place / "district", 1, day=date(2026, 4, 1)))

    def of(staff_id: int, day: str = "2026-04-10") -> set[tuple]:
        return set(district.rows(
            f"select role, school_id, grade, class_id, why from reach where staff_id = {staff_id}"
            f" and date '{day}' between begins_on and ends_on"
        ))

    yield of
    district.close()


def test_suzuki_reaches_her_school_and_each_of_its_classes(reach):
    assert reach(1) == {
        ("principal", 1, None, None, "schoolwide"),
        ("principal", 1, 5, 51, "schoolwide"), ("principal", 1, 5, 52, "schoolwide"), ("principal", 1, None, 59, "schoolwide"),
    }


def test_tanaka_reaches_the_class_next_door_only_as_its_subject_teacher(reach):
    assert reach(2) == {("teacher", 1, 5, 52, "homeroom"), ("subject_teacher", 1, 5, 51, "subject")}


def test_nakamura_reaches_the_grade_as_leader_and_the_homeroom_as_teacher(reach):
    assert reach(3) == {
        ("grade_leader", 1, 5, 51, "grade"), ("grade_leader", 1, 5, 52, "grade"), ("grade_leader", 1, 5, 51, "homeroom"),
        ("teacher", 1, 5, 51, "homeroom"),
    }


def test_yamamoto_reaches_the_classes_of_the_subject(reach):
    assert reach(4) == {("subject_teacher", 1, 5, 51, "subject"), ("subject_teacher", 1, 5, 52, "subject")}


def test_kobayashi_reaches_both_schools(reach):
    assert {row[:2] for row in reach(5) if row[3] is None} == {("counselor", 1), ("counselor", 2)}
    assert {row[3] for row in reach(5)} == {None, 51, 52, 59, 71}


def test_the_board_reaches_the_district_and_no_class(reach):
    assert reach(6) == {("board_officer", None, None, None, "district")}
    assert reach(7) == {("administrator", None, None, None, "district")}


def test_whoever_has_left_reaches_nothing(reach):
    assert reach(8) == set()


def test_rights_begin_and_end_on_their_days(reach):
    """The one before hands over to 田中 健 on Mon 6 April; the year ends for all on 31 March, but for who loads the next roster."""
    assert reach(8, "2026-04-05") == {("teacher", 1, 5, 52, "homeroom")}
    assert reach(2, "2026-04-05") == {("subject_teacher", 1, 5, 51, "subject")}
    assert reach(8, "2026-04-06") == set()
    assert reach(2, "2027-03-31") == reach(2)
    for staff_id in range(1, 10):
        assert reach(staff_id, "2027-04-01") == ({("administrator", None, None, None, "district")} if staff_id == 7 else set())


def test_sasaki_reaches_one_class_of_the_other_school(reach):
    assert reach(9) == {("teacher", 2, 7, 71, "homeroom")}
