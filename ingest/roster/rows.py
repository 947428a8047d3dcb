"""The rows of one roster table as text: cleaned of what exports add, with ids and dates of change, deleted ones set apart."""

from __future__ import annotations

import datetime
import difflib
from dataclasses import replace

import polars as pl

from ingest.files.mapping import Mapping, plain
from ingest.files.moments import day_of, narrow
from ingest.files.rows import Rows
from ingest.files.sheet import Sheet, sheet_of

DELETED = "tobedeleted"
ALIKE = 0.9  # how alike two titles are before one is asked about as a slip of the other


def rows_of(raw: bytes, mapping: Mapping, *, is_delta: bool) -> Rows:
    """A table's rows; the word NULL counts as nothing, and no id has blanks around it.

    Raises:
        IngestError: where it cannot be read as a table, or a needed column is missing.
    """
    sheet = sheet_of(raw)
    titles = {plain(title) for title in sheet.titles}
    own = {name: (name,) if plain(name) in titles else known for name, known in mapping.columns.items()}
    return prepared(Rows(sheet, replace(mapping, columns=own)), is_delta=is_delta)


def prepared(rows: Rows, *, is_delta: bool) -> Rows:
    """The rows with their id (`sourced_id`), when they changed (`modified`) and what they are a word on (`word_on`)."""
    mapping = rows.mapping
    cells = [f"raw_{name}" for name in mapping.columns]
    rows.frame = rows.frame.with_columns(pl.col(cells).str.strip_chars().replace("NULL", ""))
    statuses = pl.col("raw_status").str.to_lowercase()
    rows.reject("missing_value", "sourcedId", pl.col("raw_sourcedId") == "")
    rows.remark("odd_status", "status", ~statuses.is_in(["", "active", DELETED]))
    rows.read("dateLastModified", "modified", second_of, pl.Int64, code="", is_required=False)
    rows.remark("odd_change_date", "dateLastModified", (pl.col("raw_dateLastModified") != "") & (pl.col("modified") == 0))
    rows.frame = rows.frame.with_columns(
        pl.col("modified").fill_null(0), sourced_id=pl.col("raw_sourcedId"), word_on=pl.col("raw_sourcedId"),
        is_unused=pl.lit(value=False),
    )
    if not is_delta:  # a file of changes may tell of two changes of one record: the newer counts
        rows.reject_repeated(("sourced_id",), "sourcedId", "duplicate_id")
    return rows


def set_apart(rows: Rows) -> pl.DataFrame:
    """Take the records marked as deleted out of the rows: what else such a row says is not looked at."""
    is_deleted = (pl.col("raw_status").str.to_lowercase() == DELETED) & pl.col("flaw").is_null()
    gone = rows.frame.filter(is_deleted).select("sourced_id", "word_on", "modified")
    if gone.height:
        rows.frame = rows.frame.filter(~is_deleted)
    return gone


def second_of(cell: str) -> int:
    """The second a change was made in, as one number; 0 where the cell is no moment."""
    try:
        moment = datetime.datetime.fromisoformat(narrow(cell))
    except ValueError:
        day = day_of(cell)
        if day is None:
            return 0
        moment = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)).timestamp())


def roles_of_users(users: Rows, mapping: Mapping) -> Rows:
    """The roles a users.csv up to 1.1 holds: one for each place a person belongs to. All of a person's roles are one word."""
    places = users.frame.filter(pl.col("flaw").is_null()).with_columns(org=pl.col("raw_orgSourcedIds").str.split(",")).explode("org")
    placed = places.with_columns(pl.col("org").str.strip_chars())
    cells = {
        "sourcedId": pl.concat_str("raw_sourcedId", pl.lit("#"), "org"), "status": pl.col("raw_status"),
        "dateLastModified": pl.col("raw_dateLastModified"), "userSourcedId": pl.col("raw_sourcedId"), "role": pl.col("raw_role"),
        "orgSourcedId": pl.col("org"),
    }
    frame = placed.select(
        "file_row", pl.lit(None, pl.String).alias("flaw"), *(cell.alias(f"c{place}") for place, cell in enumerate(cells.values()))
    )
    rows = prepared(Rows(Sheet(tuple(cells), frame), mapping), is_delta=True)
    rows.frame = rows.frame.with_columns(word_on=pl.col("raw_userSourcedId"))
    return rows


def near_titles(rows: Rows) -> list[tuple[str, str]]:
    """Titles nobody asked for that look like a slip of one that is missing, with the one they look like."""
    missing = {plain(name): name for name in rows.mapping.columns if name not in rows.places}
    asked = set(rows.places.values())
    found = []
    for place, title in enumerate(rows.sheet.titles):
        if place not in asked and (alike := difflib.get_close_matches(plain(title), missing, 1, ALIKE)):
            found.append((title, missing[alike[0]]))
    return found
