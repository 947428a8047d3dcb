"""What a board takes along: its tables hold against the days they were counted from, and neither paper nor workbook names a child."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import fastexcel
import polars as pl
import pytest
from pypdf import PdfReader

from access import Viewer, gate, jurisdictions, viewers_of
from components.figures.figures import figure_in
from components.tables.report import Column, ReportTable, pdf_report, value_alone, value_of, xlsx_report
from pages.board import dx_tables, tables
from pages.board.pack import pack_files
from pages.choice import Period
from queries.dx import first_words
from queries.staff_plan import staff_plan
from queries.surveys import TABLES, surveys
from records import engine
from sample_data.cast import member
from tests.accounts import opened_store
from tests.office import converted

NOW = Period(date(2026, 11, 20), 2026, date(2026, 4, 1), date(2027, 3, 31))
TABLE = ReportTable(
    "t", "学校ごとの欠席率：[試し]", (Column("学校"), Column("欠席率 (%)", 1), Column("人数", 0)),
    (("見晴小学校", 2.04, 468), ("=1+1", "c", "c"), ("港小学校", None, 12)), note="ひとこと",
)  # fmt: skip


@pytest.fixture
def sato(sample_district: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Viewer]:
    before = jurisdictions.known()
    jurisdictions.use_district(sample_district / "district")
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    opened_store(tmp_path)
    yield replace(viewers_of(member("sato").staff_number)[0], username="sato")
    engine.forget()
    jurisdictions.use_jurisdictions(before)


@pytest.fixture
def days(sato: Viewer) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(gate.district_path()), read_only=True) as connection:
        yield connection


def names_of(sample_district: Path) -> set[str]:
    rows = pl.read_parquet(sample_district / "lake" / "student_name" / "all.parquet")
    full = rows.select(pl.concat_str("family_name", "given_name")).to_series()
    kana = rows.select(pl.concat_str("family_name_kana", "given_name_kana")).to_series()
    keys = pl.read_parquet(sample_district / "lake" / "student" / "all.parquet").get_column("key")
    return {*full, *kana.drop_nulls(), *keys}


def test_the_monthly_pack_is_made_and_names_no_child(
    sato: Viewer, sample_district: Path, record_property: Callable[[str, object], None]
) -> None:
    begun = time.perf_counter()
    made = pack_files(sato, NOW)
    record_property("walk", f"the board's monthly pack: {time.perf_counter() - begun:.1f} s")
    pages = ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made["pdf"])).pages]
    book = fastexcel.read_excel(made["xlsx"])
    sheets = [book.load_sheet(name, header_row=None, dtypes="string").to_polars() for name in book.sheet_names]
    words = "".join(pages) + "".join("".join(cell or "" for row in sheet.rows() for cell in row) for sheet in sheets)
    children = names_of(sample_district)
    assert len(children) > 18_000
    assert [name for name in children if name in words] == []
    schools = [row[0] for row in duckdb.connect(str(gate.district_path()), read_only=True).sql("select name from school").fetchall()]
    for school in schools:
        assert sum(page.startswith(school) for page in pages) == 1, f"a page for {school}"
    with engine.reading() as connection:
        kinds = connection.exec_driver_sql("select kind from export order by export_id").scalars().all()
    assert kinds == ["board_pack_pdf", "board_pack_xlsx"]


def test_long_absence_by_days_is_what_the_register_says(sato: Viewer, days: duckdb.DuckDBPyConnection) -> None:
    """Counted anew from the days: children of each kind of school, of those shown."""
    away = days.sql(
        "select student_id, arg_max(school.kind, day) as kind,"
        " count(*) filter (where attendance in ('absent_sick', 'absent_other', 'suspended', 'bereavement', 'excused_other')) as away"
        " from student_day inner join school using (school_id) where fiscal_year = 2025 group by student_id"
    ).pl()
    lengths = tables.long_absence_tables(sato, 2025, "year")[0]
    shown = 0
    for row in lengths.rows:
        kinds = {"小学校": ["elementary"], "中学校": ["junior_high"], "合計": ["elementary", "junior_high"]}.get(str(row[0]))
        for told, least in zip(row[2:5], (30, 50, 90), strict=True):
            if kinds and isinstance(told, int):
                counted = away.filter(pl.col("kind").is_in(kinds) & (pl.col("away") >= least)).height
                assert abs(counted - told) <= 2, "but for who moved between kinds of schools in the year"
                shown += 1
    assert shown >= 6
    assert lengths.rows[-1][0] == "合計"
    assert lengths.rows[-2][2:] == ("c",) * 5, "a special-needs school has a handful"


def test_girls_and_boys_add_up_to_all_of_them_and_no_few_are_told(sato: Viewer) -> None:
    lengths, _grades, sexes, _bases = tables.long_absence_tables(sato, 2025, "year")
    assert [row[:2] for row in sexes.rows[-2:]] == [("合計", "女"), ("合計", "男")]
    of_all, girls, boys = lengths.rows[-1], *sexes.rows[-2:]
    for whole, one, other in zip(of_all[1:5], girls[2:6], boys[2:6], strict=True):
        assert isinstance(one, int)
        assert isinstance(other, int)
        assert one + other == whole
    told = [value for row in sexes.rows for value in row[3:] if isinstance(value, int)]
    assert min(told) >= 10
    special = [row for row in sexes.rows if row[0] == "特別支援学校"]
    assert [row[2:] for row in special] == [("c",) * 6] * 2, "a special-needs school has a handful"


def test_the_second_way_of_counting_is_not_told_where_it_differs_by_a_few(sato: Viewer) -> None:
    bases = tables.long_absence_tables(sato, 2025, "year")[-1]
    for _kind, with_suspended, alone in bases.rows:
        assert alone == "c" or (isinstance(with_suspended, int) and isinstance(alone, int) and with_suspended - alone >= 10)


def test_scarce_attendance_is_within_ninety_days_and_counts_those_who_hardly_came(days: duckdb.DuckDBPyConnection) -> None:
    counted = days.sql(
        "select student_id from student_day where fiscal_year = 2025 group by student_id having"
        " count(*) filter (where attendance in ('absent_sick', 'absent_other', 'suspended', 'bereavement', 'excused_other')) >= 90"
        " and count(*) filter (where attendance = 'present') <= 10"
    ).fetchall()
    told = days.sql(
        "select cast(sum(cases) as integer) from cell"
        " where indicator = 'scarce_attendance' and place = 'kind' and period = 'year' and fiscal_year = 2025"
    ).fetchall()
    assert told == [(len(counted),)]
    assert counted


def test_hours_stand_beside_the_laws_aims(sato: Viewer, days: duckdb.DuckDBPyConnection) -> None:
    by_year, by_kind, by_group = tables.hours_tables(sato, NOW)
    mean, within = days.sql(
        "select avg(overtime_hours), 100 * avg((overtime_hours <= 45)::int) from staff_hours"
        " where fiscal_year = 2026 and is_to_date and overtime_hours is not null"
    ).fetchall()[0]
    assert by_year.rows[0][0] == "2026年度"
    assert by_year.rows[0][1] == pytest.approx(mean)
    assert by_year.rows[0][2] == pytest.approx(within)
    assert {row[0] for row in by_kind.rows} == {"小学校", "中学校", "特別支援学校", "合計"}
    assert len(by_group.rows) >= 3
    assert (staff_plan().mean_hours, staff_plan().by_fiscal_year, staff_plan().limit) == (30, 2029, 45)


def test_items_of_paper_and_seals_come_first(sato: Viewer) -> None:
    [table] = dx_tables.dx_tables(sato)
    first = [str(row[1]) for row in table.rows[:3]]
    assert all(any(word in name for word in first_words()) for name in first)
    assert all(sum(value for value in row[2:5] if isinstance(value, int)) <= 24 for row in table.rows)


def test_a_share_not_known_well_is_u_where_it_stands_without_its_interval() -> None:
    known, unknown = (figure_in({"numerator": 12.0, "denominator": of, "people": 60}, "long_absence") for of in (300.0, 35.0))
    assert value_alone(known) == pytest.approx(4.0)
    assert value_alone(unknown) == "u"
    assert value_of(unknown) == pytest.approx(34.3, abs=0.1), "beside its interval everybody sees how well it is known"
    assert value_alone(known, 12.0) == "u", "of days that come in runs there are fewer than there seem"
    assert value_alone(figure_in({"numerator": 90.0, "denominator": 20.0, "people": 10}, "overtime_hours")) == 4.5, "hours are no share"
    assert value_alone(figure_in({"is_hidden": True}, "long_absence")) == "c"


def test_every_survey_says_whether_it_is_answered_here() -> None:
    assert {each.table for each in surveys() if each.table} <= set(TABLES)
    assert any(each.status == "ask" for each in surveys())


def test_a_workbook_keeps_numbers_words_and_reasons_apart(tmp_path: Path, shared_folder: Path) -> None:
    file = tmp_path / "report.xlsx"
    file.write_bytes(xlsx_report([TABLE, TABLE], "月報\n11月まで", "ja"))
    for path in (file, converted(file, "xlsx", shared_folder / "office.lock")):
        book = fastexcel.read_excel(path)
        assert book.sheet_names == ["この表について", "学校ごとの欠席率：試し", "学校ごとの欠席率：試し 2"]
        sheet = book.load_sheet(1, n_rows=3).to_polars()
        assert sheet.columns == ["学校", "欠席率 (%)", "人数"]
        assert sheet.get_column("学校").to_list() == ["見晴小学校", "=1+1", "港小学校"], "words, not a formula"
        raw = fastexcel.read_excel(path).load_sheet(1, n_rows=1).to_polars()
        assert raw.row(0)[1:] == (2.04, 468)
        assert sheet.get_column("欠席率 (%)").to_list()[1] == "c"


def test_a_paper_has_a_page_for_each_table_that_asks_for_one() -> None:
    tables = [replace(TABLE, key=f"t{number}") for number in range(4)]
    made = pdf_report("月報", "11月まで", tables, "見晴らし", "ja", frozenset({"t2", "t3"}))
    pages = ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made)).pages]
    assert len(pages) == 3
    assert "月報" in pages[0]
    assert all("学校ごとの欠席率" in page for page in pages)
    assert "2.0" in pages[1]
    assert "468" in pages[1]
