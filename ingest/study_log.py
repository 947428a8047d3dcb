"""Digital drill: a summary per child, day and subject. The answers are counted; a rate is only compared with them."""

from __future__ import annotations

import polars as pl

from ingest.facts import fact_source
from ingest.flow import Flow
from ingest.mapping import Mapping
from ingest.presence import add_child, add_enrollment
from ingest.register import Register
from ingest.rows import Rows
from ingest.sheet import Sheet

FLOW = Flow(
    source="study_log",
    label={"ja": "デジタルドリル", "en": "Digital drill"},
    frequency={"ja": "毎日", "en": "daily"},
    tables=("study_log",),
    purpose={
        "ja": "学習の量と正答の変化から、つまずきや意欲の変化に気づくため",
        "en": "to notice from time spent and answers given where a child is stuck or losing heart",
    },
    seen_by={
        "ja": "担任・教科担任・学年・管理職は担当する子、教育委員会は集計のみ",
        "en": "class and subject teachers, grade leaders and heads for their own children; the board as totals",
    },
    retention={"ja": "年度末から3年", "en": "three years after the end of the school year"},
    files=r"\.(csv|txt|tsv)$",
    example="drill-2026.csv",
    needs=("roster",),
    order=("school_id", "student_id", "day", "subject"),
    keys=("student_id", "day", "subject"),
)
DAY_SECONDS = 86_400
MOST_ANSWERS = 10_000
TOLERANCE = 0.0051  # of 1: one decimal of a percentage, and systems that round to whole ones


def checked(sheet: Sheet, mapping: Mapping, register: Register) -> Rows:
    """The summaries of one file."""
    rows = Rows(sheet, mapping)
    scale = float(mapping.settings.get("rate_scale", 100))
    add_child(rows, register, "learner", register.learners)
    rows.read_day("day", "day", register.fiscal_year)
    rows.read_code("subject", "subject", pl.String)
    rows.read_number("seconds", "seconds", pl.Int32, 0, DAY_SECONDS)
    rows.read_number("answers", "answers", pl.Int32, 0, MOST_ANSWERS)
    rows.read_number("correct", "correct", pl.Int32, 0, MOST_ANSWERS)
    rows.refuse("more_correct_than_answers", "correct", pl.col("correct") > pl.col("answers"))
    rows.read_number("rate", "rate", pl.Float64, 0, scale, is_required=False)
    add_enrollment(rows, register, "day")
    rows.refuse_repeated(FLOW.keys, "day")
    has_answers = pl.col("answers") > 0
    share = pl.when(has_answers).then(pl.col("correct") / pl.col("answers"))
    rows.remark("rate_without_answers", "rate", pl.col("rate").is_not_null() & ~has_answers)
    rows.remark("rate_differs", "rate", (pl.col("rate") / scale - share).abs() > TOLERANCE)
    rows.frame = rows.frame.with_columns(school_id=pl.col("home_id"))
    return rows


SOURCE = fact_source(FLOW, checked)
