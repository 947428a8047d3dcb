"""Meetings of a school's staff: prepared, held, decided upon, by the head of the school. Children stand in it under codes.

Everything asks anew whether the viewer holds meetings at this school; a wall does not: it has `records.screens` and no viewer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from access import Refused, children_of, schools_of, sight_of
from records import screens
from records.engine import reading, writing
from records.meeting_tables import meeting, meeting_item
from records.utc_datetime import now

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from access import Viewer

KINDS = ("decisions", "tiles", "findings", "xmr", "trend", "grid", "text", "case")
# What a case is about, as far as a wall may know: chosen, never typed.
TOPICS = ("attendance", "learning", "friends", "health", "plan", "other")
LONGEST_TITLE = 80
MOST_ITEMS = 40


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it stands."""

    meeting_id: int
    school_id: int
    title: str
    held_on: date
    started_at: datetime | None
    ended_at: datetime | None
    place: int
    seconds: int | None

    @property
    def is_on(self) -> bool:
        """Whether it has begun and not ended."""
        return self.started_at is not None and self.ended_at is None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an agenda; a case has a child and the code it goes by at this meeting."""

    item_id: int
    place: int
    kind: str
    topic: str
    student_id: int | None
    code: str | None


@dataclass(frozen=True, slots=True)
class Slide:
    """What a wall shows of an item: markup without a name, and its chart for a dark and for a lit room."""

    markup: str
    picture_dark: str | None = None
    picture_light: str | None = None


def may_hold(viewer: Viewer) -> bool:
    """Whether this person holds meetings: the head of a school, at a desk."""
    return "meeting" in sight_of(viewer).named


def prepare(viewer: Viewer, school_id: int, title: str, held_on: date) -> int:
    """Set up a meeting; its number. Raises Refused for who holds none here, ValueError for a title that is none."""
    _held_at(viewer, school_id)
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise ValueError("title")
    with writing() as connection:
        made = connection.execute(
            insert(meeting).values(
                made_at=now(),
                username=viewer.username,
                staff_id=viewer.staff_id,
                school_id=school_id,
                title=title.strip(),
                held_on=held_on,
                place=0,
            )
        ).inserted_primary_key
    return int(made[0])  # type: ignore[index]


def of_school(viewer: Viewer, school_id: int) -> list[Meeting]:
    """The meetings of a school, the newest first."""
    _held_at(viewer, school_id)
    question = select(meeting).where(meeting.c.school_id == school_id).order_by(meeting.c.meeting_id.desc())
    with reading() as connection:
        return [_meeting(row) for row in connection.execute(question)]


def find(viewer: Viewer, meeting_id: int) -> Meeting:
    """A meeting of one's own school; raises Refused otherwise."""
    with reading() as connection:
        row = connection.execute(select(meeting).where(meeting.c.meeting_id == meeting_id)).first()
    if row is None:
        raise Refused("not_shared")
    _held_at(viewer, row.school_id)
    return _meeting(row)


def agenda(viewer: Viewer, meeting_id: int) -> list[Item]:
    """The items in their order."""
    find(viewer, meeting_id)
    question = select(meeting_item).where(meeting_item.c.meeting_id == meeting_id).order_by(meeting_item.c.place)
    with reading() as connection:
        return [
            Item(row.item_id, row.place, row.kind, row.topic, row.student_id, row.code) for row in connection.execute(question)
        ]


