"""校務DXチェックリスト: a school's answers, item by item."""

from __future__ import annotations

import polars as pl

from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex, add_school

FLOW = Flow(
    source="dx_checklist",
    label={"ja": "校務DXチェックリスト", "en": "School DX checklist"},
    beat="yearly",
    tables=("dx_answer",),
    purpose={
        "ja": "紙と押印の仕事から順に減らすため",
        "en": "to do away with paper and seals first",
    },
    seen_by={
        "ja": "管理職は自校、教育委員会は全校",
        "en": "heads for their own school; the board for all",
    },
    retention={"ja": "10年", "en": "ten years"},
    files=TABLES,
    example="dx_checklist-2026.csv",
    needs=("roster",),
    order=("school_id", "item"),
    keys=("school_id", "item"),
)


def check(rows: Rows, roster: RosterIndex) -> None:
    """The answers of one file."""
    add_school(rows, roster)
    rows.read("item", "item", str.strip, pl.String, code="missing_value")
    rows.read_text("item_name", "item_name")
    rows.read_code("answer", "answer", pl.String)
    rows.reject_repeated(FLOW.keys, "item")


SOURCE = fact_source(FLOW, check)
