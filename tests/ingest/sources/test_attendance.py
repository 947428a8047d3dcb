"""出席簿: each row loaded or set aside with its reason; worked by hand on five children."""

from __future__ import annotations

import datetime
from itertools import count
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from ingest.files.inbox import inbox_of
from ingest.files.mapping import mapping_of
from ingest.intake.reading import Reading
from ingest.lake.lake import Lake
from ingest.sources import attendance
from tests.ingest.tiny import HANA, MEI, MIHARASHI, MINATO, NUMBERS, REN, YUI, child_ids, drop, rows_in

HEADER = "学校コード,児童生徒番号,日付,出欠区分,理由,備考\r\n"


def row(child: str, day: str, status: str = "病欠", school: str = MIHARASHI, reason: str = "発熱") -> str:
    return f"{school},{NUMBERS.get(child, child)},{day},{status},{reason},\r\n"


def loaded(home: Path, *rows: str, header: str = HEADER) -> ingest.FileReport:
    drop(home, "attendance/attendance-2026.csv", header + "".join(rows), "cp932")
    report = ingest.load(home)
    return next(file for file in report.files if file.source == "attendance")


def test_hanas_and_rens_days(home: Path) -> None:
    report = loaded(
        home, row(REN, "2026/4/14", "遅刻早退", reason=""), row(HANA, "2026/4/13"),
        row(HANA, "2026/4/14", "出席停止", reason="インフルエンザ"),
        row(HANA, "R8.4.15", "忌引"), row(HANA, "2026年4月16日", "遅刻"), row(HANA, "2026-04-17", "公欠"),
    )
    ids = child_ids(home)
    assert report.rejected == {}
    assert rows_in(home, "attendance").select("student_id", "day", "status", "is_late", "is_early_leave", "reason").rows() == [
        (ids[HANA], datetime.date(2026, 4, 13), "absent_sick", False, False, "発熱"),
        (ids[HANA], datetime.date(2026, 4, 14), "suspended", False, False, "インフルエンザ"),
        (ids[HANA], datetime.date(2026, 4, 15), "bereavement", False, False, "発熱"),
        (ids[HANA], datetime.date(2026, 4, 16), "present", True, False, "発熱"),
        (ids[HANA], datetime.date(2026, 4, 17), "excused_other", False, False, "発熱"),
        (ids[REN], datetime.date(2026, 4, 14), "present", True, True, None),
    ]
    assert (report.first_on, report.last_on) == (datetime.date(2026, 4, 13), datetime.date(2026, 4, 17))


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (row("99999999", "2026/4/13"), "unknown_child"),
        (row(HANA, "2026/4/13", school="B199999999999"), "unknown_school"),
        (row(HANA, "2026/4/13", "ずる休み"), "unknown_code"),
        (row(HANA, "2026/4/31"), "bad_date"),
        (row(HANA, "2025/4/14"), "date_outside_year"),
        (row(HANA, "2026/5/14"), "not_a_school_day"),
        (row(YUI, "2026/9/1"), "not_enrolled"),
        (row(HANA, "2026/4/13", school=MINATO), "other_school"),
        (row(MEI, "2026/9/1"), "other_school"),
        (row(HANA, ""), "missing_value"),
        (row("", "2026/4/13"), "missing_value"),
        ("B101210000018\r\n", "missing_value"),
        (row(HANA, "2026/4/13").strip() + ",余分\r\n", "row_too_long"),
    ],
)
def test_one_bad_row_stays_out_and_the_good_one_comes_in(home: Path, bad: str, code: str) -> None:
    report = loaded(home, bad, row(REN, "2026/4/13"))
    assert report.rejected == {code: 1}
    assert (report.rows_read, report.rows_loaded) == (2, 1)
    assert rows_in(home, "attendance")["student_id"].to_list() == [child_ids(home)[REN]]
    said = rows_in(home, "rejected_row", "all")
    assert said.select("file_row", "code").rows() == [(2, code)]
    assert "{" not in said["message_ja"][0] + said["message_en"][0]


def test_mei_moves_and_both_schools_keep_their_days(home: Path) -> None:
    report = loaded(home, row(MEI, "2026/7/1"), row(MEI, "2026/9/1", school=MINATO))
    assert report.rejected == {}
    assert rows_in(home, "attendance").select("school_id", "day").rows() == [(1, datetime.date(2026, 7, 1)), (2, datetime.date(2026, 9, 1))]


