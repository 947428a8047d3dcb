"""The statements in a file, one after another in flat memory, whichever way they are wrapped.

One statement, an array, JSON Lines, or what a learning record store answers ({"statements": [...], "more": …}); the content decides,
never the name. Each statement is parsed by itself, so a broken one costs itself only.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from ingest.files.inbox import Dropped
from ingest.files.reasons import IngestError
from ingest.study_log.document import BLANK, parsed, statements_in

LONGEST = 1 << 20  # bytes of one statement: a child's answer is a few hundred
KEPT = 1 << 12  # of what is longer
GLANCE = 1 << 12
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MONTH = re.compile(rb'"(timestamp|stored)"\s*:\s*"(\d{4})-(\d{2})')
CHUNK = 1 << 22


class Piece(NamedTuple):
    """One statement as it was parsed, or a piece that is none."""

    row: int  # its line, or in a document its place
    statement: Any
    raw: bytes
    flaw: str = ""  # why it could not be parsed
    line: int = 0  # where that is, in the file
    at: int = 0


def holds_statements(path: Path) -> bool:
    """Whether a file begins as JSON does; one that cannot be opened is left to whoever opens it."""
    try:
        with path.open("rb") as opened:
            head = opened.read(GLANCE)
    except OSError:
        return False
    if head.startswith(UTF16):
        head = head.decode("utf-16", errors="ignore").encode()
    return head.removeprefix(codecs.BOM_UTF8).lstrip(BLANK)[:1] in (b"{", b"[")


def pieces_of(file: Dropped, rows: frozenset[int] | None = None) -> Iterator[Piece]:
    """Every statement of a file.

    Args:
        file: the file.
        rows: if given, only these are wanted.

    Raises:
        IngestError: unreadable_file, still_changing, not_utf8.
    """
    try:
        with file.path.open("rb") as opened:
            begin = start_of(opened)
            pieces = in_lines(opened, rows) if is_in_lines(opened, begin) else in_document(opened)
            yield from pieces if rows is None else (piece for piece in pieces if piece.row in rows)
            opened.seek(0)
            if hashlib.file_digest(opened, "sha256").hexdigest() != file.sha256:
                raise IngestError("still_changing")
    except OSError:
        raise IngestError("unreadable_file") from None


def start_of(opened: BinaryIO) -> int:
    """Where the text begins, behind the mark of UTF-8; the file is left standing there.

    Raises:
        IngestError: not_utf8.
    """
    head = opened.read(len(codecs.BOM_UTF8))
    if head.startswith(UTF16):
        raise IngestError("not_utf8")
    begin = len(codecs.BOM_UTF8) if head == codecs.BOM_UTF8 else 0
    opened.seek(begin)
    return begin


def is_in_lines(opened: BinaryIO, begin: int) -> bool:
    """Whether each line is a statement by itself: the first is whole, or it is broken and the second begins anew."""
    first = second = b""
    while not first and (line := opened.readline(LONGEST + 1)):
        first = line.strip(BLANK)
    while not second and (line := opened.readline(LONGEST + 1)):
        second = line.strip(BLANK)
    opened.seek(begin)
    try:
        found = orjson.loads(first)
    except orjson.JSONDecodeError:
        return first[:1] == b"{" and len(first) > 1 and second[:1] == b"{"
    return isinstance(found, dict) and not isinstance(found.get("statements"), list)


def in_lines(opened: BinaryIO, rows: frozenset[int] | None = None) -> Iterator[Piece]:
    """A piece from each line, or from each of these."""
    row = 0
    while line := opened.readline(LONGEST + 1):
        row += 1
        if len(line) > LONGEST:
            while not line.endswith(b"\n") and (more := opened.readline(LONGEST)):
                line = line[:KEPT] + more[-1:]
            yield Piece(row, None, line[:KEPT], "statement_too_long", row, 1)
        elif (rows is None or row in rows) and (statement := line.strip(BLANK)):
            found = parsed(statement)
            yield Piece(row, found.statement, found.raw, found.flaw, row, found.at + len(line) - len(line.lstrip(BLANK)))


def in_document(opened: BinaryIO) -> Iterator[Piece]:
    """A piece for each statement of a document that is not one statement a line."""
    for row, found in enumerate(statements_in(opened, LONGEST), start=1):
        yield Piece(row, *found._replace(raw=found.raw[:KEPT]) if found.flaw == "statement_too_long" else found)


def year_of_statements(file: Dropped) -> int | None:
    """The 年度 most statements of a file lie in, by a glance at their dates; None where it has none.

    Raises:
        IngestError: unreadable_file.
    """
    years: dict[bytes, Counter[int]] = {b"timestamp": Counter(), b"stored": Counter()}
    try:
        with file.path.open("rb") as opened:
            while chunk := opened.read(CHUNK):
                for name, year, month in MONTH.findall(chunk):
                    years[name][int(year) - (int(month) < 4)] += 1
    except OSError:
        raise IngestError("unreadable_file") from None
    counted = years[b"timestamp"] or years[b"stored"]
    return counted.most_common(1)[0][0] if counted else None
