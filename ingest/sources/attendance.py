"""The register of attendance: one row per child and day that was not simply present (出席簿の例外)."""

from __future__ import annotations

import re
from datetime import timedelta

import polars as pl

from access.clock import today_in
from ingest.files.moments import day_of
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
# A district of some size writes something down every school day. Rows after so many silent school days, and so few, may be slips.
LONE_GAP = 15
LONE_SHARE = 0.002
MANY_ROWS = 1000
PLANNED_DAYS = 60  # leave is asked for weeks ahead; a day beyond that is worth a look
# attendance_20260401-20261120.csv, 出欠 2026-04-01_2026-11-20.csv: what is meant is the second day
PERIOD_IN_NAME = re.compile(r"(?:19|20)\d{2}[-.]?\d{2}[-.]?\d{2}\D{1,3}((?:19|20)\d{2})[-.]?(\d{2})[-.]?(\d{2})(?!\d)")
IS_WEEKEND = pl.col("day").dt.weekday() > 5


def check(rows: Rows, roster: RosterIndex) -> None:
    """The rows of one register file."""
    add_school(rows, roster)
    add_child(rows, roster, "student", roster.children)
    rows.read_day("day", "day", roster.fiscal_year)
    rows.read_code("status", "mark", pl.String)
    rows.read_text("reason", "reason")
    read_period(rows, roster.fiscal_year)
    add_enrollment(rows, roster, "day")
    rows.reject("other_school", "school", pl.col("home_id") != pl.col("school_id"))
    if (school_day := is_school_day(roster)) is not None:
        rows.reject("not_a_school_day", "day", ~school_day & ~IS_WEEKEND)
        remark_implausible(rows, roster)
    marks = pl.col("mark").str.split("+")
    rows.frame = rows.frame.with_columns(
        status=marks.list.first(), is_late=marks.list.contains("late"), is_early_leave=marks.list.contains("early")
    )
    # a child may come late and leave early on one day: two rows, both true. Absent and late are not.
    rows.reject_repeated(FLOW.keys, "day", "contradicting_day", differing=("status",))
    rows.reject_repeated((*FLOW.keys, "is_late", "is_early_leave"), "day")
    # 土曜授業 and 運動会 are held at weekends, and a calendar may not have heard of them; without one nobody has
    rows.remark("weekend_attendance", "day", IS_WEEKEND if school_day is None else IS_WEEKEND & ~school_day)


def remark_implausible(rows: Rows, roster: RosterIndex) -> None:
    """Remark rows of a day that is hardly meant: long after today, or a handful that stand alone many school days after all others.

    They are kept. A row of a day to come is a plan until that day, and no single row says until when a school's register is in.
    """
    rows.remark("far_ahead", "day", pl.col("day") > today_in(roster.lake.root.parent) + timedelta(days=PLANNED_DAYS))
    days = rows.sound["day"].value_counts().sort("day")
    total = days["count"].sum()
    if total < MANY_ROWS:
        return
    passed = roster.days_of_school.search_sorted(days["day"])  # school days before each day of the register
    after_gap = days.with_columns(passed=passed).filter(pl.col("passed").cast(pl.Int64).diff() > LONE_GAP)["day"]
    for first in after_gap.to_list():
        if days.filter(pl.col("day") >= first)["count"].sum() < total * LONE_SHARE:
            rows.remark("lone_day", "day", pl.col("day") >= first)
            return


def read_period(rows: Rows, fiscal_year: int) -> None:
    """Add until when the file itself says it speaks: in a column of its own, or by the second of two days in its name."""
    rows.read_day("until", "spoken_until", fiscal_year, is_required=False)
    named = PERIOD_IN_NAME.search(rows.sheet.file)
    if named and (last := day_of("-".join(named.groups()))):
        rows.frame = rows.frame.with_columns(pl.col("spoken_until").fill_null(last))


SOURCE = fact_source(FLOW, check)
