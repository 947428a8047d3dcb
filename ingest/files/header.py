"""Which row of a file holds its titles: below a heading, a date or the name of the school; sometimes two rows hold them together."""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.files.mapping import plain
from ingest.files.reasons import IngestError

ROWS_ABOVE = 30  # a heading, a date, the name of the school: nobody writes more above a table
DAY_TITLE = re.compile(r"(\d{1,2})日?")
DAYS_OF_A_MONTH = 20  # so many titles that are days are a month's register, whatever the others are

Row = Sequence[str]


@dataclass(frozen=True)
class Header:
    """Titles, how many rows stand above them, in how many rows they stand, and how many of them the source knows."""

    above: int
    rows: int
    titles: tuple[str, ...]
    known: int = 0


FIRST_ROW = Header(0, 1, ())

def header_in(top: Sequence[Row], wanted: Table[str, tuple[str, ...]], rows_above: int | None = None) -> Header:
    """The header among the first rows of a file.

    The row that knows most titles; two rows, where they know more together (a group of titles with their own below it). Where no row
    knows any, the first one that is filled half as widely as the table.

    Args:
        top: the first rows, cell by cell.
        wanted: our columns and the titles each may have.
        rows_above: how many rows stand above the titles, where a mapping says so.

    Raises:
        IngestError: empty_file, where there is no such row.
    """
    known = {plain(title) for titles in wanted.values() for title in titles}
    places = range(len(top)) if rows_above is None else range(rows_above, rows_above + 1)
    if not top or not 0 <= places[0] < len(top):
        raise IngestError("empty_file")
    found = []
    for place in places:
        found.append(Header(place, 1, tuple(top[place]), len(known_in(top[place], known))))
        if place + 1 < len(top) and (titles := joined(top[place], top[place + 1], known)):
            found.append(Header(place, 2, titles, len(known_in(titles, known))))
    best = max(found, key=lambda header: header.known)
    if best.known or rows_above is not None:
        return best
    filled = [sum(bool(cell.strip()) for cell in row) for row in top]
    return next(header for header in found if header.rows == 1 and filled[header.above] * 2 >= max(filled))


def known_in(row: Row, known: set[str]) -> set[str]:
    """The cells of a row that are titles: those the source knows, and the days of a month's register."""
    days = {plain(cell) for cell in row if DAY_TITLE.fullmatch(cell.strip())}
    return ({plain(cell) for cell in row} & known) | (days if len(days) >= DAYS_OF_A_MONTH else set())


def joined(upper: Row, lower: Row, known: set[str]) -> tuple[str, ...] | None:
    """The titles of two rows read together; None where the lower one is no part of a header.

    It is, if it holds titles the upper one does not, and nothing below those the upper one knows by itself.
    """
    width = max(len(upper), len(lower))
    above, below = ([*row, *[""] * (width - len(row))] for row in (upper, lower))
    known_above, known_below = known_in(above, known), known_in(below, known)
    is_filled_below = any(plain(title) in known_above and cell.strip() for title, cell in zip(above, below, strict=True))
    if not known_above or not known_below - known_above or is_filled_below:
        return None
    return tuple(cell if cell.strip() else title for title, cell in zip(above, below, strict=True))
