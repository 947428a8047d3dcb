"""The calendar of each school and grade (行事暦): which days school is held. Every rate is counted over these days."""

from __future__ import annotations

import polars as pl

from ingest.files.chunks import whole_of
from ingest.files.moments import bounds_of
from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex, add_school

FLOW = Flow(
    source="calendar",
    label={"ja": "行事暦", "en": "Calendar"},
    beat="yearly",
    comes={"ja": "年度はじめと変更のとき", "en": "at the start of the school year and on changes"},
    tables=("calendar_day",),
    purpose={"ja": "授業日数を正しく数えるため", "en": "to count the days school was held rightly"},
    seen_by={"ja": "すべての利用者", "en": "everyone who signs in"},
    retention={"ja": "期限なし（個人情報を含まない）", "en": "without limit (nothing personal)"},
    files=TABLES,
    example="calendar-2026.csv",
    needs=("roster",),
    order=("school_id", "grade", "day"),
    keys=("school_id", "grade", "day"),
)


def check(rows: Rows, roster: RosterIndex) -> None:
    """The days of one file."""
    add_school(rows, roster)
    rows.read_code("grade", "grade", pl.Int16)
    rows.read_day("day", "day", roster.fiscal_year)
    rows.read_code("kind", "kind", pl.String)
    rows.read_text("event", "event")
    rows.reject_repeated(FLOW.keys, "day")
    if rows.sheet.is_chunk:
        return  # a sheet a month: each has gaps, and the whole may have none
    starts_on, ends_on = bounds_of(roster.fiscal_year)
    whole = (ends_on - starts_on).days + 1
    is_short = pl.len().over("school_id", "grade") < whole
    is_first = pl.struct("school_id", "grade").is_first_distinct()
    gaps = rows.sound.filter(is_short).filter(is_first)["file_row"]
    rows.remark("calendar_gap", "school", pl.col("file_row").is_in(gaps.implode()))


SOURCE = fact_source(FLOW, check, sheets_of=whole_of)  # gaps show in the whole year only
