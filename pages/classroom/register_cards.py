"""The cards of a class by child: the register of the last days or of the term, and the months of each child."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from access import Viewer, sight_of
from components.cards.card import Card, foot, frame, heading, picture
from components.cards.states import quiet
from components.charts.children import children
from components.charts.register import register
from components.children.marks import TERM_BEGINS
from components.children.months import month_rows, top_of
from components.choices import switched
from components.dates import month_text
from components.session_answers import ask
from components.tables.register_marks import LENSES, happened, marked_days, register_finding
from components.wording import _, language
from pages.choice import Period
from pages.origin import COUNTED_WITH, origin

DAYS_SHOWN = 20
MOST_DAYS = 250
PANELS_IN_A_ROW = 5  # five shrink to a tablet and can still be read
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)


def register_card(viewer: Viewer, chosen: dict[str, Any], used: frozenset[str], now: Period) -> str | None:
    """The days of every child, twenty or the term; which kind of record was chosen, for the card below."""
    named = sight_of(viewer).named
    if "roster" not in named:
        quiet(_("state.no_children_on_projector") if viewer.masked else _("state.no_children"))
        return None
    lenses = [lens for lens, kind in LENSES.items() if kind in named and kind in used]
    days = ask(viewer, "recent_school_days", school_id=chosen["school_id"], grade=chosen["grade"], days=MOST_DAYS)
    if days.is_empty():
        quiet(_("state.no_school_days"))
        return None
    if not lenses:  # a sentence of the page has said what does not come
        return None
    spans = _spans(viewer, chosen, days, now)
    with frame("register"):
        head = st.container()
        with st.container(horizontal=True):
            lens = switched("lens", _("class.lens"), {lens: _(f"lens.{lens}") for lens in lenses})
            span = switched("span", _("class.span"), {name: _(f"class.span_{name}") for name in spans})
        _register(viewer, chosen, lens, spans[span], span == "term", head, now)
    return lens


def _spans(viewer: Viewer, chosen: dict[str, Any], days: pl.DataFrame, now: Period) -> dict[str, pl.Series]:
    """The 授業日 to choose from: the last twenty, and this term where the calendar says when it began."""
    known = days.get_column("day").sort(descending=True)
    spans = {"recent": known.head(DAYS_SHOWN)}
    events = ask(
        viewer, "events_of_school", school_id=chosen["school_id"], grade=chosen["grade"], fiscal_year=now.fiscal_year
    )
    begun = events.filter(pl.col("event").str.contains(TERM_BEGINS, literal=True), pl.col("day") <= now.day).get_column("day")
    if begun.len():
        spans["term"] = known.filter(known >= begun.max())
    return spans


def _register(
    viewer: Viewer, chosen: dict[str, Any], lens: str, days: pl.Series, is_term: bool, head: Any, now: Period
) -> None:
    first: date = days.min()  # type: ignore[assignment]
    rows = ask(
        viewer, "register_of_class", school_id=chosen["school_id"], class_id=chosen["class_id"], from_day=first
    )
    finding = register_finding(rows, lens, days.len())
    about = _("class.register_about", source=_(f"source.{LENSES[lens]}"), until=now.until_text)
    with head:
        heading(finding, about)
    shown = happened(sight_of(viewer).named)
    wanted = st.pills(_("class.filter"), list(shown), format_func=lambda name: _(f"class.happened_{name}"), selection_mode="multi",
                      key="register-filter")  # fmt: skip
    drawn = rows
    if wanted:
        found = rows.filter(pl.any_horizontal(shown[name] for name in wanted)).get_column("student_id").unique()
        drawn = rows.filter(pl.col("student_id").is_in(found.to_list()))
        quiet(_("class.filtered", children=found.len(), all=rows.get_column("student_id").n_unique()))
    if drawn.height:
        key = f"register-{lens}-{'term' if is_term else 'recent'}-{language()}"
        picture(marked_days(drawn, lens), register(viewer.masked, dense=is_term), finding, key)
    st.text(_(f"lens.{lens}_ground" if is_term else f"lens.{lens}_key"))
    came_by = origin(viewer, (LENSES[lens], *COUNTED_WITH), chosen["school_id"])
    foot(Card(finding, "register", about, origin=came_by))


def months_card(viewer: Viewer, chosen: dict[str, Any], lens: str, now: Period) -> None:
    """The months of each child on one scale, with the child's own last 年度 behind."""
    months = ask(
        viewer,
        "months_of_children",
        school_id=chosen["school_id"],
        class_id=chosen["class_id"],
        fiscal_year=now.fiscal_year,
    )
    rows = month_rows(months, lens, now.fiscal_year)
    if rows.is_empty():
        quiet(_(f"lens.{lens}_no_months"))
        return
    finding = _(f"lens.{lens}_months", children=rows.get_column("child_order").n_unique())
    with frame("months"):
        heading(finding, _("class.months_about", until=now.until_text))
        words = tuple(month_text(month, language()) for month in MONTHS)
        picture(
            rows, children(words, top_of(rows, lens), PANELS_IN_A_ROW, viewer.masked), finding, f"months-{lens}-{language()}"
        )
        st.text(_("class.months_key"))
        came_by = origin(viewer, (LENSES[lens], *COUNTED_WITH), chosen["school_id"])
        foot(Card(finding, "months", _("class.months_about", until=now.until_text), origin=came_by))
