"""The button for a child's paper before a talk with the parents, and beside it what goes on the paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from access import Viewer, sight_of
from access.clock import here
from components.cards.card import Card, foot, frame
from components.children.marks import TERM_BEGINS
from components.dates import long_day_text
from components.session_answers import ask
from components.wording import _, language
from pages.child.document import NOT_AT_FIRST, Wanted, at_first, document, offered
from pages.choice import Period
from records import exports
from records.utc_datetime import now as this_moment

MOST_SHOWN = 3


def document_card(viewer: Viewer, child: dict[str, Any], now: Period) -> None:
    """One press makes the paper as most talks need it; who wants another chooses first. It is made when it is pressed for."""
    key = child["student_key"]
    with frame("document"):
        st.subheader(_("document.card"), anchor=False)
        button = st.container()
        with st.expander(_("document.choose")):
            purpose = st.segmented_control(
                _("document.purpose"), list(NOT_AT_FIRST), format_func=lambda name: _(f"document.{name}"), default="child_talk",
                required=True, key=f"document-purpose-{key}",
            )  # fmt: skip
            spans = _spans(viewer, child, now)
            span = st.segmented_control(
                _("document.period"), list(spans), format_func=lambda name: _(f"document.{name}"), default="year", required=True,
                key=f"document-span-{key}",
            )  # fmt: skip
            chosen = st.pills(
                _("document.sections"),
                offered(viewer),
                format_func=lambda name: _(f"document.{name}"),
                selection_mode="multi",
                default=at_first(viewer, purpose),
                key=f"document-sections-{purpose}-{key}",
            )
            st.text(_("document.care"))
        wanted = Wanted(purpose, tuple(chosen), *spans[span], language())
        button.download_button(
            _("document.save"),
            data=lambda: document(viewer, key, wanted, this_moment()),
            file_name=f"miharashi-{now.day:%Y%m%d}.pdf",  # no name of a child on a file: it lies about in a folder of downloads
            mime="application/pdf",
            type="primary",
            disabled=not chosen,
            key=f"document-save-{key}",
            on_click="ignore",
        )
        _earlier(viewer, child)
        foot(Card(_("document.card"), "document", _("document.card_about")))


def _spans(viewer: Viewer, child: dict[str, Any], now: Period) -> dict[str, tuple[date, date]]:
    """The periods to choose from: this term where the calendar knows one, this 年度, this and the last."""
    spans = {"year": (now.starts_on, now.day)}
    events = ask(
        viewer, "events_of_school", school_id=child["school_id"], grade=child["grade"], fiscal_year=now.fiscal_year
    )
    begun = events.filter(pl.col("event").str.contains(TERM_BEGINS, literal=True), pl.col("day") <= now.day)
    if begun.height:
        spans = {"term": (begun.get_column("day").max(), now.day)} | spans  # type: ignore[dict-item]
    return spans | {"two_years": (now.starts_on.replace(year=now.starts_on.year - 1), now.day)}


def _earlier(viewer: Viewer, child: dict[str, Any]) -> None:
    if "viewing" not in sight_of(viewer).named:
        return
    for each in exports.of_student(child["student_id"])[:MOST_SHOWN]:
        at = here(each.made_at)
        kinds = _("state.comma").join(_(f"document.{part}") for part in each.said.parts)
        when = f"{long_day_text(at.date(), language())} {at:%H:%M}"
        purpose, role = _(f"document.{each.said.kind}"), _(f"role.{each.role}")
        st.text(_("document.earlier", when=when, purpose=purpose, name=each.name, role=role, kinds=kinds))
