"""会議: the console on the head's own device: prepare an agenda, hold the meeting with a wall that knows no name, keep what was decided."""

from __future__ import annotations

from typing import Any

import streamlit as st

from access import Refused, Viewer
from access.clock import today
from components.cards.states import quiet, where
from components.dates import long_day_text
from components.wording import _, language
from pages.child_names import names_in, names_of
from pages.choice import period, school_choice
from pages.meeting.agenda import agenda_card
from pages.meeting.console import console
from pages.meeting.minutes import became_card, past_card
from records import meetings
from records.meetings import LONGEST_TITLE

TITLE, DAY, TROUBLE = "meeting-title", "meeting-day", "meeting-trouble"


def page(viewer: Viewer) -> None:
    """The meeting that is on, or the one being prepared, or a form for the next; below it those that were."""
    if viewer.masked or not meetings.may_hold(viewer):
        raise Refused("on_projector" if viewer.masked else "not_shared")
    chosen = school_choice(viewer)
    now = period(viewer, chosen["school_id"])
    known = meetings.of_school(viewer, chosen["school_id"])
    running = next((each for each in known if each.is_on), None)
    prepared = next((each for each in known if each.started_at is None), None)
    if running is not None:
        console(viewer, chosen, running, now)
        return
    if prepared is not None:
        st.title(_("meeting.prepared", title=prepared.title, items=meetings.count(viewer, prepared.meeting_id)), anchor=False)
        where(f"{chosen['school_name']}　{long_day_text(prepared.held_on, language())}")
        became_card(viewer, prepared, today())
        agenda_card(viewer, chosen, prepared, now)
    else:
        st.title(_("meeting.none"), anchor=False)
        where(chosen["school_name"])
        quiet(_("meeting.how"))
        _form(viewer, chosen)
    past_card(viewer, [each for each in known if each.ended_at is not None])


def _form(viewer: Viewer, chosen: dict[str, Any]) -> None:
    with st.form("meeting-form"):
        st.text_input(_("meeting.title"), max_chars=LONGEST_TITLE, key=TITLE, placeholder=_("meeting.next_title"))
        st.date_input(_("meeting.day"), value=today(), format="YYYY/MM/DD", width=230, key=DAY)
        st.form_submit_button(_("meeting.prepare"), type="primary", key="meeting-prepare", on_click=_prepare, args=(viewer, chosen))
    if trouble := st.session_state.pop(TROUBLE, None):
        st.error(trouble)


def _prepare(viewer: Viewer, chosen: dict[str, Any]) -> None:
    title = (st.session_state.get(TITLE) or "").strip() or _("meeting.next_title")
    if names_in(title, names_of(viewer, chosen["school_id"])):
        st.session_state[TROUBLE] = _("meeting.named")
        return
    number = meetings.prepare(viewer, chosen["school_id"], title, st.session_state[DAY])
    meetings.add(viewer, number, "decisions", "-")
