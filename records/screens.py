"""Projectors: a code, shown for five minutes and used once, lets a browser show one meeting until it ends, and nothing else.

A projector has no viewer and asks the gate nothing: what it shows was made without names when the meeting began.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from records.engine import reading, writing
from records.meeting_tables import meeting, meeting_item, meeting_screen
from records.utc_datetime import now

if TYPE_CHECKING:
    from sqlalchemy import Select

CODE_DIGITS = 8
CODE_HOLDS = timedelta(minutes=5)
LONGEST = timedelta(hours=4)  # a meeting somebody forgot to end


@dataclass(frozen=True, slots=True)
class Shown:
    """What a wall shows now: which of how many items, its markup, whether it has a chart, and when the next comes by itself."""

    meeting_id: int
    item_id: int
    place: int
    items: int
    markup: str
    has_picture: bool
    seconds: int | None


def new_code(meeting_id: int) -> str:
    """A code that opens this meeting to one projector within five minutes; codes not used before it open nothing more.

    For the console alone: who calls it has made sure that the meeting is the viewer's own and has begun.
    """
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    with writing() as connection:
        connection.execute(
            update(meeting_screen)
            .where(meeting_screen.c.meeting_id == meeting_id, meeting_screen.c.used_at.is_(None))
            .values(ended_at=now())
        )
        connection.execute(insert(meeting_screen).values(code_hash=_hash(code), meeting_id=meeting_id, made_at=now()))
    return code


def redeem(code: str, address: str) -> str | None:
    """The token of a projector for a code that holds; None for any other, without saying why."""
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", code) if sign.isdecimal() and sign.isascii())
    if len(digits) != CODE_DIGITS:
        return None
    token, moment = secrets.token_urlsafe(32), now()
    is_on = select(meeting.c.meeting_id).where(meeting.c.started_at.is_not(None), meeting.c.ended_at.is_(None))
    with writing() as connection:
        used = connection.execute(
            update(meeting_screen)
            .where(
                meeting_screen.c.code_hash == _hash(digits),
                meeting_screen.c.used_at.is_(None),
                meeting_screen.c.ended_at.is_(None),
                meeting_screen.c.made_at > moment - CODE_HOLDS,
                meeting_screen.c.meeting_id.in_(is_on),
            )
            .values(used_at=moment, token_hash=_hash(token), address=address[:64])
        ).rowcount
    return token if used == 1 else None


def shown(token: str | None) -> Shown | None:
    """What the projector of this token shows; None when it was let go, the meeting has ended, or there never was one."""
    if not token or len(token) > 200:
        return None
    items = (
        select(func.count())
        .select_from(meeting_item)
        .where(meeting_item.c.meeting_id == meeting.c.meeting_id)
        .correlate(meeting)
        .scalar_subquery()
    )
    question = (
        _open(token)
        .join(meeting_item, (meeting_item.c.meeting_id == meeting.c.meeting_id) & (meeting_item.c.place == meeting.c.place))
        .add_columns(
            meeting_item.c.item_id,
            meeting_item.c.slide,
            meeting_item.c.picture_dark.is_not(None).label("has"),
            items.label("items"),
        )
    )
    with reading() as connection:
        row = connection.execute(question).first()
    if row is None:
        return None
    return Shown(row.meeting_id, row.item_id, row.place, row.items, row.slide or "", bool(row.has), row.seconds)


def picture(token: str | None, item_id: int, *, is_dark: bool) -> str | None:
    """The chart of an item of the meeting this projector shows, as SVG."""
    if not token or len(token) > 200:
        return None
    question = (
        _open(token)
        .join(meeting_item, meeting_item.c.meeting_id == meeting.c.meeting_id)
        .where(meeting_item.c.item_id == item_id)
        .add_columns((meeting_item.c.picture_dark if is_dark else meeting_item.c.picture_light).label("svg"))
    )
    with reading() as connection:
        row = connection.execute(question).first()
    return None if row is None else row.svg


def step(token: str | None, by: int) -> bool:
    """An arrow key at the projector; False where it shows nothing any more."""
    if (now_shown := shown(token)) is None or by not in (-1, 1):
        return False
    move(now_shown.meeting_id, by)
    return True


def move(meeting_id: int, by: int) -> None:
    """Go on or back by one, never past either end."""
    last = select(func.max(meeting_item.c.place)).where(meeting_item.c.meeting_id == meeting_id).scalar_subquery()
    place = meeting.c.place + (1 if by > 0 else -1)
    with writing() as connection:
        connection.execute(
            update(meeting).where(meeting.c.meeting_id == meeting_id, place >= 0, place <= last).values(place=place)
        )


def let_go(token: str | None) -> None:
    """The projector itself ends its showing."""
    if not token:
        return
    with writing() as connection:
        connection.execute(
            update(meeting_screen)
            .where(meeting_screen.c.token_hash == _hash(token), meeting_screen.c.ended_at.is_(None))
            .values(ended_at=now())
        )


def end_all(meeting_id: int) -> None:
    """Every projector and code of a meeting shows and opens nothing more."""
    with writing() as connection:
        connection.execute(
            update(meeting_screen)
            .where(meeting_screen.c.meeting_id == meeting_id, meeting_screen.c.ended_at.is_(None))
            .values(ended_at=now())
        )


def count(meeting_id: int) -> int:
    """How many projectors show a meeting now."""
    question = (
        select(func.count())
        .select_from(meeting_screen)
        .where(
            meeting_screen.c.meeting_id == meeting_id, meeting_screen.c.used_at.is_not(None), meeting_screen.c.ended_at.is_(None)
        )
    )
    with reading() as connection:
        return int(connection.execute(question).scalar_one())


def _open(token: str) -> Select[tuple[int, int, int | None]]:
    return (
        select(meeting.c.meeting_id, meeting.c.place, meeting.c.seconds)
        .join(meeting_screen, meeting_screen.c.meeting_id == meeting.c.meeting_id)
        .where(
            meeting_screen.c.token_hash == _hash(token),
            meeting_screen.c.ended_at.is_(None),
            meeting_screen.c.used_at > now() - LONGEST,
            meeting.c.started_at.is_not(None),
            meeting.c.ended_at.is_(None),
        )
    )


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
