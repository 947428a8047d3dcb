"""Files of another shape: a column per day, a day in three columns, one school per file, a district's own school codes."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import pytest

import ingest
from tests.ingest.tiny import HANA, MIHARASHI, NUMBERS, REN, child_ids, drop, rows_in

MAPPING = """
required = ["school", "student", "day", "status"]
[columns]
school = ["学校コード"]
student = ["児童番号"]
day = ["日"]
status = ["出欠"]
"""
WIDE = MAPPING + """
[wide]
titles = '(\\d{1,2})日'
into = "day"
value = "status"
month = "年月"
"""
DAYS = [f"{day}日" for day in range(1, 31)]
WIDE_HEADER = ",".join(["学校コード", "児童番号", "氏名", "年月", *DAYS])


def month_of(child: str, month: str, **marks: str) -> str:
    return ",".join([MIHARASHI, NUMBERS[child], "氏名", month, *(marks.get(f"d{day}", "") for day in range(1, 31))])


def loaded(home: Path, mapping: str, *lines: str, name: str = "attendance/attendance-2026.csv") -> ingest.FileReport:
    (home / "mappings").mkdir(exist_ok=True)
    (home / "mappings" / "attendance.toml").write_text(mapping, encoding="utf-8")
    drop(home, name, "\r\n".join(lines) + "\r\n", "cp932")
    return next(file for file in ingest.load(home).files if file.source == "attendance" and file.file == name.split("/")[1])


def marks_in(home: Path) -> list[tuple[int, int, str]]:
    return rows_in(home, "attendance").select("student_id", "day", "status").rows()


def test_a_month_per_row_becomes_a_row_per_day(home: Path) -> None:
    report = loaded(
        home, WIDE, WIDE_HEADER, month_of(HANA, "令和8年4月", d13="病欠", d15="出停"), month_of(REN, "2026年4月", d14="遅刻"),
    )
    ids = child_ids(home)
    assert (report.rows_read, report.rows_loaded, report.rejected) == (3, 3, {})
    assert marks_in(home) == [
        (ids[HANA], datetime.date(2026, 4, 13), "absent_sick"), (ids[HANA], datetime.date(2026, 4, 15), "suspended"),
        (ids[REN], datetime.date(2026, 4, 14), "present"),
    ]


def test_wrong_cells_are_named_by_their_column_and_the_row_can_be_mended_and_dropped_again(home: Path) -> None:
    report = loaded(home, WIDE, WIDE_HEADER, month_of(HANA, "2026年5月", d13="ビョウ", d14="病欠", d15="病欠"))
    assert (report.rows_read, report.rows_loaded, report.rejected) == (3, 1, {"unknown_code": 1, "not_a_school_day": 1})
    noted = rows_in(home, "rejected_row", "all")
    assert set(noted.select("file_row", "column", "value").rows()) == {(2, "13日", "ビョウ"), (2, "14日", "2026-05-14")}

    kept = next((home / "rejected").rglob("attendance__*.csv")).read_text("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(kept))
    assert set(row["※列"].split(" / ")) == {"13日", "14日"}, "one row, both reasons"
    row["13日"], row["14日"] = "病欠", ""
    mended = io.StringIO()
    writer = csv.DictWriter(mended, list(row))
    writer.writeheader()
    writer.writerow(row)
    again = loaded(home, WIDE, *mended.getvalue().splitlines(), name="attendance/mended-2026.csv")
    assert (again.rejected, [day for _, day, _ in marks_in(home)]) == ({}, [datetime.date(2026, 5, 13), datetime.date(2026, 5, 15)])


def test_a_day_in_three_columns_and_one_school_per_file(home: Path) -> None:
    mapping = MAPPING + f'[joined]\nday = ["年", "月", "日"]\n[fixed]\nschool = "{MIHARASHI}"\n'
    report = loaded(home, mapping, "児童番号,年,月,日,出欠", f"{NUMBERS[HANA]},令和８,４,１３,病欠", f"{NUMBERS[REN]},2026,4,14,忌引")
    assert report.rejected == {}
    assert [day for _, day, _ in marks_in(home)] == [datetime.date(2026, 4, 13), datetime.date(2026, 4, 14)]


def test_a_districts_own_school_codes(home: Path) -> None:
    mapping = MAPPING + f'[codes.school]\n"01" = "{MIHARASHI}"\n'
    known, unknown = f"０１,{NUMBERS[HANA]},2026/4/13,病欠", f"02,{NUMBERS[REN]},2026/4/13,病欠"
    report = loaded(home, mapping, "学校コード,児童番号,日,出欠", known, unknown)
    assert (report.rows_loaded, report.rejected) == (1, {"unknown_school": 1})


@pytest.mark.parametrize(
    ("mapping", "title"),
    [(WIDE, "年月"), (MAPPING + '[joined]\nday = ["年", "月", "日付"]\n', "日付"), (WIDE.replace("日'", "曜'"), "曜")],
)
def test_a_column_the_mapping_names_and_the_file_lacks(home: Path, mapping: str, title: str) -> None:
    header = "学校コード,児童番号,年,月,日,出欠,1日" if "wide" in mapping else "学校コード,児童番号,年,月,出欠"
    report = loaded(home, mapping, header, ",".join([MIHARASHI, NUMBERS[HANA], *[""] * header.count(",")][: header.count(",") + 1]))
    assert (report.outcome, report.sentences[0].code) == ("refused", "missing_column")
    assert title in report.sentences[0].ja
