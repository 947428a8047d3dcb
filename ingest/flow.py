"""What a source is: where it comes from, what it fills, what it is for, who may see it and how long it stays.

The declared flows are the district's record of its data: the privacy note and the data dictionary are made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict


class Words(TypedDict):
    """One text in both languages."""

    ja: str
    en: str


TABLES = r"\.(csv|txt|tsv|xlsx|xlsm|xls)$"  # names of files that hold one table


@dataclass(frozen=True)
class Flow:
    """One source of data, as a data-protection officer would want it declared."""

    source: str  # the folder of the inbox
    label: Words
    frequency: Words
    tables: tuple[str, ...]
    purpose: Words
    seen_by: Words
    retention: Words
    files: str  # what its file names look like: a regular expression
    example: str
    within: tuple[str, str] | None = None  # another source whose zips may hold it, and the table by which one sees that they do
    needs: tuple[str, ...] = ()  # sources its rows are checked against
    order: tuple[str, ...] = ()  # how its table is sorted
    is_watched: bool = True  # far fewer rows than last time stop a load; not where a sender may hold back what it likes
    keys: tuple[str, ...] = ()  # what makes two rows say the same thing; a later file wins
