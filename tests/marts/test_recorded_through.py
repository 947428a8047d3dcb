"""Until when a school's own files speak, and what is known after that: nothing. Hand-worked registers of spring 2026.

School 1 has grade 5 (classes 51 and 52), school 2 grade 7 (class 71); Monday to Friday is a school day from 6 April to 31 July.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.marts.conftest import CLASSES, SCHOOLS, calendar, students

FIRST = date(2026, 4, 6)
ENROLLMENT = """
student_id class_id school_id grade begins_on  ends_on
101        51       1         5     2026-04-01 2027-03-31
102        52       1         5     2026-04-01 2027-03-31
201        71       2         7     2026-04-01 2027-03-31
202        71       2         7     2026-04-01 2027-03-31
203        71       2         7     2026-04-01 2027-03-31
"""
DISTRICT: dict[str, str] = {
    "school": SCHOOLS, "class": CLASSES, "student": students(101, 102, 201, 202, 203), "enrollment": ENROLLMENT,
    "calendar_day": calendar("school 1 grade 5: 2026-04-06..2026-07-31", "school 2 grade 7: 2026-04-06..2026-07-31"),
}


def weekdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def register(*rows: tuple[int, int, Iterable[date], str], until: str = "-") -> str:
    """A register in which a child of a school has a status on each of some days."""
    lines = ["student_id school_id day status spoken_until"]
    lines += [f"{child} {school} {day} {status} {until}" for child, school, days, status in rows for day in days]
    return "\n".join(lines)


def recorded(district: Any) -> dict[int, tuple[str, str]]:
    rows = district.rows(
        "select school_id, recorded_through::varchar, evidence from coverage where source = 'attendance' order by school_id"
    )
    return {school: (through, evidence) for school, through, evidence in rows}


def test_a_register_that_stops_says_nothing_more_of_its_school(built: Any) -> None:
    """
    School 1 writes something every day to Fri 26 June. School 2 does to Fri 29 May (201 absent from Wed 27 to Fri 29), then nothing,
    in the very same file. After 29 May school 2 is unknown: 40 授業日 minus the holidays nobody has told of are 40 days for each of three
    children (6 April to 29 May), no day more; the absence of 201 is a run of 3 that has not ended, and nobody has returned.
    """
    spring = weekdays(FIRST, date(2026, 5, 29))
    district = built(
        day=date(2026, 6, 26), **DISTRICT,
        attendance=register(
            (101, 1, weekdays(FIRST, date(2026, 6, 26)), "absent_sick"), (202, 2, spring[:-3], "absent_sick"),
            (201, 2, spring[-3:], "absent_sick"),
        ),
    )
    assert recorded(district) == {1: ("2026-06-26", "rows"), 2: ("2026-05-29", "rows")}
    assert district.rows("select count(is_required), count(*) filter (where is_absent) from student_day where school_id = 2") == [
        (len(spring) * 3, len(spring)),
    ]
    assert district.rows("select denominator from cell where indicator = 'absence_rate' and place = 'school' and school_id = 2"
                         " and period = 'year'") == [(float(len(spring) * 3),)]
    after = "select distinct attendance, is_present, is_absent, is_excused, is_required, is_late from student_day"
    assert district.rows(f"{after} where school_id = 2 and day > date '2026-05-29'") == [(None, None, None, None, None, False)]
    assert district.rows("select signal, last_on::varchar from flag where student_id = 201 and signal <> 'absence_days'") == [
        ("absence_run", "2026-05-29"),
    ]
    assert district.rows("select day::varchar from as_of") == [("2026-06-26",)]
    silent = district.rows("select silent_days, usual_silent_days from coverage where school_id = 2")
    assert silent == [(len(weekdays(date(2026, 6, 1), date(2026, 6, 25))), 0)], "up to yesterday"


@pytest.mark.parametrize(
    ("silence", "through", "evidence"), [(1, "2026-06-24", "silence"), (2, "2026-06-25", "silence"), (5, "2026-06-25", "silence")]
)
def test_silence_is_believed_as_long_as_this_school_has_been_silent_before(built: Any, silence: int, through: str, evidence: str) -> None:
    """
    School 2 had two 授業日 without a row in April (Thu 16, Fri 17), never more. Its last row is of Tue 23 June. School 1's rows in the
    same file go on. One silent day, Wed 24: nothing happened. Two: the same. Of five, two.
    """
    days = [day for day in weekdays(FIRST, date(2026, 6, 23)) if day not in (date(2026, 4, 16), date(2026, 4, 17))]
    last = weekdays(date(2026, 6, 24), date(2026, 7, 31))[silence - 1]
    district = built(
        day=last + timedelta(days=1), **DISTRICT,
        attendance=register((101, 1, weekdays(FIRST, last), "absent_sick"), (201, 2, days, "absent_sick")),
    )
    assert recorded(district)[2] == (through, evidence)


def test_today_is_silent_until_the_school_itself_has_said_something(built: Any) -> None:
    """Both were silent on Thu 16 April. On Wed 24 June school 1 has handed in, school 2 not yet: its Tuesday is the last day known."""
    days = [day for day in weekdays(FIRST, date(2026, 6, 23)) if day != date(2026, 4, 16)]
    today = date(2026, 6, 24)
    district = built(
        day=today, **DISTRICT, attendance=register((101, 1, [*days, today], "absent_sick"), (201, 2, days, "absent_sick")),
    )
    assert recorded(district) == {1: ("2026-06-24", "rows"), 2: ("2026-06-23", "rows")}


def test_what_is_said_ahead_is_a_plan_and_moves_no_clock(built: Any) -> None:
    """
    On Fri 26 June leave is on file for 102: Mon 29 June and 1 July. No figure knows of it; the district's figures end on Friday.
    """
    days = weekdays(FIRST, date(2026, 6, 26))
    district = built(
        day=date(2026, 6, 26), **DISTRICT,
        attendance=register(
            (101, 1, days, "absent_sick"), (201, 2, days, "absent_sick"), (102, 1, [date(2026, 6, 29), date(2026, 7, 1)], "absent_other"),
        ),
    )
    assert district.rows("select student_id, day::varchar, is_absent from planned_attendance order by day") == [
        (102, "2026-06-29", True), (102, "2026-07-01", True),
    ]
    assert district.rows("select day::varchar from as_of") == [("2026-06-26",)]
    assert district.rows("select max(day)::varchar, count(*) filter (where student_id = 102) from attendance") == [("2026-06-26", 0)]
    assert district.rows("select max(day)::varchar from student_day") == [("2026-06-26",)]


def test_a_plan_whose_day_has_come_is_no_register(built: Any) -> None:
    """
    School 2 never had a 授業日 with fewer than two rows. On Mon 29 June it has one, said on Friday: the register is not in, and the
    row still a plan.
    When the register comes (two rows), the day counts, the row with it.
    """
    days = weekdays(FIRST, date(2026, 6, 26))
    monday = date(2026, 6, 29)
    rows = [
        (101, 1, [*days, monday], "absent_sick"), (201, 2, days, "absent_sick"), (202, 2, days, "absent_other"),
        (203, 2, [monday], "absent_sick"),
    ]
    morning = built(day=monday, **DISTRICT, attendance=register(*rows))
    assert recorded(morning)[2] == ("2026-06-26", "rows")
    assert morning.rows("select student_id from planned_attendance") == [(203,)]
    assert morning.rows(f"select count(is_required) from student_day where school_id = 2 and day = date '{monday}'") == [(0,)]
    evening = built(day=monday, **DISTRICT, attendance=register(*rows, (201, 2, [monday], "absent_sick")))
    assert recorded(evening)[2] == ("2026-06-29", "rows")
    assert evening.rows("select count(*) from planned_attendance") == [(0,)]
    assert evening.rows(f"select student_id, is_absent from student_day where school_id = 2 and day = date '{monday}' order by 1") == [
        (201, True), (202, False), (203, True),
    ]


@pytest.mark.parametrize("today", [date(2026, 6, 2), date(2026, 6, 19)])
def test_a_long_leave_said_ahead_is_no_register_of_a_school_that_has_stopped(built: Any, today: date) -> None:
    """
    School 2 has two rows a day to Fri 22 May, when its register stops. Leave of 201 is on file for the twenty 授業日 from Mon 25 May to
    Fri 19 June. However many of its days have come, one row is no register here: nothing is known after 22 May.
    """
    spring = weekdays(FIRST, date(2026, 5, 22))
    district = built(
        day=today, **DISTRICT,
        attendance=register(
            (101, 1, weekdays(FIRST, today), "absent_sick"), (202, 2, spring, "absent_sick"), (203, 2, spring, "absent_other"),
            (201, 2, weekdays(date(2026, 5, 25), date(2026, 6, 19)), "absent_sick"),
        ),
    )
    assert recorded(district)[2] == ("2026-05-22", "rows")
    assert district.rows("select count(*) from planned_attendance where student_id = 201") == [(20,)]


@pytest.mark.parametrize(
    ("days", "later", "through"),
    [
        (20, 9, "2026-05-01"), (20, 10, "2026-05-01"), (20, 30, "2026-05-01"),  # known for twenty days, and never silent: no silence
        (19, 9, "2026-05-12"), (19, 10, "2026-05-13"), (19, 11, "2026-05-14"), (19, 30, "2026-05-14"),  # the board's ten, and no more
    ],
)
def test_the_passing_of_days_takes_back_nothing_that_was_said(built: Any, days: int, later: int, through: str) -> None:
    """School 2 has a row on each of its first 20 (to Fri 1 May) or 19 授業日, then none; school 1's rows go on in the same file."""
    spring = weekdays(FIRST, date(2026, 7, 31))
    today = spring[days - 1 + later]
    district = built(
        day=today, **DISTRICT,
        attendance=register((101, 1, weekdays(FIRST, today), "absent_sick"), (201, 2, spring[:days], "absent_sick")),
    )
    assert recorded(district)[2][0] == through


