"""見直しの日が来た支援計画: the plans of one's children at which somebody should look again, on the page of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from access import Viewer, children_of
from components.cards.card import Card, foot, frame, heading
from components.dates import day_text
from components.session_answers import ask
from components.wording import _, language
from records import plans
from records.plans import Plan

NAME_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Review:
    """A plan that is to be looked at again, and the child it is for; None for one who has left since."""

    plan: Plan
    child: dict[str, Any] | None


def plans_of(viewer: Viewer, school_id: int) -> list[Plan]:
    """Every plan that stands for a child this person sees by name at a school; none for who may not read plans."""
    return plans.of_children(viewer, school_id, children_of(viewer))


def support_text(standing: list[Plan], student_id: int, day: date) -> str:
    """What support runs for a child on a day, in words."""
    running = [plan.said.aim for plan in standing if plan.student_id == student_id and plan.runs_on(day)]
    return _("today.support", support=_("state.comma").join(running) if running else _("today.no_support"))


def reviews_due(viewer: Viewer, school_id: int, standing: list[Plan], day: date) -> list[Review]:
    """The plans whose day of review has come, the longest waiting first."""
    due = []
    for plan in sorted((plan for plan in standing if plan.is_due(day)), key=lambda plan: plan.said.review_on):
        found = ask(viewer, "child_by_number", school_id=school_id, student_id=plan.student_id)
        due.append(Review(plan, found.row(0, named=True) if found.height else None))
    return due


def reviews_card(due: list[Review]) -> None:
    """The plans that are to be looked at again; nothing where none is due."""
    if not due:
        return
    finding = _("today.reviews", plans=len(due))
    with frame("reviews"):
        heading(finding, _("today.reviews_about"))
        for review in due:
            if review.child is not None:
                _review(review.plan, review.child)
        foot(Card(finding, "reviews", _("today.reviews_about")))


def _review(plan: Plan, child: dict[str, Any]) -> None:
    with st.container(key=f"review-{plan.first_id}", horizontal=True, vertical_alignment="center"):
        label = f"{child['class_name']} {child['family_name']} {child['given_name']}"
        if st.button(label, key=f"open-review-{plan.first_id}", type="tertiary", width=NAME_WIDTH):
            st.switch_page(
                st.session_state["pages"]["student"],
                query_params={"student": child["student_key"], "class": child["class_key"]},
            )
        review = day_text(plan.said.review_on, language())
        st.text(_("today.review_line", aim=plan.said.aim, people=plan.said.people or "–", day=review), width="stretch")
