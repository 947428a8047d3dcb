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
from typing import Any, BinaryIO

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


class Place(Enum):
    """Where in a document the reader stands, between two statements."""

    OUTSIDE = "outside"
    ARRAY = "in an array"
    ANSWER = "in an answer's statements"
    TAIL = "behind an answer's statements"


AROUND = {Place.ARRAY: Place.OUTSIDE, Place.ANSWER: Place.TAIL, Place.TAIL: Place.OUTSIDE, Place.OUTSIDE: Place.OUTSIDE}


# long: one walk through the document; every branch says from where the next one goes on
def statements_in(opened: BinaryIO, longest: int) -> Iterator[tuple[Any, bytes, str]]:
    """Each statement with its bytes, and a reason where they are none: broken, without an end, or something else.

    Args:
        opened: the document, where its text begins.
        longest: how many bytes a statement may have.
    """
    text, at, place = b"", 0, Place.OUTSIDE
    while True:
        found = BRACKET.match(text, at)
        bracket = found.end() - 1 if found else -1
        if found and text[bracket] not in OPENING:
            yield from stray(text[at:bracket], place)
            at, place = bracket + 1, AROUND[place]
            continue
        if found:
            yield from stray(text[at:bracket], place)
            at = bracket
            if place is Place.OUTSIDE and text[at] == LIST:
                at, place = at + 1, Place.ARRAY
                continue
            if place is Place.OUTSIDE and (inside := list_in(text, at)):
                at, place = inside, Place.ANSWER
                continue
            statement, end = quickly_parsed(text, at) if place is not Place.TAIL else (None, 0)
            if end:
                yield statement, text[at:end], ""
                at = end
                continue
            if end := end_of(text, at):
                if place is not Place.TAIL:
                    yield parsed(text[at:end])
                at = end
                continue
        if len(text) - at > longest:
            yield None, text[at:], "statement_too_long"
            return
        more = opened.read(CHUNK)
        if not more:
            break
        text, at = text[at:] + more, 0
    rest = text[at:].strip(BETWEEN)
    if rest or place is not Place.OUTSIDE:
        yield None, rest, "broken_off"


def quickly_parsed(text: bytes, at: int) -> tuple[Any, int]:
    """The statement at this place and where it ends, if it ends where it seems to; a whole value ends in one place only."""
    opened = closed = 0
    since = at
    for edge in islice(EDGE.finditer(text, at), MOST_EDGES):
        end = edge.end()
        opened, closed = opened + text.count(b"{", since, end), closed + text.count(b"}", since, end)
        since = end
        if opened == closed:
            statement, raw, flaw = parsed(text[at:end])
            return (None, 0) if flaw else (statement, len(raw) + at)
    return None, 0


def parsed(raw: bytes) -> tuple[Any, bytes, str]:
    """A statement from its bytes."""
    try:
        return orjson.loads(raw), raw, ""
    except orjson.JSONDecodeError:
        return None, raw, "broken_json" if is_utf8(raw) else "not_utf8"


def is_utf8(text: bytes) -> bool:
    """Whether the bytes are text in the encoding JSON is written in."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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


def stray(between: bytes, place: Place) -> Iterator[tuple[Any, bytes, str]]:
    """What stands between statements and is none."""
    if place is not Place.TAIL and (left := between.strip(BETWEEN)):
        yield None, left, "not_a_statement"
