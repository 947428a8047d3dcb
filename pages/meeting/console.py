"""The console while the meeting is on: what the wall shows, who a code is, what comes next, and what is decided."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import streamlit as st

from access import Refused, Viewer
from access.clock import here
from components.cards.card import frame
from components.cards.states import quiet, where
from components.dates import day_text
from components.session_answers import ask
from components.wording import _, language, said
from pages.choice import Period
from pages.meeting.agenda import item_text
from pages.meeting.minutes import decision_line
from records import decisions, meetings, notes, plans, screens
from records.decisions import LONGEST
from records.meetings import Item, Meeting

WHAT, WHO, UNTIL, CODE, SHOWING = "decision-what", "decision-who", "decision-until", "meeting-code", "meeting-showing"
MOST_NOTES = 5
FOLLOWED_EVERY = 2.0  # seconds: an arrow key at the projector moves the console, too


def console(viewer: Viewer, chosen: dict[str, Any], held: Meeting, now: Period) -> None:
    """The meeting on the head's own device."""
    items = meetings.agenda(viewer, held.meeting_id)
    at = min(held.place, len(items) - 1)
    item, following = items[at], items[at + 1] if at + 1 < len(items) else None
    st.title(f"{at + 1} / {len(items)}　{item_text(viewer, chosen['school_id'], item)}", anchor=False)
    where(f"{held.title}　{chosen['school_name']}　{now.until_text}")
    _follow(viewer, held.meeting_id, held.place)
    with st.container(horizontal=True, vertical_alignment="center", key="meeting-steps"):
        for by, word, key in ((-1, "back", "ArrowLeft"), (1, "next", "ArrowRight")):
            st.button(
                _(f"meeting.{word}"), key=f"meeting-{word}", shortcut=key, on_click=meetings.step,
                args=(viewer, held.meeting_id, by), type="primary" if by == 1 else "secondary",
            )  # fmt: skip
        st.text(_("meeting.following", item=item_text(viewer, chosen["school_id"], following)) if following else _("meeting.last"))
    _pairing(held)
    if item.kind == "case":
        _case(viewer, chosen["school_id"], item)
    _decisions(viewer, held, item)
    with st.popover(_("meeting.end")):
        st.text(_("meeting.end_about"))
        st.button(_("meeting.end"), type="primary", key="meeting-end", on_click=meetings.end, args=(viewer, held.meeting_id))


@st.fragment(run_every=FOLLOWED_EVERY)
def _follow(viewer: Viewer, meeting_id: int, place: int) -> None:
    """Draw the console anew when an arrow key was pressed at the projector, or a projector has come."""
    try:
        showing = screens.count(meeting_id)
        if meetings.find(viewer, meeting_id).place != place or st.session_state.setdefault(SHOWING, showing) != showing:
            st.session_state[SHOWING] = showing
            st.rerun()
    except Refused:
        st.rerun()


def _pairing(held: Meeting) -> None:
    with frame("pairing"):
        showing = screens.count(held.meeting_id)
        st.subheader(_("meeting.screens", screens=showing) if showing else _("meeting.no_screen"), anchor=False)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(_("meeting.new_code"), key="meeting-new-code", on_click=_new_code, args=(held.meeting_id,))
            code, before = st.session_state.get(CODE, ("", 0))
            if code and showing <= before:  # once a projector has used it, it opens nothing and need not be read out
                st.html(f'<p class="pairing-code">{code[:4]} {code[4:]}</p>')
        st.text(_("meeting.pairing"))


def _new_code(meeting_id: int) -> None:
    st.session_state[CODE] = (screens.new_code(meeting_id), screens.count(meeting_id))


def _case(viewer: Viewer, school_id: int, item: Item) -> None:
    """What the console knows of a case and the wall does not."""
    if item.student_id is None:
        return
    found = ask(viewer, "child_by_number", school_id=school_id, student_id=item.student_id)
    if found.is_empty():
        quiet(_("meeting.gone"))
        return
    child = found.row(0, named=True)
    with frame("case"):
        st.subheader(_("meeting.only_here", code=item.code), anchor=False)
        if st.button(f"{child['class_name']} {child['family_name']} {child['given_name']}", key="case-open", type="tertiary"):
            st.switch_page(
                st.session_state["pages"]["student"], query_params={"student": child["student_key"], "class": child["class_key"]}
            )
        for plan in plans.of_children(viewer, school_id, [item.student_id]):
            st.text(_("meeting.plan", aim=plan.said.aim, review=day_text(plan.said.review_on, language())))
        for note in notes.of_children(viewer, school_id, [item.student_id])[:MOST_NOTES]:
            tag = said(notes.tags()[note.tag]) if note.tag in notes.tags() else note.tag
            st.text(f"{day_text(here(note.written_at).date(), language())}　{tag}　{note.body}　{note.name}")


def _decisions(viewer: Viewer, held: Meeting, item: Item) -> None:
    with frame("decisions"):
        made = decisions.of_meeting(viewer, held.meeting_id)
        st.subheader(_("meeting.decisions", count=len(made)), anchor=False)
        for each in made:
            st.text(decision_line(each))
        with st.form("decision-form", border=False, clear_on_submit=True):
            st.text_input(_("meeting.what"), max_chars=LONGEST["what"], key=WHAT)
            with st.container(horizontal=True):
                st.text_input(_("meeting.who"), max_chars=LONGEST["people"], key=WHO)
                st.date_input(_("meeting.until"), value=None, format="YYYY/MM/DD", width=230, key=UNTIL)
            st.form_submit_button(
                _("meeting.decide"), type="primary", key="decision-keep", on_click=_decide, args=(viewer, held.meeting_id, item.item_id)
            )


def _decide(viewer: Viewer, meeting_id: int, item_id: int) -> None:
    what = (st.session_state.get(WHAT) or "").strip()
    if not what:
        return
    with suppress(Refused):
        decisions.write(viewer, meeting_id, item_id, what, st.session_state.get(WHO) or "", st.session_state.get(UNTIL))
