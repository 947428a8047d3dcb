"""わたしたちの工夫: what a school did, in its head's own words, for others to learn from. Shared only by the school itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from access import Refused, schools_of, sight_of
from records.current_revision import current_revisions
from records.engine import reading, writing
from records.tables import practice
from records.utc_datetime import now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from access import Viewer

TAGS = ("greeting", "timetable", "home", "place", "lessons", "staffing", "work", "other")
LONGEST, LONGEST_CONTACT = 600, 100


@dataclass(frozen=True, slots=True)
class Practice:
    """What a school tells of itself, as it stands."""

    practice_id: int
    school_id: int
    school_name: str
    indicator: str
    what: str
    tags: tuple[str, ...]
    contact: str


def may_write(viewer: Viewer) -> bool:
    """Whether this person tells what the own school did: its head, at a desk."""
    return "practice" in sight_of(viewer).named


def write(viewer: Viewer, school: tuple[int, str], indicator: str, what: str, tags: Iterable[str], contact: str) -> int:
    """Share what a school (its number and name) did; the practice's number.

    Raises:
        Refused: not the head of this school.
        ValueError: nothing said, more than 600 characters (contact: 100), or a tag that is none.
    """
    school_id, name = school
    chosen = tuple(tags)
    if not may_write(viewer) or school_id not in schools_of(viewer):
        raise Refused("not_shared")
    if not what.strip() or len(what) > LONGEST or len(contact) > LONGEST_CONTACT or not set(chosen) <= set(TAGS):
        raise ValueError(f"1 to {LONGEST} characters, tags out of {', '.join(TAGS)}")
    return _kept(viewer, Practice(0, school_id, name, indicator, what.strip(), chosen, contact.strip()))


def withdraw(viewer: Viewer, practice_id: int) -> None:
    """Share it no longer. Raises Refused where it is not shared, or is another school's."""
    found = next((each for each in shared(viewer) if each.practice_id == practice_id), None)
    if found is None or not may_write(viewer) or found.school_id not in schools_of(viewer):
        raise Refused("not_shared")
    try:
        _kept(viewer, found, replaces_id=practice_id)
    except IntegrityError:
        raise Refused("overtaken") from None


def shared(viewer: Viewer) -> list[Practice]:
    """What schools share, by school and time; none for who does not see it."""
    if "practice" not in sight_of(viewer).counts or not schools_of(viewer):
        return []
    with reading() as connection:
        current = current_revisions(connection.execute(select(practice).order_by(practice.c.practice_id)), "practice_id")
    found = [
        Practice(row.practice_id, row.school_id, row.school_name, row.indicator, row.what, _split(row.tags), row.contact)
        for row, _revisions, _first in current
    ]
    return sorted(found, key=lambda each: (each.school_id, each.practice_id))


def _split(tags: str) -> tuple[str, ...]:
    return tuple(tag for tag in tags.split(",") if tag)


def _kept(viewer: Viewer, told: Practice, *, replaces_id: int | None = None) -> int:
    with writing() as connection:
        made = connection.execute(
            insert(practice).values(
                written_at=now(),
                username=viewer.username,
                staff_id=viewer.staff_id,
                role=str(viewer.role),
                school_id=told.school_id,
                school_name=told.school_name,
                indicator=told.indicator,
                what=told.what,
                tags=",".join(told.tags),
                contact=told.contact,
                is_withdrawn=replaces_id is not None,
                replaces_id=replaces_id,
            )
        ).inserted_primary_key
    if made is None:
        raise RuntimeError("the store gave the practice no number")
    return int(made[0])
