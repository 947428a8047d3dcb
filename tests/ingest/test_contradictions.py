"""Two sources that cannot both be right: found after reading, whichever was read last, and settled when one is corrected."""

from __future__ import annotations

import datetime
from pathlib import Path

import polars as pl
import pytest

import ingest
from tests.ingest.tiny import HANA, MIHARASHI, NUMBERS, REN, YUI, drop, rows_in

ABSENT = (
    f"学校コード,児童生徒番号,日付,出欠区分\n{MIHARASHI},{NUMBERS[HANA]},2026/4/13,病欠\n{MIHARASHI},{NUMBERS[REN]},2026/4/13,出席停止\n"
)
VISITS = f"学校コード,児童生徒番号,日付\n{MIHARASHI},{NUMBERS[HANA]},2026/4/13\n{MIHARASHI},{NUMBERS[REN]},2026/4/13\n"
MOODS = "学習者ID,日付,心の天気\n"


def remarks(home: Path) -> list[tuple[str, int, str]]:
    """code, row of the file and value of every remark of the log."""
    return sorted(rows_in(home, "remarked_row", "all").select("code", "file_row", "value").rows())


def remarked(report: ingest.LoadReport, source: str) -> dict[str, int]:
    return {code: rows for file in report.files if file.source == source for code, rows in file.remarked.items()}


@pytest.mark.parametrize("order", [("attendance", "health_room"), ("health_room", "attendance")])
def test_a_visit_on_a_day_of_absence_is_remarked_whichever_comes_first(home: Path, order: tuple[str, str]) -> None:
    content = {"attendance": ABSENT, "health_room": VISITS}
    for source in order:
        drop(home, f"{source}/{source}-2026.csv", content[source])
        report = ingest.load(home)
    assert remarked(report, "health_room") == {"absent_but_here": 1}
    assert remarks(home) == [("absent_but_here", 2, "2026-04-13")], "出席停止 is no absence"
    assert rows_in(home, "health_room").height == 2
    log = rows_in(home, "load_source", "all").filter(pl.col("is_in_force") & (pl.col("source") == "health_room"))
    assert log["rows_remarked"].to_list() == [1]


def test_a_corrected_register_settles_what_an_old_file_contradicted(home: Path) -> None:
    drop(home, "attendance/attendance-2026.csv", ABSENT)
    drop(home, "health_room/health_room-2026.csv", VISITS)
    ingest.load(home)
    drop(home, "attendance/attendance-2026.csv", ABSENT.replace("病欠", "遅刻"))
    report = ingest.load(home)
    assert remarks(home) == []
    assert next(file for file in report.files if file.source == "health_room").outcome == "unchanged", "it is not read again"
    assert rows_in(home, "load_source", "all").filter("is_in_force")["rows_remarked"].sum() == 0


def test_a_load_of_something_else_keeps_the_remarks(home: Path) -> None:
    drop(home, "attendance/attendance-2026.csv", ABSENT)
    drop(home, "health_room/health_room-2026.csv", VISITS)
    ingest.load(home)
    drop(home, "staff_hours/staff_hours-2026.csv", "職員番号,学校コード,年月,在校等時間,時間外在校等時間\n")
    ingest.load(home)
    assert [code for code, _, _ in remarks(home)] == ["absent_but_here"]


def test_a_mood_on_a_day_of_absence(home: Path) -> None:
    drop(home, "attendance/attendance-2026.csv", ABSENT)
    drop(home, "mood/mood-2026.csv", MOODS + "".join(f"{child},2026-04-13,晴れ\n" for child in (HANA, REN, YUI)))
    assert remarked(ingest.load(home), "mood") == {"absent_but_answered": 1}
    assert remarks(home) == [("absent_but_answered", 2, "2026-04-13")]


def test_more_answers_than_school_days(home: Path) -> None:
    first = datetime.date(2026, 4, 1)
    every_day = [first + datetime.timedelta(days=number) for number in range(12)]  # eight of them school days
    rows = [f"{HANA},{day},晴れ\n" for day in every_day] + [f"{REN},{day},晴れ\n" for day in every_day if day.weekday() < 5]
    drop(home, "mood/mood-2026.csv", MOODS + "".join(rows))
    report = ingest.load(home)
    assert remarked(report, "mood") == {"out_of_school_day": 4, "more_moods_than_school_days": 1}
    assert ("more_moods_than_school_days", 13, "12") in remarks(home)
    assert rows_in(home, "mood").height == 20


def test_attendance_at_a_weekend_is_remarked_and_loaded(home: Path) -> None:
    drop(home, "attendance/attendance-2026.csv", ABSENT.replace("2026/4/13,病欠", "2026/4/12,病欠"))
    assert remarked(ingest.load(home), "attendance") == {"weekend_attendance": 1}
    assert rows_in(home, "attendance").height == 2


def test_a_saturday_with_school_is_no_contradiction(home: Path) -> None:
    calendar = home / "inbox" / "calendar" / "calendar-2026.csv"
    text = calendar.read_text("utf-8-sig").replace("2026-04-18,休業日", "2026-04-18,授業日")
    drop(home, "calendar/calendar-2026.csv", text)
    drop(home, "attendance/attendance-2026.csv", ABSENT.replace("2026/4/13,病欠", "2026/4/18,病欠"))
    assert remarked(ingest.load(home), "attendance") == {}


def test_a_trial_tells_of_contradictions_too(home: Path) -> None:
    drop(home, "attendance/attendance-2026.csv", ABSENT)
    drop(home, "health_room/health_room-2026.csv", VISITS)
    assert remarked(ingest.load(home, is_trial=True), "health_room") == {"absent_but_here": 1}
