"""Handing a child's record over to the next school: a package the head makes, which is written down."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import polars as pl
import streamlit as st

from access import Refused, Viewer, sight_of
from access.clock import here
from components.cards.card import Card, card, ruled_table
from components.cards.states import quiet, where
from components.dates import long_day_text
from components.documents.handover_zip import package
from components.session_answers import ask
from components.wording import _, language, said
from pages.child.handover_summary import summary
from pages.choice import Period, child_choice, period
from queries.handover import Member, members
from records import handovers


@dataclass(frozen=True, slots=True)
class Made:
    """A package, and what is in it."""

    content: bytes
    rows: dict[str, int]


def page(viewer: Viewer) -> None:
    """One child, the kinds of record to hand over, and one button."""
    if viewer.masked:
        raise Refused("on_projector")
    child = child_choice(viewer)
    now = period(viewer, child["school_id"])
    name = f"{child['family_name']} {child['given_name']}"
    st.title(_("handover.finding", name=name), anchor=False)
    where(f"{child['school_name']} {child['class_name']}　{now.until_text}")
    shared = [member for member in members() if member.kind in sight_of(viewer).named]
    with card(Card(_("handover.what"), "what", _("handover.about"))):
        chosen = st.pills(
            _("handover.kinds"),
            [member.source for member in shared],
            format_func={member.source: said(member.label) for member in shared}.__getitem__,
            selection_mode="multi",
            default=[member.source for member in shared],
            key=f"kinds-{child['student_key']}",
        )
        st.text(_("handover.care"))
        if st.button(_("handover.make"), type="primary", key="make-package"):
            wanted = [member for member in shared if member.source in chosen or member.source == "enrollment"]
            _offer(made(viewer, child["school_id"], child["student_id"], wanted, now), now)
    _made_card(child["student_id"])


def made(viewer: Viewer, school_id: int, student_id: int, wanted: list[Member], now: Period) -> Made:
    """The package of one child, asked for through the gate and written down; raises Refused where it may not be."""
    place = {"school_id": school_id, "student_id": student_id}
    found = ask(viewer, "handover_child", **place)
    if found.is_empty():
        raise Refused("not_shared")
    records = {member.source: ask(viewer, member.question, **place) for member in wanted}
    child, days = found.row(0, named=True), ask(viewer, "handover_school_days", **place)
    content = package(
        child, records, ask(viewer, "school_years"), now.day, now.fiscal_year, summary(child, records, days, now.day)
    )
    rows = {source: frame.height for source, frame in records.items()}
    handovers.record(viewer, student_id, list(records), sum(rows.values()), content)
    return Made(content, rows)


def _offer(done: Made, now: Period) -> None:
    st.text(_("handover.made", rows=f"{sum(done.rows.values()):,}", seal=sha256(done.content).hexdigest()[:16]))
    labels = {member.source: said(member.label) for member in members()}
    ruled_table(
        pl.DataFrame(
            {_("column.kind"): [labels[source] for source in done.rows], _("column.rows"): list(done.rows.values())}
        )
    )
    st.download_button(
        _("handover.save"),
        data=done.content,
        file_name=f"miharashi-handover-{now.day:%Y%m%d}.zip",
        mime="application/zip",
        key="save-package",
    )


def _made_card(student_id: int) -> None:
    earlier = handovers.of_student(student_id)
    if not earlier:
        quiet(_("handover.never"))
        return
    finding = _("handover.earlier", times=len(earlier))
    with card(Card(finding, "earlier", _("handover.earlier_about"))):
        ruled_table(
            pl.DataFrame(
                {
                    _("column.day"): [long_day_text(here(each.made_at).date(), language()) for each in earlier],
                    _("column.username"): [each.username for each in earlier],
                    _("column.rows"): [each.record_rows for each in earlier],
                    _("column.seal"): [each.package_sha256[:16] for each in earlier],
                }
            )
        )
