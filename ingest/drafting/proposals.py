"""What an unknown file may be: which source it fits, and which of its columns are which, by their titles and by their cells.

This only ever makes a draft for a person to confirm. A column that says who somebody is is proposed for its title, or because
its cells are numbers of the roster; names are never taken for that, and nobody is matched to anybody here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from ingest.files.excel import SHEET_TITLE
from ingest.files.header import DAY_TITLE, DAYS_OF_A_MONTH
from ingest.files.mapping import Mapping, plain
from ingest.files.moments import day_of, month_of, time_of
from ingest.files.rows import decimal_of
from ingest.files.sheet import Sheet
from ingest.intake.roster_index import RosterIndex, looked_up
from ingest.roster.schools import has_right_check_digit

WORDS = Path(__file__).parent / "titles.toml"
IDENTITIES = ("child", "learner", "staff")
EXACT, WORD, PART = 3.0, 2.0, 1.0  # how much a title tells
CELLS = 2.0  # how much cells tell that all fit
MISSED = 4.0  # what a column tells that has to be there and is not
MOST_TRIED = 5_000  # distinct cells looked at per column
KNOWN_BY_CELLS = 0.8
UNLIKE = 0.2
ANY_YEAR = 2026  # which one makes no difference to whether a word names a month


@dataclass(frozen=True)
class Found:
    """A column of the file that may be one of ours."""

    name: str
    place: int
    score: float
    fitting: float | None  # share of its cells that can be read as such; None where any text can
    by_title: float = 0.0
    rivals: tuple[int, ...] = ()  # other columns whose titles say the same

    @property
    def is_sure(self) -> bool:
        """Whether nothing is left to decide about which column it is.

        Whom a row is of, and what a code means, is asked cell by cell with every load. A day is the one whose title says so best and whose
        cells are days. Of a number its title has to say it whole: minutes look like hours.
        """
        kind = words_of().get(self.name, {}).get("kind", "text")
        if kind in (*IDENTITIES, "school"):
            return self.by_title > 0 or (self.fitting or 0) >= KNOWN_BY_CELLS
        needed = WORD if kind in ("number", "time") else PART
        is_fit = self.fitting is None or self.fitting >= KNOWN_BY_CELLS or kind == "code"
        return self.by_title >= needed and is_fit and not self.rivals


@dataclass(frozen=True)
class Proposal:
    """One source a file may be: its columns by our names, and what was not found."""

    source: str
    mapping: Mapping
    found: dict[str, Found]
    joined: dict[str, tuple[str, ...]]
    wide: dict[str, str]
    missing: tuple[str, ...]
    score: float


def proposals(sheet: Sheet, mappings: list[Mapping], roster: RosterIndex | None) -> list[Proposal]:
    """Every source the file may be, the likeliest first.

    Args:
        sheet: the file's titles and cells.
        mappings: the mapping of every source that is one table.
        roster: whom the latest roster knows; None before the first.
    """
    cells = [distinct_cells(sheet, place) for place in range(len(sheet.titles))]
    made = [proposal(sheet, cells, mapping, roster) for mapping in mappings]
    return sorted((each for each in made if each.found), key=lambda each: each.score, reverse=True)


def proposal(sheet: Sheet, cells: list[list[str]], mapping: Mapping, roster: RosterIndex | None) -> Proposal:
    """The file read as one source."""
    wide = month_wide(sheet, mapping)
    wanted = {name: titles for name, titles in mapping.columns.items() if name not in wide.values()}
    if wide and "month" not in wide:
        wanted["month"] = ()
    places = [place for place, title in enumerate(sheet.titles) if not (wide and DAY_TITLE.fullmatch(title.strip()))]
    candidates = [
        found for name, titles in wanted.items() for place in places
        if (found := fit(name, titles, place, sheet.titles[place], cells[place], mapping, roster))
    ]
    taken: dict[str, Found] = {}
    for each in sorted(candidates, key=lambda each: each.score, reverse=True):
        if each.name not in taken and each.place not in {other.place for other in taken.values()}:
            taken[each.name] = each
    free = [each for each in candidates if each.place not in {other.place for other in taken.values()}]
    taken = {
        name: replace(found, rivals=tuple(each.place for each in free if each.name == name and each.by_title >= found.by_title > 0))
        for name, found in taken.items()
    }
    joined = date_parts(sheet.titles) if "day" in wanted and "day" not in taken else {}
    needed = [name for name in mapping.required if name not in wide.values()] + (["month"] if wide and "month" not in wide else [])
    missing = tuple(name for name in sorted(needed) if name not in taken and name not in joined)
    # the more of the file a source explains, the likelier it is that source
    score = sum(found.score for found in taken.values()) + EXACT * (len(joined) + bool(wide)) - MISSED * len(missing)
    return Proposal(mapping.source, mapping, taken, joined, wide, missing, score)


def fit(
    name: str, titles: tuple[str, ...], place: int, title: str, cells: list[str], mapping: Mapping, roster: RosterIndex | None
) -> Found | None:
    """How well one column fits one of ours; None where it does not."""
    known = words_of().get(name, {})
    by_title = title_score(title, titles, tuple(known.get("words", ())))
    kind = "code" if name in mapping.codes else known.get("kind", "text")
    meaning = reader_of(kind, name, mapping, roster)
    if meaning is None or not cells:
        return Found(name, place, by_title, None, by_title) if by_title else None
    fitting = sum(meaning(cell) is not None for cell in cells) / len(cells)
    is_open = kind in (*IDENTITIES, "code", "school")  # numbers and codes nobody knows yet are what mappings are for
    if fitting < UNLIKE and not is_open:
        return None
    is_by_cells = fitting >= KNOWN_BY_CELLS and kind not in ("number", "time")
    if not by_title and not is_by_cells:
        return None
    return Found(name, place, by_title + CELLS * fitting, fitting, by_title)


def title_score(title: str, titles: tuple[str, ...], words: tuple[str, ...]) -> float:
    """How much a title alone tells."""
    asked = plain(title)
    if not asked:
        return 0.0
    if asked in {plain(each) for each in titles}:
        return EXACT
    if asked in {plain(word) for word in words}:
        return WORD
    return PART if any(plain(word) in asked for word in words) else 0.0


def reader_of(kind: str, name: str, mapping: Mapping, roster: RosterIndex | None) -> Callable[[str], Any | None] | None:
    """What a cell of such a column means, None for cells that do not fit; no reader where any text fits."""
    year = roster.fiscal_year if roster else ANY_YEAR  # a file's name will say which
    plainly: dict[str, Callable[[str], Any | None]] = {
        "day": lambda cell: day_of(cell, year), "month": lambda cell: month_of(cell, year), "time": time_of, "number": decimal_of,
    }
    if kind in plainly:
        return plainly[kind]
    if kind == "code":
        known = {plain(word): True for word in mapping.codes.get(name, {})}
        return lambda cell: known.get(plain(cell))
    if kind == "school":
        schools = roster.schools if roster else {}
        return lambda cell: looked_up(schools, cell) or (has_right_check_digit(cell.strip().upper()) or None)
    if kind in IDENTITIES:
        people = {"child": "children", "learner": "learners", "staff": "staff"}[kind]
        known_people = getattr(roster, people) if roster else {}
        return lambda cell: looked_up(known_people, cell)
    return None


def month_wide(sheet: Sheet, mapping: Mapping) -> dict[str, str]:
    """Whether the file is a month's register with a column per day: which of ours the days and the cells are, and where the month stands
    if that is the name of the sheet.
    """
    days = [title for title in sheet.titles if DAY_TITLE.fullmatch(title.strip())]
    coded = [name for name in mapping.columns if name in mapping.required and name in mapping.codes]
    if len(days) < DAYS_OF_A_MONTH or "day" not in mapping.required or len(coded) != 1:
        return {}
    has_month = any(plain(title) in {"年月", "対象月", "月"} for title in sheet.titles)
    is_named = not has_month and month_of(sheet.name, ANY_YEAR) is not None
    return {"into": "day", "value": coded[0]} | ({"month": SHEET_TITLE} if is_named else {})


def date_parts(titles: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The day, where 年, 月 and 日 stand in columns of their own."""
    parts = [next((title for title in titles if plain(title) == word), None) for word in ("年", "月", "日")]
    return {"day": tuple(part for part in parts if part)} if all(parts) else {}


def distinct_cells(sheet: Sheet, place: int) -> list[str]:
    """The different cells of a column, empty ones aside, in the order they come."""
    cells = sheet.frame.select(pl.col(f"c{place}").str.strip_chars()).to_series()
    return [cell for cell in cells.unique(maintain_order=True).head(MOST_TRIED).to_list() if cell]


@cache
def words_of() -> dict[str, dict[str, Any]]:
    """Further words for each column, and what kind of cells it has."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))
