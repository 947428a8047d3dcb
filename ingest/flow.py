"""What a source is: where it comes from, what it fills, what it is for, who may see it and how long it stays.

The declared flows are the district's record of its data: the privacy note and the data dictionary are made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypedDict

from queries.lake_schema import lake_tables


class Words(TypedDict):
    """One text in both languages."""

    ja: str
    en: str


# How often a source is expected. Only a daily one can be late by days; of a yearly one the 年度 is all there is to say.
Beat = Literal["daily", "monthly", "termly", "yearly", "occasional"]
FREQUENCIES: dict[Beat, Words] = {
    "daily": {"ja": "毎日", "en": "daily"},
    "monthly": {"ja": "毎月", "en": "monthly"},
    "termly": {"ja": "学期ごと", "en": "every term"},
    "yearly": {"ja": "年1回", "en": "once a year"},
}
TABLES = r"\.(csv|txt|tsv|xlsx|xlsm|xls)$"  # names of files that hold one table


@dataclass(frozen=True)
class Flow:
    """One source of data, as a data-protection officer would want it declared."""

    source: str  # the folder of the inbox
    label: Words
    beat: Beat
    tables: tuple[str, ...]
    purpose: Words
    seen_by: Words
    retention: Words
    files: str  # what its file names look like: a regular expression
    example: str
    loose: frozenset[str] = frozenset()  # tables that make a package even where they lie in a folder and not in a zip; lower case
    within: tuple[str, str] | None = None  # another source whose zips may hold it, and the table by which one sees that they do
    needs: tuple[str, ...] = ()  # sources its rows are checked against
    order: tuple[str, ...] = ()  # how its table is sorted
    is_watched: bool = True  # far fewer rows than last time stop a load; not where a sender may hold back what it likes
    keys: tuple[str, ...] = ()  # what makes two rows say the same thing; a later file wins
    comes: Words | None = None  # how often it comes, where its beat does not say it all
    lists_exceptions: bool = False  # a day without a row says that nothing happened, as far as its files have come

    @property
    def frequency(self) -> Words:
        """How often it comes, in words."""
        return self.comes or FREQUENCIES[self.beat]

    @property
    def day_column(self) -> str | None:
        """The column of its rows that says when: a day, or the first of a month; None where they speak of no day."""
        return lake_tables()[self.tables[0]].day
