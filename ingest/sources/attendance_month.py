"""Counts of a child's month (月ごとの出欠の集計), from systems that give out nothing by day.

They stand by themselves: no day is made of them, and no figure but their own.
"""

from __future__ import annotations

import polars as pl

from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex, add_child, add_enrollment_of_year, add_school

FLOW = Flow(
    source="attendance_month",
    label={"ja": "月ごとの出欠の集計", "en": "Attendance counts by month"},
    beat="monthly",
    tables=("attendance_month",),
    purpose={
        "ja": "日ごとの出欠を書き出せない学校で、子どもの月ごとの欠席を知るため",
        "en": "to know how often a child was absent in a month where a school's system gives out no register by day",
    },
    seen_by={
        "ja": "担任・学年・管理職・養護教諭・支援担当は担当する子。教育委員会の数には入らない",
        "en": "class teachers, grade leaders, heads, nurses and support staff for their own children; in no figure of the board",
    },
    retention={"ja": "卒業後5年", "en": "five years after leaving school"},
    files=TABLES,
    example="attendance_month-2026.csv",
    needs=("roster",),
    order=("school_id", "student_id", "month"),
    keys=("student_id", "school_id", "month"),
)
MOST = 31
COUNTS = ("school_days", "suspended_days", "required_days", "absent_days", "late_days", "early_leave_days")


def check(rows: Rows, roster: RosterIndex) -> None:
    """The months of children of one file. Required days are told, or are school days but for those excused."""
    add_school(rows, roster)
    add_child(rows, roster, "student", roster.children)
    rows.read_month("month", "month", roster.fiscal_year)
    for name in COUNTS:
        rows.read_number(name, name, pl.Int32, 0, MOST, is_required=name == "absent_days")
    left = pl.col("school_days") - pl.col("suspended_days")
    rows.frame = rows.frame.with_columns(required_days=pl.coalesce("required_days", left))
    rows.reject("absent_above_required", "absent_days", pl.col("absent_days") > pl.coalesce("required_days", "school_days"))
    add_enrollment_of_year(rows, roster, "student")
    rows.reject_repeated(FLOW.keys, "month")


SOURCE = fact_source(FLOW, check)
