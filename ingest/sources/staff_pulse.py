"""How staff feel about their work (質的な負担感): how many chose each answer. Nobody's own answer is read."""

from __future__ import annotations

import polars as pl

from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex, add_school

FLOW = Flow(
    source="staff_pulse",
    label={"ja": "教職員アンケート", "en": "Staff pulse"},
    beat="termly",
    tables=("staff_pulse",),
    purpose={
        "ja": "時間だけでは見えない負担を知り、仕事を見直すため",
        "en": "to see burdens that hours do not show, and to take work away",
    },
    seen_by={
        "ja": "管理職は自校、教育委員会は学校ごと。10人以上の答えだけ",
        "en": "heads for their own school, the board by school; answers of ten people or more",
    },
    retention={"ja": "3年", "en": "three years"},
    files=TABLES,
    example="staff_pulse-2026.csv",
    needs=("roster",),
    order=("school_id", "month", "question", "level"),
    keys=("school_id", "month", "question", "level"),
)
MOST = 1_000


def check(rows: Rows, roster: RosterIndex) -> None:
    """The answers of one file."""
    year = roster.fiscal_year
    add_school(rows, roster)
    rows.read_month("month", "month", year)
    rows.read("question", "question", str.strip, pl.String, code="missing_value")
    rows.read_code("level", "level", pl.Int16)
    rows.read_number("people", "people", pl.Int32, 0, MOST)
    rows.reject_repeated(FLOW.keys, "question")


SOURCE = fact_source(FLOW, check)
