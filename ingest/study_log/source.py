"""Digital drill: summaries per child, day and subject, or the statements (xAPI) each answer leaves behind.

Of a summary the answers are counted; a rate is only compared with them. Where a summary and statements tell of the same child, day and
subject, the summary is right if it comes from the same tool, or does not say which it comes from; other tools' work is added to it.
"""

from __future__ import annotations

import polars as pl

from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping
from ingest.files.reasons import IngestError
from ingest.files.rows import Rows
from ingest.flow import Flow
from ingest.intake.reading import Reading, Source, year_by_rows
from ingest.intake.roster_index import RosterIndex, add_child, add_enrollment
from ingest.lake.spool import Spool
from ingest.study_log.log import statement_rows
from ingest.study_log.pieces import holds_statements, year_of_statements

FLOW = Flow(
    source="study_log",
    label={"ja": "デジタルドリル", "en": "Digital drill"},
    beat="daily",
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
    files=r"\.(csv|txt|tsv|xlsx|xlsm|xls|jsonl?|ndjson)$",
    example="drill-2026.csv, xapi-2026.jsonl",
    needs=("roster",),
    order=("school_id", "student_id", "day", "subject"),
    keys=("student_id", "day", "subject", "tool"),
)
DAY_SECONDS = 86_400
MOST_ANSWERS = 10_000
TOLERANCE = 0.0051  # of 1: one decimal of a percentage, and systems that round to whole ones


def check(rows: Rows, roster: RosterIndex) -> None:
    """The summaries of one file.

    Raises:
        IngestError: missing_column.
    """
    add_child(rows, roster, "learner", roster.learners)
    rows.read_day("day", "day", roster.fiscal_year)
    rows.read_code("subject", "subject", pl.String)
    rows.read_text("tool", "tool")
    rows.frame = rows.frame.with_columns(pl.col("tool").fill_null(""))
    add_seconds(rows)
    rows.read_number("answers", "answers", pl.Int32, 0, MOST_ANSWERS)
    add_correct(rows, float(rows.mapping.settings.get("rate_scale", 100)))
    add_enrollment(rows, roster, "day")
    rows.reject_repeated(FLOW.keys, "day")
    rows.frame = rows.frame.with_columns(school_id=pl.col("home_id"))


def need(rows: Rows, name: str) -> None:
    """Make sure of a column that may be missing only where another tells the same.

    Raises:
        IngestError: missing_column.
    """
    if name not in rows.places:
        raise IngestError("missing_column", column=rows.title(name))


def add_seconds(rows: Rows) -> None:
    """Add how long the child worked; systems write seconds or minutes."""
    if "minutes" not in rows.places or "seconds" in rows.places:
        need(rows, "seconds")
        rows.read_number("seconds", "seconds", pl.Int32, 0, DAY_SECONDS)
        return
    rows.read_number("minutes", "minutes", pl.Float64, 0, DAY_SECONDS / 60)
    rows.frame = rows.frame.with_columns(seconds=(pl.col("minutes") * 60).round().cast(pl.Int32))


def add_correct(rows: Rows, scale: float) -> None:
    """Add the right answers: as they were counted, else from the share of right ones, which is otherwise only compared with them.

    A share with no answers says nothing. One of 1 or less may be meant for either scale; where it has to be counted with, it must be clear.
    """
    has_answers = pl.col("answers") > 0
    is_ambiguous = (scale > 1) & pl.col("rate").is_between(0, 1, closed="right")
    is_counted = "correct" in rows.places or "rate" not in rows.places
    if is_counted:
        need(rows, "correct")
        rows.read_number("correct", "correct", pl.Int32, 0, MOST_ANSWERS)
        rows.reject("more_correct_than_answers", "correct", pl.col("correct") > pl.col("answers"))
    rows.read_number("rate", "rate", pl.Float64, 0, scale, is_required=False)
    if not is_counted:
        rows.reject("missing_value", "rate", pl.col("rate").is_null() & has_answers)
        rows.reject("rate_of_which_scale", "rate", is_ambiguous & has_answers)
        counted = (pl.col("answers") * pl.col("rate").fill_null(0) / scale).round()
        rows.frame = rows.frame.with_columns(correct=counted.cast(pl.Int32))
    share = pl.when(has_answers).then(pl.col("correct") / pl.col("answers"))
    differs = (pl.col("rate") / scale - share).abs() > TOLERANCE
    rows.remark("rate_without_answers", "rate", pl.col("rate").is_not_null() & ~has_answers)
    rows.remark("rate_differs", "rate", differs & ~(is_ambiguous & ((pl.col("rate") - share).abs() <= TOLERANCE)))


def tables_of(reading: Reading) -> dict[str, pl.DataFrame | Spool]:
    """The study log of the 年度: summaries, and what the statements add to them."""
    with_statements = [file for file in reading.files if holds_statements(file.path)]
    spool = reading.spool()
    is_any_read = reading.read_files([file for file in reading.files if file not in with_statements], check, spool)
    rows = reading.latest(spool)
    summarised = spool.select("student_id", "day", "subject", "tool")
    counted = statement_rows(reading, with_statements, summarised) if with_statements else None
    if counted is not None:
        spool.append(counted)
        rows, is_any_read = spool.rows, True
    return {spool.table: rows} if is_any_read else {}


def year_of(file: Dropped, mapping: Mapping) -> int | None:
    """The 年度 of a file whose name does not say it."""
    return year_of_statements(file) if holds_statements(file.path) else year_by_rows(file, mapping)


SOURCE = Source(FLOW, tables_of, year_of)
