r"""Rows as a mapping file wants them read: a value all rows share, one value from several columns, one row from each of many columns.

[fixed]            a column the file does not have, with the value every row has
school = "B101210000018"

[joined]           a value written in several columns: 年, 月 and 日
day = ["年", "月", "日"]

[wide]             one row per child and month, a column per day (or one row per child, a column per subject)
titles = '(\d{1,2})日?'      which columns those are; the group tells what each stands for
into = "day"                 what the title fills
value = "status"             what the cell fills; an empty cell says nothing and is no row
month = "年月"               the column that names the month, where titles are days
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from typing import Any

import polars as pl

from ingest.files.mapping import plain
from ingest.files.moments import month_of
from ingest.files.reasons import IngestError

WIDE_TITLE = "wide_title"  # which column of the file a row comes from
WIDE_CELL = "wide_cell"
WIDE_MEANING = "wide_meaning"


def lengthened(frame: pl.DataFrame, titles: tuple[str, ...], settings: Table[str, Any]) -> pl.DataFrame:
    """One row per child and day, from one row per child with a column per day; other files stay as they are.

    Args:
        frame: text columns c0, c1, … of a file, with `file_row`.
        titles: the file's titles.
        settings: the mapping file; `wide` is what counts here.

    Returns:
        The frame with `wide_title`, `wide_cell` and `wide_meaning` (all text) added, without rows for empty cells.

    Raises:
        IngestError: missing_column, where no title fits or the month has no column.
    """
    wide = settings.get("wide")
    if wide is None:
        return frame
    pattern = re.compile(wide["titles"])
    places = [(place, found[1] if found.re.groups else title) for place, title in enumerate(titles)
              if (found := pattern.fullmatch(title.strip()))]
    if not places:
        raise lacking("wide", "titles", wide["titles"])
    month = column_of(titles, wide["month"], "wide", "month") if "month" in wide else None
    long = [
        frame.with_columns(
            pl.lit(titles[place]).alias(WIDE_TITLE), pl.col(f"c{place}").alias(WIDE_CELL),
            meaning_of(group, frame, month).alias(WIDE_MEANING),
        ).filter(pl.col(WIDE_CELL).str.strip_chars() != "")
        for place, group in places
    ]
    return pl.concat(long).sort("file_row", maintain_order=True)


def meaning_of(group: str, frame: pl.DataFrame, month: str | None) -> pl.Expr:
    """What a column stands for, as a cell: a day of the row's month, or the title's own word (a subject)."""
    if month is None:
        return pl.lit(group)
    months = {cell: first for cell in frame[month].unique().to_list() if (first := month_of(cell))}
    known = {cell: f"{first:%Y-%m}-{group}" for cell, first in months.items()}
    return pl.col(month).replace_strict(known, default=pl.concat_str(pl.col(month), pl.lit(f"-{group}")), return_dtype=pl.String)


def reshaped_cells(settings: Table[str, Any], titles: tuple[str, ...]) -> dict[str, pl.Expr]:
    """The cells of columns that stand nowhere as such: fixed, joined or wide; name of the column → its text.

    Raises:
        IngestError: missing_column, where a title to be joined is missing.
    """
    cells = {name: pl.lit(str(value)) for name, value in settings.get("fixed", {}).items()}
    for name, parts in settings.get("joined", {}).items():
        asked = [column_of(titles, part, "joined", name) for part in parts]
        cells[name] = pl.concat_str([pl.col(place).str.strip_chars() for place in asked], separator="-")
    if wide := settings.get("wide"):
        cells |= {wide["into"]: pl.col(WIDE_MEANING), wide["value"]: pl.col(WIDE_CELL)}
    return cells


def column_of(titles: tuple[str, ...], title: str, section: str, name: str) -> str:
    """The text column under a title, which a line of the mapping file asks for.

    Raises:
        IngestError: missing_column.
    """
    known = [plain(each) for each in titles]
    if plain(title) not in known:
        raise lacking(section, name, title)
    return f"c{known.index(plain(title))}"


def lacking(section: str, name: str, title: str) -> IngestError:
    """The error of a file without a column its mapping asks for, and which line of the mapping asks for it."""
    return IngestError("missing_column", column=title, section=section, lines=f"{name} = …")
