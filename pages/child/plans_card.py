"""支援計画 on a child's page: what is planned, what was before and since, and a form to write or review a plan."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from access import Refused, Viewer
from access.clock import here
from components.cards.card import Card, foot, frame, heading, ruled_table
from components.cards.states import quiet
from components.dates import day_text, long_day_text
from components.figures.plan_phases import before_and_since, phase_table
from components.wording import _, language
from records import plans
from records.plans import LONGEST, Draft, Plan

WEEKS_TO_REVIEW = 6
DATE_WIDTH = 230  # a whole date beside its two signs, also on a tablet
TROUBLE = "plan-trouble"


def plans_card(viewer: Viewer, child: dict[str, Any], days: pl.DataFrame, kinds: frozenset[str], day: date) -> None:
    """The plans for one child, running ones first; `day` is today, by which they run or are due."""
    if viewer.masked or not plans.may_write(viewer):
        return
    standing = plans.of_children(viewer, child["school_id"], [child["student_id"]])
    standing.sort(key=lambda plan: (plan.runs_on(day), plan.said.starts_on), reverse=True)
    due = sum(plan.is_due(day) for plan in standing)
    key = "plan.finding_due" if due else "plan.finding" if standing else "plan.finding_none"
    finding = _(key, plans=len(standing), due=due)
    with frame("plans"):
        heading(finding, _("plan.about"))
        for plan in standing:
            _plan(viewer, child, plan, days, kinds, day)
        with st.expander(_("plan.write"), expanded=_trouble(_form_name(child, None)) is not None):
            _form(viewer, child, None, day)
        foot(Card(finding, "plans", _("plan.about")))


def _plan(viewer: Viewer, child: dict[str, Any], plan: Plan, days: pl.DataFrame, kinds: frozenset[str], day: date) -> None:
    said = plan.said
    ends = _("plan.until", ends=day_text(said.ends_on, language())) if said.ends_on else ""
    review = day_text(said.review_on, language())
    lines = (
        said.measures,
        said.people,
        "　".join(
            (
                _("plan.period", starts=day_text(said.starts_on, language()), ends=ends),
                _("plan.is_due", day=review) if plan.is_due(day) else _("plan.review", day=review),
                _(
                    "plan.by",
                    name=plan.name,
                    role=_(f"role.{plan.role}"),
                    day=long_day_text(here(plan.written_at).date(), language()),
                ),
            )
        ),
        _("plan.found", outcome=said.outcome) if said.outcome else "",
    )
    with st.container(key=f"plan-{plan.plan_id}"):
        st.html(f"<h4>{escape(said.aim)}</h4>")
        st.text("\n".join(line for line in lines if line))
        found = before_and_since(days, said.starts_on, said.ends_on)
        if found is None:
            quiet(_("plan.phase_none"))
        else:
            st.text(_("plan.phase", days=found[0]))
            ruled_table(phase_table(*found, kinds))
        with st.expander(_("plan.change"), expanded=_trouble(_form_name(child, plan)) is not None):
            _form(viewer, child, plan, day)
            if plan.username == viewer.username:
                st.button(
                    _("plan.withdraw"),
                    key=f"plan-withdraw-{plan.plan_id}",
                    on_click=_withdraw,
                    args=(viewer, child["school_id"], plan.plan_id),
                )


def _form(viewer: Viewer, child: dict[str, Any], plan: Plan | None, day: date) -> None:
    name = _form_name(child, plan)
    said = plan.said if plan else Draft("", "", "", day, None, day + timedelta(weeks=WEEKS_TO_REVIEW))
    for field in Draft.__slots__:  # what has been typed stays, also where somebody else changes the plan meanwhile
        st.session_state.setdefault(f"{name}-{field}", getattr(said, field))
    with st.form(f"{name}-form", border=False):
        st.text_input(_("plan.aim"), max_chars=LONGEST["aim"], key=f"{name}-aim")
        st.text_area(_("plan.measures"), max_chars=LONGEST["measures"], height=80, key=f"{name}-measures")
        st.text_input(_("plan.people"), max_chars=LONGEST["people"], key=f"{name}-people")
        with st.container(horizontal=True):
            for field in ("starts_on", "ends_on", "review_on"):
                st.date_input(_(f"plan.{field}"), value=None, format="YYYY/MM/DD", width=DATE_WIDTH, key=f"{name}-{field}")
        if plan:
            st.text_area(_("plan.outcome"), max_chars=LONGEST["outcome"], height=80, key=f"{name}-outcome")
        st.form_submit_button(_("plan.keep"), type="primary", key=f"{name}-keep", on_click=_keep, args=(viewer, child, plan))
    if trouble := _trouble(name):
        st.error(trouble)


def _form_name(child: dict[str, Any], plan: Plan | None) -> str:
    return f"plan-{child['student_key']}-{plan.first_id if plan else 0}"


def _trouble(name: str) -> str | None:
    """What is wrong with what was typed into this form; another child's form is not told."""
    about, words = st.session_state.get(TROUBLE, (None, None))
    return words if about == name else None


def _keep(viewer: Viewer, child: dict[str, Any], plan: Plan | None) -> None:
    name = _form_name(child, plan)
    typed = {field: st.session_state.get(f"{name}-{field}") for field in Draft.__slots__}
    st.session_state.pop(TROUBLE, None)
    if typed["starts_on"] is None or typed["review_on"] is None:
        st.session_state[TROUBLE] = (name, _("plan.no_day"))
        return
    draft = Draft(**typed | {field: typed[field] or "" for field in LONGEST})
    if flaw := draft.flaw():
        st.session_state[TROUBLE] = (name, _(f"plan.{flaw}"))
        return
    try:
        if plan:
            plans.change(viewer, child["school_id"], plan.plan_id, draft)
        else:
            plans.write(viewer, child["school_id"], child["student_id"], draft)
    except Refused as refusal:
        st.session_state[TROUBLE] = (name, _("plan.overtaken" if refusal.code == "overtaken" else "state.not_shared"))
        return
    for field in typed:  # the form, drawn anew, begins with what stands now
        st.session_state.pop(f"{name}-{field}", None)


def _withdraw(viewer: Viewer, school_id: int, plan_id: int) -> None:
    try:
        plans.withdraw(viewer, school_id, plan_id)
    except Refused:  # changed by somebody else in the meantime: the page, drawn anew, shows what stands
        st.session_state.pop(TROUBLE, None)
