"""Mood, health room, drill, staff hours, calendar: good rows as they stand in the lake, bad rows with their reason."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import ingest
from tests.ingest.tiny import HANA, MEI, MIHARASHI, MINATO, NUMBERS, REN, YUI, calendar_text, child_ids, drop, rows_in

DAY = datetime.date(2026, 4, 13)
MOOD = "学習者ID,日付,心の天気,回答時刻\n"
HEALTH = "学校コード,児童生徒番号,来室日,来室時刻,退室時刻,来室理由,症状,体温,処置,記録者\n"
DRILL = "学習者ID,日付,教科,学習時間(秒),解答数,正答数,正答率\n"
HOURS = "職員番号,学校コード,年月,在校等時間,時間外在校等時間\n"


def loaded(home: Path, name: str, text: str, encoding: str = "utf-8") -> ingest.FileReport:
    drop(home, name, text, encoding)
    source, _, file = name.partition("/")
    return next(each for each in ingest.load(home).files if (each.source, each.file) == (source, file))


def test_mood_answers_and_silence(home: Path) -> None:
    """A child who was asked and did not answer stays, without a level."""
    text = MOOD + f"{HANA},2026-04-14,雷,8:05\n{HANA},2026-04-13,未回答,\n{REN},2026-04-13,曇り,\n{MEI},2026-09-01,晴れ,08:15\n"
    report = loaded(home, "mood/mood-2026.csv", text)
    ids = child_ids(home)
    assert report.rejected == {}
    assert rows_in(home, "mood").select("school_id", "student_id", "day", "level", "answered_at").rows() == [
        (1, ids[HANA], DAY, None, None), (1, ids[HANA], datetime.date(2026, 4, 14), 4, "08:05"), (1, ids[REN], DAY, 2, None),
        (2, ids[MEI], datetime.date(2026, 9, 1), 1, "08:15"),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("nobody,2026-04-13,晴れ,08:00", "unknown_child"), (f"{HANA},2026-04-13,にじ,08:00", "unknown_code"),
        (f"{HANA},2026-04-13,晴れ,あさ", "bad_time"), (f"{YUI},2026-09-01,晴れ,08:00", "not_enrolled"),
        (f"{HANA},2027-04-01,晴れ,08:00", "date_outside_year"), (f"{HANA},2026-04-13,,08:00", "missing_value"),
    ],
)
def test_a_bad_mood_row(home: Path, row: str, code: str) -> None:
    report = loaded(home, "mood/mood-2026.csv", MOOD + row + f"\n{REN},2026-04-13,晴れ,08:00\n")
    assert (report.rejected, report.rows_loaded) == ({code: 1}, 1)


def test_mood_on_a_sunday_is_remarked_and_stays(home: Path) -> None:
    report = loaded(home, "mood/mood-2026.csv", MOOD + f"{HANA},2026-04-12,晴れ,08:00\n")
    assert (report.remarked, report.rows_loaded, report.rejected) == ({"out_of_school_day": 1}, 1, {})


def test_health_room_visits(home: Path) -> None:
    one = f"{MIHARASHI},{NUMBERS[HANA]},R8.4.13,10:20,10:45,内科,頭痛,36.8,教室復帰,渡辺\n"
    two = f"{MIHARASHI},{NUMBERS[HANA]},R8.4.13,13:05,,相談,,,,渡辺\n"
    report = loaded(home, "health_room/health_room-2026.csv", HEALTH + two + one, "cp932")
    assert (report.rows_loaded, report.rejected) == (2, {})
    visits = rows_in(home, "health_room").sort("entered_at")
    assert visits.select("day", "entered_at", "left_at", "reason", "symptom", "temperature", "action").rows() == [
        (DAY, "10:20", "10:45", "内科", "頭痛", 36.8, "教室復帰"), (DAY, "13:05", None, "相談", None, None, None),
    ]
    assert b"\xe6\xb8\xa1\xe8\xbe\xba" not in (home / "lake/health_room/2026.parquet").read_bytes(), "the recorder's name"


@pytest.mark.parametrize(("temperature", "code"), [("63.5", "out_of_range"), ("微熱", "bad_number")])
def test_a_bad_temperature(home: Path, temperature: str, code: str) -> None:
    row = f"{MIHARASHI},{NUMBERS[HANA]},R8.4.13,10:20,10:45,内科,頭痛,{temperature},教室復帰,\n"
    assert loaded(home, "health_room/health_room-2026.csv", HEALTH + row, "cp932").rejected == {code: 1}


def test_contradictions_are_remarked_and_loaded(home: Path) -> None:
    drop(home, "attendance/attendance-2026.csv", f"学校コード,児童生徒番号,日付,出欠区分\n{MIHARASHI},{NUMBERS[HANA]},2026/4/13,病欠\n")
    row = f"{MIHARASHI},{NUMBERS[HANA]},R8.4.13,10:20,9:45,内科,頭痛,,,\n"
    report = loaded(home, "health_room/health_room-2026.csv", HEALTH + row, "cp932")
    assert (report.rows_loaded, report.remarked) == (1, {"absent_but_here": 1, "left_before_entered": 1})
    assert set(rows_in(home, "remarked_row", "all")["code"]) == {"absent_but_here", "left_before_entered"}


def test_drill_counts_answers_and_compares_the_rate(home: Path) -> None:
    rows = f"{HANA},2026-04-13,算数,600,12,9,75.0\n{HANA},2026-04-18,国語,60,0,0,\n"
    rows += f"{REN},2026-04-13,図工,60,10,5,95.0\n{REN},2026-04-14,国語,60,0,0,0.0\n"
    report = loaded(home, "study_log/drill-2026.csv", DRILL + rows, "utf-8-sig")
    assert report.rejected == {}
    assert report.remarked == {"rate_differs": 1, "rate_without_answers": 1}
    assert rows_in(home, "study_log").select("subject", "seconds", "answers", "correct").rows() == [
        ("算数", 600, 12, 9), ("国語", 60, 0, 0), ("図画工作", 60, 10, 5), ("国語", 60, 0, 0),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{HANA},2026-04-13,算数,600,12,20,", "more_correct_than_answers"), (f"{HANA},2026-04-13,算数,-5,12,2,", "out_of_range"),
        (f"{HANA},2026-04-13,算数,90000,12,2,", "out_of_range"), (f"{HANA},2026-04-13,算数,10分,12,2,", "bad_number"),
        (f"{HANA},2026-04-13,占い,600,12,2,", "unknown_code"), (f"{HANA},2026-04-13,算数,600,12,2,250", "out_of_range"),
    ],
)
def test_a_bad_drill_row(home: Path, row: str, code: str) -> None:
    report = loaded(home, "study_log/drill-2026.csv", DRILL + row + f"\n{REN},2026-04-13,算数,600,12,9,75\n")
    assert (report.rejected, report.rows_loaded) == ({code: 1}, 1)


def test_hours_of_staff(home: Path) -> None:
    rows = f"T000102,{MIHARASHI},2026年4月,201.5,42.5\nT000102,{MINATO},2026年4月,3.0,4.0\nT000106,{MINATO},令和8年5月,180.0,0.0\n"
    report = loaded(home, "staff_hours/staff_hours-2026.csv", HOURS + rows, "cp932")
    assert (report.rejected, report.remarked) == ({}, {"more_overtime_than_hours": 1})
    assert rows_in(home, "staff_hours").select("school_id", "month", "hours", "overtime_hours").rows() == [
        (1, datetime.date(2026, 4, 1), 201.5, 42.5), (2, datetime.date(2026, 4, 1), 3.0, 4.0), (2, datetime.date(2026, 5, 1), 180.0, 0.0),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"T999999,{MIHARASHI},2026年4月,1,0", "unknown_staff"), (f"T000102,{MIHARASHI},2026年13月,1,0", "bad_month"),
        (f"T000102,{MIHARASHI},2025年12月,1,0", "date_outside_year"), (f"T000102,{MIHARASHI},2026年4月,999.9,0", "out_of_range"),
    ],
)
def test_a_bad_month_of_hours(home: Path, row: str, code: str) -> None:
    assert loaded(home, "staff_hours/staff_hours-2026.csv", HOURS + row + "\n", "cp932").rejected == {code: 1}


def test_the_calendar_holds_every_day_of_the_year(home: Path) -> None:
    ingest.load(home)
    days = rows_in(home, "calendar_day")
    assert days.group_by("school_id", "grade").len()["len"].unique().to_list() == [365]
    assert days.filter(days["day"] == datetime.date(2026, 5, 14))["kind"].unique().to_list() == ["closure"]


def test_a_calendar_with_gaps_is_remarked(home: Path) -> None:
    text = calendar_text()
    lines = [line for line in text.splitlines() if not line.startswith(f"{MINATO},P6,2026-05")]
    report = loaded(home, "calendar/calendar-2026.csv", "\n".join(lines))
    assert report.remarked == {"calendar_gap": 1}


@pytest.mark.parametrize(
    ("row", "code"),
    [(f"{MIHARASHI},P5,2026-04-13,半日授業,", "unknown_code"), (f"{MIHARASHI},5,2026-04-13,授業日,", "unknown_code"),
     (f"{MIHARASHI},P5,2026-09-31,授業日,", "bad_date"), (f"{MIHARASHI},P5,2029-04-07,授業日,", "date_outside_year"),
     ("B000000000000,P5,2026-04-13,授業日,", "unknown_school"), (f"{MIHARASHI},P5,2026-04-13,授業日,", "twice_a_day")],
)
def test_a_bad_day_of_the_calendar(home: Path, row: str, code: str) -> None:
    assert loaded(home, "calendar/calendar-2026.csv", calendar_text() + row + "\r\n").rejected == {code: 1}
