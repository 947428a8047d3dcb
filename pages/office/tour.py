"""はじめての10分: what to look at first, role by role, each step with its page to press."""

from __future__ import annotations

import streamlit as st

from access import Role, Viewer
from components.cards.card import frame
from components.cards.states import quiet, where
from components.wording import _

# Steps of each role: a page of that role, and the words for it are tour.ROLE_PAGE, or tour.PAGE where they are the same for all.
STEPS: dict[Role, tuple[str, ...]] = {
    Role.TEACHER: ("today", "class", "student", "workload", "sharing"),
    Role.SUBJECT_TEACHER: ("today", "class", "student", "sharing"),
    Role.GRADE_LEADER: ("today", "class", "student", "school", "sharing"),
    Role.SCHOOL_NURSE: ("today", "student", "class", "sharing"),
    Role.COUNSELOR: ("today", "student", "sharing"),
    Role.SPECIAL_NEEDS_COORDINATOR: ("today", "student", "sharing"),
    Role.PRINCIPAL: ("school", "today", "workload", "meeting", "handover", "sharing"),
    Role.CLERK: ("school", "workload", "sharing"),
    Role.AIDE: ("school", "sharing"),
    Role.BOARD_OFFICER: ("district", "compare", "surveys", "staff_plan", "sharing"),
    Role.PREFECTURE_OFFICER: ("municipalities", "sharing"),
    Role.ADMINISTRATOR: ("loads", "accounts", "reconciliation", "sharing"),
}


def page(viewer: Viewer) -> None:
    """The steps of this viewer's role, in an order that takes ten minutes."""
    steps = STEPS[viewer.role]
    st.title(_("tour.title", steps=len(steps)), anchor=False)
    where(_("tour.where", role=_(f"role.{viewer.role}")))
    for number, name in enumerate(steps, start=1):
        with frame(f"tour-{name}"):
            st.subheader(_("tour.step", number=number, page=_(f"menu.{name}")), anchor=False)
            st.text(_(f"tour.{name}"))
            if not viewer.masked:
                st.page_link(st.session_state["pages"][name.replace("_", "-")], label=_("tour.go", page=_(f"menu.{name}")))
    quiet(_("tour.end"))
