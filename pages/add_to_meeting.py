"""＋会議へ: put a card, or a child as a case, on the agenda of the next meeting."""

from __future__ import annotations

from typing import Any

import streamlit as st

from access import Refused, Viewer
from access.clock import today
from components.wording import _
from records import meetings
from records.meetings import TOPICS, Meeting


def to_meeting(viewer: Viewer, school_id: int, kind: str, topic: str = "-") -> None:
    """The button on a card; only for who holds meetings at this school."""
    if viewer.masked or not meetings.may_hold(viewer):
        return
    key = f"to-meeting-{kind}-{topic}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"beside-{key}"):
        st.button(_("meeting.add_card"), key=key, type="tertiary", on_click=_add, args=(viewer, school_id, kind, topic, None, key))
        _said(key)


def case_to_meeting(viewer: Viewer, child: dict[str, Any]) -> None:
    """A child as a case: what it is about is chosen, for on the wall it stands beside a code."""
    if viewer.masked or not meetings.may_hold(viewer):
        return
    key = f"case-{child['student_key']}"
    with st.popover(_("meeting.add_case")):
        st.text(_("meeting.add_case_about"))
        with st.container(horizontal=True):
            for topic in TOPICS:
                st.button(
                    _(f"meeting.topic_{topic}"),
                    key=f"{key}-{topic}",
                    on_click=_add,
                    args=(viewer, child["school_id"], "case", topic, child["student_id"], key),
                )
    _said(key)


def next_meeting(viewer: Viewer, school_id: int) -> Meeting | None:
    """The meeting that is being prepared."""
    return next((each for each in meetings.of_school(viewer, school_id) if each.started_at is None), None)


def _add(viewer: Viewer, school_id: int, kind: str, topic: str, student_id: int | None, key: str) -> None:
    try:
        prepared = next_meeting(viewer, school_id)
        if prepared is None:
            day = today()
            number = meetings.prepare(viewer, school_id, _("meeting.next_title"), day)
            meetings.add(viewer, number, "decisions", "-")
        else:
            number = prepared.meeting_id
        meetings.add(viewer, number, kind, topic, student_id)
        st.session_state[f"said-{key}"] = "added"
    except (Refused, ValueError):
        st.session_state[f"said-{key}"] = "not_added"


def _said(key: str) -> None:
    if said := st.session_state.pop(f"said-{key}", None):
        st.text(_(f"meeting.{said}"))
