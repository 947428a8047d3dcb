"""Cells: parts sum to wholes, people are counted once, and small figures are marked by people, never by days."""

from __future__ import annotations

import pytest

from marts.building import build_district
from tests.marts.conftest import CLASSES, SCHOOLS, District, calendar, students, write_lake

TWO_SCHOOLS = calendar("school 1 grade 5: 2026-04-06..2026-05-15", "school 2 grade 5: 2026-04-06..2026-05-15")


def enrolled(*lines: str) -> str:
    return "\n".join(["student_id class_id school_id grade begins_on ends_on", *lines])


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """12 children in 5年1組, 9 in 5年2組 of school 1, 3 at school 2; 112 changes class on 20 April, 109 school on 1 May."""
    place = tmp_path_factory.mktemp("cells")
    children = list(range(101, 125))
    lines = []
    for child in children:
        school, class_id = (1, 51) if child <= 112 else (1, 52) if child <= 121 else (2, 25)
        if child == 112:
            lines += ["112 51 1 5 2026-04-01 2026-04-19", "112 52 1 5 2026-04-20 2027-03-31"]
        elif child == 109:
            lines += ["109 51 1 5 2026-04-01 2026-04-30", "109 25 2 5 2026-05-01 2027-03-31"]
        else:
            lines.append(f"{child} {class_id} {school} 5 2026-04-01 2027-03-31")
    absences = [f"{child} {1 if child <= 121 else 2} 2026-04-{6 + child % 5:02d} absent_sick" for child in children[::2]]
    absences += ["112 1 2026-04-21 absent_other", "109 2 2026-05-12 absent_sick", "101 1 2026-05-15 absent_sick"]
    lake = write_lake(
        place / "lake",
        **{"class": CLASSES + "25 2 2026 5 5年1組 false\n"},
        school=SCHOOLS, student=students(*children), calendar_day=TWO_SCHOOLS, enrollment=enrolled(*lines),
        attendance="\n".join(["student_id school_id day status", *absences]),
    )
    built = District(build_district(lake, place / "district", 1))
    yield built
    built.close()


@pytest.mark.parametrize("period", ["week", "month", "year", "to_date"])
@pytest.mark.parametrize(
    ("part", "whole"), [("class", "school"), ("grade", "school"), ("school", "district"), ("kind_grade", "kind"), ("kind", "district")]
)
def test_parts_sum_to_the_whole(district, part, whole, period):
    """Days and amounts do; where children are counted (long absence), the cases do, and who moved is one child in the whole."""
    by = "school_id," if whole == "school" else ""
    sums = (
        f"select cell.indicator, {by} period_on, sum(numerator), case when bool_or(is_numerator_people) then 0 else sum(denominator) end"
        " from cell join indicator on indicator.name = cell.indicator"
        f" where place = '{{}}' and period = '{period}' and cell.indicator in (select indicator from cell where place = '{part}')"
        " group by all order by all"
    )
    assert district.rows(sums.format(part)) == district.rows(sums.format(whole)) != []


def test_the_cells_hold_every_day_of_every_child(district):
    days = district.rows("select count(*) from student_day where attendance in ('present', 'absent_sick', 'absent_other')")
    assert days == district.rows(
        "select denominator::bigint from cell where indicator = 'absence_rate' and place = 'district' and period = 'year'"
    )
    assert days != [(0,)]


def test_a_child_who_moves_is_one_person_wherever_the_place_holds_both(district):
    people = district.rows(
        "select place, school_id, class_id, people from cell where indicator = 'absence_rate' and period = 'year'"
        " and place in ('class', 'school', 'district') order by place, school_id, class_id"
    )
    assert people == [
        ("class", 1, 51, 12), ("class", 1, 52, 10), ("class", 2, 25, 4),
        ("district", None, None, 24),
        ("school", 1, None, 21), ("school", 2, None, 4),
    ]


def test_cases_are_children_not_days(district):
    """Absent: 101, 103, … 123 (twelve children), 112 and 109 again or besides: 13 children, 15 days."""
    assert district.rows(
        "select numerator, cases from cell where indicator = 'absence_rate' and place = 'district' and period = 'year'"
    ) == [(15.0, 13)]


