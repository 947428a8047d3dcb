"""Who saw what: each answer that had children in it is written down as it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from records.engine import reading, writing
from records.instant import now
from records.tables import viewing, viewing_student

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
