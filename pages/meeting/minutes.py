"""What became of earlier decisions, and the meetings that were: their decisions, and a recap to take along."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import streamlit as st

from access import Refused, Viewer
from components.cards.card import frame
from components.dates import day_text, long_day_text
from components.wording import _, language
from pages.meeting.recap import recap
from records import decisions, meetings
from records.decisions import STATES, Decision
from records.exports import LONGEST_REASON
from records.meetings import Meeting
from records.utc_datetime import now as this_moment

MOST_PAST = 6


def decision_line(each: Decision) -> str:
    """A decision in one line; a case goes by its code."""
    until = _("meeting.until_day", day=day_text(each.until, language())) if each.until else ""
    parts = (each.code or "", each.what, each.people, until)
    return _("xmr.line", said="　".join(part for part in parts if part))


def became_card(viewer: Viewer, held: Meeting, day: date) -> None:
    """前回の決定: what earlier meetings decided, and what has become of it."""
    earlier = decisions.before(viewer, held)
    if not earlier:
        return
    with frame("became"):
        st.subheader(_("meeting.earlier", count=len(earlier)), anchor=False)
        for each in earlier:
            with st.container(horizontal=True, vertical_alignment="center", key=f"became-{each.decision_id}"):
                st.text(decision_line(each), width="stretch")
                key = f"became-state-{each.decision_id}"
                st.session_state.setdefault(key, each.state)
                st.segmented_control(
                    _("meeting.became"), STATES, format_func=lambda state: _(f"meeting.state_{state}"), required=True, key=key,
                    label_visibility="collapsed", on_change=_settle, args=(viewer, each.decision_id, key, day),
                )  # fmt: skip


def _settle(viewer: Viewer, decision_id: int, key: str, day: date) -> None:
    with suppress(Refused):
        decisions.settle(viewer, decision_id, st.session_state[key], day)


def past_card(viewer: Viewer, held: list[Meeting]) -> None:
    """The last meetings, each with its decisions and a recap with codes, or for the head with names."""
    for each in held[:MOST_PAST]:
        made = decisions.of_meeting(viewer, each.meeting_id)
        title = _("meeting.past", title=each.title, day=long_day_text(each.held_on, language()), count=len(made))
        with st.expander(title):
            for decision in made:
                st.text(decision_line(decision))
            _recaps(viewer, each)
            if meetings.may_hold(viewer):
                st.text(_("meeting.recap_about"))


def _recaps(viewer: Viewer, held: Meeting) -> None:
    """The recap with codes, and with names for who says what for."""
    tongue = language()
    _save(held, "recap_codes", lambda: recap(viewer, held.meeting_id, tongue, this_moment(), is_named=False))
    reason = st.text_input(_("meeting.reason"), max_chars=LONGEST_REASON, key=f"reason-{held.meeting_id}")
    _save(
        held,
        "recap_names",
        lambda: recap(viewer, held.meeting_id, tongue, this_moment(), is_named=True, reason=reason),
        disabled=not reason.strip(),
    )


def _save(held: Meeting, word: str, made: Callable[[], bytes], *, disabled: bool = False) -> None:
    st.download_button(
        _(f"meeting.{word}"),
        data=made,
        file_name=f"miharashi-meeting-{held.held_on:%Y%m%d}.pdf",
        mime="application/pdf",
        key=f"{word}-{held.meeting_id}",
        on_click="ignore",
        disabled=disabled,
    )
