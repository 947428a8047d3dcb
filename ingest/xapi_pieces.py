"""The statements in a file, one after another in flat memory, whichever way they are wrapped.

One statement, an array, JSON Lines, or what a learning record store answers ({"statements": [...], "more": …}); the content decides,
never the name. Lines are parsed one by one, so a broken line costs itself only. In a document without line ends nobody can say where
the next statement begins: what follows a broken place is one piece that cannot be read.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import ijson
import orjson

from ingest.inbox import Dropped
from ingest.reasons import Refusal

LONGEST = 1 << 20  # bytes of one statement: a child's answer is a few hundred
KEPT = 1 << 12  # of what is longer or cannot be read
GLANCE = 1 << 12
BLANK = b" \t\r\n"
MONTH = re.compile(rb'"(timestamp|stored)"\s*:\s*"(\d{4})-(\d{2})')
CHUNK = 1 << 22


class Piece(NamedTuple):
    """One statement as it was parsed, or a piece that is none."""

    row: int  # its line; in an array or an answer its place; no two pieces share one
    statement: Any
    raw: bytes | None  # as it stood in the file, where it stood in a line of its own
    flaw: str = ""  # why it could not be parsed

    @property
    def text(self) -> bytes:
        """What to keep of it in `rejected/`."""
        if self.raw is not None:
            return self.raw.strip(BLANK)
        try:
            return json.dumps(self.statement).encode()
        except RecursionError:
            return b""


def holds_statements(path: Path) -> bool:
    """Whether a file begins as JSON does; one that cannot be opened is left to whoever opens it."""
    try:
        with path.open("rb") as opened:
            head = opened.read(GLANCE)
    except OSError:
        return False
    return head.removeprefix(codecs.BOM_UTF8).lstrip(BLANK)[:1] in (b"{", b"[")


def pieces_of(file: Dropped) -> Iterator[Piece]:
    """Every statement of a file.

    Raises:
        Refusal: unreadable_file, still_changing.
    """
    try:
        with file.path.open("rb") as opened:
            begin = start_of(opened)
            yield from in_lines(opened) if is_in_lines(opened, begin) else in_document(opened, begin)
            opened.seek(0)
            if hashlib.file_digest(opened, "sha256").hexdigest() != file.sha256:
                raise Refusal("still_changing")
    except OSError:
        raise Refusal("unreadable_file") from None


def start_of(opened: BinaryIO) -> int:
    """Where the text begins, behind the mark of UTF-8; the file is left standing there."""
    begin = len(codecs.BOM_UTF8) if opened.read(3) == codecs.BOM_UTF8 else 0
    opened.seek(begin)
    return begin


def is_in_lines(opened: BinaryIO, begin: int) -> bool:
    """Whether each line is a piece by itself: the first is whole, or it is broken and the second begins anew."""
    first = second = b""
    while not first and (line := opened.readline(LONGEST + 1)):
        first = line.strip(BLANK)
    while not second and (line := opened.readline(LONGEST + 1)):
        second = line.strip(BLANK)
    opened.seek(begin)
    try:
        orjson.loads(first)
    except orjson.JSONDecodeError:
        return first[:1] == b"{" and len(first) > 1 and second[:1] == b"{"
    return True


def in_lines(opened: BinaryIO) -> Iterator[Piece]:
    """A piece from each line; a line may itself be an array or an answer."""
    row = lines = 0
    while line := opened.readline(LONGEST + 1):
        lines += 1
        row = max(row + 1, lines)
        if len(line) > LONGEST:
            while (rest := opened.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            yield Piece(row, None, line[:KEPT], "statement_too_long")
            continue
        try:
            found = orjson.loads(line)
        except orjson.JSONDecodeError:
            if line.strip(BLANK):
                yield Piece(row, None, line, "broken_json" if is_utf8(line) else "not_utf8")
            else:
                row -= 1
            continue
        several = statements_in(found)
        if several is None:
            yield Piece(row, found, line)
        else:
            yield from (Piece(row + nth, statement, None) for nth, statement in enumerate(several))
            row += len(several) - 1


def statements_in(found: object) -> list[Any] | None:
    """The statements an array or an answer holds; None where it is neither."""
    if isinstance(found, dict) and isinstance(found.get("statements"), list):
        return found["statements"]
    return found if isinstance(found, list) else None


def is_utf8(line: bytes) -> bool:
    """Whether the bytes are text in the encoding JSON is written in."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def in_document(opened: BinaryIO, begin: int) -> Iterator[Piece]:
    """A piece for each statement of one document that spans lines, or is too long for one."""
    prefix = place_of_statements(opened)
    opened.seek(begin)
    measured = Measured(opened)
    row = 0
    try:
        for statement in ijson.items(measured, prefix, use_float=True):
            row += 1
            measured.since = 0
            yield Piece(row, statement, None)
    except (ijson.JSONError, UnicodeError, RecursionError):
        yield Piece(row + 1, None, b"", "broken_off")
    except TooLongError:
        yield Piece(row + 1, None, b"", "statement_too_long")


def place_of_statements(opened: BinaryIO) -> str:
    """Where in a document the statements are: in an array, in an answer's `statements`, or the whole of it is one."""
    measured = Measured(opened)
    try:
        for prefix, event, _ in ijson.parse(measured):
            if (prefix, event) == ("", "start_array"):
                return "item"
            if (prefix, event) == ("statements", "start_array"):
                return "statements.item"
    except (ijson.JSONError, UnicodeError, RecursionError, TooLongError):
        pass
    return ""


class TooLongError(Exception):
    """More bytes than any statement has, and it has not ended."""


class Measured:
    """A file that stops a statement which does not end, before it fills the memory."""

    def __init__(self, opened: BinaryIO) -> None:
        self.opened = opened
        self.since = 0  # bytes read since the last statement ended

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            TooLongError: where a statement is too long.
        """
        if self.since > LONGEST:
            raise TooLongError
        found = self.opened.read(size)
        self.since += len(found)
        return found


def year_of_statements(file: Dropped) -> int | None:
    """The 年度 most statements of a file lie in, by a glance at their dates; None where it has none.

    Raises:
        Refusal: unreadable_file.
    """
    years: dict[bytes, Counter[int]] = {b"timestamp": Counter(), b"stored": Counter()}
    try:
        with file.path.open("rb") as opened:
            while chunk := opened.read(CHUNK):
                for name, year, month in MONTH.findall(chunk):
                    years[name][int(year) - (int(month) < 4)] += 1
    except OSError:
        raise Refusal("unreadable_file") from None
    counted = years[b"timestamp"] or years[b"stored"]
    return counted.most_common(1)[0][0] if counted else None
