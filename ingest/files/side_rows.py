"""Rows that stand beside the table and say nothing of anybody: totals, notes below it, titles written again, weekdays below days."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import polars as pl

from ingest.files.moments import WEEKDAYS, narrow
from ingest.files.reasons import Sentence, sentence

TOTALS = (
    "計", "合計", "合　計", "合 計", "総計", "小計", "総合計", "平均", "学年計", "学級計", "クラス計", "学校計", "男子計",
    "女子計", "月計", "累計",
)
BLANKS = ("", " ", "　")
OF_WHOM = ("school", "class", "student", "learner", "staff", "grade", "number", "day", "month")  # whom or when a row is of
IS_CODE = re.compile(r"[0-9A-Za-z.@/_+-]+")
ROWS_BELOW = 30  # nobody writes more below a table
MOST_NAMED = 12


def without_side_rows(
    frame: pl.DataFrame, titles: Sequence[str], places: dict[str, int], required: Collection[str], *, is_end: bool, of_sheet: str = "",
) -> tuple[pl.DataFrame, Sentence | None]:
    """The rows of the table, and which others stand in the file.

    A row is a total where it says so in place of whom or when it is of, or in a column nobody reads (a name) while something needed is
    empty; never where it could be somebody's. A note says one thing only, in words, behind the last row of the table.

    Args:
        frame: `file_row`, `flaw` and the cells as text c0, c1, ….
        titles: the file's titles.
        places: where our columns stand.
        required: those that may not be empty.
        is_end: whether the file ends with these rows.
        of_sheet: what stands before a row's number, where several sheets are read.
    """
    cells = [f"c{place}" for place in range(len(titles))]
    needed = [f"c{place}" for name, place in places.items() if name in required]
    if not frame.height or not needed:
        return frame, None
    of_whom = [f"c{place}" for name, place in places.items() if name in OF_WHOM]
    unread = [f"c{place}" for place in range(len(titles)) if place not in places.values()]
    # nearly every row is somebody's: the few that may not be are found by a quick glance, and looked at closely
    is_title = pl.col(needed[0]) == titles[int(needed[0][1:])]
    glance = pl.any_horizontal(pl.col(needed).is_in(BLANKS)) | total_in(of_whom) | is_title
    trimmed_cells = pl.col(cells).str.strip_chars()
    suspects = frame.filter(pl.col("flaw").is_null() & glance).select("file_row", trimmed_cells)
    lacks = pl.any_horizontal(pl.col(needed) == "")
    beside = set(suspects.filter(total_in(of_whom) | (lacks & total_in(unread)) | again_in(titles, cells))["file_row"])
    beside |= set(suspects.filter(lacks & weekdays_in(cells))["file_row"])
    if is_end:
        end = frame.tail(ROWS_BELOW).select("file_row", "flaw", trimmed_cells)
        beside |= notes_at_the_end(end, cells, needed, beside)
    if not beside:
        return frame, None
    named = sorted(beside)
    words = "、".join(f"{of_sheet}{row}" for row in named[:MOST_NAMED]) + ("…" if len(named) > MOST_NAMED else "")
    return frame.filter(~pl.col("file_row").is_in(named)), sentence("side_rows", known=words)


def total_in(cells: Sequence[str]) -> pl.Expr:
    """Whether any of these cells says that its row is a total."""
    return pl.any_horizontal(pl.col(cells).is_in(TOTALS)) if cells else pl.lit(value=False)


def again_in(titles: Sequence[str], cells: Sequence[str]) -> pl.Expr:
    """Whether a row is the header again, as on every page of a print."""
    pairs = [(pl.col(cell) == title.strip(), pl.col(cell) == "") for cell, title in zip(cells, titles, strict=True) if title.strip()]
    same = pl.sum_horizontal(is_title.cast(pl.Int32) for is_title, _ in pairs)
    return pl.all_horizontal(is_title | is_empty for is_title, is_empty in pairs) & (same >= 2)


def weekdays_in(cells: Sequence[str]) -> pl.Expr:
    """Whether all that a row says is weekdays, as below the days of a month's register."""
    return pl.all_horizontal(pl.col(cells).is_in(["", *WEEKDAYS, *(f"({day})" for day in WEEKDAYS)])) & (
        pl.any_horizontal(pl.col(cells) != "")
    )


def notes_at_the_end(end: pl.DataFrame, cells: Sequence[str], needed: Sequence[str], beside: set[int]) -> set[int]:
    """The rows behind the last one of the table that hold one text and nothing else; a lone number is somebody's, and stays."""
    notes: set[int] = set()
    for row in end.reverse().iter_rows(named=True):
        if row["file_row"] in beside:
            continue
        said = {row[cell] for cell in cells} - {""}
        is_whole_row_merged = len({row[cell] for cell in needed}) == 1 and len(needed) > 1
        is_note = len(said) == 1 and (is_whole_row_merged or any(row[cell] == "" for cell in needed))
        if row["flaw"] is not None or not is_note or IS_CODE.fullmatch(narrow(next(iter(said)))):
            break
        notes.add(row["file_row"])
    return notes
