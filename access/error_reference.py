"""When something breaks: a reference number for the person, and in the log the place in the code, never the data.

An exception's message may hold a child's name or a row of a file. The log keeps its type and the lines of code it
came through, which is enough to mend it.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from contextlib import suppress
from typing import Any

# no 0/O, 1/I/L: it is read out over the telephone
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_log = logging.getLogger("miharashi")


def reference_of(exception: BaseException) -> str:
    """The number of this error, the same wherever it is asked for."""
    known = getattr(exception, "_miharashi_reference", None)
    if known is None:
        letters = "".join(secrets.choice(LETTERS) for _ in range(8))
        known = f"{letters[:4]}-{letters[4:]}"
        with suppress(AttributeError):  # an exception with slots cannot carry it
            exception._miharashi_reference = known  # type: ignore[attr-defined]
    return str(known)


def trail_of(exception: BaseException) -> str:
    """Where in the code it happened: the type and the lines, also of what caused it, without any message."""
    steps: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = exception
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)
        steps.append(f"{type(current).__module__}.{type(current).__qualname__}")
        steps += [f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        current = current.__cause__ or current.__context__
    return "\n".join(steps)


def logged(exception: BaseException, where: str) -> str:
    """Write an error to the log and return its reference."""
    reference = reference_of(exception)
    _log.error("%s [%s]\n%s", where, reference, trail_of(exception))
    return reference


def keep_log_impersonal() -> None:
    """From now on no log of this process prints an exception's message, whichever library writes it."""
    make = logging.getLogRecordFactory()
    if getattr(make, "is_impersonal", False):
        return

    def impersonal(*values: Any, **more: Any) -> logging.LogRecord:
        record = make(*values, **more)
        exception = record.exc_info[1] if record.exc_info else None
        if exception is not None:
            # the text as written in the program, its arguments left out: they may be anything
            text = str(record.msg) if isinstance(record.msg, str) else type(record.msg).__name__
            record.msg = f"{text} [{reference_of(exception)}]\n{trail_of(exception)}"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        return record

    impersonal.is_impersonal = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(impersonal)
