"""Tables made to be read by people: headings, titles in two rows, totals, notes, merged cells, a sheet a month, hidden sheets."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import ingest
from ingest.files import chunks
from ingest.files.excel import excel_sheets
from ingest.files.mapping import mapping_of
from ingest.files.reasons import IngestError
from ingest.files.sheet import sheet_of
from tests.ingest.tiny import HANA, MIHARASHI, NUMBERS, REN, drop, rows_in

Cells = list[list[Any]]
WANTED = mapping_of("attendance").columns
TITLES = ["学校コード", "児童生徒番号", "氏名", "日付", "出欠区分"]
MONDAY, TUESDAY = datetime.date(2026, 4, 13), datetime.date(2026, 4, 14)
HANA_ILL = [MIHARASHI, NUMBERS[HANA], "佐藤 はな", "2026-04-13", "病欠"]
REN_LATE = [MIHARASHI, NUMBERS[REN], "伊藤 れん", "2026-04-14", "遅刻"]
BOTH = [(MONDAY, "absent_sick"), (TUESDAY, "present")]
# a register with a column per day, for the people of one school
WIDE = f"""[columns]
student = ["番号"]
[fixed]
school = "{MIHARASHI}"
[wide]
titles = '(\\d{{1,2}})日?'
into = "day"
value = "status"
month = """


def book(*sheets: tuple[str, Cells], hidden: tuple[str, ...] = (), merged: tuple[tuple[int, int, int, int], ...] = ()) -> bytes:
    """Sheets by name; `merged` are cells of every sheet, as first row and column, last row and column."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets:
        sheet = made.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell != "":
                    sheet.write(row, column, cell)
        for first_row, first, last_row, last in merged:
            sheet.merge_range(first_row, first, last_row, last, rows[first_row][first])
        if name in hidden:
            sheet.hide()
        else:
            sheet.activate()
    made.close()
    return out.getvalue()


def csv_of(rows: Cells) -> str:
    return "".join(",".join(map(str, cells)) + "\r\n" for cells in rows)


def loaded(home: Path, content: bytes | str, ending: str = "csv") -> ingest.FileReport:
    drop(home, f"attendance/attendance-2026.{ending}", content)
    return next(file for file in ingest.load(home).files if file.source == "attendance")


def told(home: Path) -> list[tuple[datetime.date, str]]:
    return rows_in(home, "attendance").sort("day").select("day", "status").rows()


def described(home: Path, text: str) -> None:
    (home / "mappings").mkdir(exist_ok=True)
    (home / "mappings" / "attendance.toml").write_text(text, encoding="utf-8")


HEADINGS: dict[str, Cells] = {
    "a heading": [["令和8年度 出席簿"]],
    "a heading, a blank line and a date": [["出席簿", "", "見晴小学校"], [], ["出力日", "2026/5/1"]],
    "a heading with a comma in quotation marks": [['"出席簿, 4月"']],
    "a heading broken over lines": [['"出席簿\n（4月）"']],
}


