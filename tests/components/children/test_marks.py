"""What stands across a child's lanes: worked by hand for one child of 5年2組."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl

from components.charts.lanes import lanes
from components.children.lanes import days_between
from components.children.marks import rule_rows, support_rows
from records.notes import Note
from records.plans import Draft, Plan

STARTS, UNTIL = date(2026, 4, 1), date(2026, 11, 20)
EVENTS = pl.DataFrame(
    {
        "day": [date(2026, 4, 8), date(2026, 5, 20), date(2026, 8, 25), date(2027, 1, 8)],
        "event": ["始業式", "遠足", "始業式", "始業式"],
    }
)


def plan(starts_on: date, ends_on: date | None, aim: str = "朝、教室に入れる") -> Plan:
    at = datetime(2026, 9, 14, 23, 30, tzinfo=UTC)
    return Plan(1, at, "tanaka", "田中 健", "teacher", 101, Draft(aim, "", "", starts_on, ends_on, date(2026, 12, 1)), 0, 1)


def note(at: datetime, tag: str = "no_such_tag") -> Note:
    return Note(1, at, "tanaka", "田中 健", "teacher", 101, tag, "本文は図に出ない", False, 0)


def test_terms_a_new_class_and_a_support_are_rules() -> None:
    classes = [
        {"begins_on": date(2026, 4, 1), "class_name": "5年1組"},
        {"begins_on": date(2026, 9, 1), "class_name": "5年2組"},
    ]
    rows = rule_rows(EVENTS, classes, [plan(date(2026, 9, 15), None)], STARTS, UNTIL)
    assert rows.select("day", "tone", "mark").rows() == [
        (date(2026, 4, 8), "term", "始業式"),
        (date(2026, 8, 25), "term", "始業式"),
        (date(2026, 9, 1), "class", "5年2組へ"),
        (date(2026, 9, 15), "phase", ""),
    ], "no excursion, no term that has not begun, no class of the first day"
    assert rows["said"][1] == "8月25日（火）　始業式"


def test_a_plan_is_a_bar_as_long_as_it_runs_and_a_note_a_point_on_its_day_at_the_school() -> None:
    running, ended, gone = (
        plan(date(2026, 9, 15), None),
        plan(date(2026, 3, 2), date(2026, 5, 1), "ことばで伝えることを少しずつふやす"),
        plan(date(2025, 9, 1), date(2026, 3, 31)),
    )
    rows = support_rows([note(datetime(2026, 9, 14, 23, 30, tzinfo=UTC))], [running, ended, gone], STARTS, UNTIL)
    assert rows.select("tone", "day", "until", "mark").rows() == [
        ("plan", date(2026, 4, 1), date(2026, 5, 2), "ことばで伝えることを少しずつふ…"),
        ("plan", date(2026, 9, 15), date(2026, 11, 21), "朝、教室に入れる"),
        ("note", date(2026, 9, 15), None, ""),
    ]
    assert rows["value"].n_unique() == 3, "no bar lies on another, nor on a note"
    assert rows["said"][2] == "9月15日（火）　no_such_tag（田中 健）"
    assert "本文" not in str(rows.rows())


def test_a_note_of_another_year_is_not_in_this_one() -> None:
    assert support_rows([note(datetime(2026, 3, 30, 3, 0, tzinfo=UTC))], [], STARTS, UNTIL).is_empty()


def test_dates_between_a_childs_days_are_the_breaks_of_a_school_without_a_calendar() -> None:
    days = pl.Series("day", [date(2025, 7, 17), date(2025, 7, 18), date(2025, 7, 22)])
    assert days_between(days)["day"].to_list() == [date(2025, 7, day) for day in (19, 20, 21)]
    assert days_between(days.clear()).is_empty()


def test_rules_go_through_every_lane_and_are_named_once() -> None:
    drawn = lanes(("出欠", "支援"), "2026-04-01", "2026-11-20", "''", 40.0, projector=False, shown=("attendance", "support"))
    layers = [panel["layer"] for panel in drawn["vconcat"]]
    rules = [[each for each in panel if each.get("mark", {}).get("type") == "rule"] for panel in layers]
    assert [len(each) for each in rules] == [1, 1]
    named = [[each for each in panel if "lane == 'rule' && datum.mark" in str(each.get("transform"))] for panel in layers]
    assert [len(each) for each in named] == [1, 0]
