"""Passwords: hashed with streamlit-authenticator's Hasher (bcrypt), checked in equal time for everyone."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

FEWEST_CHARACTERS = 10
MOST_BYTES = 72  # bcrypt reads no further: 24 kana, 72 Latin letters


class Unfit(ValueError):
    """A new password that cannot be taken; the message is a code for words."""


def hashed(password: str) -> str:
    """The hash to store for a new password; raises Unfit with `too_short` or `too_long`."""
    fault = unfit(password)
    if fault:
        raise Unfit(fault)
    return str(_hasher().hash(password))


def unfit(password: str) -> str | None:
    """Why a new password cannot be taken, as a code for words: `too_short`, `too_long`, or None if it can."""
    if len(password) < FEWEST_CHARACTERS:
        return "too_short"
    if len(password.encode("utf-8", "surrogatepass")) > MOST_BYTES or "\0" in password:
        return "too_long"
    return None


def matches(password: str, stored: str | None) -> bool:
    """Whether the password is the one behind the hash.

    For a name nobody has (`stored` is None) the same work is done on a hash nobody knows the password of,
    so that the time an answer takes does not tell which names exist.
    """
    # bcrypt refuses more than 72 bytes; such a password was never set, but must cost the same as any other
    fits = len(password.encode("utf-8", "surrogatepass")) <= MOST_BYTES and "\0" not in password
    attempt = password if fits else "x"
    try:
        is_right = bool(_hasher().check_pw(attempt, stored or _nobodys()))
    except (ValueError, UnicodeEncodeError):  # a damaged hash opens nothing
        is_right = False
    return is_right and fits and stored is not None


def is_hash(text: str) -> bool:
    """Whether this is a bcrypt hash, rather than, say, a password somebody forgot to hash."""
    return bool(_hasher().is_hash(text))


@cache
def _nobodys() -> str:
    return str(_hasher().hash("nobody has this password"))


@cache
def _hasher() -> Any:
    # Its package draws widgets as it is imported, and Streamlit complains that no page is there yet.
    logging.disable(logging.WARNING)
    try:
        from streamlit_authenticator.utilities.hasher import Hasher
    finally:
        logging.disable(logging.NOTSET)
    return Hasher
