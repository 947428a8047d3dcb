"""Sessions: who is signed in, and since when. The browser holds a token, the store only its hash."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from sqlalchemy import func, insert, or_, select, update

from access.settings import settings
from records.engine import reading, writing
from records.tables import account, session
from records.utc_datetime import now

COOKIE = "miharashi_session"  # under which a browser keeps its token
DAYS_REMEMBERED = 90  # a term: long enough to see whose account is not used
TOUCH_EVERY = timedelta(minutes=1)

Ending = Literal["signed_out", "replaced", "password", "administrator"]


@dataclass(frozen=True, slots=True)
class Session:
    """An open session."""

    username: str
    started_at: datetime
    seen_at: datetime
    number: str  # names the session without opening it: the first digits of the token's hash
    is_masked: bool = False  # projector view is on


def idle_limit() -> timedelta:
    """How long a session stays open without activity (`MIHARASHI_IDLE_MINUTES`)."""
    return timedelta(minutes=settings().idle_minutes)


def longest() -> timedelta:
    """How long a session may last at all (`MIHARASHI_SESSION_HOURS`)."""
    return timedelta(hours=settings().session_hours)


def start(username: str, address: str | None = None, agent: str | None = None) -> str:
    """Open a session and return its token, which is not kept anywhere but in the person's browser."""
    token = secrets.token_urlsafe(32)
    moment = now()
    with writing() as connection:
        connection.execute(
            insert(session).values(
                token_hash=_hash(token),
                username=username,
                started_at=moment,
                seen_at=moment,
                address=address,
                agent_hash=_hash(agent) if agent else None,
            )
        )
    return token


def find(token: str | None) -> Session | None:
    """The open session of this token.

    None when it is unknown, ended, idle too long, too old, or its account closed.
    """
    if not token or len(token) > 200:
        return None
    moment = now()
    key = _hash(token)
    question = (
        select(session.c.username, session.c.started_at, session.c.seen_at, session.c.is_masked)
        .join(account, account.c.username == session.c.username)
        .where(
            session.c.token_hash == key,
            session.c.ended_at.is_(None),
            session.c.seen_at > moment - idle_limit(),
            session.c.started_at > moment - longest(),
            account.c.disabled_at.is_(None),
        )
    )
    with reading() as connection:
        row = connection.execute(question).one_or_none()
    return None if row is None else Session(row.username, row.started_at, row.seen_at, key[:16], row.is_masked)


def touch(token: str) -> None:
    """Note activity; writes at most once a minute."""
    moment = now()
    key = _hash(token)
    stale = select(session.c.token_hash).where(
        session.c.token_hash == key, session.c.ended_at.is_(None), session.c.seen_at < moment - TOUCH_EVERY
    )
    with reading() as connection:
        if connection.execute(stale).one_or_none() is None:
            return
    with writing() as connection:
        # the limits again: a session that has just run out must not be woken by being touched
        connection.execute(
            update(session)
            .where(
                session.c.token_hash == key,
                session.c.ended_at.is_(None),
                session.c.seen_at > moment - idle_limit(),
            )
            .values(seen_at=moment)
        )


def set_masked(token: str, *, masked: bool) -> None:
    """Turn the projector view of a session on or off; every page of the session follows, also after a reload."""
    with writing() as connection:
        connection.execute(
            update(session)
            .where(session.c.token_hash == _hash(token), session.c.ended_at.is_(None))
            .values(is_masked=masked)
        )


def end(token: str, by: Ending = "signed_out") -> None:
    """Close one session, at once."""
    with writing() as connection:
        connection.execute(
            update(session)
            .where(session.c.token_hash == _hash(token), session.c.ended_at.is_(None))
            .values(ended_at=now(), ended_by=by)
        )


def end_all(username: str, by: Ending = "administrator", keep: str | None = None) -> int:
    """Close every session of a person, but for the one whose token is to be kept; returns how many were open."""
    kept = _hash(keep) if keep else ""
    with writing() as connection:
        return connection.execute(
            update(session)
            .where(
                session.c.username == username,
                session.c.ended_at.is_(None),
                session.c.token_hash != kept,
            )
            .values(ended_at=now(), ended_by=by)
        ).rowcount


def last_started() -> dict[str, datetime]:
    """When each account last signed in, as far back as sessions are remembered."""
    question = select(session.c.username, func.max(session.c.started_at)).group_by(session.c.username)
    with reading() as connection:
        return {row[0]: row[1] for row in connection.execute(question)}


def is_first(username: str) -> bool:
    """Whether somebody is signed in here for the first time, as far back as sessions are remembered."""
    with reading() as connection:
        question = select(func.count()).select_from(session).where(session.c.username == username)
        return int(connection.execute(question).scalar_one()) <= 1


def forget_older_than(days: int = DAYS_REMEMBERED) -> int:
    """Delete sessions that began more than so many days ago and cannot be open any more; returns how many."""
    with writing() as connection:
        return connection.execute(
            session.delete().where(
                session.c.started_at < now() - timedelta(days=days),
                or_(session.c.ended_at.is_not(None), session.c.started_at < now() - longest()),
            )
        ).rowcount


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
