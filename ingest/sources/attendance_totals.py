"""出席統計: what the school's own system adds up for each class and month. To be compared with, never to be counted from."""

from __future__ import annotations

import polars as pl

from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex, add_class, add_school

FLOW = Flow(
    source="attendance_totals",
    label={"ja": "出席統計（照合用）", "en": "Attendance totals"},
    beat="monthly",
    tables=("attendance_total",),
    purpose={
        "ja": "見晴らしの数字が校務支援システムの集計と合っているかを確かめるため",
        "en": "to check the figures here against those of the school's own system",
    },
    seen_by={
        "ja": "管理職は自校、管理者は違いだけ",
        "en": "heads for their own school; the administrator only the differences",
    },
    retention={"ja": "卒業後5年", "en": "five years after leaving school"},
    files=TABLES,
    example="attendance_totals-2026.csv",
    needs=("roster",),
    order=("school_id", "class_id", "month"),
    keys=("school_id", "class_id", "month"),
)
# A month of school days of the largest class there could be.
MOST = 31 * 100


def check(rows: Rows, roster: RosterIndex) -> None:
    """The classes and months of one file."""
    year = roster.fiscal_year
    add_school(rows, roster)
    add_class(rows, roster)
    rows.read_month("month", "month", year)
    rows.read_number("school_days", "school_days", pl.Int32, 0, 31, is_required=False)
    for name in ("absent_days", "suspended_days"):
        rows.read_number(name, name, pl.Int32, 0, MOST, is_required=False)
    rows.reject_repeated(FLOW.keys, "month")


SOURCE = fact_source(FLOW, check)