def test_weeks_begin_on_monday_and_months_on_their_first_day(district):
    assert district.rows("select distinct dayofweek(period_on) from cell where period = 'week'") == [(1,)]
    months = district.rows("select distinct period_on::varchar from cell where period = 'month' order by 1")
    assert months == [("2026-04-01",), ("2026-05-01",)]
    assert district.rows("select distinct period_on::varchar from cell where period in ('year', 'to_date')") == [("2026-04-01",)]


def test_a_figure_is_small_below_ten_people_and_not_at_ten(district):
    small = dict(district.rows(
        "select class_id, is_small from cell where indicator = 'absence_rate' and place = 'class' and period = 'year'"
    ))
    assert small == {51: False, 52: False, 25: True}  # 12, 10 and 4 children
    april = dict(district.rows(
        "select class_id, people from cell where indicator = 'absence_rate' and place = 'class' and period = 'week'"
        " and period_on = '2026-04-06'"
    ))
    assert april == {51: 12, 52: 9, 25: 3}
    assert district.rows(
        "select is_small from cell where indicator = 'absence_rate' and class_id = 52 and period_on = '2026-04-06'"
    ) == [(True,)]


def test_long_absence_counts_the_thirtieth_day_once_and_is_small_when_few_are_away(built):
    """
    Twelve children. 101 is sick on 29 days and suspended on one: 30 days, reached on the suspended day (basis since 2020).
    102 is away for 29 days, 103 on the last. One of twelve: enough children, too few away to show.
    """
    days = district_days(30)
    absences = [f"101 {day} {'suspended' if number == 30 else 'absent_sick'}" for number, day in enumerate(days, start=1)]
    absences += [f"102 {day} absent_other" for day in days[:29]] + [f"103 {days[29]} absent_sick"]
    children = range(101, 113)
    district = built(
        school=SCHOOLS, **{"class": CLASSES}, student=students(*children),
        calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-06-30"),
        enrollment=enrolled(*(f"{child} 51 1 5 2026-04-01 2027-03-31" for child in children)),
        attendance="\n".join(["student_id day status", *absences]),
    )
    assert district.rows(
        "select period, numerator, denominator, people, cases, is_small from cell where indicator = 'long_absence'"
        " and place = 'school' order by period"
    ) == [("to_date", 1.0, 12.0, 12, 1, True), ("year", 1.0, 12.0, 12, 1, True)]


def test_long_absence_follows_a_child_across_schools(built):
    """20 days away in school 1 and 10 in school 2 are 30; the case falls to the class of that day; in the district, one of one."""
    days = district_days(30)
    district = built(
        school=SCHOOLS, **{"class": CLASSES + "25 2 2026 5 5年1組 false\n"}, student=students(101),
        calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-06-30", "school 2 grade 5: 2026-04-06..2026-06-30"),
        enrollment=enrolled(f"101 51 1 5 2026-04-01 {days[19]}", f"101 25 2 5 {days[20]} 2027-03-31"),
        attendance="\n".join(
            ["student_id school_id day status", *(f"101 {1 if n < 20 else 2} {day} absent_sick" for n, day in enumerate(days))]
        ),
    )
    assert district.rows(
        "select place, school_id, numerator, denominator, people from cell where indicator = 'long_absence' and period = 'year'"
        " and place in ('school', 'district') order by place desc, school_id"
    ) == [("school", 1, 0.0, 1.0, 1), ("school", 2, 1.0, 1.0, 1), ("district", None, 1.0, 1.0, 1)]


def district_days(count: int) -> list[str]:
    """The first weekdays from Mon 6 April 2026 on."""
    from datetime import date, timedelta

    first = date(2026, 4, 6)
    weekdays = (day for day in (first + timedelta(days=offset) for offset in range(2 * count)) if day.weekday() < 5)
    return [day.isoformat() for day, _ in zip(weekdays, range(count), strict=False)]
