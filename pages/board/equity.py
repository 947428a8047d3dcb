"""学びの条件: learning and absence beside 就学援助, in three groups of schools; nothing is told below the board."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card, picture, plain_table
from components.cards.states import quiet, where
from components.charts.intervals import intervals
from components.figures.figures import Figure, figure_in, value_text
from components.figures.funnel import interval_of, interval_text
from components.session_answers import ask
from components.tables.report import Column, ReportTable
from components.wording import _, language, said
from pages.board.compare_cards import interval_rows
from pages.choice import Period, offered_on, period
from pages.gaps import incomplete_notice
from pages.months import about, indicator_choice
from pages.origin import origin, origin_of
from pages.report_card import report_card
from queries.catalogue import Indicator
from queries.statistics import overdispersion

KINDS = ("elementary", "junior_high")
FEWEST_SCHOOLS = 3  # in each third: of two, one that knows itself knows the other


def page(viewer: Viewer) -> None:
    """Whether conditions and figures go together, said with how sure that is, and without a school's name."""
    now = period(viewer)
    facts = ask(viewer, "facts_of_schools").filter(
        (pl.col("fiscal_year") == now.fiscal_year) & pl.col("school_aid_rate").is_not_null()
    )
    st.title(_("equity.title"), anchor=False)
    where(f"{_('equity.where')}　{now.until_text}")
    incomplete_notice(viewer, now)
    used = frozenset(ask(viewer, "coverage_of_schools").get_column("source").drop_nulls())
    offered = offered_on("equity", "interval", used)
    if facts.is_empty() or not offered or viewer.masked:
        quiet(_("equity.none"))
        return
    indicator = indicator_choice(offered)
    tables = [table for kind in KINDS if (table := _kind_card(viewer, indicator, kind, now))]
    report_card(viewer, "equity", _("equity.title"), tables, now, _("equity.about"))


def _kind_card(viewer: Viewer, indicator: Indicator, kind: str, now: Period) -> ReportTable | None:
    rows = ask(viewer, "figures_of_thirds", indicator=indicator.name, fiscal_year=now.fiscal_year).filter(
        pl.col("school_kind") == kind
    )
    figures, sizes = summed(rows, indicator)
    if figures is None:
        quiet(_("equity.too_few", kind=_(f"school.kind_{kind}")))
        return None
    phi = (
        overdispersion(rows.get_column("numerator").to_list(), rows.get_column("denominator").to_list())
        if indicator.is_share
        else 1.0
    )
    names = [_(f"equity.group_{group}") for group in range(3)]
    finding = equity_finding(figures, indicator, _(f"school.kind_{kind}"), phi)
    table = ReportTable(
        f"equity-{kind}",
        finding,
        (
            Column(_("column.group")),
            Column(_("column.schools"), 0),
            Column(said(indicator.label)),
            Column(_("column.interval")),
        ),
        tuple((names[at], sizes[at], made.text, interval_text(made, phi)) for at, made in enumerate(figures)),
    )
    meaning = "\n".join((about(indicator, now), _("equity.about")))
    came_by = pl.concat([origin_of(viewer, [indicator.name]), origin(viewer, ("school_facts",))])
    with card(Card(finding, f"equity-{kind}", meaning, table.frame, f"miharashi-equity-{kind}", origin=came_by)):
        spans = [interval_of(made, phi) for made in figures]
        top = 1.4 * max(span.high if span else made.value or 0.0 for span, made in zip(spans, figures, strict=True))
        drawn = interval_rows(names, figures, phi, [made.text for made in figures])
        picture(drawn, intervals(f"{said(indicator.label)} ({said(indicator.unit)})", top, viewer.masked), finding,
                f"equity-{indicator.name}-{kind}-{language()}")  # fmt: skip
        plain_table(table.frame, finding, height="content")
    return table


def summed(rows: pl.DataFrame, indicator: Indicator) -> tuple[list[Figure] | None, list[int]]:
    """The figure of each third, and of how many schools; nothing where a third has fewer than three schools with a figure.

    Takes rows of `figures_of_thirds` of one kind of school.
    """
    thirds = rows.unique("third").sort("third")
    if thirds.height < 3 or thirds.get_column("third_schools").min() < FEWEST_SCHOOLS:  # type: ignore[operator]
        return None, []
    parts = ("numerator", "denominator", "people")
    figures = [figure_in({part: row[f"third_{part}"] for part in parts}, indicator.name) for row in thirds.rows(named=True)]
    return figures, thirds.get_column("third_schools").to_list()


def equity_finding(figures: list[Figure], indicator: Indicator, kind: str, phi: float) -> str:
    """Whether the outer thirds differ beyond their intervals, in words."""
    low, high = figures[0], figures[2]
    mine, theirs = interval_of(low, phi), interval_of(high, phi)
    words = {
        "kind": kind,
        "label": said(indicator.label),
        "low": value_text(indicator, low.value),
        "high": value_text(indicator, high.value),
    }
    if mine is None or theirs is None:
        return _("equity.plain", **words)
    apart = mine.high < theirs.low or theirs.high < mine.low
    return _("equity.apart" if apart else "equity.overlap", **words)
