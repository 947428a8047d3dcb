"""The register of attendance: one row per child and day that was not simply present (出席簿の例外)."""

from __future__ import annotations

import polars as pl

from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex, add_child, add_enrollment, add_school, is_school_day

FLOW = Flow(
    source="attendance",
    label={"ja": "出欠", "en": "Attendance"},
    beat="daily",
    lists_exceptions=True,
    tables=("attendance",),
    purpose={
        "ja": "欠席・遅刻・早退の変化に早く気づき、支援につなげるため",
        "en": "to notice changes in absence and lateness early and to offer support",
    },
    seen_by={
        "ja": "担任・学年・管理職・養護教諭・支援担当は担当する子、教育委員会は人数のみ",
        "en": "class teachers, grade leaders, heads, nurses and support staff for their own children; the board as counts",
    },
    retention={"ja": "卒業後5年", "en": "five years after leaving school"},
    files=TABLES,
    example="attendance-2026.csv",
    needs=("roster", "calendar"),
    order=("school_id", "student_id", "day"),
    keys=("student_id", "day"),
)
# A district of some size writes something down every school day. Rows after so many silent school days, and so few, are slips.
LONE_GAP = 15
LONE_SHARE = 0.002
MANY_ROWS = 1000
IS_WEEKEND = pl.col("day").dt.weekday() > 5


def check(rows: Rows, roster: RosterIndex) -> None:
    """The rows of one register file."""
    add_school(rows, roster)
    add_child(rows, roster, "student", roster.children)
    rows.read_day("day", "day", roster.fiscal_year)
    rows.read_code("status", "mark", pl.String)
    rows.read_text("reason", "reason")
    add_enrollment(rows, roster, "day")
    rows.reject("other_school", "school", pl.col("home_id") != pl.col("school_id"))
    if (school_day := is_school_day(roster)) is not None:
        rows.reject("not_a_school_day", "day", ~school_day & ~IS_WEEKEND)
        reject_far_ahead(rows, roster)
    rows.reject_repeated(("student_id", "day"), "day")
    # 土曜授業 and 運動会 are held at weekends, and a calendar may not have heard of them; without one nobody has
    rows.remark("weekend_attendance", "day", IS_WEEKEND if school_day is None else IS_WEEKEND & ~school_day)
    marks = pl.col("mark").str.split("+")
    rows.frame = rows.frame.with_columns(
        status=marks.list.first(), is_late=marks.list.contains("late"), is_early_leave=marks.list.contains("early")
    )


def reject_far_ahead(rows: Rows, roster: RosterIndex) -> None:
    """Reject a handful of rows that stand alone many school days after all others.

    The last day of the register is the day all figures are counted up to; one slip of the pen must not move it to next March.
    """
    days = rows.sound["day"].value_counts().sort("day")
    total = days["count"].sum()
    if total < MANY_ROWS:
        return
    passed = roster.days_of_school.search_sorted(days["day"])  # school days before each day of the register
    after_gap = days.with_columns(passed=passed).filter(pl.col("passed").cast(pl.Int64).diff() > LONE_GAP)["day"]
    for first in after_gap.to_list():
        if days.filter(pl.col("day") >= first)["count"].sum() < total * LONE_SHARE:
            rows.reject("far_ahead", "day", pl.col("day") >= first)
            return


SOURCE = fact_source(FLOW, check)
