"""記述の評価: what teachers write in words, above all for 特別支援. Words are never turned into numbers."""

from __future__ import annotations

import polars as pl

from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex, add_child, add_enrollment_of_year, add_school

FLOW = Flow(
    source="narrative",
    label={"ja": "記述の評価", "en": "Narrative evaluation"},
    beat="termly",
    tables=("narrative",),
    purpose={
        "ja": "数字では表せない成長を、次の担任と保護者に伝えるため",
        "en": "to hand on to the next teacher and the parents what numbers cannot say",
    },
    seen_by={
        "ja": "担任・学年・管理職・支援担当は担当する子だけ",
        "en": "class teachers, grade leaders, heads and support staff for their own children alone",
    },
    retention={"ja": "卒業後5年", "en": "five years after leaving school"},
    files=TABLES,
    example="narrative-2026.csv",
    needs=("roster",),
    order=("school_id", "student_id", "term", "day"),
    keys=("student_id", "term", "day", "kind", "text"),
)


def check(rows: Rows, roster: RosterIndex) -> None:
    """The texts of one file."""
    add_school(rows, roster)
    add_child(rows, roster, "student", roster.children)
    rows.read_code("term", "term", pl.Int16, is_required=False)
    rows.read_day("day", "day", roster.fiscal_year, is_required=False)
    rows.read_code("kind", "kind", pl.String)
    rows.read("text", "text", str.strip, pl.String, code="missing_value")
    add_enrollment_of_year(rows, roster, "student")
    rows.reject_repeated(FLOW.keys, "kind")


SOURCE = fact_source(FLOW, check)
