"""Tests: one score per child and test, from a table or a OneRoster gradebook. A test not taken has no score, and is never a zero."""

from __future__ import annotations

import polars as pl

from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping
from ingest.files.rows import Rows
from ingest.files.strangers import GRADEBOOK
from ingest.flow import Flow
from ingest.intake.reading import Reading, Source, year_by_rows
from ingest.intake.roster_index import RosterIndex, add_child, add_enrollment, add_school
from ingest.lake.spool import Spool
from ingest.sources.gradebook import is_gradebook, result_frames, year_of_gradebook

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
    loose=GRADEBOOK | {"manifest.csv"},
    within=("roster", "results.csv"),
    needs=("roster",),
    order=("school_id", "student_id", "day", "subject"),
    keys=("student_id", "day", "subject", "title"),
)
HIGHEST = 1000


def check(rows: Rows, roster: RosterIndex) -> None:
    """The scores of one file."""
    add_school(rows, roster)
    add_child(rows, roster, "student", roster.children)
    rows.read_day("day", "day", roster.fiscal_year)
    rows.read_code("subject", "subject", pl.String)
    rows.read("title", "title", str.strip, pl.String, code="missing_value")
    rows.read_number("score", "score", pl.Float64, 0, HIGHEST, is_required=False)
    rows.read_number("full_score", "full_score", pl.Float64, 1, HIGHEST)
    rows.reject("score_above_full", "score", pl.col("score") > pl.col("full_score"))
    add_enrollment(rows, roster, "day")
    rows.reject("other_school", "school", pl.col("home_id") != pl.col("school_id"))
    rows.reject_repeated(FLOW.keys, "title")


def tables_of(reading: Reading) -> dict[str, pl.DataFrame | Spool]:
    """The tests of the 年度; where a table and a gradebook tell of the same test of a child, the gradebook is right."""
    gradebooks = [file for file in reading.files if is_gradebook(file)]
    spool = reading.spool()
    is_any_read = reading.read_files([file for file in reading.files if file not in gradebooks], check, spool)
    for results in result_frames(reading, gradebooks):
        spool.append(results)
        is_any_read = True
    return {spool.table: reading.latest(spool)} if is_any_read else {}


def year_of(file: Dropped, mapping: Mapping) -> int | None:
    """The 年度 of a file whose name does not say it."""
    return year_of_gradebook(file, mapping) if is_gradebook(file) else year_by_rows(file, mapping)


SOURCE = Source(FLOW, tables_of, year_of)
