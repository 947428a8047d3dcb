"""Tests: one score per child and test, from a table or a OneRoster gradebook. A test not taken has no score, and is never a zero."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping
from ingest.files.rows import Rows
from ingest.files.sheet import Sheet
from ingest.flow import Flow
from ingest.intake.facts import fact_tables, year_by_rows
from ingest.intake.presence import add_child, add_enrollment, add_school
from ingest.intake.reading import Reading, Source
from ingest.lake.roster_index import Register
from ingest.lake.spool import Spool
from ingest.sources.gradebook import is_gradebook, result_rows, year_of_gradebook

FLOW = Flow(
    source="assessment",
    label={"ja": "テスト", "en": "Tests"},
    beat="occasional",
    comes={"ja": "テストのたび", "en": "after each test"},
    tables=("assessment_result",),
    purpose={
        "ja": "学習のつまずきに気づき、授業と支援を見直すため",
        "en": "to notice where a child is stuck, and to look again at teaching and support",
    },
    seen_by={
        "ja": "担任・教科担任・学年・管理職は担当する子、教育委員会は集計のみ",
        "en": "class and subject teachers, grade leaders and heads for their own children; the board as totals",
    },
    retention={"ja": "年度末から3年", "en": "three years after the end of the school year"},
    files=r"\.(csv|txt|tsv|xlsx|xlsm|xls|zip)$",
    example="tests-2026.csv, gradebook-2026.zip",
    within=("roster", "results.csv"),
    needs=("roster",),
    order=("school_id", "student_id", "day", "subject"),
    keys=("student_id", "day", "subject", "title"),
)
HIGHEST = 1000


def checked(sheet: Sheet, mapping: Mapping, register: Register) -> Rows:
    """The scores of one file."""
    rows = Rows(sheet, mapping)
    add_school(rows, register)
    add_child(rows, register, "student", register.children)
    rows.read_day("day", "day", register.fiscal_year)
    rows.read_code("subject", "subject", pl.String)
    rows.read("title", "title", str.strip, pl.String, code="missing_value")
    rows.read_number("score", "score", pl.Float64, 0, HIGHEST, is_required=False)
    rows.read_number("full_score", "full_score", pl.Float64, 1, HIGHEST)
    rows.refuse("score_above_full", "score", pl.col("score") > pl.col("full_score"))
    add_enrollment(rows, register, "day")
    rows.refuse("other_school", "school", pl.col("home_id") != pl.col("school_id"))
    rows.refuse_repeated(FLOW.keys, "title")
    return rows


def tables_of(reading: Reading) -> dict[str, pl.DataFrame | Spool]:
    """The tests of the 年度; where a table and a gradebook tell of the same test of a child, the gradebook is right."""
    gradebooks = [file for file in reading.files if is_gradebook(file)]
    sheets = replace(reading, files=[file for file in reading.files if file not in gradebooks])
    tables = fact_tables(sheets, checked)
    told = result_rows(reading, gradebooks, FLOW.keys) if gradebooks else None
    if told is None:
        return tables
    return {"assessment_result": reading.merged([*tables.values(), told], FLOW.keys)}


def year_of(file: Dropped, mapping: Mapping) -> int | None:
    """The 年度 of a file whose name does not say it."""
    return year_of_gradebook(file, mapping) if is_gradebook(file) else year_by_rows(file, mapping)


SOURCE = Source(FLOW, tables_of, year_of)
