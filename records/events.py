"""What happened at the door: signed in, refused, signed out. Codes only, never a password or a child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from records.engine import reading, writing
from records.tables import event
from records.utc_datetime import now


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    happened_at: datetime
    kind: str
    username: str | None
    address: str | None
    detail: str | None


def record(kind: str, username: str | None = None, address: str | None = None, detail: str | None = None) -> None:
    """Write down what happened.

    Give a `username` only when the account exists: people type their password where the name belongs.
    """
    with writing() as connection:
        connection.execute(
            insert(event).values(happened_at=now(), kind=kind, username=username, address=address, detail=detail)
        )


def latest(limit: int = 100, username: str | None = None) -> list[Event]:
    """The newest events first, of everyone or of one person."""
    question = select(*(event.c[name] for name in Event.__slots__)).order_by(event.c.event_id.desc()).limit(limit)
    if username is not None:
        question = question.where(event.c.username == username)
    with reading() as connection:
        return [Event(*row) for row in connection.execute(question)]
