"""What came in: the files of the last loads, and how many rows were set aside and why."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from components.answers import ask
from components.cards import Card, card, plain_table
from components.dates import long_day_text
from components.tiles import Tile, tiles
from components.wording import _, language, wordings


def page(viewer: Viewer) -> None:
    """The loads, for the administrator: no child, no figure, only what came in."""
    files = ask(viewer, "loads")
    rejected = ask(viewer, "rejected_rows")
    sources = {source: _(f"source.{source}") for source in files.get_column("source").unique()}
    reasons = {code: _reason(code) for code in rejected.get_column("code").unique()}
    read, loaded, aside = (
        int(files.get_column(name).sum() or 0) for name in ("rows_read", "rows_loaded", "rows_rejected")
    )
    last_at = files.get_column("loaded_at").max()
    st.title(_("loads.finding" if aside else "loads.finding_clean", rows=f"{read:,}", aside=f"{aside:,}"), anchor=False)
    tiles(
        [
            Tile(
                _("loads.last"),
                long_day_text(last_at.date(), language()) if last_at else _("figure.none"),
                (f"{last_at:%H:%M}",) if last_at else (),
                is_small=True,
            ),
            Tile(_("loads.files"), f"{files.height}"),
            Tile(_("loads.rows_loaded"), f"{loaded:,}"),
            Tile(_("loads.rows_rejected"), f"{aside:,}", (_("loads.kept_aside"),)),
        ]
    )
    with card(Card(_("loads.files_finding", files=files.height), "files", _("loads.files_about"))):
        plain_table(
            files.select(
                **{
                    _("column.source"): pl.col("source").replace_strict(sources),
                    _("column.file"): pl.col("file"),
                    _("column.rows_read"): pl.col("rows_read"),
                    _("column.rows_loaded"): pl.col("rows_loaded"),
                    _("column.rows_rejected"): pl.col("rows_rejected"),
                    _("column.first_on"): pl.col("first_on"),
                    _("column.last_on"): pl.col("last_on"),
                }
            ),
            _("loads.files_finding", files=files.height),
        )
    if rejected.is_empty():
        return
    finding = _("loads.rejected_finding", kinds=rejected.get_column("code").n_unique())
    with card(Card(finding, "rejected", _("loads.rejected_about"))):
        plain_table(
            rejected.select(
                **{
                    _("column.source"): pl.col("source").replace_strict(sources),
                    _("column.reason_code"): pl.col("code").replace_strict(reasons),
                    _("column.rows_rejected"): pl.col("rejected_rows"),
                    _("column.files"): pl.col("files"),
                }
            ),
            finding,
        )


def _reason(code: str) -> str:
    """The few words for a reason; a code without words is still counted, as something else."""
    return _(f"reason.{code}") if f"reason.{code}" in wordings() else _("reason.other")
