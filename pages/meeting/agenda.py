"""The agenda while it is prepared: what comes in which order, and the button that begins the meeting."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import streamlit as st

from access import Refused, Viewer
from components.cards.card import Card, foot, frame
from components.cards.states import quiet
from components.session_answers import ask
from components.wording import _, said
from pages.child_names import names_in, names_of
from pages.choice import Period
from pages.meeting.slides import contents_of, offered, slide_of
from pages.meeting.take_along import take_along
from queries.catalogue import indicators
from records import decisions, meetings
from records.meetings import LONGEST_TITLE, Item, Meeting

TEXT, TROUBLE, SECONDS, KIND, TOPIC = "agenda-text", "agenda-trouble", "agenda-seconds", "agenda-kind", "agenda-topic"
OF_INDICATOR = ("xmr", "trend", "grid")
PLAIN = ("tiles", "findings", "decisions")
AUTO = (None, 30, 60, 120)


def agenda_card(viewer: Viewer, chosen: dict[str, Any], held: Meeting, now: Period) -> None:
    """The items with their names, a form for more, and the beginning."""
    items = meetings.agenda(viewer, held.meeting_id)
    with frame("agenda"):
        st.subheader(_("meeting.agenda", items=len(items)), anchor=False)
        for item in items:
            _line(viewer, chosen["school_id"], held, item)
        _more(viewer, chosen, held)
        if trouble := st.session_state.pop(TROUBLE, None):
            st.error(trouble)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(_("meeting.auto"), AUTO, format_func=_auto_text, width=230, key=SECONDS)
            if st.button(_("meeting.begin"), type="primary", key="meeting-begin", disabled=not items):
                _begin(viewer, chosen, held, items, now)
        if items:
            take_along(viewer, chosen, held, items, now)
        foot(Card(_("meeting.agenda", items=len(items)), "agenda", _("meeting.agenda_about")))


def item_text(viewer: Viewer, school_id: int, item: Item) -> str:
    """An item as the console says it: a case with the child's name."""
    if item.kind == "text":
        return item.topic
    if item.kind == "case":
        found = ask(viewer, "child_by_number", school_id=school_id, student_id=item.student_id)
        child = found.row(0, named=True) if found.height else None
        name = f"{child['class_name']} {child['family_name']} {child['given_name']}" if child else _("meeting.gone")
        return _("meeting.case", code=item.code, name=name, topic=_(f"meeting.topic_{item.topic}"))
    label = said(indicators()[item.topic].label) if item.kind in OF_INDICATOR else ""
    return _(f"meeting.kind_{item.kind}", label=label)


def _line(viewer: Viewer, school_id: int, held: Meeting, item: Item) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"agenda-{item.item_id}"):
        st.text(f"{item.place + 1}　{item_text(viewer, school_id, item)}", width="stretch")
        for by, word in ((-1, "up"), (1, "down")):
            st.button(
                _(f"meeting.{word}"), key=f"agenda-{word}-{item.item_id}", on_click=_unless_begun,
                args=(meetings.move, viewer, held.meeting_id, item.item_id, by),
            )  # fmt: skip
        st.button(
            _("meeting.remove"), key=f"agenda-remove-{item.item_id}", on_click=_unless_begun,
            args=(meetings.remove, viewer, held.meeting_id, item.item_id),
        )


def _more(viewer: Viewer, chosen: dict[str, Any], held: Meeting) -> None:
    with st.expander(_("meeting.more")):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(_("meeting.text"), max_chars=LONGEST_TITLE, key=TEXT, width="stretch")
            st.button(_("meeting.add"), key="agenda-add-text", on_click=_add_text, args=(viewer, chosen["school_id"], held))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(_("meeting.card"), (*PLAIN, *OF_INDICATOR), format_func=_kind_text, key=KIND, width="stretch")
            if st.session_state.get(KIND) in OF_INDICATOR:
                names = offered(viewer, chosen["school_id"])
                st.selectbox(
                    _("choice.indicator"), names, format_func=lambda name: said(indicators()[name].label), key=TOPIC, width="stretch"
                )
            st.button(_("meeting.add"), key="agenda-add-card", on_click=_add_card, args=(viewer, held))
        quiet(_("meeting.more_about"))


def _kind_text(kind: str) -> str:
    return _(f"meeting.kind_{kind}", label=_("meeting.indicator"))


def _auto_text(seconds: int | None) -> str:
    return _("meeting.by_hand") if seconds is None else _("meeting.every", seconds=seconds)


def _add_text(viewer: Viewer, school_id: int, held: Meeting) -> None:
    words = (st.session_state.get(TEXT) or "").strip()
    if not words:
        return
    if names_in(words, names_of(viewer, school_id)):
        st.session_state[TROUBLE] = _("meeting.named")
        return
    _unless_begun(meetings.add, viewer, held.meeting_id, "text", words)
    st.session_state[TEXT] = ""


def _add_card(viewer: Viewer, held: Meeting) -> None:
    kind = st.session_state[KIND]
    topic = st.session_state.get(TOPIC) if kind in OF_INDICATOR else "-"
    if topic:
        _unless_begun(meetings.add, viewer, held.meeting_id, kind, topic)


def _unless_begun(change: Callable[..., object], *told: object) -> None:
    """Change the agenda; where a colleague has begun the meeting meanwhile, or the agenda is full, it stays as it is and is shown."""
    with suppress(Refused, ValueError):
        change(*told)


def _begin(viewer: Viewer, chosen: dict[str, Any], held: Meeting, items: list[Item], now: Period) -> None:
    names = names_of(viewer, chosen["school_id"])
    earlier = decisions.before(viewer, held)
    with st.spinner(_("meeting.making")):
        slides = {item: slide_of(each) for item, each in contents_of(viewer.as_masked(), chosen, items, earlier, now, names).items()}
    meetings.begin(viewer, held.meeting_id, slides, st.session_state.get(SECONDS))
    st.rerun()
