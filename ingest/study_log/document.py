"""Where statements begin and end in a document that is not one a line: an array, an answer of a record store, one after another.

Each statement is cut out and parsed by itself: a broken or monstrous one costs itself only, and memory stays flat however long the
document is. (A streaming parser was tried in its place: it loses everything behind the first broken statement, takes minutes over one
that is nested a hundred thousand deep, and three times as long over sound ones.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

import orjson

CHUNK = 1 << 20
BLANK = b" \t\r\n"
BETWEEN = BLANK + b","
# from one bracket to the next, over whole strings; nothing where the text ends before, or within a string
BRACKET = re.compile(rb'(?:[^"\[\]{}]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+[\[\]{}]', re.DOTALL)
# what is likely to end a statement in a list: the next begins behind it, or the list ends
EDGE = re.compile(rb"\}(?=[ \t\r\n]*+(?:,[ \t\r\n]*+\{|\]))")
MOST_EDGES = 50
STATEMENTS = re.compile(rb'"statements"\s*:\s*$')
LIST, OPENING = ord("["), frozenset(b"[{")


class Found(NamedTuple):
    """A statement with its bytes; or a piece that is none, with the reason, and the line and character where it goes wrong."""

    statement: Any
    raw: bytes
    flaw: str = ""
    line: int = 1
    at: int = 1

    def behind(self, place: Position) -> Found:
        """The same, its line and character counted in the document and no longer from its own beginning."""
        return self._replace(line=self.line + place.line - 1, at=self.at if self.line > 1 else self.at + place.at - 1)


class Position:
    """The line and character up to which a document that comes piece by piece has been looked at."""

    def __init__(self) -> None:
        self.line = self.at = 1
        self.passed = 0  # bytes of the piece at hand

    def moved(self, text: bytes, to: int) -> Position:
        """Itself, moved on to a place of the piece at hand."""
        passed = text[self.passed:to]
        if lines := passed.count(b"\n"):
            self.line, self.at = self.line + lines, 1
        self.at += len(passed[passed.rfind(b"\n") + 1:].decode("utf-8", errors="ignore"))
        self.passed = to
        return self


class Place(Enum):
    """Where in a document the reader stands, between two statements."""

    OUTSIDE = "outside"
    ARRAY = "in an array"
    ANSWER = "in an answer's statements"
    TAIL = "behind an answer's statements"


AROUND = {Place.ARRAY: Place.OUTSIDE, Place.ANSWER: Place.TAIL, Place.TAIL: Place.OUTSIDE, Place.OUTSIDE: Place.OUTSIDE}


# long: one walk through the document; every branch says from where the next one goes on
def statements_in(opened: BinaryIO, longest: int) -> Iterator[Found]:
    """Each statement with its bytes, and a reason with its line where they are none: broken, without an end, or something else.

    Args:
        opened: the document, where its text begins.
        longest: how many bytes a statement may have.
    """
    text, at, place, position = b"", 0, Place.OUTSIDE, Position()
    while True:
        found = BRACKET.match(text, at)
        bracket = found.end() - 1 if found else -1
        if found and text[bracket] not in OPENING:
            yield from stray(text, at, bracket, place, position)
            at, place = bracket + 1, AROUND[place]
            continue
        if found:
            yield from stray(text, at, bracket, place, position)
            at = bracket
            if place is Place.OUTSIDE and text[at] == LIST:
                at, place = at + 1, Place.ARRAY
                continue
            if place is Place.OUTSIDE and (inside := list_in(text, at)):
                at, place = inside, Place.ANSWER
                continue
            statement, end = quickly_parsed(text, at) if place is not Place.TAIL else (None, 0)
            if end:
                found_whole = Found(statement, text[at:end])
                yield found_whole if isinstance(statement, dict) else found_whole.behind(position.moved(text, at))
                at = end
                continue
            if end := end_of(text, at):
                if place is not Place.TAIL:
                    yield parsed(text[at:end]).behind(position.moved(text, at))
                at = end
                continue
        if len(text) - at > longest:
            yield Found(None, text[at:], "statement_too_long").behind(position.moved(text, at))
            return
        more = opened.read(CHUNK)
        if not more:
            break
        position.moved(text, at).passed = 0
        text, at = text[at:] + more, 0
    rest = text[at:].strip(BETWEEN)
    if rest or place is not Place.OUTSIDE:
        begin = len(text) - len(text[at:].lstrip(BETWEEN))
        yield Found(None, rest, "broken_off").behind(position.moved(text, begin))


def quickly_parsed(text: bytes, at: int) -> tuple[Any, int]:
    """The statement at this place and where it ends, if it ends where it seems to; a whole value ends in one place only."""
    opened = closed = 0
    since = at
    for edge in islice(EDGE.finditer(text, at), MOST_EDGES):
        end = edge.end()
        opened, closed = opened + text.count(b"{", since, end), closed + text.count(b"}", since, end)
        since = end
        if opened == closed:
            found = parsed(text[at:end])
            return (None, 0) if found.flaw else (found.statement, len(found.raw) + at)
    return None, 0


def parsed(raw: bytes) -> Found:
    """A statement from its bytes; where they are none, the line and character within them where they go wrong."""
    try:
        return Found(orjson.loads(raw), raw)
    except orjson.JSONDecodeError as broken:
        wrong = broken
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as other:  # JSON is written in no other encoding
        place = Position().moved(raw, other.start)
        return Found(None, raw, "not_utf8", place.line, place.at)
    return Found(None, raw, "broken_json", wrong.lineno, wrong.colno)


def end_of(text: bytes, at: int) -> int:
    """Behind the bracket that closes the one at this place; 0 where the text does not reach as far."""
    depth = 0
    while found := BRACKET.match(text, at):
        at = found.end()
        if text[at - 1] in OPENING:
            depth += 1
        else:
            depth -= 1
            if not depth:
                return at
    return 0


def list_in(text: bytes, at: int) -> int:
    """Behind the bracket that opens the list of an answer's statements; 0 where the object at this place is no answer."""
    depth = 0
    while found := BRACKET.match(text, at):
        before, at = at, found.end()
        if text[at - 1] not in OPENING:
            depth -= 1
            if not depth:
                break
        elif depth == 1 and text[at - 1] == LIST and STATEMENTS.search(text, before, at - 1):
            return at
        else:
            depth += 1
    return 0


def stray(text: bytes, begin: int, end: int, place: Place, position: Position) -> Iterator[Found]:
    """What stands between statements and is none."""
    if place is not Place.TAIL and (left := text[begin:end].strip(BETWEEN)):
        yield Found(None, left, "not_a_statement").behind(position.moved(text, text.index(left, begin)))
