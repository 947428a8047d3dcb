"""What was not loaded, and what was loaded with a remark: how many rows, why, and what to do. Never what a row says."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card, plain_table, ruled_table
from components.cards.states import quiet
from components.documents.downloads import csv_of
from components.session_answers import ask
from components.wording import _, language

BLANK = r"\{\w+\}"
SHOWN = 200  # rows named on the page


def rejected_card(viewer: Viewer) -> None:
    """Rows set aside by reason and remedy, and the places a clerk has to look at."""
    rows = ask(viewer, "rejected_rows").rename({"rejected_rows": "rows"})
    if rows.is_empty():
        quiet(_("loads.none_rejected"))
        return
    finding = _("loads.rejected_finding", kinds=rows.get_column("code").n_unique(), rows=f"{_whole(rows):,}")
    with card(Card(finding, "rejected", _("loads.rejected_about"))):
        ruled_table(_by_reason(rows))
        _where_they_stand(viewer, "rejected_places", finding)
        if not viewer.masked:
            st.text(_("loads.rejected_where"))


def remarked_card(viewer: Viewer) -> None:
    """Rows that were loaded and that somebody should look at, and where they stand."""
    rows = ask(viewer, "remarked_rows").rename({"remarked_rows": "rows"})
    if rows.is_empty():
        return
    finding = _("loads.remarked_finding", kinds=rows.get_column("code").n_unique(), rows=f"{_whole(rows):,}")
    with card(Card(finding, "remarked", _("loads.remarked_about"))):
        ruled_table(_by_reason(rows))
        _where_they_stand(viewer, "remarked_places", finding)


def _where_they_stand(viewer: Viewer, question: str, finding: str) -> None:
    """File, row, column, reason and remedy of each row: the first on the page, all of them to take along. Nothing for a wall."""
    if viewer.masked:
        return
    places = ask(viewer, question)
    st.text(_("loads.places_shown", shown=min(SHOWN, places.height)))
    plain_table(_places(places.head(SHOWN)), finding)
    outcome = question.partition("_")[0]
    st.download_button(
        _("loads.rejected_copy"),
        data=lambda: csv_of(_places(ask(viewer, question))),
        file_name=f"miharashi-{outcome}.csv",
        mime="text/csv",
        key=f"copy-{outcome}",
    )


def _whole(rows: pl.DataFrame) -> int:
    return int(rows.get_column("rows").sum())


def _by_reason(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        **{
            _("column.source"): _source(rows),
            _("column.reason_code"): _spoken("message"),
            _("column.remedy"): _spoken("remedy"),
            _("column.rows"): pl.col("rows"),
            _("column.files"): pl.col("files"),
        }
    )


def _places(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        **{
            _("column.source"): _source(rows),
            _("column.file"): pl.col("file"),
            _("column.file_row"): pl.col("file_row"),
            _("column.file_column"): pl.col("column_name"),
            _("column.code"): pl.col("code"),
            _("column.reason_code"): _spoken("message"),
            _("column.remedy"): _spoken("remedy"),
        }
    )


def _source(rows: pl.DataFrame) -> pl.Expr:
    words = {source: _(f"source.{source}") for source in rows.get_column("source").unique()}
    return pl.col("source").replace_strict(words, return_dtype=pl.String)


def _spoken(name: str) -> pl.Expr:
    """The loader's own sentence with the column named, and every other blank left open: a value may be a child's."""
    said = pl.col(f"{name}_{language()}").fill_null(pl.col("code"))
    column = pl.col("column_name").fill_null("")
    return pl.struct(said.alias("said"), column.alias("column")).map_elements(
        lambda row: row["said"].replace("{column}", row["column"]), return_dtype=pl.String
    ).str.replace_all(BLANK, "…")
