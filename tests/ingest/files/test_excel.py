"""Excel exports: the same cells as from a CSV, found below whatever stands above them; what is no workbook is a sentence."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from typer.testing import CliRunner

import ingest
from ingest.__main__ import app
from ingest.files import archive, encoding
from ingest.files.excel import excel_sheet, excel_sheets
from ingest.files.mapping import mapping_of
from ingest.files.reasons import IngestError
from tests.ingest.tiny import HANA, MIHARASHI, NUMBERS, REN, drop, rows_in, zip_of

TITLES = ["学校コード", "児童生徒番号", "日付", "出欠区分", "理由"]
WANTED = mapping_of("attendance").columns
DAY, NEXT = datetime.date(2026, 4, 13), datetime.date(2026, 4, 14)


def workbook(*sheets: list[list[Any]], names: tuple[str, ...] = (), merged: bool = False) -> bytes:
    """Sheets as Excel writes them: dates are dates, numbers numbers; "=…" is a formula and the value last calculated."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day, time = book.add_format({"num_format": "yyyy/m/d"}), book.add_format({"num_format": "h:mm"})
    for place, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[place] if names else None)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                match cell:
                    case (formula, value):
                        sheet.write_formula(row, column, formula, None, value)
                    case datetime.date():
                        sheet.write_datetime(row, column, datetime.datetime.combine(cell, datetime.time()), day)
                    case datetime.time():
                        sheet.write_datetime(row, column, cell, time)
                    case "":
                        pass
                    case _:
                        sheet.write(row, column, cell)
        if merged:
            sheet.merge_range(0, 0, 0, 4, rows[0][0])
    book.close()
    return out.getvalue()


def cells(raw: bytes, **settings: object) -> list[tuple]:
    return excel_sheet(raw, settings, WANTED).frame.drop("flaw").rows()


def refused(raw: bytes, **settings: object) -> str:
    with pytest.raises(IngestError) as found:
        excel_sheet(raw, settings, WANTED)
    assert found.value.sentence.ja
    return found.value.code


def test_dates_times_numbers_and_formulas_are_the_values_one_sees() -> None:
    raw = workbook([TITLES, [12.0, 0.85, DAY, datetime.time(8, 5), ("=1+2", 3)], [1234567890123, "007", True, "", "=x"]])
    assert cells(raw) == [(2, "12", "0.85", "2026-04-13", "08:05", "3"), (3, "1234567890123", "007", "true", "", "0")]


def test_the_header_is_found_below_a_title_and_rows_keep_the_numbers_of_the_sheet() -> None:
    above = [["令和8年度 出席簿"], [], ["作成日", DAY]]
    raw = workbook([*above, TITLES, [MIHARASHI, 1, DAY, "病欠", ""], [], [MIHARASHI, 2, DAY, "遅刻", ""]], merged=True)
    sheet = excel_sheet(raw, {}, WANTED)
    assert sheet.titles == tuple(TITLES)
    assert sheet.frame["file_row"].to_list() == [5, 7]


def test_the_mapping_may_say_how_many_rows_stand_above_the_titles() -> None:
    raw = workbook([TITLES, ["学校", "番号", "日", "欠", "わけ"], ["a", "b", "c", "d", "e"]])
    assert excel_sheet(raw, {"rows_above": 1}, WANTED).titles == ("学校", "番号", "日", "欠", "わけ")
    assert refused(raw, rows_above=3) == "empty_file"


def test_empty_columns_and_rows_at_the_end_are_nobodys() -> None:
    raw = workbook([[*TITLES, " "], ["a", "b", "c", "d", "", " "], [" ", " "], [" "]])
    sheet = excel_sheet(raw, {}, WANTED)
    assert (len(sheet.titles), sheet.frame.height) == (5, 1)


def test_every_visible_sheet_of_one_shape_or_the_one_the_mapping_names() -> None:
    raw = workbook([], [["名前", "数"], ["x", 1]], [TITLES, ["a"]], [TITLES, ["b"]], names=("表紙", "集計", "4月", "5月"))
    sheets = excel_sheets(raw, {}, WANTED)
    assert [(sheet.name, sheet.frame["c0"].to_list()) for sheet in sheets] == [("4月", ["a"]), ("5月", ["b"])]
    said = [each for sheet in sheets for each in sheet.sentences]
    assert {(each.code, "（4月、5月）" in each.ja, "（集計）" in each.ja) for each in said} == {("further_sheets", True, True)}
    named = excel_sheet(raw, {"sheet": "５月"}, WANTED)
    assert (named.frame["c0"].to_list(), named.sentences) == (["b"], ())
    assert excel_sheet(workbook([TITLES, ["a"]]), {}, WANTED).sentences == ()
    assert refused(raw, sheet="6月") == "unknown_sheet"
    assert refused(raw, sheet="表紙") == "empty_file"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (workbook([]), "empty_file"),
        (workbook([TITLES, ["a"]])[:-40], "broken_excel"),
        (b"PK\x03\x04rest", "broken_excel"),
        (encoding.OLD_EXCEL + bytes(2000), "broken_excel"),
        (encoding.OLD_EXCEL + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500), "locked_excel"),
        (zip_of({"a.csv": b"x"}), "not_csv"),
        (zip_of({"xl/workbook.xml": b"<workbook"}), "broken_excel"),
        (zip_of({"xl/workbook.xml": b"", "../x.xml": b""}), "unsafe_name"),
        (zip_of({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"0" * 8_000_000}), "zip_bomb"),
    ],
    ids=lambda each: each if isinstance(each, str) else "bytes",
)
def test_what_is_no_workbook_is_a_sentence(raw: bytes, code: str) -> None:
    assert refused(raw) == code


