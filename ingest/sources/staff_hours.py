"""Monthly hours of staff at school (在校等時間), and how many of them were beyond regular hours."""

from __future__ import annotations

from functools import partial

import polars as pl

from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.rejected_records import reject_pointing
from ingest.intake.roster_index import RosterIndex, add_school, looked_up

FLOW = Flow(
    source="staff_hours",
    label={"ja": "在校等時間", "en": "Staff hours"},
    beat="monthly",
    tables=("staff_hours",),
    purpose={"ja": "教職員の働きすぎを見つけ、仕事を減らすため", "en": "to find overwork and to take work away"},
    seen_by={
        "ja": "本人と所属長、ほかには人数を区切った集計のみ",
        "en": "the person and the head of the school; elsewhere as totals of enough people",
    },
    retention={"ja": "3年", "en": "three years"},
    files=TABLES,
    example="staff_hours-2026.csv",
    needs=("roster",),
    order=("school_id", "staff_id", "month"),
    keys=("staff_id", "school_id", "month"),
)
MOST_HOURS = 744  # 31 days of 24 hours


def check(rows: Rows, roster: RosterIndex) -> None:
    """The months of one file."""
    year = roster.fiscal_year
    rows.reject_eaten("staff", roster.staff.keys())
    known = partial(looked_up, roster.staff)
    reject_pointing(rows, "staff", "rejected_person", roster.rejected_people, known=known)
    rows.read("staff", "staff_id", known, pl.Int32, code="unknown_staff", year=year)
    add_school(rows, roster)
    rows.read_month("month", "month", year)
    rows.read_number("hours", "hours", pl.Float64, 0, MOST_HOURS)
    rows.read_number("overtime_hours", "overtime_hours", pl.Float64, 0, MOST_HOURS)
    rows.reject_repeated(FLOW.keys, "month")
    rows.remark("more_overtime_than_hours", "overtime_hours", pl.col("overtime_hours") > pl.col("hours"))


SOURCE = fact_source(FLOW, check)
