"""Looks: who has looked at what a signal says of a child. Taken back, they stay, and say so.

Only who sees a child by name can look, and be told who has looked: the gate is asked each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from access import Refused, children_of, refuse_elsewhere
from records.engine import reading, writing
from records.tables import account, look
from records.utc_datetime import now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from access import Viewer


@dataclass(frozen=True, slots=True)
class Seen:
    """Which flag is looked at: whose, by which rule, since when, and up to which day it has held."""

    student_id: int
    signal: str
    begins_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Look:
    """One look that stands: what was looked at, by whom, when."""

    look_id: int
    looked_at: datetime
    username: str
    name: str
    seen: Seen


def record(viewer: Viewer, school_id: int, seen: Iterable[Seen]) -> list[int]:
    """Write down that this person has looked at these flags; the numbers by which the looks can be taken back.

    Raises:
        Refused: the person does not see one of the children by name; then none is written.
    """
    flags = list(seen)
    if not {flag.student_id for flag in flags} <= children_of(viewer):
        raise Refused("not_shared")
    numbers = []
    with writing() as connection:
        for flag in flags:
            made = connection.execute(
                insert(look).values(
                    looked_at=now(),
                    username=viewer.username,
                    staff_id=viewer.staff_id,
                    role=str(viewer.role),
                    school_id=school_id,
                    student_id=flag.student_id,
                    signal=flag.signal,
                    begins_on=flag.begins_on,
                    last_on=flag.last_on,
                )
            ).inserted_primary_key
            if made is None:
                raise RuntimeError("the store gave the look no number")
            numbers.append(int(made[0]))
    return numbers


def take_back(viewer: Viewer, look_ids: Iterable[int]) -> None:
    """Let one's own looks stand no longer; other people's are left alone."""
    refuse_elsewhere(viewer)
    with writing() as connection:
        connection.execute(
            update(look)
            .where(look.c.look_id.in_(list(look_ids)), look.c.username == viewer.username, look.c.taken_back_at.is_(None))
            .values(taken_back_at=now())
        )


def standing(viewer: Viewer, school_id: int, student_ids: Iterable[int]) -> list[Look]:
    """Every look at these children that stands, oldest first; of children the person does not see, none."""
    wanted = sorted(set(student_ids) & children_of(viewer))
    question = (
        select(
            look.c.look_id,
            look.c.looked_at,
            look.c.username,
            account.c.family_name,
            account.c.given_name,
            look.c.student_id,
            look.c.signal,
            look.c.begins_on,
            look.c.last_on,
        )
        .outerjoin(account, account.c.username == look.c.username)
        .where(look.c.school_id == school_id, look.c.student_id.in_(wanted), look.c.taken_back_at.is_(None))
        .order_by(look.c.look_id)
    )
    with reading() as connection:
        return [
            Look(number, at, username, f"{family or username} {given or ''}".strip(), Seen(*flag))
            for number, at, username, family, given, *flag in connection.execute(question)
        ]
