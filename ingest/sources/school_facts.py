"""Facts about whole schools on 1 May: sizes, and the rate of 就学援助, which exists only as a school's figure."""

from __future__ import annotations

import polars as pl

from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex, add_school

FLOW = Flow(
    source="school_facts",
    label={"ja": "学校の基礎数値", "en": "School facts"},
    beat="yearly",
    tables=("school_fact",),
    purpose={
        "ja": "条件の似た学校を見つけ、公平に比べるため",
        "en": "to find schools in a like position and to compare fairly",
    },
    seen_by={
        "ja": "教育委員会だけ",
        "en": "the board alone",
    },
    retention={"ja": "10年", "en": "ten years"},
    files=TABLES,
    example="school_facts-2026.csv",
    needs=("roster",),
    order=("school_id",),
    keys=("school_id",),
)
COUNTS = ("students", "classes", "special_needs_classes", "special_needs_students", "staff")
MOST = 5_000


def check(rows: Rows, roster: RosterIndex) -> None:
    """The schools of one file."""
    add_school(rows, roster)
    for name in COUNTS:
        rows.read_number(name, name, pl.Int32, 0, MOST, is_required=False)
    rows.read_number("school_aid_rate", "school_aid_rate", pl.Float64, 0, 100, is_required=False)
    rows.reject_repeated(FLOW.keys, "school")
    rows.remark("part_above_whole", "special_needs_students", pl.col("special_needs_students") > pl.col("students"))


SOURCE = fact_source(FLOW, check)
