"""What a load says and how it ends: the cause, once, at the place; and a status that tells whether anything is in."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

import ingest
from ingest.intake.report import FileReport
from ingest.printing import print_report
from tests.ingest.statements import answered, lines
from tests.ingest.tiny import (
    HANA,
    MIHARASHI,
    MINATO,
    NUMBERS,
    REN,
    RIKU,
    Table,
    drop,
    roster_tables,
    roster_zip,
    rows_in,
    zip_of,
)

REGISTER = "学校コード,児童生徒番号,日付,出欠区分\n"
MARKS = "学校コード,児童生徒番号,学期,教科\n"
TOTALS = "学校コード,学級名,年月,授業日数\n"
Change = Callable[[dict[str, Table]], object]


def with_roster(home: Path, change: Change) -> None:
    tables = roster_tables()
    change(tables)
    drop(home, "roster/roster-2026.zip", roster_zip(tables))


def report_on(report: ingest.LoadReport, file: str) -> FileReport:
    return next(each for each in report.files if each.file == file)


def printed(report: ingest.LoadReport) -> str:
    console = Console(file=io.StringIO(), width=400)
    print_report(console, report)
    return console.file.getvalue()


def said(home: Path, code: str) -> list[tuple[str, str]]:
    rows = rows_in(home, "rejected_row", "all")
    return rows.filter(rows["code"] == code).select("message_ja", "message_en").rows()


def test_whoever_points_to_a_class_that_was_set_aside_is_told_where_that_stands(home: Path) -> None:
    """room-52 (row 2 of classes.csv) has a grade nobody knows: three children, two teachers and their rows follow from it."""
    with_roster(home, lambda tables: tables["classes"][0].update(grades="P9"))
    drop(home, "attendance/attendance-2026.csv", REGISTER + f"{MIHARASHI},{NUMBERS[HANA]},2026-04-13,病欠\n")
    drop(home, "attendance_totals/attendance_totals-2026.csv", TOTALS + f"{MIHARASHI},5年2組,2026-05,18\n")
    drop(home, "evaluation/evaluation-2026.csv", MARKS + f"{MIHARASHI},{NUMBERS[HANA]},1学期,算数\n")
    report = ingest.load(home)
    assert report_on(report, "roster-2026.zip!classes.csv").rejected == {"unknown_code": 1}
    assert report_on(report, "roster-2026.zip!enrollments.csv").rejected == {"rejected_reference": 5}
    assert report_on(report, "attendance-2026.csv").rejected == {"rejected_enrollment": 1}
    assert report_on(report, "evaluation-2026.csv").rejected == {"rejected_enrollment": 1}
    assert report_on(report, "attendance_totals-2026.csv").rejected == {"rejected_class": 1}
    assert said(home, "rejected_reference")[0] == (
        "「classSourcedId」の指す先（room-52）が取り込めていません。原因は roster-2026.zip!classes.csv の 2行目です。",
        "What “classSourcedId” points to (room-52) was set aside: the cause is row 2 of roster-2026.zip!classes.csv.",
    )
    lost = "The enrolment of this child was set aside: the cause is row 2 of roster-2026.zip!classes.csv."
    assert said(home, "rejected_enrollment")[0][1] == lost
    assert said(home, "rejected_class")[0][1] == "The class “5年2組” was set aside: the cause is row 2 of roster-2026.zip!classes.csv."


def test_the_cause_is_printed_before_what_follows_from_it(home: Path) -> None:
    with_roster(home, lambda tables: tables["classes"][0].update(grades="P9"))
    text = printed(ingest.load(home))
    cause, following = text.index("1 × unknown_code"), text.index("5 × rejected_reference")
    assert cause < following
    assert "行 rows: roster/roster-2026.zip!classes.csv 2\n" in text
    assert "roster/roster-2026.zip!enrollments.csv 2, 3, 4, 9, 10\n" in text
    assert text.count("原因は roster-2026.zip!classes.csv の 2行目です") == 1, "once, with all its rows"


@pytest.mark.parametrize(("table", "place"), [("users", 0), ("orgs", 1)])
def test_people_and_schools_that_were_set_aside_are_told_to_every_source(home: Path, table: str, place: int) -> None:
    """はな without a family name; 見晴小 without a name."""
    empty = {"users": "familyName", "orgs": "name"}[table]
    with_roster(home, lambda tables: tables[table][place].update({empty: ""}))
    days = (f"{MIHARASHI},{NUMBERS[HANA]},2026-04-13,病欠\n", f"{MINATO},{NUMBERS[RIKU]},2026-04-13,病欠\n")
    drop(home, "attendance/attendance-2026.csv", REGISTER + "".join(days))
    drop(home, "study_log/xapi-2026.jsonl", lines(answered(1), answered(2, RIKU)))
    report = ingest.load(home)
    code = {"users": "rejected_person", "orgs": "rejected_school"}[table]
    assert report_on(report, "attendance-2026.csv").rejected == {code: 1}
    assert f"row {place + 2} of roster-2026.zip!{table}.csv" in said(home, code)[0][1]
    of_statements = report_on(report, "xapi-2026.jsonl").rejected
    assert of_statements == {"rejected_person" if table == "users" else "rejected_enrollment": 1}
    if table == "orgs":
        assert "row 3 of roster-2026.zip!orgs.csv" in said(home, "rejected_enrollment")[0][1], "the school, and not what lies between"
    references = report_on(report, "roster-2026.zip!roles.csv").rejected
    assert set(references) == {"rejected_reference"}


def test_what_is_not_there_at_all_is_said_to_be_missing(home: Path) -> None:
    with_roster(home, lambda tables: tables["enrollments"][0].update(classSourcedId="nowhere"))
    assert report_on(ingest.load(home), "roster-2026.zip!enrollments.csv").rejected == {"unknown_reference": 1}


def test_a_record_that_stands_there_soundly_as_well_is_not_lost(home: Path) -> None:
    """Of two rows with one id the first is loaded: who points to it points to that one."""
    with_roster(home, lambda tables: tables["classes"].append(tables["classes"][0] | {"title": "again"}))
    report = ingest.load(home)
    assert report_on(report, "roster-2026.zip!classes.csv").rejected == {"duplicate_id": 1}
    assert report_on(report, "roster-2026.zip!enrollments.csv").rejected == {}


def test_what_was_set_aside_and_mended_follows_by_itself(home: Path) -> None:
    with_roster(home, lambda tables: tables["classes"][0].update(grades="P9"))
    drop(home, "attendance/attendance-2026.csv", REGISTER + f"{MIHARASHI},{NUMBERS[HANA]},2026-04-13,病欠\n")
    ingest.load(home)
    with_roster(home, lambda _: None)
    report = ingest.load(home)
    assert (report.exit_status, rows_in(home, "attendance").height) == (0, 1)


@pytest.mark.parametrize("is_named", [True, False], ids=["2026 in its name", "no year in its name"])
def test_a_roster_that_was_refused_is_the_cause_of_what_waits_for_it(fresh_home: Path, is_named: bool) -> None:
    (fresh_home / "inbox" / "roster" / "roster-2026.zip").unlink()
    name = "roster-2026.zip" if is_named else "meibo.zip"
    drop(fresh_home, f"roster/{name}", b"no zip at all")
    drop(fresh_home, "study_log/xapi-2026.jsonl", lines(answered(1)))
    report = ingest.load(fresh_home)
    assert [message.code for message in report_on(report, name).sentences] == ["not_a_zip"]
    for file in ("calendar-2026.csv", "xapi-2026.jsonl"):
        (message,) = report_on(report, file).sentences
        assert (message.code, name in message.ja, name in message.en) == ("roster_refused", True, True)
    assert (report.outcome, report.exit_status) == ("nothing", 2)
    assert printed(report).count("roster_refused") == 1, "once, with both files"
    assert "calendar/calendar-2026.csv · study_log/xapi-2026.jsonl\n" in printed(report)


def test_every_file_inside_a_zip_is_told_by_its_own_name(home: Path) -> None:
    """An odd manifest, a slip in a title of enrollments.csv, and a demographics.csv that cannot be read."""
    tables = roster_tables() | {"demographics": [{"id": HANA, "sex": "female"}]}
    for row in tables["enrollments"]:
        row["metadata.jp.ShusekiNo"] = row.pop("metadata.jp.ShussekiNo")
    drop(home, "roster/roster-2026.zip", roster_zip(tables, version=""))
    report = ingest.load(home)
    found = {file.file: [message.code for message in file.sentences] for file in report.files if file.source == "roster" and file.sentences}
    assert found == {
        "roster-2026.zip!manifest.csv": ["no_manifest"], "roster-2026.zip!enrollments.csv": ["near_title"],
        "roster-2026.zip!demographics.csv": ["missing_column"],
    }
    assert report_on(report, "roster-2026.zip!demographics.csv").outcome == "refused"
    assert report.exit_status == 1


GOOD = REGISTER + f"{MIHARASHI},{NUMBERS[HANA]},2026-04-13,病欠\n"
BAD = REGISTER + f"{MIHARASHI},99999999,2026-04-13,病欠\n"


@pytest.mark.parametrize(
    ("file", "content", "status"),
    [
        ("attendance/attendance-2026.csv", GOOD, 0), ("attendance/attendance-2026.csv", BAD, 1),
        ("attendance/attendance-2026.docx", GOOD, 1), ("kesseki/attendance-2026.csv", GOOD, 1), ("attendance-2026.csv", GOOD, 1),
        ("attendance/attendance-2026.csv", "<html>", 1), ("attendance/attendance.csv", REGISTER, 1),
        ("attendance/~$attendance-2026.csv", "", 0),
    ],
    ids=[
        "all in", "a row set aside", "an ending nobody reads", "a folder nobody knows", "in no folder", "unreadable", "of no year",
        "a leftover",
    ],
)
@pytest.mark.parametrize("is_trial", [False, True], ids=["load", "check"])
def test_the_status_beside_a_roster_that_is_in(home: Path, file: str, content: str, status: int, is_trial: bool) -> None:
    drop(home, file, content)
    assert ingest.load(home, is_trial=is_trial).exit_status == status


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("attendance/attendance-2026.docx", GOOD, "unknown_file"), ("kesseki/attendance-2026.csv", GOOD, "unknown_source"),
        ("attendance-2026.csv", GOOD, "loose_file"), ("attendance/attendance-2026.csv", "<html>", "not_csv"),
        ("attendance/attendance-2026.csv", BAD, ""), ("attendance/attendance.csv", REGISTER, "no_fiscal_year"),
        ("roster/roster-2026.zip", zip_of({}), "missing_member"), ("attendance/attendance-2026.csv", REGISTER, "no_rows"),
    ],
    ids=["ending", "folder", "loose", "web page", "every row set aside", "no year", "empty zip", "no row"],
)
@pytest.mark.parametrize("is_trial", [False, True], ids=["load", "check"])
def test_nothing_in_is_status_2_whatever_the_reason(home: Path, file: str, content: str | bytes, code: str, is_trial: bool) -> None:
    """The roster is in the lake already; of what lies in the inbox nothing comes in."""
    for lying in (home / "inbox").rglob("*.*"):
        lying.unlink()
    drop(home, file, content)
    report = ingest.load(home, is_trial=is_trial)
    assert report.exit_status == 2
    assert [message.code for each in report.files for message in each.sentences if message.code != "year_from_rows"] == [code] * bool(code)
    assert "1行も取り込めませんでした" in printed(report)


def test_remarks_are_printed_with_row_and_remedy(home: Path) -> None:
    """An odd status of はな, and れん in two classes from May on."""
    def odd(tables: dict[str, Table]) -> None:
        tables["users"][0]["status"] = "yes"
        tables["enrollments"].append(tables["enrollments"][1] | {"sourcedId": "x", "classSourcedId": "room-61", "beginDate": "2026-05-01"})

    with_roster(home, odd)
    report = ingest.load(home)
    text = printed(report)
    for code, place in (("odd_status", "users.csv 2"), ("overlapping_enrollment", "enrollments.csv 3")):
        about = text[text.index(f"1 × {code}"):]
        assert about.splitlines()[3] == f"    行 rows: roster/roster-2026.zip!{place}"
    assert "全件（bulk）の名簿では status は空にします。" in text
    assert "In a bulk roster status stays empty." in text
    assert "yes" not in text, "what a cell says stays out of a terminal"
    assert report.exit_status == 0


def test_no_cell_of_a_row_is_printed_or_reported(home: Path) -> None:
    drop(home, "attendance/attendance-2026.csv", BAD + f"{MIHARASHI},{NUMBERS[REN]},2026-04-13,ずる休み\n")
    report = ingest.load(home)
    text = printed(report) + str(report.as_json())
    assert "99999999" not in text
    assert "ずる休み" not in text
    assert "mappings/attendance.toml の [codes.status] に" in text
