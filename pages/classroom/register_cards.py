"""The cards of a class by child: the register of the last days or of the term, and the months of each child."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card, foot, frame, heading, picture
from components.cards.states import quiet
from components.charts.children import children
from components.charts.register import register
from components.children.months import month_rows, top_of
from components.choices import switched
from components.dates import month_text
from components.session_answers import ask
from components.tables.origin import COUNTED_WITH
from components.tables.register_marks import LENSES, happened, known_days, marked_days, register_finding
from components.wording import _, language
from pages.classroom.class_figures import ClassFigures

PANELS_IN_A_ROW = 5  # five shrink to a tablet and can still be read
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)


def register_card(viewer: Viewer, asked: ClassFigures) -> str | None:
    """The days of every child, twenty or the term; which kind of record was chosen, for the card below."""
    if "roster" not in asked.sight.named:
        quiet(_("state.no_children_on_projector") if viewer.masked else _("state.no_children"))
        return None
    if asked.days.is_empty():
        quiet(_("state.no_school_days"))
        return None
    if not asked.lenses:  # a sentence of the page has said what does not come
        return None
    with frame("register"):
        head = st.container()
        with st.container(horizontal=True):
            lens = switched("lens", _("class.lens"), {lens: _(f"lens.{lens}") for lens in asked.lenses})
            span = switched("span", _("class.span"), {name: _(f"class.span_{name}") for name in asked.spans})
        days = asked.spans[span]
        # the one question that waits: how far back it asks is chosen on the card
        rows = ask(
            viewer, "register_of_class", school_id=asked.chosen["school_id"], class_id=asked.chosen["class_id"], from_day=days.min()
        )
        finding = register_finding(rows, lens, known_days(rows, lens))
        about = _("class.register_about", source=_(f"source.{LENSES[lens]}"), until=asked.now.until_text)
        with head:
            heading(finding, about)
        drawn = _with_something(rows, happened(asked.sight.named))
        if drawn.height:
            key = f"register-{lens}-{span}-{language()}"
            picture(marked_days(drawn, lens), register(viewer.masked, dense=span == "term"), finding, key)
        st.text(_(f"lens.{lens}_ground" if span == "term" else f"lens.{lens}_key"))
        foot(Card(finding, "register", about, origin=asked.origins.of((LENSES[lens], *COUNTED_WITH))))
    return lens


def _with_something(rows: pl.DataFrame, shown: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """The days of those children alone to whom happened what is asked for; all of them where nothing is."""
    wanted = st.pills(_("class.filter"), list(shown), format_func=lambda name: _(f"class.happened_{name}"), selection_mode="multi",
                      key="register-filter")  # fmt: skip
    if not wanted:
        return rows
    found = rows.filter(pl.any_horizontal(shown[name] for name in wanted)).get_column("student_id").unique()
    quiet(_("class.filtered", children=found.len(), all=rows.get_column("student_id").n_unique()))
    return rows.filter(pl.col("student_id").is_in(found.to_list()))


def months_card(asked: ClassFigures, lens: str, *, projector: bool) -> None:
    """The months of each child on one scale, with the child's own last 年度 behind."""
    rows = month_rows(asked.months, lens, asked.now.fiscal_year)
    if rows.is_empty():
        quiet(_(f"lens.{lens}_no_months"))
        return
    finding = _(f"lens.{lens}_months", children=rows.get_column("child_order").n_unique())
    about = _("class.months_about", until=asked.now.until_text)
    with card(Card(finding, "months", about, origin=asked.origins.of((LENSES[lens], *COUNTED_WITH)))):
        words = tuple(month_text(month, language()) for month in MONTHS)
        drawn = children(words, top_of(rows, lens), PANELS_IN_A_ROW, projector)
        picture(rows, drawn, finding, f"months-{lens}-{language()}")
        st.text(_("class.months_key"))