def add(viewer: Viewer, meeting_id: int, kind: str, topic: str, student_id: int | None = None) -> int:
    """Put an item at the end of the agenda; its number. A child gets the next code of this meeting, A1, A2 and so on.

    Raises Refused where the child is not one's own to see, or the meeting has begun; ValueError for what is no item.
    """
    held = find(viewer, meeting_id)
    if held.started_at is not None or (student_id is not None and student_id not in children_of(viewer)):
        raise Refused("not_shared")
    if kind not in KINDS or (kind == "case") != (student_id is not None) or (kind == "case" and topic not in TOPICS):
        raise ValueError(kind)
    if not topic.strip() or len(topic) > LONGEST_TITLE:
        raise ValueError("topic")
    with writing() as connection:
        rows = connection.execute(select(meeting_item.c.place, meeting_item.c.code).where(meeting_item.c.meeting_id == meeting_id)).all()
        if len(rows) >= MOST_ITEMS:
            raise ValueError("too_many")
        given = [int(row.code[1:]) for row in rows if row.code]
        made = connection.execute(
            insert(meeting_item).values(
                meeting_id=meeting_id,
                place=max((row.place for row in rows), default=-1) + 1,
                kind=kind,
                topic=topic.strip(),
                student_id=student_id,
                code=f"A{max(given, default=0) + 1}" if student_id is not None else None,
            )
        ).inserted_primary_key
    return int(made[0])  # type: ignore[index]


def remove(viewer: Viewer, meeting_id: int, item_id: int) -> None:
    """Take an item off the agenda of a meeting that has not begun."""
    if find(viewer, meeting_id).started_at is not None:
        raise Refused("not_shared")
    left = [item.item_id for item in agenda(viewer, meeting_id) if item.item_id != item_id]
    with writing() as connection:
        connection.execute(delete(meeting_item).where(meeting_item.c.item_id == item_id, meeting_item.c.meeting_id == meeting_id))
        _number(connection, left)


def move(viewer: Viewer, meeting_id: int, item_id: int, by: int) -> None:
    """Move an item up (-1) or down (1) in the agenda of a meeting that has not begun."""
    if find(viewer, meeting_id).started_at is not None:
        raise Refused("not_shared")
    order = [item.item_id for item in agenda(viewer, meeting_id)]
    if item_id not in order:
        return
    old = order.index(item_id)
    order.insert(max(0, min(len(order) - 1, old + by)), order.pop(old))
    with writing() as connection:
        _number(connection, order)


def begin(viewer: Viewer, meeting_id: int, slides: dict[int, Slide], seconds: int | None = None) -> None:
    """Begin the meeting with these slides (item → what a wall shows of it). Raises Refused where it has begun already."""
    if find(viewer, meeting_id).started_at is not None or not slides:
        raise Refused("not_shared")
    with writing() as connection:
        for item_id, slide in slides.items():
            connection.execute(
                update(meeting_item)
                .where(meeting_item.c.item_id == item_id, meeting_item.c.meeting_id == meeting_id)
                .values(slide=slide.markup, picture_dark=slide.picture_dark, picture_light=slide.picture_light)
            )
        connection.execute(
            update(meeting)
            .where(meeting.c.meeting_id == meeting_id, meeting.c.started_at.is_(None))
            .values(started_at=now(), place=0, seconds=seconds)
        )


def step(viewer: Viewer, meeting_id: int, by: int) -> None:
    """Go on to the next item (1) or back (-1); the wall follows."""
    if find(viewer, meeting_id).is_on:
        screens.move(meeting_id, by)


def end(viewer: Viewer, meeting_id: int) -> None:
    """End the meeting: its projectors show nothing more, and their codes open nothing."""
    if not find(viewer, meeting_id).is_on:
        return
    with writing() as connection:
        connection.execute(update(meeting).where(meeting.c.meeting_id == meeting_id).values(ended_at=now()))
    screens.end_all(meeting_id)


def count(viewer: Viewer, meeting_id: int) -> int:
    """How many items the agenda has."""
    find(viewer, meeting_id)
    with reading() as connection:
        return int(
            connection.execute(
                select(func.count()).select_from(meeting_item).where(meeting_item.c.meeting_id == meeting_id)
            ).scalar_one()
        )


def _number(connection: Connection, order: list[int]) -> None:
    """Places without a gap: a wall goes from one to the next, and would find nothing in a gap."""
    for place, each in enumerate(order):
        connection.execute(update(meeting_item).where(meeting_item.c.item_id == each).values(place=place))


def _held_at(viewer: Viewer, school_id: int) -> None:
    if not may_hold(viewer) or school_id not in schools_of(viewer):
        raise Refused("not_shared")


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(*(getattr(row, name) for name in Meeting.__slots__))
