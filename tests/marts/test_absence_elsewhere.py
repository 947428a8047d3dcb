"""Long absence is one child's year: the steps of days absent count earlier schools of the 年度. Hand-worked registers of spring 2026.

Schools 1 to 4 each have a 5年1組 (classes 51, 25, 35, 45). Monday to Friday is a school day from Mon 6 April to Fri 31 July; today is
Fri 17 July. Children 901 to 904, one at each school, are away every day, so that every register is in; that of school 4 stops on Fri
22 May. Children 101 to 110 live one story each (STORIES).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from access.sharing import SHARING_FILE
from ingest.registry import declarations
from marts import engines
from marts.building import build_district
from tests.marts.conftest import CLASSES, SCHOOLS, District, calendar, students, write_lake

TODAY = date(2026, 7, 17)
ALWAYS_AWAY = {1: 901, 2: 902, 3: 903, 4: 904}
CLASS_OF = {1: 51, 2: 25, 3: 35, 4: 45}
REGISTER_ENDS = {1: TODAY, 2: TODAY, 3: TODAY, 4: date(2026, 5, 22)}
START, END = "2026-04-01", "2027-03-31"
APRIL, MAY, JUNE = date(2026, 4, 6), date(2026, 5, 4), date(2026, 6, 1)
Step = tuple[int, str, int, int | None, int, int]  # school, day, found, of these elsewhere, out of, missing


def weekdays(first: date, count: int) -> list[date]:
    days = (first + timedelta(days=number) for number in range(2 * count + 7))
    return [day for day in days if day.weekday() < 5][:count]


def up_to(first: date, last: date) -> list[date]:
    return [day for day in weekdays(first, 200) if day <= last]


MOVED_ON_1_JUNE = [(1, START, "2026-05-31"), (2, "2026-06-01", END)]
# child → enrolments as the roster has them (school, first and last day), and the days of which a school's register says "absent"
STORIES: dict[int, tuple[list[tuple[int, str, str]], list[tuple[int, list[date]]]]] = {
    # absent on the first 18 of 40 授業日 at school 1, at school 2 on Mon 1 and Tue 2 June and from Thu 4 June on
    101: (MOVED_ON_1_JUNE, [(1, weekdays(APRIL, 18)), (2, [*weekdays(JUNE, 2), *up_to(date(2026, 6, 4), TODAY)])]),
    # school 1 to Fri 15 May (30 授業日, 5 absent), school 2 to Fri 12 June (20, 3 absent), and back (absent on the first two days)
    102: (
        [(1, START, "2026-05-15"), (2, "2026-05-16", "2026-06-14"), (1, "2026-06-15", END)],
        [(1, [*weekdays(APRIL, 5), date(2026, 6, 15), date(2026, 6, 16)]), (2, weekdays(JUNE, 3))],
    ),
    # four weeks at school 1 (4 absent), four at school 2 (5 absent), and the first day at school 3
    103: (
        [(1, START, "2026-05-03"), (2, "2026-05-04", "2026-05-31"), (3, "2026-06-01", END)],
        [(1, weekdays(APRIL, 4)), (2, weekdays(MAY, 5)), (3, [JUNE])],
    ),
    # to school 2 on Wed 10 June; the old home class still stands in the roster, and its register goes on calling the child absent
    104: (
        [(1, START, END), (2, "2026-06-10", END)],
        [(1, [*weekdays(APRIL, 9), *weekdays(date(2026, 6, 11), 20)]), (2, [date(2026, 6, 10)])],
    ),
    # one child as three loads would have it: school 1 first sends 8 days, corrects them to 9, then to 10
    105: (MOVED_ON_1_JUNE, [(1, weekdays(APRIL, 8)), (2, weekdays(JUNE, 2))]),
    106: (MOVED_ON_1_JUNE, [(1, weekdays(APRIL, 9)), (2, weekdays(JUNE, 2))]),
    107: (MOVED_ON_1_JUNE, [(1, weekdays(APRIL, 10)), (2, weekdays(JUNE, 2))]),
    # from school 4, of whose last week (25 to 29 May) no register has come
    108: ([(4, START, "2026-05-31"), (2, "2026-06-01", END)], [(4, weekdays(APRIL, 9)), (2, [JUNE])]),
    # school 1 to Thu 30 April (19 授業日, 6 absent), elsewhere in May, then another school; and the same, but back to school 1
    109: ([(1, START, "2026-04-30"), (2, "2026-06-01", END)], [(1, weekdays(APRIL, 6)), (2, weekdays(JUNE, 4))]),
    110: ([(1, START, "2026-04-30"), (1, "2026-06-01", END)], [(1, [*weekdays(APRIL, 6), *weekdays(JUNE, 4)])]),
}
# worked by hand
SHARED: dict[int, list[Step]] = {
    # day 10 is Fri 17 April; day 20 Tue 2 June, 18 elsewhere, of 40 + 2 授業日; day 30 the tenth absence after it (4, 5, 8–12, 15–17 June)
    101: [(1, "2026-04-17", 10, 0, 10, 0), (2, "2026-06-02", 20, 18, 42, 0), (2, "2026-06-17", 30, 18, 53, 0)],
    # at school 2 the count was 8; on 16 June it is 5 + 2 here and 3 there, of 30 + 2 here and 20 there
    102: [(1, "2026-06-16", 10, 3, 52, 0)],
    103: [(3, "2026-06-01", 10, 9, 41, 0)],
    # 47 授業日 at school 1, to Tue 9 June: what it writes after that is of nobody there
    104: [(2, "2026-06-10", 10, 9, 48, 0)],
    105: [(2, "2026-06-02", 10, 8, 42, 0)],
    106: [(2, "2026-06-01", 10, 9, 41, 0)],
    107: [(1, "2026-04-17", 10, 0, 10, 0)],  # reached at school 1, and no step of school 2
    108: [(2, "2026-06-01", 10, 9, 41, 5)],
    109: [(2, "2026-06-04", 10, 6, 23, 0)],
    110: [(1, "2026-06-04", 10, 0, 23, 0)],
}
# the days here alone: 1, 2, 4, 5, 8–12 and 15 June are ten, of 11 授業日; then every day
UNSHARED: dict[int, list[Step]] = {
    101: [
        (1, "2026-04-17", 10, 0, 10, 0), (2, "2026-06-15", 10, None, 11, 0), (2, "2026-06-29", 20, None, 21, 0),
        (2, "2026-07-13", 30, None, 31, 0),
    ],
    107: [(1, "2026-04-17", 10, 0, 10, 0)],
    110: [(1, "2026-06-04", 10, 0, 23, 0)],
}


def district_in(place: Path) -> District:
    """The district with all the stories, built beside whatever matrix of sharing lies there."""
    stays = [(child, *stay) for child, (stays, _) in STORIES.items() for stay in stays]
    enrolled = [f"{child} {CLASS_OF[school]} {school} 5 {first} {last}" for child, school, first, last in stays]
    enrolled += [f"{child} {CLASS_OF[school]} {school} 5 {START} {END}" for school, child in ALWAYS_AWAY.items()]
    absent = [(child, school, day) for child, (_, away) in STORIES.items() for school, days in away for day in days]
    absent += [(child, school, day) for school, child in ALWAYS_AWAY.items() for day in up_to(APRIL, REGISTER_ENDS[school])]
    lake = write_lake(
        place / "lake",
        **{"class": CLASSES + "25 2 2026 5 5年1組 false\n35 3 2026 5 5年1組 false\n45 4 2026 5 5年1組 false\n"},
        school=SCHOOLS + "3 港小学校 elementary\n4 丘小学校 elementary\n",
        student=students(*STORIES, *ALWAYS_AWAY.values()),
        calendar_day=calendar(*(f"school {school} grade 5: 2026-04-06..2026-07-31" for school in ALWAYS_AWAY)),
        enrollment="\n".join(["student_id class_id school_id grade begins_on ends_on", *enrolled]),
        attendance="\n".join(["student_id school_id day status", *(f"{' '.join(map(str, row))} absent_sick" for row in absent)]),
    )
    return District(build_district(lake, place / "district", 1, declared=declarations(), day=TODAY))


@pytest.fixture(scope="module", params=[50, 1], ids=["all schools at once", "one school at a time"])
def district(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(engines, "SCHOOLS_AT_A_TIME", request.param)
        built = district_in(tmp_path_factory.mktemp("elsewhere"))
    yield built
    built.close()


def steps_of(district: District) -> dict[int, list[Step]]:
    """The flags of days absent of each child, in order."""
    found: dict[int, list[Step]] = {}
    for child, *step in district.rows(
        "select student_id, school_id, begins_on::varchar, found::integer, elsewhere, out_of::integer, missing from flag"
        " where signal = 'absence_days' and student_id < 900 order by student_id, begins_on"
    ):
        found.setdefault(child, []).append(tuple(step))  # type: ignore[arg-type]
    return found


def test_the_steps_of_every_story(district: District) -> None:
    assert steps_of(district) == SHARED


def test_what_lies_elsewhere_is_told_for_every_stretch_that_follows_it(district: District) -> None:
    told = district.rows(
        "select student_id, school_id, begins_on::varchar, school_days, absent_days, unknown_days, is_shared from absence_elsewhere"
        " where student_id in (101, 102, 108, 110) order by student_id, begins_on"
    )
    assert told == [
        (101, 2, "2026-06-01", 40, 18, 0, True), (102, 2, "2026-05-16", 30, 5, 0, True), (102, 1, "2026-06-15", 20, 3, 0, True),
        (108, 2, "2026-06-01", 40, 9, 5, True),
    ]


def test_no_day_counts_at_two_schools(district: District) -> None:
    assert district.rows("select count(*) from student_day where student_id = 104 and is_absent") == [(10,)]


def test_who_moved_is_one_child_in_the_district(district: District) -> None:
    """Ten and four children, away for 30 days: 101 (the thirtieth day at school 2) and the four. At school 1 nine of the ten have been."""
    assert district.rows(
        "select place, school_id, numerator, denominator, people, cases from cell where indicator = 'long_absence' and period = 'year'"
        " and place in ('school', 'district') order by place, school_id"
    ) == [
        ("district", None, 5.0, 14.0, 14, 5), ("school", 1, 1.0, 10.0, 10, 1), ("school", 2, 2.0, 10.0, 10, 2),
        ("school", 3, 1.0, 2.0, 2, 1), ("school", 4, 1.0, 2.0, 2, 1),
    ]


def test_where_the_board_does_not_share_yet_the_days_here_alone_count(tmp_path: Path) -> None:
    """From tomorrow on school 2 may know. Until then of 18 days nothing may be seen, and elsewhere is empty, so that the line says so."""
    written = SHARING_FILE.read_text(encoding="utf-8")
    kept = f"earlier_schools_from = {tomllib.loads(written)['earlier_schools_from']}"
    (tmp_path / "sharing.toml").write_text(written.replace(kept, "earlier_schools_from = 2026-07-18"), encoding="utf-8")
    built = district_in(tmp_path)
    assert steps_of(built) == UNSHARED
    assert built.rows("select distinct elsewhere from flag where student_id > 900 or signal <> 'absence_days'") == [(0,)]
    built.close()
