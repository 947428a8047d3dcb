"""Every habit of a local system the house puts up with, by name; and every hostile file, each a sentence."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import ingest
from ingest.files import sheet
from tests.ingest.tiny import HANA, MIHARASHI, NUMBERS, REN, drop, roster_tables, roster_zip, rows_in, zip_of

MOOD = "学習者ID,日付,心の天気,回答時刻\n"
DRILL = "学習者ID,日付,教科,学習時間(秒),解答数,正答数,正答率,ﾂｰﾙ\n"
DAY = datetime.date(2026, 4, 13)


def loaded(home: Path, source: str, content: bytes | str, encoding: str = "utf-8") -> ingest.FileReport:
    drop(home, f"{source}/{source}-2026.csv", content, encoding)
    return next(file for file in ingest.load(home).files if file.source == source)


HABITS = {
    "UTF-8": (MOOD + f"{HANA},2026-04-13,晴れ,08:05\n").encode(),
    "UTF-8 with its mark": (MOOD + f"{HANA},2026-04-13,晴れ,08:05\n").encode("utf-8-sig"),
    "CP932": (MOOD + f"{HANA},2026-04-13,晴れ,08:05\n").encode("cp932"),
    "UTF-16 from Excel": (MOOD + f"{HANA},2026-04-13,晴れ,08:05\n").encode("utf-16"),
    "no line end at the end": (MOOD + f"{HANA},2026-04-13,晴れ,08:05").encode(),
    "mixed line ends": (MOOD.replace("\n", "\r\n") + f"{HANA},2026-04-13,晴れ,08:05\n").encode(),
    "trailing empty columns": (MOOD.replace("\n", ",,\n") + f"{HANA},2026-04-13,晴れ,08:05,,\n").encode(),
    "a row shorter than the header": (MOOD + f"{HANA},2026-04-13,晴れ\n").encode(),
    "empty cells beyond the header": (MOOD + f"{HANA},2026-04-13,晴れ,08:05,,\n").encode(),
    "a title with blanks and wide letters": (MOOD.replace("学習者ID", "学習者 ＩＤ") + f"{HANA},2026-04-13,晴れ,08:05\n").encode(),
    "blanks around cells": (MOOD + f" {HANA} , 2026-04-13 ,　晴れ , 08:05 \n").encode(),
    "2026/4/13": (MOOD + f"{HANA},2026/4/13,晴れ,8:05\n").encode(),
    "2026年4月13日": (MOOD + f"{HANA},2026年4月13日,晴れ,8時5分\n").encode(),
    "令和8年4月13日": (MOOD + f"{HANA},令和8年4月13日,晴れ,\n").encode(),
    "R8.4.13": (MOOD + f"{HANA},R8.4.13,晴れ,\n").encode(),
    "令和８年４月１３日（月）": (MOOD + f"{HANA},令和８年４月１３日（月）,晴れ,\n").encode(),
    "4月13日 in a file of a known year": (MOOD + f"{HANA},4月13日,晴れ,\n").encode(),
    "EUC-JP": (MOOD + f"{HANA},2026-04-13,晴れ,08:05\n").encode("euc_jp"),
    "ISO-2022-JP": (MOOD + f"{HANA},2026-04-13,晴れ,08:05\n").encode("iso2022_jp"),
    "an Excel serial": (MOOD + f"{HANA},46125,晴れ,\n").encode(),
    "an Excel serial as a float": (MOOD + f"{HANA},46125.0,晴れ,\n").encode(),
    "full-width digits": (MOOD + f"{HANA},２０２６－０４－１３,晴れ,０８：０５\n").encode(),
    "eight digits": (MOOD + f"{HANA},20260413,晴れ,\n").encode(),
    "everything quoted": (MOOD + f'"{HANA}","2026-04-13","晴れ","08:05"\n').encode(),
    "tabs": (MOOD + f"{HANA},2026-04-13,晴れ,08:05\n").replace(",", "\t").encode(),
}


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_of_a_local_system_is_put_up_with(home: Path, habit: str) -> None:
    report = loaded(home, "mood", HABITS[habit])
    assert (report.rows_read, report.rejected, [said.code for said in report.sentences]) == (1, {}, [])
    assert rows_in(home, "mood").select("day", "level").rows() == [(DAY, 1)]


def test_half_width_kana_in_titles_and_words(home: Path) -> None:
    report = loaded(home, "study_log", DRILL + f"{HANA},2026-04-13,算数,600,12,9,75.0,ﾄﾞﾘﾙ\n")
    assert report.rejected == {}
    assert rows_in(home, "study_log")["answers"].to_list() == [12]


def test_codes_in_half_width_kana(home: Path) -> None:
    words = ["ﾋﾞｮｳｹﾂ", "ﾁｺｸ", "ｼﾞｺｹﾂ", "ｷﾋﾞｷ"]
    rows = "".join(f"{MIHARASHI},{NUMBERS[HANA]},2026/4/{13 + place},{word}\n" for place, word in enumerate(words))
    report = loaded(home, "attendance", f"学校コード,児童生徒番号,日付,出欠区分\n{rows}", "cp932")
    assert report.rejected == {}
    assert rows_in(home, "attendance")["status"].to_list() == ["absent_sick", "present", "absent_other", "bereavement"]


def test_a_weekday_that_contradicts_its_date_is_told_as_that(home: Path) -> None:
    report = loaded(home, "mood", MOOD + f"{HANA},2026/4/13(火),晴れ,\n{REN},2026/4/13(月),晴れ,\n")
    assert (report.rows_loaded, report.rejected) == (1, {"weekday_differs": 1})


def test_a_day_without_a_year_in_a_file_without_one_is_not_guessed(home: Path) -> None:
    drop(home, "mood/kokoro.csv", MOOD + f"{HANA},4月13日,晴れ,\n")
    said = [said.code for file in ingest.load(home).files if file.source == "mood" for said in file.sentences]
    assert said == ["no_fiscal_year"]


def test_numbers_a_spreadsheet_has_spoilt_name_the_likely_cause(fresh_home: Path) -> None:
    tables = roster_tables()
    for row in tables["users"]:
        row["identifier"] = {NUMBERS[HANA]: "00070123", NUMBERS[REN]: "202300000002"}.get(row["identifier"], row["identifier"])
    drop(fresh_home, "roster/roster-2026.zip", roster_zip(tables))
    head = "学校コード,児童生徒番号,日付,出欠区分\n"
    rows = [f"{MIHARASHI},{number},2026/4/13,病欠\n" for number in ("70123", "2.023E+11", "70124", "00070123")]
    report = loaded(fresh_home, "attendance", head + "".join(rows))
    assert (report.rows_loaded, report.rejected) == (1, {"zeros_eaten": 1, "number_as_power": 1, "unknown_child": 1})
    assert "00070123" not in str(rows_in(fresh_home, "rejected_row", "all").rows()), "the number it should be is nobody's to read"


def test_codes_that_lost_their_zeros_name_the_likely_cause(home: Path) -> None:
    (home / "mappings").mkdir()
    (home / "mappings" / "attendance.toml").write_text(
        '[columns]\nschool = ["校"]\nstudent = ["番号"]\nday = ["日"]\nstatus = ["区分"]\n'
        f'[codes.status]\n"01" = "absent_sick"\n[codes.school]\n"007" = "{MIHARASHI}"\n', encoding="utf-8"
    )
    rows = f"7,{NUMBERS[HANA]},2026/4/13,01\n007,{NUMBERS[HANA]},2026/4/14,1\n007,{NUMBERS[HANA]},2026/4/15,01\n"
    report = loaded(home, "attendance", f"校,番号,日,区分\n{rows}")
    assert (report.rows_loaded, report.rejected) == (1, {"zeros_eaten": 2})


def test_full_width_digits_and_blanks_in_numbers_of_children(home: Path) -> None:
    wide = NUMBERS[HANA].translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    report = loaded(home, "attendance", f"学校コード,児童生徒番号,日付,出欠区分\n{MIHARASHI}, {wide} ,2026/4/13,病欠\n")
    assert report.rejected == {}


def test_a_number_excel_made_a_decimal_is_the_same_number(home: Path) -> None:
    report = loaded(home, "study_log", DRILL + f"{HANA},2026-04-13,算数,600.0,12.0,９,75.0,\n")
    assert report.rejected == {}
    assert rows_in(home, "study_log").select("seconds", "answers", "correct").rows() == [(600, 12, 9)]


def test_a_title_mistyped_is_named_never_guessed(home: Path) -> None:
    report = loaded(home, "mood", MOOD.replace("心の天気", "心の転機") + f"{HANA},2026-04-13,晴れ,\n")
    assert [said.code for said in report.sentences] == ["missing_column"]
    assert "心の天気" in report.sentences[0].ja


def test_no_answer_is_not_a_bad_mood_and_a_rate_without_answers_is_no_zero(home: Path) -> None:
    loaded(home, "mood", MOOD + f"{HANA},2026-04-13,未回答,\n")
    assert rows_in(home, "mood")["level"].to_list() == [None]
    report = loaded(home, "study_log", DRILL + f"{HANA},2026-04-13,算数,60,0,0,0.0,\n")
    assert (report.rows_loaded, report.remarked) == (1, {"rate_without_answers": 1})


SOUND = MOOD.encode() + f"{REN},2026-04-13,晴れ,\n".encode()
HOSTILE = {
    "a row longer than the header": (SOUND + f"{HANA},2026-04-13,晴れ,08:05,x\n".encode(), "row_too_long"),
    "a quote never closed": (SOUND + f'{HANA},2026-04-13,"晴れ,\n'.encode(), "broken_quotes"),
    "NUL in a row": (SOUND + f"{HANA},2026-04-13,晴\x00れ,\n".encode(), "nul_character"),
    "a cell of a megabyte": (SOUND + f"{HANA},2026-04-13,{'x' * 2000},\n".encode(), "cell_too_long"),
    "a formula for a mood": (SOUND + f'{HANA},2026-04-13,"=HYPERLINK(""http://x"")",\n'.encode(), "unknown_code"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_row_is_set_aside_and_the_others_stay(home: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "LONGEST_LINE", 1000)
    raw, code = HOSTILE[kind]
    report = loaded(home, "mood", raw)
    assert (report.rows_read, report.rows_loaded, report.rejected) == (2, 1, {code: 1})
    logged = rows_in(home, "rejected_row", "all").row(0, named=True)
    assert logged["file_row"] == 3
    assert all(logged[name] for name in ("message_ja", "message_en", "remedy_ja", "remedy_en"))


REFUSED = {
    "nothing at all": (b"", "empty_file"),
    "a header only": (MOOD.encode(), "no_rows"),
    "NULs from the first byte": (b"\x00" * 5000, "not_csv"),
    "a header that never ends": (b"x" * (2 << 20), "not_csv"),
    "a PDF": (b"%PDF-1.7\n1 0 obj", "not_csv"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "not_csv"),
    "a sign-in page": (b"<!doctype html><title>Login</title>", "not_csv"),
    "a zip that is no workbook": (zip_of({"mood.csv": SOUND}), "not_csv"),
    "a workbook cut off": (zip_of({"xl/workbook.xml": b"<workbook/>"})[:60], "broken_excel"),
    "a workbook that is a bomb": (zip_of({"xl/workbook.xml": b"", "xl/a.xml": b"0" * 8_000_000}), "zip_bomb"),
    "a workbook that climbs out": (zip_of({"xl/workbook.xml": b"", "../../a": b""}), "unsafe_name"),
    "a column twice": (MOOD.replace("回答時刻", "日付").encode() + SOUND.split(b"\n", 1)[1], "duplicate_header"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_hostile_file_is_a_sentence_with_a_remedy(home: Path, kind: str) -> None:
    raw, code = REFUSED[kind]
    report = loaded(home, "mood", raw)
    assert [said.code for said in report.sentences] == [code]
    assert report.sentences[0].remedy_ja


def test_of_mixed_encodings_the_rows_are_named_that_could_not_be_read(home: Path) -> None:
    mixed = SOUND + f"{HANA},2026-04-13,くもり,\n".encode("cp932") + HANA.encode() + b",2026-04-14,\x81,\n"
    report = loaded(home, "mood", mixed)
    assert (report.rows_loaded, report.rejected) == (2, {"unknown_code": 1}), "each line by its own encoding"
    assert [(said.code, "行 4" in said.ja) for said in report.sentences] == [("undecodable", True)]
