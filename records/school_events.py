"""できごと: what a head writes into the charts of the own school. Nothing is written over; what was wrong is taken back.

An event tells of the school and never of a person: whoever sees the numbers of the school may read it, on a wall as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from access import Refused, schools_of, sight_of
from records.current_revision import current_revisions
from records.engine import reading, writing
from records.tables import school_event
from records.utc_datetime import now

if TYPE_CHECKING:
    from access import Viewer

KINDS = ("system", "rule", "staffing", "initiative", "other")
LONGEST = 100


@dataclass(frozen=True, slots=True)
class SchoolEvent:
    """An event as it stands."""

    event_id: int
    happened_on: date
    kind: str
    title: str


def may_write(viewer: Viewer) -> bool:
    """Whether this person writes events: the head of a school, at a desk."""
    return "school_event" in sight_of(viewer).named


def write(viewer: Viewer, school_id: int, happened_on: date, kind: str, title: str) -> int:
    """Keep an event of a school; its number.

    Raises:
        Refused: not the head of this school.
        ValueError: no title, a title longer than 100 characters, or an unknown kind.
    """
    if not may_write(viewer) or school_id not in schools_of(viewer):
        raise Refused("not_shared")
    if not title.strip() or len(title) > LONGEST or kind not in KINDS:
        raise ValueError(f"{kind}: a title has 1 to {LONGEST} characters")
    return _kept(viewer, school_id, happened_on, kind, title.strip())


def withdraw(viewer: Viewer, school_id: int, event_id: int) -> None:
    """Let an event stand no longer. Raises Refused where it does not stand, or is of another school."""
    found = next((each for each in of_school(viewer, school_id) if each.event_id == event_id), None)
    if found is None or not may_write(viewer):
        raise Refused("not_shared")
    try:
        _kept(viewer, school_id, found.happened_on, found.kind, found.title, replaces_id=event_id)
    except IntegrityError:
        raise Refused("overtaken") from None


def of_school(viewer: Viewer, school_id: int) -> list[SchoolEvent]:
    """The events of a school that stand, the earliest first; none for who does not see them."""
    if "school_event" not in sight_of(viewer).counts or school_id not in schools_of(viewer):
        return []
    question = select(school_event).where(school_event.c.school_id == school_id).order_by(school_event.c.event_id)
    with reading() as connection:
        current = current_revisions(connection.execute(question), "event_id")
    events = [SchoolEvent(row.event_id, row.happened_on, row.kind, row.title) for row, _revisions, _first in current]
    return sorted(events, key=lambda event: (event.happened_on, event.event_id))


def _kept(viewer: Viewer, school_id: int, happened_on: date, kind: str, title: str, *, replaces_id: int | None = None) -> int:
    with writing() as connection:
        made = connection.execute(
            insert(school_event).values(
                written_at=now(),
                username=viewer.username,
                staff_id=viewer.staff_id,
                role=str(viewer.role),
                school_id=school_id,
                happened_on=happened_on,
                kind=kind,
                title=title,
                is_withdrawn=replaces_id is not None,
                replaces_id=replaces_id,
            )
        ).inserted_primary_key
    if made is None:
        raise RuntimeError("the store gave the event no number")
    return int(made[0])
