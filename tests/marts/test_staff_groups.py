"""Groups of a school's staff: none of fewer than ten people, in any month, nor by subtraction from the school's own total."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest

from marts.building import build_district
from queries.catalogue import indicators
from tests.marts.conftest import CLASSES, SCHOOLS, District, calendar, students, write_lake

FEWEST = 10
OFFICES = ("principal", "teacher", "subject_teacher", "clerk")


def built(place: Path, people: dict[int, tuple[str, list[tuple[str, float]]]]) -> District:
    """A district whose staff (number → office, months with hours) all work at school 1."""
    roles = "\n".join(f"{number} 1 {office} - 2026-04-01 2027-03-31" for number, (office, _months) in people.items())
    hours = "\n".join(
        f"{number} 1 {month} 200 {overtime}" for number, (_office, months) in people.items() for month, overtime in months
    )
    staff = "\n".join(f"{number} T{number:06} 姓 名{number}" for number in people)
    lake = write_lake(
        place / "lake",
        school=SCHOOLS, **{"class": CLASSES},
        staff=f"staff_id staff_number family_name given_name\n{staff}",
        staff_role=f"staff_id school_id role grade begins_on ends_on\n{roles}",
        staff_hours=f"staff_id school_id month hours overtime_hours\n{hours}",
        student=students(101),
        calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-04-10"),
        enrollment="student_id class_id grade begins_on ends_on\n101 52 5 2026-04-01 2027-03-31",
        attendance="student_id day status\n101 2026-04-10 absent_sick",
    )  # fmt: skip
    return District(build_district(lake, place / "district", 1))


def staff_of(counts: dict[str, int], months: tuple[str, ...] = ("2026-04-01",)) -> dict[int, tuple[str, list[tuple[str, float]]]]:
    """So many people of each office, each with 30 hours every month."""
    offices = [office for office, count in counts.items() for _each in range(count)]
    return {number: (office, [(month, 30.0) for month in months]) for number, office in enumerate(offices, start=1)}


def groups(district: District) -> list[tuple[str, int]]:
    return district.rows("select staff_group, people from staff_group_month order by month, staff_group")


def test_the_minimum_is_the_glossarys() -> None:
    assert indicators()["overtime_hours"].suppress_below == FEWEST


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        # each large enough
        ({"principal": 10, "teacher": 12, "subject_teacher": 11, "clerk": 10},
         [("homeroom", 12), ("leader", 10), ("other", 10), ("subject", 11)]),
        # two principals go to the others, who are enough
        ({"principal": 2, "teacher": 18, "clerk": 9}, [("homeroom", 18), ("other", 11)]),
        # the others would be nine: the smallest of the rest joins them
        ({"principal": 2, "teacher": 18, "subject_teacher": 10, "clerk": 7}, [("homeroom", 18), ("other", 19)]),
        # nothing is left to be told apart
        ({"principal": 2, "teacher": 18, "clerk": 5}, [("all", 25)]),
        ({"principal": 2, "teacher": 5, "clerk": 3}, [("all", 10)]),
        ({"principal": 2, "teacher": 5, "clerk": 2}, []),
    ],
)  # fmt: skip
def test_small_groups_are_joined(counts: dict[str, int], found: list[tuple[str, int]], tmp_path: Path) -> None:
    assert groups(built(tmp_path, staff_of(counts))) == found


def test_who_holds_two_offices_is_counted_once_in_the_one_that_reaches_furthest(tmp_path: Path) -> None:
    people = staff_of({"principal": 10, "teacher": 10})
    district = built(tmp_path, people)
    assert groups(district) == [("homeroom", 10), ("leader", 10)]


@pytest.mark.parametrize("seed", range(6))
def test_no_month_of_no_group_is_small_and_none_can_be_subtracted(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    months = ("2026-04-01", "2026-05-01", "2026-06-01")
    people = {
        number: (chance.choice(OFFICES), [(month, float(chance.randint(0, 90))) for month in months if chance.random() < 0.85])
        for number in range(1, chance.randint(8, 60))
    }
    district = built(tmp_path, people)
    whole: dict[str, int] = defaultdict(int)
    for _office, reported in people.values():
        for month, _hours in reported:
            whole[month] += 1
    shown: dict[str, list[int]] = defaultdict(list)
    names: dict[str, set[str]] = defaultdict(set)
    for month, name, count in district.rows("select cast(month as varchar), staff_group, people from staff_group_month"):
        shown[month].append(count)
        names[month].add(name)
    for month, total in whole.items():
        assert all(count >= FEWEST for count in shown[month])
        rest = total - sum(shown[month])
        # the school's own figure is told from ten people on, and then nothing is left over
        assert rest == 0 or (total < FEWEST and not shown[month])
    assert len({frozenset(each) for each in names.values()}) <= 1, "how groups are joined holds for the whole year"
