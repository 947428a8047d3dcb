"""Acknowledgements: who has looked at what a signal says of a child. Taken back, they stay, and say so.

Only who sees a child by name can look, and be told who has looked: the gate is asked each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from access import Refused, children_of, refuse_elsewhere
from records.engine import reading, writing
from records.tables import account, acknowledgement
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
class Acknowledgement:
    """One acknowledgement that stands: what was looked at, by whom, when."""

    acknowledgement_id: int
    acknowledged_at: datetime
    username: str
    name: str
    seen: Seen


def record(viewer: Viewer, school_id: int, seen: Iterable[Seen]) -> list[int]:
    """Write down that this person has looked at these flags; the numbers by which the acknowledgements can be taken back.

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
                insert(acknowledgement).values(
                    acknowledged_at=now(),
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
                raise RuntimeError("the store gave the acknowledgement no number")
            numbers.append(int(made[0]))
    return numbers


def take_back(viewer: Viewer, acknowledgement_ids: Iterable[int]) -> None:
    """Let one's own acknowledgements stand no longer; other people's are left alone."""
    refuse_elsewhere(viewer)
    with writing() as connection:
        connection.execute(
            update(acknowledgement)
            .where(
                acknowledgement.c.acknowledgement_id.in_(list(acknowledgement_ids)),
                acknowledgement.c.username == viewer.username,
                acknowledgement.c.taken_back_at.is_(None),
            )
            .values(taken_back_at=now())
        )


def of_children(viewer: Viewer, school_id: int, student_ids: Iterable[int]) -> list[Acknowledgement]:
    """Every acknowledgement of these children that stands, oldest first; of children the person does not see, none."""
    wanted = sorted(set(student_ids) & children_of(viewer))
    question = (
        select(
            acknowledgement.c.acknowledgement_id,
            acknowledgement.c.acknowledged_at,
            acknowledgement.c.username,
            account.c.family_name,
            account.c.given_name,
            acknowledgement.c.student_id,
            acknowledgement.c.signal,
            acknowledgement.c.begins_on,
            acknowledgement.c.last_on,
        )
        .outerjoin(account, account.c.username == acknowledgement.c.username)
        .where(
            acknowledgement.c.school_id == school_id,
            acknowledgement.c.student_id.in_(wanted),
            acknowledgement.c.taken_back_at.is_(None),
        )
        .order_by(acknowledgement.c.acknowledgement_id)
    )
    with reading() as connection:
        return [
            Acknowledgement(number, at, username, f"{family or username} {given or ''}".strip(), Seen(*flag))
            for number, at, username, family, given, *flag in connection.execute(question)
        ]
