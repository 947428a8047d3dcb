"""Tests, 観点別評価 and 評定, and evaluation in words: what a school has written about a child's learning, year by year."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card, plain_table
from components.cross_table import crosswise, sittings
from components.date_columns import long_day_column
from components.dates import long_day_text, short_fiscal_year_text
from components.session_answers import ask
from components.wording import _, as_written, language, wordings
from pages.choice import Period
from pages.origin import origin

NEWEST_TEXTS = 4
# Kinds of text that stand in place of numbers: a child with one of these is shown words first.
IN_WORDS = ("special_needs", "goal", "observation")


def of_schools(viewer: Viewer, question: str, schools: list[int], student_id: int) -> pl.DataFrame:
    """The rows of a question about one child at each of these schools, earlier schools first."""
    return pl.concat([ask(viewer, question, school_id=school_id, student_id=student_id) for school_id in schools])


def tests_card(viewer: Viewer, child: dict[str, Any], schools: list[int], now: Period) -> None:
    """Tests, the newest first, a column for each subject; tests of different content are never joined to one line."""
    tests = of_schools(viewer, "tests_of_child", schools, child["student_id"])
    if tests.is_empty():
        return
    subjects = tests.sort("day", descending=True).get_column("subject").unique(maintain_order=True)
    # one line for a test of one name, though each subject has its own day; of two of one name in a year each has a line
    sitting = ["fiscal_year", "title", "nth"]
    said = (
        pl.when(pl.col("score").is_null())
        .then(pl.lit(_("student.not_taken")))
        .otherwise(pl.format("{} / {}", _plain("score"), _plain("full_score")))
    )
    by_test = crosswise(sittings(tests).with_columns(said=said), [*sitting, "day"], "subject", "said").sort("day", descending=True)
    newest = by_test.row(0, named=True)
    finding = _(
        "student.tests",
        tests=by_test.filter(pl.col("fiscal_year") == now.fiscal_year).height,
        title=newest["title"],
        day=long_day_text(newest["day"], language()),
    )
    came_by = origin(viewer, ("assessment",), child["school_id"])
    with card(Card(finding, "tests", _("student.tests_about", until=now.until_text), origin=came_by)):
        plain_table(
            by_test.select(
                **{
                    _("column.day"): long_day_column("day", language()),
                    _("column.test"): pl.col("title"),
                    **{as_written(subject): pl.col(subject) for subject in subjects},
                }
            ),
            finding,
        )


def _plain(name: str) -> pl.Expr:
    """Points without a needless decimal: 85, and 17.5 where half points were given."""
    whole = pl.col(name).cast(pl.Int64)
    return pl.when(whole == pl.col(name)).then(whole.cast(pl.String)).otherwise(pl.col(name).round(1).cast(pl.String))


def evaluation_card(viewer: Viewer, child: dict[str, Any], schools: list[int], now: Period) -> None:
    """観点別評価 and 評定 by subject, the newest term first; nothing is added up and nothing averaged."""
    marks = of_schools(viewer, "evaluations_of_child", schools, child["student_id"])
    if marks.is_empty():
        return
    aspects = pl.col("knowledge", "thinking", "attitude")
    views = pl.format(_("student.aspects"), *(pl.col(name).fill_null("–") for name in ("knowledge", "thinking", "attitude")))
    no_views = pl.all_horizontal(aspects.is_null())
    said = pl.concat_str(
        pl.when(no_views).then(pl.lit("")).otherwise(views),
        pl.when(pl.col("overall_mark").is_null())
        .then(pl.lit(""))
        .otherwise(pl.format(_("student.overall_mark"), pl.col("overall_mark"))),
    )
    newest_first = marks.sort("fiscal_year", "term", descending=True, maintain_order=True)
    terms = newest_first.select("fiscal_year", "term").unique(maintain_order=True).rows()
    by_term = newest_first.with_columns(said=said, column=pl.format("{}-{}", "fiscal_year", "term"))
    table = crosswise(by_term, ["subject"], "column", "said").select(
        pl.col("subject").map_elements(as_written, return_dtype=pl.String).alias(_("column.subject")),
        *(pl.col(f"{year}-{term}").alias(term_text(year, term)) for year, term in terms),
    )
    finding = _("student.evaluation", term=term_text(*terms[0]), subjects=table.get_column(term_text(*terms[0])).drop_nulls().len())
    came_by = origin(viewer, ("evaluation",), child["school_id"])
    with card(Card(finding, "evaluation", _("student.evaluation_about", until=now.until_text), origin=came_by)):
        plain_table(table, finding)


def term_text(fiscal_year: int, term: int | None) -> str:
    """A term in words: 2026年度 1学期."""
    year = short_fiscal_year_text(fiscal_year, language())
    return _("student.term", year=year, term=term) if term else year


def narratives_of(viewer: Viewer, child: dict[str, Any], schools: list[int]) -> pl.DataFrame:
    """Everything written about a child, the newest first."""
    texts = of_schools(viewer, "narratives_of_child", schools, child["student_id"])
    return texts.sort("fiscal_year", "term", "day", descending=True, nulls_last=True, maintain_order=True)


def is_in_words(texts: pl.DataFrame, now: Period) -> bool:
    """Whether this child's learning is told in words this 年度 or last (特別支援), rather than in numbers."""
    recent = texts.filter(pl.col("fiscal_year") >= now.fiscal_year - 1)
    return recent.filter(pl.col("kind").is_in(IN_WORDS)).height > 0


def narrative_card(viewer: Viewer, child: dict[str, Any], texts: pl.DataFrame, now: Period) -> None:
    """Goals, dated observations and what teachers wrote, as they wrote it; no number is made of it."""
    if texts.is_empty():
        return
    newest = texts.row(0, named=True)
    finding = _("student.narrative", texts=texts.height, term=term_text(newest["fiscal_year"], newest["term"]))
    came_by = origin(viewer, ("narrative",), child["school_id"])
    with card(Card(finding, "narrative", _("student.narrative_about", until=now.until_text), origin=came_by)):
        for row in texts.head(NEWEST_TEXTS).rows(named=True):
            _text(row)
        if texts.height > NEWEST_TEXTS:
            with st.expander(_("student.older_texts", texts=texts.height - NEWEST_TEXTS)):
                for row in texts.slice(NEWEST_TEXTS).rows(named=True):
                    _text(row)


def _text(row: dict[str, Any]) -> None:
    key = f"student.kind_{row['kind']}"
    kind = _(key) if key in wordings() else row["kind"]
    when = long_day_text(row["day"], language()) if row["day"] else term_text(row["fiscal_year"], row["term"])
    st.text(f"{_('student.text_head', kind=kind, when=when)}\n{row['text']}")
