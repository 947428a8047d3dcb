"""Which places and months are incomplete, and which figures bear the mark. Hand-worked: 見晴小 is school 1, 見晴中 school 2.

Of the 年度 2026 school is held from 6 April to 29 May; each child of school 1 is away on every one of the first so many school days.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from queries import recording
from queries.recording import IncompleteRule, incomplete_rule
from tests.marts.conftest import CLASSES, SCHOOLS, calendar, students

ENROLLMENT = """
student_id class_id school_id grade begins_on  ends_on
101        51       1         5     2026-04-01 2027-03-31
102        52       1         5     2026-04-01 2027-03-31
201        71       2         7     2026-04-01 2027-03-31
"""
DISTRICT: dict[str, str] = {
    "school": SCHOOLS, "class": CLASSES, "student": students(101, 102, 201), "enrollment": ENROLLMENT,
    "calendar_day": calendar("school 1 grade 5: 2026-04-06..2026-05-29", "school 2 grade 7: 2026-04-06..2026-05-29"),
}
MISSING = "file_id source fiscal_year school_id class_id month code column value lines rows_rejected rows_missing first_on last_on"


def absent(*rows: tuple[int, int, date, int]) -> str:
    """A register in which a child of a school is away on so many days from one on."""
    lines = ["student_id school_id day status"]
    lines += [f"{child} {school} {first + timedelta(days=turn)} absent_sick" for child, school, first, days in rows for turn in range(days)]
    return "\n".join(lines)


def missing(*rows: str) -> str:
    return "\n".join([MISSING, *(f"1 attendance 2026 {row}" for row in rows)])


FEW, MANY = date(2026, 4, 6), date(2026, 5, 11)
# April: 101 is away 5 days, 102 as well, 201 too; in May each of them 5 days
REGISTER = absent(*((child, school, first, 5) for child, school in ((101, 1), (102, 1), (201, 2)) for first in (FEW, MANY)))


def test_a_place_is_incomplete_from_a_share_and_a_number_of_rows_on(built: Any) -> None:
    """
    School 1 has 10 rows of April and 10 of May. Of April 10 are missing, all of class 51 (which has 5): half of the school's rows, two
    thirds of the class's. Of May 9 are: not enough rows, though nearly half. Of school 2, nobody knows of which month.
    """
    district = built(day=date(2026, 5, 29), **DISTRICT, attendance=REGISTER, rejected_place=missing(
        "1 51 2026-04-01 unknown_code 出欠区分 インフル - 7 7 2026-04-06 2026-04-20",
        "1 51 2026-04-01 unknown_child 児童生徒番号 - - 5 3 2026-04-21 2026-04-22",
        "1 51 2026-05-01 unknown_code 出欠区分 インフル - 9 9 2026-05-07 2026-05-15",
        "2 - - bad_date 日付 - - 40 40 - -",
    ))
    assert district.rows(
        "select school_id, class_id, month::varchar, first_on::varchar, last_on::varchar, code, \"column\", rows_missing, rows_told,"
        " round(share, 1) from incomplete_place order by class_id nulls first"
    ) == [
        (1, None, "2026-04-01", "2026-04-06", "2026-04-22", "unknown_code", "出欠区分", 10, 20, 50.0),
        (1, 51, "2026-04-01", "2026-04-06", "2026-04-22", "unknown_code", "出欠区分", 10, 15, 66.7),
    ]


def test_a_class_may_be_incomplete_where_its_school_is_not(built: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The board allows half of the rows: 10 of 20 are half of the school's, and 10 of 15 of class 51's. With 51 %, only the class's."""
    from marts import steps

    monkeypatch.setattr(recording, "incomplete_rule", lambda: IncompleteRule(share=51, rows=10))
    steps.step_of.cache_clear()
    steps.steps_in_order.cache_clear()
    try:
        district = built(day=date(2026, 5, 29), **DISTRICT, attendance=REGISTER, rejected_place=missing(
            "1 51 2026-04-01 unknown_code 出欠区分 インフル - 10 10 2026-04-06 2026-04-20",
        ))
    finally:
        steps.step_of.cache_clear()
        steps.steps_in_order.cache_clear()
    assert district.rows("select school_id, class_id from incomplete_place") == [(1, 51)]
    marked = district.rows("select distinct place, class_id from cell where is_incomplete order by place, class_id")
    assert marked == [("class", 51), ("grade", None)]


def test_every_figure_that_rests_on_such_a_month_bears_the_mark_and_no_other(built: Any) -> None:
    """Of school 1 half of May is missing: its May, its weeks of it, its 年度; the same of 小学校 and of the district. April is whole."""
    district = built(day=date(2026, 5, 29), **DISTRICT, attendance=REGISTER, rejected_place=missing(
        "1 - 2026-05-01 unknown_code 出欠区分 インフル - 10 10 2026-05-11 2026-05-15",
    ))
    marked = "select distinct place, school_id, period, period_on::varchar from cell where indicator = 'absence_rate' and"
    whole = set(district.rows(f"{marked} not is_incomplete"))
    found = set(district.rows(f"{marked} is_incomplete"))
    own = {("2026-05-11", "week"), ("2026-05-01", "month"), ("2026-04-01", "year"), ("2026-04-01", "to_date")}
    assert {(on, period) for place, school, period, on in found if (place, school) == ("school", 1)} == own
    assert {(on, period) for place, school, period, on in found if (place, school) == ("class", 1)} == own
    assert {place for place, *_ in found} == {"class", "grade", "school", "kind", "kind_grade", "district"}
    assert not {school for _place, school, *_ in found} - {1, None}
    assert ("school", 1, "month", "2026-04-01") in whole
    assert ("district", None, "month", "2026-04-01") in whole
    assert ("district", None, "month", "2026-05-01") in found
    kinds = district.rows("select distinct school_kind from cell where place = 'kind' and is_incomplete")
    assert kinds == [("elementary",)]


def test_another_source_keeps_its_figures(built: Any) -> None:
    district = built(day=date(2026, 5, 29), **DISTRICT, attendance=REGISTER, rejected_place=missing(
        "1 - 2026-05-01 unknown_code 出欠区分 インフル - 10 10 2026-05-11 2026-05-15",
    ).replace("attendance", "mood"))
    assert district.rows("select count(*) from cell where is_incomplete and indicator = 'absence_rate'") == [(0,)]
    assert district.rows("select source, rows_missing, rows_told from incomplete_place") == [("mood", 10, 10)]


def test_where_nothing_is_missing_nothing_is_marked(built: Any) -> None:
    district = built(day=date(2026, 5, 29), **DISTRICT, attendance=REGISTER)
    assert district.rows("select (select count(*) from incomplete_place), (select count(*) from cell where is_incomplete)") == [(0, 0)]


def test_the_boards_file_says_from_where_on() -> None:
    assert incomplete_rule() == IncompleteRule(share=5, rows=10)