def test_two_cells_far_apart_do_not_ask_for_the_billions_between_them() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook([TITLES, ["a", "b"]]))) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    assert b'r="B2"' in sheet
    far = sheet.replace(b'<row r="2"', b'<row r="1048576"').replace(b'r="B2"', b"r = 'XFD1048576'").replace(b'r="A2"', b'r="A1048576"')
    assert refused(zip_of(members | {"xl/worksheets/sheet1.xml": far})) == "zip_bomb"


def test_the_sum_of_a_workbooks_parts_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 100)
    assert refused(workbook([TITLES])) == "zip_bomb"


def test_an_excel_register_is_loaded_like_a_csv(home: Path) -> None:
    rows = [["出席簿"], TITLES, [MIHARASHI, int(NUMBERS[HANA]), DAY, "病欠", "発熱"], [MIHARASHI, NUMBERS[REN], NEXT, "遅刻", ""],
            [MIHARASHI, 99, DAY, "病欠", ""]]
    drop(home, "attendance/attendance-2026.xlsx", workbook(rows))
    report = next(file for file in ingest.load(home).files if file.source == "attendance")
    assert (report.rows_read, report.rows_loaded, report.rejected) == (3, 2, {"unknown_child": 1})
    assert rows_in(home, "attendance")["day"].to_list() == [DAY, NEXT]
    kept = pl.read_csv(home / report.kept_in, infer_schema=False)
    assert kept.select(*TITLES, "※行").rows() == [(MIHARASHI, "99", "2026-04-13", "病欠", "", "5")]


def test_an_old_xls_is_read_too(home: Path) -> None:
    drop(home, "attendance/attendance-2026.xls", (Path(__file__).parent / "attendance.xls").read_bytes())
    ingest.load(home)
    assert rows_in(home, "attendance").select("day", "status").rows() == [(DAY, "absent_sick")]


def test_a_csv_that_calls_itself_xlsx_is_read_as_what_it_is(home: Path) -> None:
    drop(home, "mood/mood-2026.xlsx", f"学習者ID,日付,心の天気\n{HANA},2026-04-13,晴れ\n")
    ingest.load(home)
    assert rows_in(home, "mood").height == 1


def test_a_pdf_that_calls_itself_xlsx_is_a_sentence(home: Path) -> None:
    drop(home, "mood/mood-2026.xlsx", b"%PDF-1.7 ...")
    said = [said.code for file in ingest.load(home).files if file.source == "mood" for said in file.sentences]
    assert said == ["not_csv"]


def test_a_month_per_sheet_with_a_column_per_day(home: Path) -> None:
    (home / "mappings").mkdir()
    (home / "mappings" / "attendance.toml").write_text(
        'sheet = "出欠"\n[columns]\nstudent = ["番号"]\n[fixed]\nschool = "' + MIHARASHI + '"\n'
        "[wide]\ntitles = '(\\d{1,2})日?'\ninto = \"day\"\nvalue = \"status\"\nmonth = \"年月\"\n", encoding="utf-8"
    )
    rows = [["年月", "番号", 13, 14], [datetime.date(2026, 4, 1), int(NUMBERS[HANA]), "病欠", ""]]
    drop(home, "attendance/attendance-2026.xlsx", workbook([["出欠"]], rows, names=("表紙", "出欠")))
    ingest.load(home)
    assert rows_in(home, "attendance").select("day", "status").rows() == [(DAY, "absent_sick")]


def test_propose_reads_a_workbook(home: Path) -> None:
    ingest.load(home)
    rows = [["欠席一覧"], [], ["所属校CD", "個人番号", "欠席日", "出欠種別"], [1, int(NUMBERS[HANA]), DAY, "病"]]
    file = drop(home, "../unknown.xlsx", workbook(rows))
    run = CliRunner().invoke(app, ["propose", str(file), "--data", str(home)])
    assert run.exit_code == 1, "two words are left for a person to decide"
    assert 'day = ["欠席日"]' in run.output
