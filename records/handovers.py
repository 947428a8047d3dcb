"""Hand-overs: which child's record left the house as a package, made by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from access import refuse_elsewhere
from records.engine import reading, writing
from records.tables import handover
from records.utc_datetime import now

if TYPE_CHECKING:
    from access import Viewer


@dataclass(frozen=True, slots=True)
class Handover:
    """One package that was made."""

    made_at: datetime
    username: str
    sources: str
    record_rows: int
    package_sha256: str


def record(viewer: Viewer, student_id: int, sources: list[str], rows: int, package: bytes) -> None:
    """Write down that this person has made a package of this child's record."""
    refuse_elsewhere(viewer)
    with writing() as connection:
        connection.execute(
            insert(handover).values(
                made_at=now(),
                username=viewer.username,
                staff_id=viewer.staff_id,
                student_id=student_id,
                sources=",".join(sources),
                record_rows=rows,
                package_sha256=sha256(package).hexdigest(),
            )
        )


def of_student(student_id: int) -> list[Handover]:
    """The packages made of a child's record, newest first."""
    question = (
        select(*(handover.c[name] for name in Handover.__slots__))
        .where(handover.c.student_id == student_id)
        .order_by(handover.c.handover_id.desc())
    )
    with reading() as connection:
        return [Handover(*row) for row in connection.execute(question)]
