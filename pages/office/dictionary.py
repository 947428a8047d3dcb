"""The data dictionary: what comes from where, what it is for, and what every figure and column means."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card
from components.cards.states import quiet, where
from components.choices import picked
from components.session_answers import ask
from components.tables.heat_table import Cell, heat_table
from components.wording import _, language, said
from queries.catalogue import Indicator, indicators

EVERY = "all"
DECLARED = ("purpose", "seen_by", "retention", "frequency")


def page(viewer: Viewer) -> None:
    """The dictionary of the district file, for everyone: the words are nobody's secret."""
    flows, entries = ask(viewer, "declared_flows"), ask(viewer, "dictionary_entries")
    head = st.container()
    left, right = st.columns(2)
    with left:
        source = picked("source", _("choice.source"), {EVERY: _("choice.every_source")} | _labels(flows))
    with right:
        word = st.text_input(
            _("dictionary.search"),
            key="dictionary-search",
            placeholder=_("dictionary.search_hint"),
            label_visibility="collapsed",
        ).strip()
    figures = list(indicators().values())
    if source != EVERY:
        flows, entries = flows.filter(pl.col("source") == source), entries.filter(pl.col("source") == source)
        figures = [figure for figure in figures if figure.source == source]
    with head:
        st.title(_finding(flows, entries, figures, source), anchor=False)
        where(_("dictionary.where"))
    figures = [figure for figure in figures if _speaks_of(figure, word)]
    entries = entries.filter(_holds(word, "table_name", "column_name", "meaning_ja", "meaning_en"))
    flows = flows.filter(_holds(word, *(name for name in flows.columns if name != "tables")))
    if not figures and entries.is_empty() and flows.is_empty():
        quiet(_("dictionary.nothing", word=word))
    if flows.height:
        _flows_card(flows)
    if figures:
        _figures_card(figures)
    if entries.height:
        _entries_card(entries)


def _labels(flows: pl.DataFrame) -> dict[str, str]:
    return dict(flows.select("source", f"label_{language()}").rows())


def _finding(flows: pl.DataFrame, entries: pl.DataFrame, figures: list[Indicator], source: str) -> str:
    counted = {"tables": entries.get_column("table_name").n_unique(), "figures": len(figures)}
    if source == EVERY:
        return _("dictionary.finding", sources=flows.height, **counted)
    return _("dictionary.finding_one", source=_labels(flows)[source], **counted)


def _holds(word: str, *columns: str) -> pl.Expr:
    """Whether a word stands in any of these columns, capitals aside."""
    return pl.any_horizontal(
        pl.col(column).fill_null("").str.to_lowercase().str.contains(word.lower(), literal=True) for column in columns
    )


def _speaks_of(figure: Indicator, word: str) -> bool:
    told = (figure.name, *figure.label.values(), *figure.meaning.values())
    return any(word.lower() in text.lower() for text in told)


def _flows_card(flows: pl.DataFrame) -> None:
    finding = _("dictionary.flows")
    with card(Card(finding, "flows", _("dictionary.flows_about"))):
        heat_table(
            _("column.source"),
            [_(f"column.{name}") for name in DECLARED],
            [
                (row[f"label_{language()}"], [Cell(row[f"{name}_{language()}"]) for name in DECLARED])
                for row in flows.rows(named=True)
            ],
            finding,
            look="wrapped",
        )


def _figures_card(figures: list[Indicator]) -> None:
    finding = _("dictionary.figures", figures=len(figures))
    rows = [
        (
            said(figure.label),
            [
                Cell(said(figure.meaning)),
                Cell(f"{said(figure.numerator_label)} ÷ {said(figure.denominator_label)}"),
                Cell(_(f"source.{figure.source}")),
            ],
        )
        for figure in figures
    ]
    columns = [_("column.meaning"), _("column.fraction"), _("column.source")]
    with card(Card(finding, "figures", _("dictionary.figures_about"))):
        heat_table(_("column.figure"), columns, rows, finding, look="wrapped")


def _entries_card(entries: pl.DataFrame) -> None:
    finding = _("dictionary.entries", entries=entries.height)
    columns = [_("column.column"), _("column.meaning"), _("column.type"), _("column.source")]
    rows = [
        (
            row["table_name"],
            [
                Cell(row["column_name"] or _("dictionary.whole_table")),
                Cell(row[f"meaning_{language()}"] or ""),
                Cell(row["column_type"] or ""),
                Cell(_(f"source.{row['source']}") if row["source"] else ""),
            ],
        )
        for row in entries.rows(named=True)
    ]
    with card(Card(finding, "entries", _("dictionary.entries_about"))):
        heat_table(_("column.table"), columns, rows, finding, look="wrapped")
