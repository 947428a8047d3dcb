"""Slows down guessing without ever locking anybody out.

Failures are counted per name and *source*. A source is a browser in which that person has signed in before
(its device cookie), or else a network address. Three rules follow from that:

- Somebody guessing at a name from one place waits longer and longer there: 2, 4, 8 … seconds, at most 5
  minutes.
- Guessing at one name from many places slows all unknown places, but each only counts from its own last try.
  The first try from a new place is always heard, so strangers cannot keep the owner out.
- Guessing at many names from one address slows that address; a whole school behind one address stays well
  below.

A try made while waiting is not looked at and does not lengthen the wait. The right password, after the wait,
works.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from records.engine import reading, writing
from records.tables import device, signin_attempt
from records.utc_datetime import now

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

FREE_TRIES = 3  # everybody mistypes
LONGEST_WAIT = timedelta(minutes=5)
FREE_TRIES_OF_A_NAME = 20  # from everywhere together, in an hour
FREE_TRIES_OF_AN_ADDRESS = 60  # of all names together, in an hour: a staff room on Monday morning
LONGEST_SHARED_WAIT = timedelta(minutes=1)
WINDOW = timedelta(hours=1)
MEMORY = timedelta(days=1)


def admit(username: str, address: str, device_token: str | None = None) -> int:
    """Seconds this try has to wait; 0 means it may go ahead, and it then counts as failed until `succeeded`.

    Counting comes before checking, so that a hundred tries sent at once do not all slip through.
    """
    moment = now()
    name = _hash(username)
    with writing() as connection:
        source = _source(connection, username, address, device_token)
        wait = _wait(connection, name, source, moment)
        if wait <= timedelta(0):
            connection.execute(insert(signin_attempt).values(username_hash=name, source=source, attempted_at=moment))
            return 0
    return max(1, ceil(wait.total_seconds()))


def succeeded(username: str, address: str, device_token: str | None = None) -> None:
    """Forget the failures of this person at this source, and remember the browser."""
    with writing() as connection:
        sources = [f"address:{address}"]
        if device_token:
            key = _hash(device_token)
            sources.append(f"device:{key[:32]}")
            known = (device.c.token_hash == key, device.c.username == username)
            connection.execute(delete(device).where(*known))
            connection.execute(insert(device).values(token_hash=key, username=username, seen_at=now()))
        connection.execute(
            delete(signin_attempt).where(
                signin_attempt.c.username_hash == _hash(username), signin_attempt.c.source.in_(sources)
            )
        )


def forget_old() -> int:
    """Delete the tries nobody needs any more; returns how many."""
    with writing() as connection:
        return connection.execute(delete(signin_attempt).where(signin_attempt.c.attempted_at < now() - MEMORY)).rowcount


def is_known_device(username: str, device_token: str | None) -> bool:
    """Whether this person has signed in with this browser before."""
    with reading() as connection:
        return _is_known(connection, username, device_token)


def _source(connection: Connection, username: str, address: str, device_token: str | None) -> str:
    if device_token and _is_known(connection, username, device_token):
        return f"device:{_hash(device_token)[:32]}"
    return f"address:{address}"


def _is_known(connection: Connection, username: str, device_token: str | None) -> bool:
    if not device_token:
        return False
    question = select(device.c.username).where(
        device.c.token_hash == _hash(device_token), device.c.username == username
    )
    return connection.execute(question).one_or_none() is not None


def _wait(connection: Connection, name: str, source: str, moment: datetime) -> timedelta:
    of_name = signin_attempt.c.username_hash == name
    of_source = signin_attempt.c.source == source
    here, here_last = _tries(connection, moment - MEMORY, of_name, of_source)
    waits = [_until(here_last, _delay(here - FREE_TRIES, LONGEST_WAIT), moment)]
    if source.startswith("address:"):
        everywhere, _ = _tries(connection, moment - WINDOW, of_name)
        waits.append(_until(here_last, _delay(everywhere - FREE_TRIES_OF_A_NAME, LONGEST_SHARED_WAIT), moment))
        at_address, address_last = _tries(connection, moment - WINDOW, of_source)
        waits.append(_until(address_last, _delay(at_address - FREE_TRIES_OF_AN_ADDRESS, LONGEST_SHARED_WAIT), moment))
    return max(waits)


def _tries(connection: Connection, since: datetime, *which: ColumnElement[bool]) -> tuple[int, datetime | None]:
    row = connection.execute(
        select(func.count(), func.max(signin_attempt.c.attempted_at)).where(
            signin_attempt.c.attempted_at > since, *which
        )
    ).one()
    return int(row[0]), row[1]


def _delay(beyond: int, longest: timedelta) -> timedelta:
    return timedelta(0) if beyond < 0 else min(timedelta(seconds=2 ** min(beyond + 1, 12)), longest)


def _until(last: datetime | None, delay: timedelta, moment: datetime) -> timedelta:
    return timedelta(0) if last is None else last + delay - moment


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
