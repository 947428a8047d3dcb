"""心の天気: one tap a day, four answers in order (晴れ to 雷). Not answering is not a bad mood: the row stays, without a level."""

from __future__ import annotations

import polars as pl

from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex, add_child, add_enrollment, is_school_day

FLOW = Flow(
    source="mood",
    label={"ja": "心の天気", "en": "Mood"},
    beat="daily",
    tables=("mood",),
    purpose={
        "ja": "子どもが自分で選んだ気持ちの変化に気づき、声をかけるきっかけにするため",
        "en": "to notice a change in what children themselves say about their day, as an occasion to talk",
    },
    seen_by={
        "ja": "担任・学年・管理職・養護教諭・SCは担当する子、教育委員会は割合のみ",
        "en": "class teachers, grade leaders, heads, nurses and counsellors for their own children; the board as shares",
    },
    retention={"ja": "年度末から1年", "en": "one year after the end of the school year"},
    files=TABLES,
    example="mood-2026.csv",
    needs=("roster", "calendar"),
    order=("school_id", "student_id", "day"),
    keys=("student_id", "day"),
)


def check(rows: Rows, roster: RosterIndex) -> None:
    """The answers of one file."""
    add_child(rows, roster, "learner", roster.learners)
    rows.read_day("day", "day", roster.fiscal_year)
    rows.read_code("answer", "level", pl.Int16)
    rows.read_time("answered_at", "answered_at")
    add_enrollment(rows, roster, "day")
    rows.reject_repeated(("student_id", "day"), "day")
    if (school_day := is_school_day(roster)) is not None:
        rows.remark("out_of_school_day", "day", ~school_day)
    rows.frame = rows.frame.with_columns(
        school_id=pl.col("home_id"), level=pl.when(pl.col("level") > 0).then("level")
    )


SOURCE = fact_source(FLOW, check)
