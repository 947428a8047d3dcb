"""校務DX: how schools answered the checklist, by item and by school, with what has moved since last year; paper and seals first."""

from __future__ import annotations

import polars as pl

from access import Viewer
from components.dates import short_fiscal_year_text
from components.session_answers import ask
from components.tables.report import Column, ReportTable
from components.wording import _, language
from queries.dx import first_words


def ordered_items(rows: pl.DataFrame) -> list[tuple[str, str]]:
    """Items with their names, those of paper, seals and FAX first, then as numbered."""
    items = rows.select("item", "item_name").unique("item", keep="last").sort("item").rows()
    return sorted(items, key=lambda item: not any(word in item[1] for word in first_words()))


def dx_tables(viewer: Viewer) -> list[ReportTable]:
    """Schools by item, newest year beside the one before; none where there are no answers."""
    rows = ask(viewer, "dx_items")
    if rows.is_empty():
        return []
    counted = {row["item"]: row for row in rows.rows(named=True)}
    newest, before = rows.row(0, named=True)["newest_year"], rows.row(0, named=True)["year_before"]
    lines = [
        (
            item,
            name,
            *(counted[item][answer] for answer in ("yes", "partly", "no")),
            counted[item]["yes_before"] if before is not None else _("report.not_available"),
        )
        for item, name in ordered_items(rows)
    ]
    this = short_fiscal_year_text(newest, language())
    last = short_fiscal_year_text(newest if before is None else before, language())
    return [
        ReportTable(
            "dx",
            _("dx.items", year=this),
            (Column(_("column.item")), Column(_("column.item_name")), Column(_("dx.yes"), 0), Column(_("dx.partly"), 0),
             Column(_("dx.no"), 0), Column(_("dx.yes_before", year=last), 0)),
            tuple(lines),
            note=_("dx.items_note"),
        )
    ]  # fmt: skip
