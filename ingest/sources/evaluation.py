"""観点別学習状況 (A, B, C) and 評定, one row per child, term and subject. A grade without 評定 has none; that is not a zero."""

from __future__ import annotations

import polars as pl

from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex, add_child, add_enrollment_of_year, add_school

FLOW = Flow(
    source="evaluation",
    label={"ja": "観点別評価・評定", "en": "Evaluation"},
    beat="termly",
    tables=("evaluation",),
    purpose={
        "ja": "学期ごとの学習の様子を、ほかの記録と合わせて見るため",
        "en": "to see a term's learning together with the other records",
    },
    seen_by={
        "ja": "担任・教科担任・学年・管理職は担当する子、教育委員会は集計のみ",
        "en": "class and subject teachers, grade leaders and heads for their own children; the board as totals",
    },
    retention={"ja": "卒業後5年", "en": "five years after leaving school"},
    files=TABLES,
    example="evaluation-2026.csv",
    needs=("roster",),
    order=("school_id", "student_id", "term", "subject"),
    keys=("student_id", "term", "subject"),
)
ASPECTS = ("knowledge", "thinking", "attitude")


def check(rows: Rows, roster: RosterIndex) -> None:
    """The marks of one file."""
    add_school(rows, roster)
    add_child(rows, roster, "student", roster.children)
    rows.read_code("term", "term", pl.Int16)
    rows.read_code("subject", "subject", pl.String)
    for aspect in ASPECTS:
        rows.read_code(aspect, aspect, pl.String, "level", is_required=False)
    rows.read_number("overall_mark", "overall_mark", pl.Int16, 1, 5, is_required=False)
    add_enrollment_of_year(rows, roster, "student")
    reject_marks_of_other_grades(rows)
    rows.reject_repeated(FLOW.keys, "subject")


def reject_marks_of_other_grades(rows: Rows) -> None:
    """評定: none in 小1・2, 3 to 1 from 小3, 5 to 1 in 中学校 (学習評価及び指導要録の改善等について, 文部科学省 2019)."""
    mark, grade = pl.col("overall_mark"), pl.col("grade")
    rows.reject("mark_not_in_grade", "overall_mark", mark.is_not_null() & (grade <= 2), expected="–")
    rows.reject("mark_not_in_grade", "overall_mark", (mark > 3) & grade.is_between(3, 6), expected="3～1")


SOURCE = fact_source(FLOW, check)