@pytest.mark.parametrize("kind", HEADINGS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_headings_above_the_titles_of_a_csv_are_passed_over(home: Path, kind: str, encoding: str) -> None:
    above = HEADINGS[kind]
    content = csv_of([*above, TITLES, HANA_ILL, REN_LATE, [MIHARASHI, "99", "", "2026-04-13", "病欠"]])
    report = loaded(home, content.encode(encoding))
    assert (report.rows_loaded, report.rejected) == (2, {"unknown_child": 1})
    assert told(home) == BOTH
    assert rows_in(home, "rejected_row", "all")["file_row"].to_list() == [len(above) + 4], "rows are those a spreadsheet shows"


def test_headings_are_passed_over_in_chunks_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNKED", 0)
    monkeypatch.setattr(chunks, "CHUNK", 170)
    days = [MONDAY + datetime.timedelta(days=number) for number in range(5)]
    rows = [[MIHARASHI, NUMBERS[child], "", day, "病欠"] for child in (HANA, REN) for day in days]
    below = [[MIHARASHI, "99", "", MONDAY, "病欠"], ["", "", "合計", "", 10], ["以上"]]
    report = loaded(home, csv_of([["出席簿"], [], TITLES, *rows, *below]))
    assert (report.rows_read, report.rows_loaded, report.rejected) == (11, 10, {"unknown_child": 1})
    assert rows_in(home, "rejected_row", "all")["file_row"].to_list() == [14]


@pytest.mark.parametrize("is_csv", [True, False])
def test_titles_in_two_rows_are_read_together(home: Path, is_csv: bool) -> None:
    two: Cells = [["出席簿"], ["学校コード", "児童生徒番号", "氏名", "出欠の記録", ""], ["", "", "", "日付", "出欠区分"]]
    rows: Cells = [*two, HANA_ILL, REN_LATE, [MIHARASHI, "99", "", "2026-04-13", "病欠"]]
    content = csv_of(rows) if is_csv else book(("出席簿", rows), merged=((1, 0, 2, 0), (1, 1, 2, 1), (1, 3, 1, 4)))
    report = loaded(home, content, "csv" if is_csv else "xlsx")
    assert (report.rows_loaded, report.rejected, told(home)) == (2, {"unknown_child": 1}, BOTH)
    assert rows_in(home, "rejected_row", "all")["file_row"].to_list() == [6]


def test_a_row_of_somebody_is_no_second_row_of_titles() -> None:
    sheet = sheet_of(csv_of([TITLES, ["", "", "氏名", "日付", "出欠"], HANA_ILL]).encode(), {}, WANTED)
    assert sheet.titles == tuple(TITLES), "what stands below titles that are known is a row"
    assert sheet.frame.height == 2


BESIDE: dict[str, tuple[Cells, str]] = {
    "a total at the end": ([HANA_ILL, REN_LATE, ["", "", "合計", "", "2"]], "4"),
    "a total in place of the child": ([HANA_ILL, [MIHARASHI, "計", "", "", "1"], REN_LATE], "3"),
    "a note": ([HANA_ILL, REN_LATE, ["※ 4月分。転出者を除く", "", "", "", ""]], "4"),
    "a date of printing": ([HANA_ILL, REN_LATE, [], ["", "出力日：2026/05/01", "", "", ""], ["以上", "", "", "", ""]], "5、6"),
    "the titles again": ([HANA_ILL, TITLES, REN_LATE], "3"),
}


@pytest.mark.parametrize("kind", BESIDE)
@pytest.mark.parametrize("is_csv", [True, False])
def test_totals_notes_and_repeated_titles_are_nobodys_rows_and_are_told(home: Path, kind: str, is_csv: bool) -> None:
    rows, named = BESIDE[kind]
    report = loaded(home, csv_of([TITLES, *rows]) if is_csv else book(("出欠", [TITLES, *rows])), "csv" if is_csv else "xlsx")
    assert (report.rows_read, report.rejected, told(home)) == (2, {}, BOTH)
    assert [(said.code, f"（行 {named}）" in said.ja) for said in report.sentences] == [("side_rows", True)]


def test_what_could_be_somebodys_row_is_no_note(home: Path) -> None:
    lone = ["", "20239999", "", "", ""]
    report = loaded(home, csv_of([TITLES, HANA_ILL, REN_LATE, [MIHARASHI, NUMBERS[REN], "合計", "2026-04-15", "病欠"], lone]))
    assert (report.rows_loaded, report.rows_read, sum(report.rejected.values())) == (3, 4, 1), "a child may be called anything"


def test_a_total_of_classes_is_no_class(home: Path) -> None:
    titles = "学校コード,学年,学級,年月,授業日数,欠席延べ日数\n"
    drop(home, "attendance_totals/totals-2026.csv", f"{titles}{MIHARASHI},5,2組,4月,16,3\n{MIHARASHI},5,合計,4月,16,3\n")
    report = next(file for file in ingest.load(home).files if file.source == "attendance_totals")
    assert (report.rows_loaded, report.rejected, [said.code for said in report.sentences]) == (1, {}, ["side_rows"])
    assert rows_in(home, "attendance_total")["month"].to_list() == [datetime.date(2026, 4, 1)]


def test_a_weekday_row_below_the_days_is_nobodys(home: Path) -> None:
    described(home, WIDE + '"年月"')
    days = list(range(1, 31))
    names = [datetime.date(2026, 4, day).weekday() for day in days]
    content = csv_of([
        ["年月", "番号", *days], ["", "", *("月火水木金土日"[name] for name in names)],
        ["2026年4月", NUMBERS[HANA], *("病欠" if day == 13 else "" for day in days)],
    ])
    report = loaded(home, content)
    assert (report.rows_read, report.rejected, told(home)) == (1, {}, BOTH[:1])


def test_a_month_that_stands_in_the_sheets_name_alone(home: Path) -> None:
    described(home, WIDE + '"シート名"')
    april: Cells = [["番号", 13, 14], [NUMBERS[HANA], "病欠", ""]]
    may: Cells = [["番号", 13, 14], [NUMBERS[HANA], "", "病欠"], [NUMBERS[REN], "ビョウ", ""]]
    january: Cells = [["番号", 13, 14], [NUMBERS[REN], "遅刻", ""]]
    content = book(("表紙", [["出席簿", "", ""]]), ("4月", april), ("令和8年5月", may), ("1月", january))
    report = loaded(home, content, "xlsx")
    # 14 May is a day of closure, and ビョウ no word anybody knows
    assert report.rejected == {"not_a_school_day": 1, "unknown_code": 1}
    assert told(home) == [(MONDAY, "absent_sick"), (datetime.date(2027, 1, 13), "present")]
    logged = rows_in(home, "rejected_row", "all").select("column", "file_row").rows()
    assert sorted(logged) == [("令和8年5月!13", 3), ("令和8年5月!14", 2)], "the sheet is named with the column"
    kept = (home / report.kept_in).read_text("utf-8-sig")
    assert kept.startswith("番号,13,14,シート名,"), "mended there and dropped again, a row still knows its month"


def test_sheets_of_one_shape_are_all_read_and_the_others_named(home: Path) -> None:
    content = book(("1組", [TITLES, HANA_ILL]), ("2組", [["出席簿"], TITLES, REN_LATE]), ("担任メモ", [["いつ", "なに"], ["4/13", "面談"]]))
    report = loaded(home, content, "xlsx")
    assert (report.rows_loaded, told(home)) == (2, BOTH)
    told_of = [(said.code, "（1組、2組）" in said.ja, "担任メモ" in said.ja) for said in report.sentences]
    assert told_of == [("further_sheets", True, True)]


def test_one_child_twice_in_two_sheets_is_loaded_once(home: Path) -> None:
    report = loaded(home, book(("1組", [TITLES, HANA_ILL]), ("写し", [TITLES, HANA_ILL, REN_LATE])), "xlsx")
    assert (report.rows_loaded, report.rejected) == (2, {"twice_a_day": 1})


def test_a_hidden_sheet_is_never_read_in_place_of_a_visible_one(home: Path) -> None:
    old = [MIHARASHI, NUMBERS[HANA], "", "2026-04-15", "忌引"]
    report = loaded(home, book(("前の版", [TITLES, old]), ("出欠", [TITLES, HANA_ILL, REN_LATE]), hidden=("前の版",)), "xlsx")
    assert (report.sentences, told(home)) == ([], BOTH)


def test_where_only_hidden_sheets_hold_something_that_is_said() -> None:
    raw = book(("出欠", [TITLES, HANA_ILL]), ("表紙", []), hidden=("出欠",))
    with pytest.raises(IngestError) as refused:
        excel_sheets(raw, {}, WANTED)
    assert (refused.value.code, "出欠" in refused.value.sentence.ja) == ("hidden_sheets", True)
    assert excel_sheets(raw, {"sheet": "出欠"}, WANTED)[0].frame.height == 1, "unless the mapping asks for it"


def test_a_merged_cell_holds_for_every_row_it_is_merged_over(home: Path) -> None:
    rows: Cells = [
        ["出席簿", "", "", "", ""], TITLES,
        [MIHARASHI, NUMBERS[HANA], "佐藤 はな", "2026-04-13", "病欠"], ["", "", "", "2026-04-14", "病欠"],
        ["", NUMBERS[REN], "伊藤 れん", "2026-04-14", "遅刻"], ["※ 4月分", "", "", "", ""],
    ]
    content = book(("出欠", rows), merged=((0, 0, 0, 4), (2, 0, 4, 0), (2, 1, 3, 1), (2, 2, 3, 2), (5, 0, 5, 4)))
    report = loaded(home, content, "xlsx")
    assert (report.rows_read, report.rejected) == (3, {})
    assert told(home) == [(MONDAY, "absent_sick"), (TUESDAY, "absent_sick"), (TUESDAY, "present")]


def test_a_status_merged_over_days_holds_for_each_of_them(home: Path) -> None:
    described(home, WIDE + '"年月"')
    rows: Cells = [["年月", "番号", 13, 14, 15, 16], ["2026年4月", NUMBERS[HANA], "出停", "", "", ""]]
    loaded(home, book(("出欠", rows), merged=((1, 2, 1, 4),)), "xlsx")
    assert told(home) == [(datetime.date(2026, 4, day), "suspended") for day in (13, 14, 15)]


def test_a_figure_merged_over_rows_is_nobodys(home: Path) -> None:
    titles = ["学校コード", "学年", "学級", "年月", "授業日数", "欠席延べ日数"]
    rows: Cells = [titles, [MIHARASHI, "5", "2組", "4月", 16, 3], ["", "6", "1組", "", "", ""]]
    drop(home, "attendance_totals/totals-2026.xlsx", book(("統計", rows), merged=((1, 0, 2, 0), (1, 3, 2, 3), (1, 5, 2, 5))))
    report = next(file for file in ingest.load(home).files if file.source == "attendance_totals")
    assert (report.rows_loaded, report.rejected) == (0, {"merged_number": 2})
