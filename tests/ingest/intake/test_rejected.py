"""Rows set aside: kept whole, with reasons in both languages, ready to be mended and dropped in again, harmless in Excel."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import ingest
from ingest.intake.rejected_rows import distinct
from tests.ingest.tiny import HANA, MIHARASHI, NUMBERS, REN, drop, rows_in

HEADER = "学校コード,児童生徒番号,日付,出欠区分,理由,備考\r\n"
KEPT = "rejected/1/attendance__attendance-2026.csv"


@pytest.fixture
def home(fresh_home: Path) -> Path:
    """Every test here is about the first load and what follows it."""
    return fresh_home


def kept_rows(home: Path, name: str = KEPT) -> list[dict[str, str]]:
    raw = (home / name).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
    return list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))


def test_the_whole_row_with_its_reason_in_both_languages(home: Path) -> None:
    row = f"{MIHARASHI},99999999,2026/4/13,病欠,発熱,電話あり\r\n"
    drop(home, "attendance/attendance-2026.csv", HEADER + f"{MIHARASHI},{NUMBERS[REN]},2026/4/13,病欠,,\r\n" + row, "cp932")
    report = next(file for file in ingest.load(home).files if file.source == "attendance")
    assert report.kept_in == KEPT
    assert kept_rows(home) == [{
        "学校コード": MIHARASHI, "児童生徒番号": "99999999", "日付": "2026/4/13", "出欠区分": "病欠", "理由": "発熱", "備考": "電話あり",
        "※行": "3", "※理由コード": "unknown_child", "※列": "児童生徒番号", "※値": "99999999",
        "※理由": "「99999999」の子は2026年度の名簿にいません。",
        "※直し方": "番号を確かめるか、名簿を新しくしてください。推測では結び付けません。",
        "※reason": "No child “99999999” is in the 2026 roster.",
        "※remedy": "Check the number or renew the roster. Children are never matched by guess.",
    }]
    logged = rows_in(home, "rejected_row", "all").row(0, named=True)
    assert {name: logged[name] for name in ("load_id", "file_id", "file_row", "column", "value", "code", "message_ja", "message_en")} == {
        "load_id": 1, "file_id": report.file_id, "file_row": 3, "column": "児童生徒番号", "value": "99999999", "code": "unknown_child",
        "message_ja": "「99999999」の子は2026年度の名簿にいません。", "message_en": "No child “99999999” is in the 2026 roster.",
    }


def test_a_mended_file_goes_straight_back_into_the_inbox(home: Path) -> None:
    drop(home, "attendance/attendance-2026.csv", HEADER + f"{MIHARASHI},{NUMBERS[HANA]},2026/4/31,病欠,,\r\n", "cp932", at=1_000)
    ingest.load(home)
    mended = (home / KEPT).read_text(encoding="utf-8-sig").replace("2026/4/31", "2026/4/30")
    drop(home, "attendance/attendance__attendance-2026.csv", mended, "utf-8-sig")
    ingest.load(home)
    assert rows_in(home, "attendance").height == 1
    assert rows_in(home, "attendance")["day"].to_list()[0].day == 30


def test_no_cell_becomes_a_formula(home: Path) -> None:
    cells = ["=HYPERLINK(\"http://x\")", "+1+1", "@SUM(A1)", "-2+3", "\t=1", "-12.5"]
    rows = "".join(f'{MIHARASHI},99999999,2026/4/13,病欠,"{cell.replace(chr(34), chr(34) * 2)}",\r\n' for cell in cells)
    drop(home, "attendance/attendance-2026.csv", HEADER + rows)
    ingest.load(home)
    assert [row["理由"] for row in kept_rows(home)] == [*(f"'{cell}" for cell in cells[:-1]), "-12.5"]


def test_rows_of_odd_form_lose_nothing(home: Path) -> None:
    rows = f'{MIHARASHI},{NUMBERS[HANA]},2026/4/13,病欠,風邪,a,b,c\r\n{MIHARASHI},"{NUMBERS[REN]}\r\n'
    drop(home, "attendance/attendance-2026.csv", HEADER + rows)
    ingest.load(home)
    long, broken = kept_rows(home)
    assert (long["備考"], long["※理由コード"]) == ("a,b,c", "row_too_long")
    assert (broken["児童生徒番号"], broken["※理由コード"]) == (f'"{NUMBERS[REN]}', "broken_quotes")


def test_a_new_reading_replaces_what_was_set_aside_before(home: Path) -> None:
    for number in (3, 2):
        rows = "".join(f"{MIHARASHI},9999999{each},2026/4/13,病欠,,\r\n" for each in range(number))
        drop(home, "attendance/attendance-2026.csv", HEADER + rows)
        ingest.load(home)
    assert rows_in(home, "rejected_row", "all")["load_id"].to_list() == [2, 2]
    history = rows_in(home, "load_source", "all").filter(rows_in(home, "load_source", "all")["source"] == "attendance")
    assert history.select("load_id", "rows_rejected", "is_in_force").rows() == [(1, 3, False), (2, 2, True)]


def test_a_very_long_cell_does_not_fill_the_sentence(home: Path) -> None:
    drop(home, "attendance/attendance-2026.csv", HEADER + f"{MIHARASHI},{'9' * 5000},2026/4/13,病欠,,\r\n")
    ingest.load(home)
    said = rows_in(home, "rejected_row", "all").row(0, named=True)
    assert len(said["value"]) == 60
    assert len(said["message_ja"]) < 120
    assert kept_rows(home)[0]["児童生徒番号"] == "9" * 5000


def test_rows_dropped_in_again_as_they_were_are_set_aside_again(home: Path) -> None:
    drop(home, "attendance/attendance-2026.csv", HEADER + f"{MIHARASHI},{NUMBERS[HANA]},2026/4/31,病欠,,\r\n", "cp932", at=1_000)
    ingest.load(home)
    drop(home, "attendance/again-2026.csv", (home / KEPT).read_bytes())
    report = next(file for file in ingest.load(home).files if file.file == "again-2026.csv")
    assert (report.rows_read, report.rejected) == (1, {"bad_date": 1})
    (again,) = kept_rows(home, "rejected/2/attendance__again-2026.csv")
    assert (again["日付"], again["※理由コード"], [title for title in again if "#" in title]) == ("2026/4/31", "bad_date", [])


def test_titles_that_would_collide_are_told_apart() -> None:
    assert distinct(["a", "a", "a#1", "", "※行"]) == ["a#1", "a#2", "a#1#3", "#4", "※行#5"]
