"""校務DX: the checklist by item and by school, and what has moved between years."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card, plain_table
from components.cards.states import quiet, where
from components.dates import short_fiscal_year_text
from components.session_answers import ask
from components.tables.heat_table import Cell, heat_table
from components.wording import _, language
from pages.board.dx_tables import dx_tables, ordered_items
from pages.choice import period
from pages.origin import origin
from pages.report_card import report_card

TONES = {"yes": "good", "partly": "plain", "no": "unused"}


def page(viewer: Viewer) -> None:
    """What schools still do on paper, and what they no longer do."""
    now = period(viewer)
    rows = ask(viewer, "dx_answers")
    if rows.is_empty():
        st.title(_("menu.dx"), anchor=False)
        quiet(_("dx.none"))
        return
    items = ask(viewer, "dx_items")
    newest, before = items.row(0, named=True)["newest_year"], items.row(0, named=True)["year_before"]
    further, back = (int(items.get_column(way).sum()) for way in ("further", "back"))
    year = short_fiscal_year_text(newest, language())
    st.title(
        _("dx.finding_one", year=year) if before is None else _("dx.finding", year=year, further=further, back=back),
        anchor=False,
    )
    where(f"{_('dx.where')}　{now.until_text}")
    came_by = origin(viewer, ("dx_checklist",))
    tables = dx_tables(viewer)
    for table in tables:
        with card(
            Card(
                table.title, "dx-items", _("dx.about"), table.frame, "miharashi-dx", is_table_shown=True, origin=came_by
            )
        ):
            plain_table(table.frame, table.title, height="content")
    _schools(rows.filter(pl.col("fiscal_year") == newest), year, came_by)
    report_card(viewer, "dx", _("menu.dx"), tables, now)


def _schools(rows: pl.DataFrame, year: str, came_by: pl.DataFrame) -> None:
    items = ordered_items(rows)
    answers = {(row["school_id"], row["item"]): row["answer"] for row in rows.rows(named=True)}
    schools = rows.select("school_id", "school_name", "list_order").unique("school_id").sort("list_order").rows()
    lines = [
        (name, [_cell(answers.get((school, item))) for item, _name in items])
        for school, name, _order in schools
    ]  # fmt: skip
    finding = _("dx.schools", year=year, schools=len(schools))
    with card(Card(finding, "dx-schools", _("dx.about"), origin=came_by)):
        heat_table(_("column.school"), [item for item, _name in items], lines, finding)
        st.text(_("dx.key"))


def _cell(answer: str | None) -> Cell:
    if answer is None:
        return Cell(_("figure.none"), tone="unused")
    return Cell(_(f"dx.sign_{answer}"), tone=TONES[answer])
