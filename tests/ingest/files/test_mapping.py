"""A district's own mapping file: laid over ours line by line, checked before it is believed, and said once where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

import ingest
from ingest.files.mapping import mapping_of
from ingest.files.reasons import IngestError
from tests.ingest.tiny import HANA, MIHARASHI, NUMBERS, REN, drop, roster_tables, roster_zip, rows_in

HEADER = "学校コード,児童生徒番号,日付,出欠区分\n"


def own(folder: Path, text: str, source: str = "attendance") -> Path:
    (folder / "mappings").mkdir(exist_ok=True)
    (folder / "mappings" / f"{source}.toml").write_text(text, encoding="utf-8")
    return folder / "mappings"


def refused(folder: Path) -> IngestError:
    with pytest.raises(IngestError) as error:
        mapping_of("attendance", folder)
    return error.value


def test_two_codes_added_are_two_codes_more(tmp_path: Path) -> None:
    mapping = mapping_of("attendance", own(tmp_path, '[codes.status]\n"休" = "absent_sick"\n"ち" = "present+late"\n'))
    ours = mapping_of("attendance")
    assert mapping.codes["status"] == ours.codes["status"] | {"休": "absent_sick", "ち": "present+late"}
    assert (mapping.columns, mapping.required) == (ours.columns, ours.required)


def test_a_word_of_ours_takes_the_meaning_the_district_gives_it(tmp_path: Path) -> None:
    """However wide it is written."""
    mapping = mapping_of("attendance", own(tmp_path, '[codes.status]\n"公 欠" = "present"\n'))
    assert mapping.meanings("status")["公欠"] == "present"


def test_a_table_may_stand_alone_if_the_district_says_so(tmp_path: Path) -> None:
    mapping = mapping_of("attendance", own(tmp_path, 'replaced_codes = ["status"]\n[codes.status]\n"1" = "absent_sick"\n'))
    assert mapping.codes["status"] == {"1": "absent_sick"}


def test_a_title_added_is_one_title_more_and_goes_before_ours(tmp_path: Path) -> None:
    mapping = mapping_of("attendance", own(tmp_path, '[columns]\nday = ["欠席した日"]\nreason = []\n'))
    usual = ("学校コード", "児童生徒番号", "日付", "出欠", "理由")
    assert mapping.places(usual) == {"school": 0, "student": 1, "day": 2, "status": 3}, "the reason is not to be read"
    assert mapping.places((*usual, "欠席した日"))["day"] == 5


def test_a_single_setting_leaves_the_columns_as_they_are(tmp_path: Path) -> None:
    mapping = mapping_of("study_log", own(tmp_path, "rate_scale = 1\n", "study_log"))
    assert mapping.settings["rate_scale"] == 1
    assert mapping.columns == mapping_of("study_log").columns


def test_a_title_of_one_table_of_the_roster_leaves_the_other_tables_as_they_are(tmp_path: Path) -> None:
    mapping = mapping_of("roster", own(tmp_path, '[members.users.also]\nidentifier = ["学籍番号"]\n', "roster"))
    assert mapping.member("users").columns["identifier"] == ("identifier", "学籍番号")
    assert mapping.member("classes").columns == mapping_of("roster").member("classes").columns


@pytest.mark.parametrize(
    ("text", "code", "line", "at"),
    [
        ('[codes.status]\n"休" "absent_sick"\n', "mapping_unclear", "2", "5"),
        ('[codes]\n\n"休" = "absent_sick"\n', "mapping_unclear", "3", "1"),
        ('[columns]\nday = "日"\n', "mapping_unclear", "2", "1"),
        ('[codes.status]\n"休" = "absent"\n', "mapping_meaning", "", ""),
        ('[codes.status]\n"休" = ""\n', "mapping_meaning", "", ""),
        ('[codes.school]\n"1" = 1\n', "mapping_meaning", "", ""),
    ],
    ids=["no equals sign", "code outside a table", "title outside a list", "unknown meaning", "no meaning", "a school as a number"],
)
def test_what_cannot_be_meant_is_refused_with_its_place(tmp_path: Path, text: str, code: str, line: str, at: str) -> None:
    error = refused(own(tmp_path, text))
    assert (error.code, str(error.words.get("line", "")), str(error.words.get("at", ""))) == (code, line, at)
    assert "mappings/attendance.toml" in error.sentence.ja
    if code == "mapping_meaning":
        assert ("absent_sick" in error.sentence.remedy_ja) == ("[codes.status]" in text)


def test_a_mapping_nobody_can_read_is_said_once_and_what_was_loaded_stays(home: Path) -> None:
    for number in (1, 2):
        drop(home, f"attendance/attendance-2026-{number}.csv", HEADER + f"{MIHARASHI},{NUMBERS[HANA]},2026-04-{12 + number},病欠\n")
    assert ingest.load(home).exit_status == 0
    own(home, '[codes.status\n')
    drop(home, "attendance/attendance-2026-3.csv", HEADER + f"{MIHARASHI},{NUMBERS[REN]},2026-04-15,病欠\n")
    report = ingest.load(home)
    assert [(file.file, file.outcome, file.sentences[0].code) for file in report.files if file.outcome == "refused"] == [
        ("mappings/attendance.toml", "refused", "mapping_unclear")
    ]
    assert (report.outcome, report.exit_status) == ("unchanged", 1)
    assert rows_in(home, "attendance").height == 2
    own(home, "")
    assert ingest.load(home).exit_status == 0
    assert rows_in(home, "attendance").height == 3


def test_one_table_of_school_numbers_holds_for_the_roster_and_every_source(home: Path) -> None:
    tables = roster_tables()
    tables["orgs"][1]["identifier"] = "01"
    drop(home, "roster/roster-2026.zip", roster_zip(tables))
    own(home, f'[codes.school]\n"01" = "{MIHARASHI}"\n', "roster")
    rows = (f"01,{NUMBERS[HANA]},2026-04-13,病欠\n", f"{MIHARASHI},{NUMBERS[REN]},2026-04-13,病欠\n")
    drop(home, "attendance/attendance-2026.csv", HEADER + "".join(rows))
    report = ingest.load(home)
    assert report.exit_status == 0, [(file.file, file.rejected) for file in report.files]
    assert rows_in(home, "school", "all")["school_code"].to_list()[0] == MIHARASHI
    assert rows_in(home, "attendance")["school_id"].to_list() == [1, 1]


def test_schools_nobody_has_a_code_for_are_told_what_to_write(home: Path) -> None:
    tables = roster_tables()
    tables["orgs"][1]["identifier"] = "01"
    drop(home, "roster/roster-2026.zip", roster_zip(tables))
    ingest.load(home)
    said = rows_in(home, "rejected_row", "all").row(0, named=True)
    assert said["code"] == "not_a_school_code"
    assert '"01" = "13けたの学校コード"' in said["remedy_ja"]
    assert "mappings/roster.toml の [codes.school]" in said["remedy_ja"]
