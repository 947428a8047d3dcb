"""わたしたちの工夫: where a head tells other schools and the board what the own school did, and reads what others did."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import streamlit as st

from access import Refused, Viewer
from components.cards.card import Card, foot, frame, heading
from components.wording import _, said
from pages.child_names import names_in, names_of
from queries.catalogue import indicators
from records import practices
from records.practices import LONGEST, LONGEST_CONTACT, TAGS, Practice

WHAT, ABOUT, KIND, CONTACT, TROUBLE = "practice-what", "practice-about", "practice-tags", "practice-contact", "practice-trouble"


def practice_card(viewer: Viewer, chosen: dict[str, Any], offered: list[str]) -> None:
    """What schools share; the head of a school adds the own and takes it back."""
    if not practices.may_write(viewer) or viewer.masked:
        return
    told = practices.shared(viewer)
    finding = _("practice.finding", practices=len(told)) if told else _("practice.finding_none")
    with frame("practices"):
        heading(finding, _("practice.about"))
        for each in told:
            with st.container(horizontal=True, vertical_alignment="center", key=f"practice-{each.practice_id}"):
                st.text(practice_text(each), width="stretch")
                if each.school_id == chosen["school_id"]:
                    st.button(_("practice.withdraw"), key=f"practice-withdraw-{each.practice_id}", type="tertiary",
                              on_click=_withdraw, args=(viewer, each.practice_id))  # fmt: skip
        _form(viewer, chosen, offered)
        foot(Card(finding, "practices", _("practice.about")))


def practice_text(each: Practice) -> str:
    """A practice as others read it."""
    tags = _("state.comma").join(_(f"practice.tag_{tag}") for tag in each.tags)
    label = said(indicators()[each.indicator].label) if each.indicator in indicators() else each.indicator
    words = _("practice.line", school=each.school_name, label=label, what=each.what, tags=tags or _("figure.none"))
    return f"{words}\n{_('practice.contact_line', contact=each.contact)}" if each.contact else words


def _form(viewer: Viewer, chosen: dict[str, Any], offered: list[str]) -> None:
    with st.expander(_("practice.write")), st.form("practice", clear_on_submit=False, border=False):
        st.selectbox(_("practice.figure"), offered, format_func=lambda name: said(indicators()[name].label), key=ABOUT)
        st.text_area(_("practice.what"), key=WHAT, max_chars=LONGEST)
        st.pills(_("practice.tags"), TAGS, format_func=lambda tag: _(f"practice.tag_{tag}"), key=KIND, selection_mode="multi")
        st.text_input(_("practice.contact"), key=CONTACT, max_chars=LONGEST_CONTACT)
        st.text(_("practice.no_names"))
        st.form_submit_button(_("practice.share"), on_click=_share, args=(viewer, chosen))
    if trouble := st.session_state.pop(TROUBLE, None):
        st.error(trouble)


def _share(viewer: Viewer, chosen: dict[str, Any]) -> None:
    what, contact = st.session_state.get(WHAT, ""), st.session_state.get(CONTACT, "")
    if names_in(f"{what}\n{contact}", names_of(viewer, chosen["school_id"])):
        st.session_state[TROUBLE] = _("practice.named")
        return
    try:
        school = (chosen["school_id"], chosen["school_name"])
        practices.write(viewer, school, st.session_state[ABOUT], what, st.session_state.get(KIND, []), contact)
    except ValueError:
        st.session_state[TROUBLE] = _("practice.nothing")
        return
    st.session_state[WHAT] = st.session_state[CONTACT] = ""


def _withdraw(viewer: Viewer, practice_id: int) -> None:
    with suppress(Refused):  # taken back elsewhere meanwhile: the card shows it gone
        practices.withdraw(viewer, practice_id)