def test_a_register_with_every_child_tells_class_by_class_and_its_silence_tells_nothing(built: Any) -> None:
    """
    School 1 has a row for each child and day. On Fri 10 April 5年1組 (101) has handed in, 5年2組 (102) has not: 102 is neither present
    nor absent. On Thu 9 the row of 102 is missing: the same.
    """
    days = weekdays(FIRST, date(2026, 4, 10))
    district = built(
        day=date(2026, 4, 10), **DISTRICT,
        attendance=register((101, 1, days, "present"), (102, 1, days[:3], "present")),
    )
    assert recorded(district) == {1: ("2026-04-10", "each_child")}
    assert district.rows("select class_id, recorded_through::varchar from class_recorded order by class_id") == [
        (51, "2026-04-10"), (52, "2026-04-08"),
    ]
    assert district.rows("select student_id, count(is_required), count(*) filter (where is_present) from student_day"
                         " where school_id = 1 group by 1 order by 1") == [(101, 5, 5), (102, 3, 3)]


def test_a_file_that_says_until_when_it_speaks_is_believed(built: Any) -> None:
    """School 2's only row is of Tue 7 April, and its file says it speaks to Fri 24 April: 15 授業日 for each of three children."""
    district = built(
        day=date(2026, 5, 1), **DISTRICT,
        attendance=register((201, 2, [date(2026, 4, 7)], "absent_sick"), until="2026-04-24"),
    )
    assert recorded(district) == {2: ("2026-04-24", "period")}
    assert district.rows("select count(is_required) from student_day where school_id = 2") == [(45,)]


def test_no_other_schools_row_makes_a_day_known(built: Any) -> None:
    """School 2 has sent nothing this 年度: school 1's register, in the same folder, does not make its children present."""
    days = weekdays(FIRST, date(2026, 4, 17))
    district = built(day=date(2026, 4, 17), **DISTRICT, attendance=register((101, 1, days, "absent_sick")))
    assert recorded(district) == {1: ("2026-04-17", "rows")}
    assert district.rows("select count(is_required) from student_day where school_id = 2") == [(0,)]