def test_the_second_row_for_a_day_is_set_aside(home: Path) -> None:
    report = loaded(
        home, row(HANA, "2026/4/13", "ずる休み"), row(HANA, "2026/4/13", "遅刻"), row(HANA, "2026-04-13", "病欠"),
        row(HANA, "2026-04-13", "遅刻"),
    )
    assert report.rejected == {"unknown_code": 1, "contradicting_day": 1, "twice_a_day": 1}
    assert rows_in(home, "attendance")["status"].to_list() == ["present"]


# of one child on one day, from the first row to the last: which rows are loaded, and why the others are not
DAYS = [
    (("遅刻", "早退"), ("遅刻", "早退"), {}),
    (("早退", "遅刻"), ("早退", "遅刻"), {}),
    (("出席", "遅刻"), ("出席", "遅刻"), {}),
    (("遅刻", "遅刻早退"), ("遅刻", "遅刻早退"), {}),
    (("遅刻", "病欠", "早退"), ("遅刻", "早退"), {"contradicting_day": 1}),
    (("病欠", "遅刻", "早退"), ("病欠",), {"contradicting_day": 2}),
    (("病欠", "出席停止"), ("病欠",), {"contradicting_day": 1}),
    (("病欠", "病気欠席"), ("病欠",), {"twice_a_day": 1}),
    (("遅刻", "早退", "遅刻"), ("遅刻", "早退"), {"twice_a_day": 1}),
]


@pytest.mark.parametrize("is_in_chunks", [False, True], ids=["at once", "in chunks"])
@pytest.mark.parametrize(("marks", "kept", "rejected"), DAYS, ids=["、".join(marks) for marks, _, _ in DAYS])
def test_true_events_of_one_day_are_kept_and_contradictions_are_not(
    home: Path, monkeypatch: pytest.MonkeyPatch, is_in_chunks: bool, marks: tuple[str, ...], kept: tuple[str, ...], rejected: dict[str, int]
) -> None:
    if is_in_chunks:
        monkeypatch.setattr("ingest.files.chunks.CHUNK", 40)
        monkeypatch.setattr("ingest.files.chunks.CHUNKED", 0)
    days = [row(HANA, "2026/4/13", mark, reason=mark) for mark in marks]
    report = loaded(home, row(REN, "2026/4/13", "遅刻"), *days, row(REN, "2026/4/14", "早退"))
    assert (report.rejected, report.rows_loaded) == (rejected, len(kept) + 2)
    of_hana = rows_in(home, "attendance").filter(rows_in(home, "attendance")["student_id"] == child_ids(home)[HANA])
    assert sorted(of_hana["reason"]) == sorted(kept)


def test_a_later_file_is_right_about_a_whole_day(home: Path) -> None:
    """Whatever the earlier file said of it: late was a slip, and the child was absent; late and left early were both said anew."""
    drop(home, "attendance/attendance-2026-a.csv", HEADER + row(HANA, "2026/4/13", "遅刻") + row(REN, "2026/4/13"), at=1_000)
    again = row(HANA, "2026/4/13", "病欠") + row(REN, "2026/4/13", "遅刻") + row(REN, "2026/4/13", "早退")
    drop(home, "attendance/attendance-2026-b.csv", HEADER + again, at=2_000)
    ingest.load(home)
    ids = child_ids(home)
    assert rows_in(home, "attendance").select("student_id", "status", "is_late", "is_early_leave").rows() == [
        (ids[HANA], "absent_sick", False, False), (ids[REN], "present", True, False), (ids[REN], "present", False, True),
    ]


def test_another_towns_titles_and_full_width_digits(home: Path) -> None:
    report = loaded(home, "20230001,２０２６／４／１３,病気欠席,B101210000018\r\n", header="生徒番号,年月日,出欠,学校コード\r\n")
    assert (report.rows_loaded, report.rejected) == (1, {})


def test_a_districts_own_mapping_takes_the_place_of_ours(home: Path) -> None:
    (home / "mappings").mkdir()
    (home / "mappings" / "attendance.toml").write_text(
        'required = ["school", "student", "day", "status"]\n[columns]\nschool = ["校"]\nstudent = ["子"]\nday = ["日"]\nstatus = ["印"]\n'
        '[codes.status]\n"／" = "absent_sick"\n', encoding="utf-8",
    )
    report = loaded(home, f"{MIHARASHI},20230001,2026/4/13,／\r\n", header="校,子,日,印\r\n")
    assert (report.rows_loaded, report.rejected) == (1, {})
    assert rows_in(home, "attendance")["status"].to_list() == ["absent_sick"]


