"""What came in and what did not: how far each school has come, the last loads, and rows set aside with their reasons."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card, plain_table
from components.cards.states import where
from components.cards.tiles import Tile, tiles
from components.dates import day_text
from components.session_answers import ask
from components.wording import _, language
from pages.choice import period
from pages.coverage import STALE_DAYS, coverage_card, freshness
from pages.office.causes_card import causes_card, causes_of
from pages.office.rejected_rows import rejected_card, remarked_card


def page(viewer: Viewer) -> None:
    """The loads, for the administrator: no child, no figure, only what came in."""
    loads, files = ask(viewer, "loads"), ask(viewer, "files_in_force")
    coming = freshness(viewer)
    late = coming.filter("is_late").get_column("school_id").n_unique()
    read, aside = (int(files.get_column(name).sum() or 0) for name in ("rows_read", "rows_rejected"))
    causes = causes_of(viewer)
    finding = causes[0].line if causes else _finding(coming.get_column("school_id").n_unique(), late, aside)
    st.title(finding, anchor=False)
    where(_("loads.where", until=period(viewer).until_text))
    causes_card(causes, masked=viewer.masked)
    tiles(_tiles(loads, files, coming, late, read, aside))
    coverage_card(viewer, coming)
    rejected_card(viewer)
    remarked_card(viewer)
    _loads_card(loads)
    _files_card(files)


def _finding(schools: int, late: int, aside: int) -> str:
    coming = _("loads.finding_late", late=late, days=STALE_DAYS) if late else _("loads.finding_fresh", schools=schools)
    kept = _("loads.finding_aside", rows=f"{aside:,}") if aside else _("loads.finding_clean")
    return f"{coming}{_('loads.between')}{kept}"


def _tiles(
    loads: pl.DataFrame, files: pl.DataFrame, coming: pl.DataFrame, late: int, read: int, aside: int
) -> list[Tile]:
    last: dict[str, Any] = loads.row(0, named=True) if loads.height else {}
    at = last.get("loaded_at")
    refused = files.filter(pl.col("outcome") == "refused").height
    schools = coming.get_column("school_id").n_unique()
    remarked = int(files.get_column("rows_remarked").sum() or 0)
    return [
        Tile(
            _("loads.last"),
            day_text(at.date(), language()) if at else _("figure.none"),
            (f"{at:%H:%M}",) if at else (),
            is_small=True,
        ),
        Tile(_("loads.schools"), f"{schools - late}", (_("loads.of_schools", schools=schools),)),
        Tile(_("loads.rows_loaded"), f"{read - aside:,}", (_("loads.of_files", files=files.height, refused=refused),)),
        Tile(_("loads.rows_rejected"), f"{aside:,}", (_("loads.kept_aside"),)),
        Tile(_("loads.rows_remarked"), f"{remarked:,}", (_("loads.loaded_all_the_same"),)),
    ]


def _loads_card(loads: pl.DataFrame) -> None:
    finding = _("loads.loads_finding", loads=loads.height)
    with card(Card(finding, "loads", _("loads.loads_about"))):
        plain_table(
            loads.select(
                **{
                    _("column.load"): pl.col("load_id"),
                    _("column.loaded_at"): pl.col("loaded_at").dt.strftime("%Y-%m-%d %H:%M"),
                    _("column.files"): pl.col("files"),
                    _("column.refused_files"): pl.col("refused_files"),
                    _("column.rows_read"): pl.col("rows_read"),
                    _("column.rows_loaded"): pl.col("rows_loaded"),
                    _("column.rows_unchanged"): pl.col("rows_unchanged"),
                    _("column.rows_rejected"): pl.col("rows_rejected"),
                    _("column.rows_remarked"): pl.col("rows_remarked"),
                }
            ),
            finding,
            height="content",
        )


def _files_card(files: pl.DataFrame) -> None:
    finding = _("loads.files_finding", files=files.height)
    sources = {source: _(f"source.{source}") for source in files.get_column("source").unique()}
    outcomes = {outcome: _(f"loads.outcome_{outcome}") for outcome in ("loaded", "refused", "unchanged")}
    said = (pl.col(f"{name}_{language()}") for name in ("message", "remedy"))
    with card(Card(finding, "files", _("loads.files_about"))):
        plain_table(
            files.select(
                **{
                    _("column.source"): pl.col("source").replace_strict(sources, return_dtype=pl.String),
                    _("column.file"): pl.col("file"),
                    _("column.outcome"): pl.col("outcome").replace_strict(outcomes, default=None, return_dtype=pl.String),
                    _("column.rows_read"): pl.col("rows_read"),
                    _("column.rows_loaded"): pl.col("rows_loaded"),
                    _("column.rows_rejected"): pl.col("rows_rejected"),
                    _("column.first_on"): pl.col("first_on"),
                    _("column.last_on"): pl.col("last_on"),
                    _("column.said"): pl.concat_str(said, separator=" ", ignore_nulls=True),
                }
            ),
            finding,
        )
