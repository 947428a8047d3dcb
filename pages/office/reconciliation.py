"""Whether the figures here agree with what the schools' own system adds up: differences first, with days that could explain them."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card, ruled_table
from components.cards.states import quiet, where
from components.cards.tiles import Tile, tiles
from components.dates import day_text, month_text
from components.session_answers import ask
from components.tables.heat_table import Cell, heat_table
from components.tables.origin import COUNTED_WITH
from components.wording import _, language
from pages.choice import period
from pages.origin import origin

SOURCES = ("attendance_totals", "attendance", *COUNTED_WITH)
# What is likeliest to explain a difference comes first.
WHYS = ("closure", "class_away", "corrected", "other_kind", "moved", "weekend", "closed", "counted")
MOST_DIFFERENCES = 60
MOST_DAYS = 12


def page(viewer: Viewer) -> None:
    """Classes and months, never a child."""
    schools, differences = ask(viewer, "reconciled_schools"), ask(viewer, "reconciliation_differences")
    figures = int(schools.get_column("figures").sum())
    st.title(_finding(figures, differences.height), anchor=False)
    where(_("reconciliation.where", until=period(viewer).until_text))
    if not figures:
        quiet(_("reconciliation.none_next"))
        return
    silent = schools.filter(pl.col("month").is_null()).get_column("school_name").to_list()
    tiles(
        [
            Tile(_("reconciliation.compared"), f"{figures:,}", (_("reconciliation.compared_note"),)),
            Tile(_("reconciliation.equal"), f"{figures - differences.height:,}"),
            Tile(_("reconciliation.different"), f"{differences.height:,}"),
            Tile(_("reconciliation.classes"), f"{differences.get_column('class_id').n_unique():,}"),
            Tile(_("reconciliation.silent"), f"{len(silent):,}", (_("reconciliation.silent_note"),) if silent else ()),
        ]
    )
    came_by = origin(viewer, SOURCES)
    if differences.height:
        _differences_card(differences, ask(viewer, "reconciliation_days"), came_by)
    _schools_card(schools, came_by)
    if silent:
        quiet(_("reconciliation.silent_schools", schools=_("state.comma").join(silent)))


def _finding(figures: int, differences: int) -> str:
    if not figures:
        return _("reconciliation.finding_none")
    key = "reconciliation.finding_differs" if differences else "reconciliation.finding_agrees"
    return _(key, figures=f"{figures:,}", differences=f"{differences:,}")


def _differences_card(differences: pl.DataFrame, days: pl.DataFrame, came_by: pl.DataFrame) -> None:
    shown = differences.head(MOST_DIFFERENCES)
    has_figures = shown.get_column("told").null_count() < shown.height
    explaining: dict[tuple[int, date, str], list[dict[str, Any]]] = {}
    for row in days.rows(named=True):
        explaining.setdefault((row["class_id"], row["month"], row["measure"]), []).append(row)
    rows = shown.rows(named=True)
    table = {
        _("column.class"): [f"{row['school_name']} {row['class_name']}" for row in rows],
        _("column.month"): ["\N{WORD JOINER}".join(month_text(row["month"].month, language())) for row in rows],
        _("column.measure"): [_(f"reconciliation.{row['measure']}") for row in rows],
        **({_("column.told"): [f"{row['told']}" for row in rows]} if has_figures else {}),
        **({_("column.counted"): [f"{row['counted']}" for row in rows]} if has_figures else {}),
        _("column.more"): [f"▲\N{NO-BREAK SPACE}{_signed(row['more'])}" for row in rows],
        _("column.explained"): [
            explanation(row, explaining.get((row["class_id"], row["month"], row["measure"]), [])) for row in rows
        ],
    }
    finding = _("reconciliation.differences", differences=f"{differences.height:,}")
    with card(Card(finding, "differences", _("reconciliation.differences_about"), origin=came_by)):
        ruled_table(pl.DataFrame(table))
        if differences.height > shown.height:
            st.text(_("reconciliation.more", shown=shown.height, differences=f"{differences.height:,}"))


def explanation(row: dict[str, Any], days: list[dict[str, Any]]) -> str:
    """The days that could explain a difference, likeliest first, each group with its reason; or that there are none."""
    parts = []
    for why in WHYS:
        told = [day for day in days if day["why"] == why]
        if not told:
            continue
        listed = _("state.comma").join(_day_words(day) for day in told[:MOST_DAYS])
        if len(told) > MOST_DAYS:
            listed += _("reconciliation.and_more", days=len(told) - MOST_DAYS)
        parts.append(_(f"reconciliation.why_{why}", days=listed))
    if parts:
        return " ".join(parts)
    if row["more"] is None:
        return _("reconciliation.why_head")
    return _("reconciliation.why_missing" if row["more"] > 0 else "reconciliation.why_unknown")


def _signed(more: int | None) -> str:
    """A difference with its sign; nothing where only the head of the school may know how large it is."""
    if more is None:
        return ""
    return f"{'＋' if more > 0 else '−'}{abs(more)}"


def _day_words(day: dict[str, Any]) -> str:
    words = day_text(day["day"], language())
    if day["event"]:
        return f"{words} {day['event']}"
    return _("reconciliation.of_children", day=words, children=day["children"]) if day["children"] else words


def _schools_card(schools: pl.DataFrame, came_by: pl.DataFrame) -> None:
    months = schools.get_column("month").drop_nulls().unique().sort().to_list()
    known = {(row["school_name"], row["month"]): row for row in schools.rows(named=True)}
    names = schools.get_column("school_name").unique(maintain_order=True).to_list()
    finding = _("reconciliation.schools", months=len(months))
    with card(Card(finding, "months", _("reconciliation.schools_about"), origin=came_by)):
        heat_table(
            _("column.school"),
            [month_text(month.month, language()) for month in months],
            [(name, [_month_cell(known.get((name, month))) for month in months]) for name in names],
            finding,
        )


def _month_cell(row: dict[str, Any] | None) -> Cell:
    if row is None:
        return Cell(_("reconciliation.not_told"), tone="unused")
    if row["differences"]:
        return Cell(f"▲ {row['differences']}", _("reconciliation.of_figures", figures=row["figures"]), "late")
    return Cell("○", _("reconciliation.all_figures", figures=row["figures"]), "good")