def test_without_a_calendar_days_are_not_checked_and_it_says_so(fresh_home: Path) -> None:
    (fresh_home / "inbox" / "calendar" / "calendar-2026.csv").unlink()
    report = loaded(fresh_home, row(HANA, "2026/4/12"))
    assert (report.rows_loaded, report.sentences[0].code) == (1, "no_calendar")


def test_a_slip_of_the_pen_does_not_move_the_last_day(home: Path) -> None:
    days = [datetime.date(2026, 4, 13) + datetime.timedelta(days=number) for number in range(90)]
    weekdays = [day for day in days if day.weekday() < 5 and day != datetime.date(2026, 5, 14)]
    many = [row(child, f"{day:%Y/%m/%d}", school=school) for day in weekdays for child, school in ((HANA, MIHARASHI), (REN, MIHARASHI))]
    drop(home, "attendance/attendance-2026.csv", HEADER + "".join([*many, row(HANA, "2027/3/1")]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attendance, "MANY_ROWS", 100)
        patch.setattr(attendance, "LONE_SHARE", 0.02)
        report = next(file for file in ingest.load(home).files if file.source == "attendance")
    assert (report.rejected, report.remarked) == ({}, {"lone_day": 1})


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with roster and calendar in it."""
    from tests.ingest import tiny

    place = tmp_path_factory.mktemp("known")
    tiny.drop(place, "roster/roster-2026.zip", tiny.roster_zip())
    tiny.drop(place, "calendar/calendar-2026.csv", tiny.calendar_text())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.loading.build_district", lambda *_, **__: place)
        patch.setattr("ingest.loading.publish", lambda *_: (place / "district" / "CURRENT").write_text(""))
        ingest.load(place)
    return place


CELLS = st.one_of(st.text(max_size=8), st.sampled_from(["", "NULL", "=1+1", '"', "2026/4/13", "病欠"]))
ROWS = st.lists(
    st.tuples(
        st.one_of(st.sampled_from([MIHARASHI, MINATO]), CELLS), st.one_of(st.sampled_from(list(NUMBERS.values())), CELLS),
        st.one_of(st.dates(datetime.date(2026, 3, 25), datetime.date(2026, 9, 10)).map(str), CELLS),
        st.one_of(st.sampled_from(["病欠", "遅刻", "出席停止"]), CELLS), CELLS, CELLS,
    ),
    max_size=12,
)


@given(rows=ROWS, tail=st.sampled_from(["", "\r\n", "\n\n"]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_either_loaded_or_set_aside(known: Path, tmp_path: Path, rows: list[tuple[str, ...]], tail: str) -> None:
    """Whatever stands in the cells: rows in = loaded + unchanged + rejected, and each row set aside is kept."""
    text = HEADER + "\r\n".join(",".join(cell.replace("\n", " ").replace("\r", " ") for cell in cells) for cells in rows) + tail
    file = drop(tmp_path, "attendance/attendance-2026.csv", text.encode(errors="replace"))
    lake = Lake(known / "lake")
    dropped = inbox_of(file.parent.parent, [attendance.FLOW]).files["attendance"]
    reading = Reading(attendance.FLOW, 2026, dropped, mapping_of("attendance"), lake, tmp_path / "rejected", count(1))
    tables = attendance.SOURCE.tables_of(reading)
    report = reading.reports[0]
    assert report.outcome == "loaded", report.sentences
    assert report.rows_read == report.rows_loaded + report.rows_unchanged + report.rows_rejected
    assert report.rows_read == sum(1 for line in text.encode(errors="replace").split(b"\n")[1:] if line.strip(b"\r,"))
    assert tables["attendance"].height == report.rows_loaded
    assert sum(frame.height for frame in reading.rejected) == report.rows_rejected == sum(report.rejected.values())
    if report.rows_rejected:
        kept = pl.read_csv(tmp_path / "rejected" / "attendance__attendance-2026.csv", infer_schema=False)
        assert kept.height == report.rows_rejected
