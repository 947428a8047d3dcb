"""The recap of a meeting as a PDF: agenda and decisions, children under their codes, or for the head by name."""

from __future__ import annotations

from datetime import datetime

import queries
from access import Viewer
from access.clock import here
from components.dates import long_day_text, plain_day_text
from components.documents.pdf import Part, Section, Texts, child_pdf
from components.wording import worded
from queries.catalogue import indicators
from records import accounts, decisions, exports, meetings
from records.meetings import Item, Meeting


def recap(viewer: Viewer, meeting_id: int, tongue: str, made_at: datetime, *, is_named: bool, reason: str = "") -> bytes:
    """The PDF; that it was made is written down, and for one with names what for.

    Raises Refused for another school's meeting, and ValueError for names without a reason.
    """
    if is_named and not reason.strip():
        raise ValueError("reason")
    held = meetings.find(viewer, meeting_id)
    items = meetings.agenda(viewer, meeting_id)
    called = _names(viewer, held, items) if is_named else {}
    lines = tuple((f"{item.place + 1}", _item_text(item, called, tongue)) for item in items)
    rows = tuple(
        (
            called.get(each.student_id or 0, each.code or ""),
            each.what,
            each.people,
            plain_day_text(each.until, tongue) if each.until else "",
            worded(f"meeting.state_{each.state}", tongue),
        )
        for each in decisions.of_meeting(viewer, meeting_id)
    )
    head = tuple(worded("meeting.recap_head", tongue).split("|"))
    parts: list[Part] = [
        Texts(worded("meeting.recap_agenda", tongue), lines),
        Section(worded("meeting.recap_decisions", tongue), head, rows, worded("meeting.recap_none", tongue)),
    ]
    account = accounts.find(viewer.username)
    maker = account.name if account else viewer.username
    moment = f"{long_day_text(here(made_at).date(), tongue)} {here(made_at):%H:%M}"
    made = child_pdf(
        held.title,
        long_day_text(held.held_on, tongue),
        parts,
        worded("document.footer", tongue, maker=maker, moment=moment),
        worded("document.mark", tongue, maker=maker, moment=moment),
        tongue,
    )
    parts_made = ("named" if is_named else "codes",)
    exports.record(viewer, exports.Export("meeting_recap", None, parts_made, held.held_on, held.held_on, reason.strip()), made)
    return made


def _names(viewer: Viewer, held: Meeting, items: list[Item]) -> dict[int, str]:
    called = {}
    for student_id in {item.student_id for item in items if item.student_id is not None}:
        found = queries.ask(viewer, "child_by_number", school_id=held.school_id, student_id=student_id)
        if found.height:
            child = found.row(0, named=True)
            called[student_id] = f"{child['class_name']} {child['family_name']} {child['given_name']}"
    return called


def _item_text(item: Item, called: dict[int, str], tongue: str) -> str:
    if item.kind == "text":
        return item.topic
    if item.kind == "case":
        name = called.get(item.student_id or 0, item.code or "")
        return f"{name}　{worded(f'meeting.topic_{item.topic}', tongue)}"
    label = indicators()[item.topic].label[tongue] if item.topic in indicators() else ""
    return worded(f"meeting.kind_{item.kind}", tongue, label=label)
