"""The national list of 学校コード, and the schools of the roster looked up in it."""

from __future__ import annotations

from pathlib import Path

import pytest

import ingest
from tests.ingest.tiny import MIHARASHI, MINATO, drop, roster_tables, roster_zip, rows_in

TITLES = (
    '学校コード,学校種,"都道府県\n番号",設置区分,本分校,学校名,学校所在地,郵便番号,"属性情報\n設定年月日","属性情報\n廃止年月日",'
    '"旧学校\n調査番号","移行後の\n学校コード"'
)


def row(code: str, name: str, branch: str = "1(本)", follower: str = "", changed: str = "2026/4/1") -> str:
    return f"{code},B1(小学校),01(北海道),2(公),{branch},{name},見晴市1-1,0010001,{changed},,0001,{follower}"


def listed(*rows: str, above: str = "学校コード一覧（令和8年5月1日現在）,,,,,,,,,,,\r\n") -> str:
    return "\r\n".join([above + TITLES, *rows]) + "\r\n"


BOTH = (row(MIHARASHI, "見晴小学校"), row(MINATO, "港小学校"))


def remarks(report: ingest.LoadReport) -> dict[str, int]:
    return next(file for file in report.files if file.file == "roster-2026.zip!orgs.csv").remarked


def list_report(report: ingest.LoadReport) -> ingest.FileReport:
    return next(file for file in report.files if file.source == "school_list")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-8"])
def test_schools_on_the_list_are_no_matter(home: Path, encoding: str) -> None:
    drop(home, "school_list/list-2026.csv", listed(*BOTH), encoding)
    report = ingest.load(home)
    assert (list_report(report).rows_loaded, list_report(report).sentences) == (2, [])
    assert remarks(report) == {}
    assert rows_in(home, "school_list").select("school_code", "name", "is_closed").rows() == [
        (MIHARASHI, "見晴小学校", False), (MINATO, "港小学校", False),
    ]
    assert rows_in(home, "school_list")["file_row"].to_list() == [3, 4], "rows as a spreadsheet shows them"


def test_a_list_without_a_line_above_its_titles(home: Path) -> None:
    drop(home, "school_list/list-2026.csv", listed(*BOTH, above=""))
    assert list_report(ingest.load(home)).rows_loaded == 2


def test_a_school_not_listed_or_closed_is_remarked_and_loaded(home: Path) -> None:
    drop(home, "school_list/list-2026.csv", listed(row(MINATO, "港小学校", "9(廃)", MIHARASHI)))
    report = ingest.load(home)
    assert remarks(report) == {"school_not_listed": 1, "school_closed": 1}
    assert rows_in(home, "school", "all").height == 2
    assert rows_in(home, "school_list")["moved_to"].to_list() == [MIHARASHI]


def test_a_newer_list_makes_the_roster_be_looked_at_again(home: Path) -> None:
    assert remarks(ingest.load(home)) == {}
    drop(home, "school_list/list-2026.csv", listed(BOTH[0]))
    assert remarks(ingest.load(home)) == {"school_not_listed": 1}


def test_a_code_whose_check_digit_fails_is_said_once(home: Path) -> None:
    tables = roster_tables()
    tables["orgs"][1]["identifier"] = "B101210000019"
    drop(home, "roster/roster-2026.zip", roster_zip(tables))
    drop(home, "school_list/list-2026.csv", listed(*BOTH))
    report = ingest.load(home)
    assert remarks(report) == {"odd_school_code": 1}
    assert "B101210000019" in rows_in(home, "school", "all")["school_code"]


def test_rows_of_the_list_with_wrong_codes_are_set_aside(home: Path) -> None:
    bad = [row(code, "x") for code in ("B101210000019", "Z101210000018", "B148210000018", "B1012100000180", "")]
    drop(home, "school_list/list-2026.csv", listed(*BOTH, *bad, BOTH[0], row("C101210000016", "")))
    found = list_report(ingest.load(home))
    assert found.rejected == {"odd_school_code": 4, "missing_value": 2, "duplicate_id": 1}
    assert found.rows_read == found.rows_loaded + found.rows_rejected == 9


def test_the_year_of_a_list_is_that_of_its_last_change(home: Path) -> None:
    drop(home, "school_list/list.csv", listed(row(MIHARASHI, "見晴小学校", changed="2019/4/1"), BOTH[1]))
    assert [said.code for said in list_report(ingest.load(home)).sentences] == ["year_from_rows"]
    assert rows_in(home, "school_list").height == 2


def test_a_list_without_its_titles_is_refused(home: Path) -> None:
    drop(home, "school_list/list-2026.csv", "a,b\n1,2\n")
    assert [said.code for said in list_report(ingest.load(home)).sentences] == ["missing_column"]
    assert rows_in(home, "school", "all").height == 2
