"""Exports: what left the house on paper or as a copy, made by whom, of whom, with what in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from access import refuse_elsewhere
from records.engine import reading, writing
from records.tables import account, export
from records.utc_datetime import now

if TYPE_CHECKING:
    from access import Viewer


LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Export:
    """What is being made: its kind, the child it is about if it is about one, its sections and its days."""

    kind: str
    student_id: int | None
    parts: tuple[str, ...]
    starts_on: date | None = None
    ends_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, when and by whom."""

    made_at: datetime
    name: str
    role: str
    said: Export
    file_sha256: str


def record(viewer: Viewer, said: Export, file: bytes) -> None:
    """Write down that this person has made this file."""
    refuse_elsewhere(viewer)
    with writing() as connection:
        connection.execute(
            insert(export).values(
                made_at=now(),
                username=viewer.username,
                staff_id=viewer.staff_id,
                role=str(viewer.role),
                kind=said.kind,
                student_id=said.student_id,
                parts=",".join(said.parts),
                starts_on=said.starts_on,
                ends_on=said.ends_on,
                file_sha256=sha256(file).hexdigest(),
                reason=said.reason[:LONGEST_REASON],
            )
        )


def of_student(student_id: int) -> list[Made]:
    """The files made of one child, newest first."""
    question = (
        select(export, account.c.family_name, account.c.given_name)
        .outerjoin(account, account.c.username == export.c.username)
        .where(export.c.student_id == student_id)
        .order_by(export.c.export_id.desc())
    )
    with reading() as connection:
        return [
            Made(
                row.made_at,
                f"{row.family_name or row.username} {row.given_name or ''}".strip(),
                row.role,
                Export(row.kind, row.student_id, tuple(row.parts.split(",")), row.starts_on, row.ends_on, row.reason),
                row.file_sha256,
            )
            for row in connection.execute(question)
        ]
