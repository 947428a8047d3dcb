"""What was not loaded, and what was loaded with a remark: how many rows, why, and what to do. Never what a row says."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card, ruled_table
from components.cards.states import quiet
from components.documents.downloads import csv_of
from components.session_answers import ask
from components.wording import _, language

BLANK = r"\{\w+\}"


def rejected_card(viewer: Viewer) -> None:
    """Rows set aside by reason and remedy, and a list of the places a clerk has to look at."""
    rows = ask(viewer, "rejected_rows").rename({"rejected_rows": "rows"})
    if rows.is_empty():
        quiet(_("loads.none_rejected"))
        return
    finding = _("loads.rejected_finding", kinds=rows.get_column("code").n_unique(), rows=f"{_whole(rows):,}")
    with card(Card(finding, "rejected", _("loads.rejected_about"))):
        ruled_table(_by_reason(rows))
        if not viewer.masked:
            st.download_button(
                _("loads.rejected_copy"),
                data=lambda: csv_of(_places(ask(viewer, "rejected_places"))),
                file_name="miharashi-rejected.csv",
                mime="text/csv",
                key="copy-rejected",
            )
            st.text(_("loads.rejected_where"))


def remarked_card(viewer: Viewer) -> None:
    """Rows that were loaded and that somebody should look at."""
    rows = ask(viewer, "remarked_rows").rename({"remarked_rows": "rows"})
    if rows.is_empty():
        return
    finding = _("loads.remarked_finding", kinds=rows.get_column("code").n_unique(), rows=f"{_whole(rows):,}")
    with card(Card(finding, "remarked", _("loads.remarked_about"))):
        ruled_table(_by_reason(rows))


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
