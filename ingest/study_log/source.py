"""Digital drill: summaries per child, day and subject, or the statements (xAPI) each answer leaves behind.

Of a summary the answers are counted; a rate is only compared with them. Where a summary and statements tell of the same child, day and
subject, the summary is right if it comes from the same tool, or does not say which it comes from; other tools' work is added to it.
"""

from __future__ import annotations

import polars as pl

from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping
from ingest.files.moments import narrow
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
ROUNDING_ERROR = 1e-9  # of a quotient in floating point


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
        raise rows.mapping.without(name)


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
    if "rate" not in rows.places:
        need(rows, "correct")
    rows.read_number("correct", "correct", pl.Int32, 0, MOST_ANSWERS, is_required="rate" not in rows.places)
    rows.reject("more_correct_than_answers", "correct", pl.col("correct") > pl.col("answers"))
    rows.read_number("rate", "rate", pl.Float64, 0, scale, is_required=False)
    has_answers, is_counted = pl.col("answers") > 0, pl.col("correct").is_not_null()
    asked = "correct" if "correct" in rows.places else "rate"
    rows.reject("missing_value", asked, ~is_counted & pl.col("rate").is_null() & has_answers)
    is_ambiguous = (scale > 1) & pl.col("rate").is_between(0, 1, closed="right")
    rows.reject("rate_of_which_scale", "rate", ~is_counted & is_ambiguous & has_answers)
    rows.remark("rate_without_answers", "rate", pl.col("rate").is_not_null() & ~has_answers)
    compared = rows.sound.filter(is_counted & has_answers & pl.col("rate").is_not_null())
    rows.remark("rate_differs", "rate", pl.col("line").is_in(lines_of_other_rates(compared, scale).implode()))
    counted = (pl.col("answers") * pl.col("rate").fill_null(0) / scale).round().cast(pl.Int32)
    rows.frame = rows.frame.with_columns(correct=pl.coalesce("correct", counted))


def lines_of_other_rates(compared: pl.DataFrame, scale: float) -> pl.Series:
    """`line` of the rows whose rate is not that of their counts, as the system that wrote the file rounds.

    How many decimals it writes is the most there are in any cell; whether it rounds to the nearest, down or up, is what fits most rows.

    Args:
        compared: rows with answers, right answers and a rate.
        scale: what the rate of no mistake is; a rate of 1 or less may also be a share of 1.
    """
    unit = 0.1 ** max((len(narrow(cell).partition(".")[2]) for cell in compared["raw_rate"].unique()), default=0)
    share, rate = pl.col("correct") / pl.col("answers"), pl.col("rate")

    def fits(low: float, high: float) -> pl.Expr:
        within = [(rate - share * whole).is_between(low * unit - ROUNDING_ERROR, high * unit + ROUNDING_ERROR) for whole in (scale, 1)]
        return within[0] | (within[1] & (rate <= 1))

    ways = compared.select("line", nearest=fits(-0.5, 0.5), down=fits(-1, 0), up=fits(0, 1))
    way = max(("nearest", "down", "up"), key=lambda name: ways[name].sum())  # of equals the first
    return ways.filter(~pl.col(way))["line"]


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
