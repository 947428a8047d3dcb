"""Visits to the health room (保健室). Who wrote the record down is not read."""

from __future__ import annotations

import polars as pl

from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex, add_child, add_enrollment, add_school, is_school_day

FLOW = Flow(
    source="health_room",
    label={"ja": "保健室", "en": "Health room"},
    beat="daily",
    comes={"ja": "毎日または毎週", "en": "daily or weekly"},
    lists_exceptions=True,
    tables=("health_room",),
    purpose={
        "ja": "来室の増え方から体と心の不調に早く気づくため",
        "en": "to notice from more frequent visits that a child is unwell in body or mind",
    },
    seen_by={
        "ja": "回数は担任・管理職・養護教諭、症状と処置の文は養護教諭と管理職だけ、教育委員会は人数のみ",
        "en": "number of visits: class teacher, head, nurse; symptoms and treatment: nurse and head alone; the board as counts",
    },
    retention={"ja": "卒業後5年", "en": "five years after leaving school"},
    files=TABLES,
    example="health_room-2026.csv",
    needs=("roster", "calendar"),
    order=("school_id", "student_id", "day"),
    keys=("student_id", "day", "entered_at", "left_at", "reason", "symptom"),
)


def check(rows: Rows, roster: RosterIndex) -> None:
    """The visits of one file."""
    add_school(rows, roster)
    add_child(rows, roster, "student", roster.children)
    rows.read_day("day", "day", roster.fiscal_year)
    rows.read_time("entered_at", "entered_at")
    rows.read_time("left_at", "left_at")
    rows.read_number("temperature", "temperature", pl.Float64, 33, 43, is_required=False)
    for name in ("reason", "symptom", "action"):
        rows.read_text(name, name)
    add_enrollment(rows, roster, "day")
    rows.reject("other_school", "school", pl.col("home_id") != pl.col("school_id"))
    rows.reject_repeated(FLOW.keys, "day")
    rows.remark("left_before_entered", "left_at", pl.col("left_at") < pl.col("entered_at"))
    if (school_day := is_school_day(roster)) is not None:
        rows.remark("out_of_school_day", "day", ~school_day)


SOURCE = fact_source(FLOW, check)
