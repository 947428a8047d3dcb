"""Who saw what: each answer that had children in it is written down as it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from access import Refused, children_of, refuse_elsewhere, sight_of
from records.engine import reading, writing
from records.tables import account, viewing, viewing_student
from records.utc_datetime import now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from access import Viewer


@dataclass(frozen=True, slots=True)
class Viewing:
    """One answer somebody got."""

    viewed_at: datetime
    username: str
    staff_id: int
    role: str
    question: str
    is_masked: bool
    students: int
    answer_rows: int


def record(viewer: Viewer, username: str, question: str, student_ids: Iterable[int], rows: int) -> None:
    """Write down that this person was shown these children. An answer without children needs no record."""
    refuse_elsewhere(viewer)
    seen = sorted({int(student_id) for student_id in student_ids})
    if not seen:
        return
    with writing() as connection:
        number = connection.execute(
            insert(viewing).values(
                viewed_at=now(),
                username=username,
                staff_id=viewer.staff_id,
                role=str(viewer.role),
                question=question,
                is_masked=viewer.masked,
                students=len(seen),
                answer_rows=rows,
            )
        ).inserted_primary_key
        if number is None:
            raise RuntimeError("the store gave the viewing no number")
        connection.execute(
            insert(viewing_student),
            [{"viewing_id": number[0], "student_id": student_id} for student_id in seen],
        )


def of_student(student_id: int, limit: int = 100) -> list[Viewing]:
    """Who has seen this child, newest first."""
    question = (
        select(*(viewing.c[name] for name in Viewing.__slots__))
        .join(viewing_student, viewing_student.c.viewing_id == viewing.c.viewing_id)
        .where(viewing_student.c.student_id == student_id)
        .order_by(viewing.c.viewing_id.desc())
        .limit(limit)
    )
    with reading() as connection:
        return [Viewing(*row) for row in connection.execute(question)]


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody who has seen a child: in which role, and when for the first and the last time."""

    name: str
    role: str
    first_at: datetime
    last_at: datetime


def who_saw(viewer: Viewer, student_id: int) -> list[Looker]:
    """Who has seen this child, the last one first; for whoever may read that, of the children in their reach.

    Raises Refused for everybody else.
    """
    if "viewing" not in sight_of(viewer).named or student_id not in children_of(viewer):
        raise Refused("not_shared")
    last_at = func.max(viewing.c.viewed_at).label("last_at")
    question = (
        select(
            viewing.c.username,
            account.c.family_name,
            account.c.given_name,
            viewing.c.role,
            func.min(viewing.c.viewed_at).label("first_at"),
            last_at,
        )
        .join(viewing_student, viewing_student.c.viewing_id == viewing.c.viewing_id)
        .outerjoin(account, account.c.username == viewing.c.username)
        .where(viewing_student.c.student_id == student_id)
        .group_by(viewing.c.username, account.c.family_name, account.c.given_name, viewing.c.role)
        .order_by(last_at.desc())
    )
    with reading() as connection:
        return [
            Looker(f"{row.family_name or row.username} {row.given_name or ''}".strip(), row.role, row.first_at, row.last_at)
            for row in connection.execute(question)
        ]
