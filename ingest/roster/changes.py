"""What several roster files of one 年度 say together: newer over older, changes (delta) over the whole (bulk), and who is gone.

The newest word on a record counts. A whole file outdates every earlier word on what it names; of changes, the one its system made last
(dateLastModified) counts, so that an old change dropped again does nothing. What stands at the end is kept in the lake
(`roster_<table>`), for the day when a file of changes comes without the whole it builds on.
"""

from __future__ import annotations

import polars as pl

from ingest.files.mapping import Mapping
from ingest.files.rows import Rows
from ingest.files.sheet import Sheet
from ingest.intake.roster_index import CLASS_SUBJECT
from ingest.lake.lake import Lake
from ingest.roster.manifest import OPTIONAL, TABLES
from ingest.roster.zip import RosterZip

KEPT = ("sourced_id", "word_on", "modified", "file_id", "file_row")


def parted_by_age(zips: list[RosterZip]) -> tuple[list[RosterZip], list[tuple[RosterZip, RosterZip]]]:
    """The zips that still say something, and those that do not, each with the newer one that takes its place.

    A whole file takes the place of an earlier one if it has classes of every school the earlier one has classes of: a zip per school
    does not outdate the zips of the other schools. Changes are past once every whole file they could build on is.
    """
    newer: dict[int, int] = {}
    for place, each in enumerate(zips):
        if not each.is_delta and each.schools:
            covers = [later for later, other in enumerate(zips) if later > place and not other.is_delta and each.schools <= other.schools]
            newer |= {place: covers[-1]} if covers else {}
    whole = [place for place, each in enumerate(zips) if not each.is_delta]
    for place, each in enumerate(zips):
        builds_on = [base for base in whole if base < place]
        is_early = each.is_delta and bool(whole) and not builds_on
        if is_early or (each.is_delta and builds_on and all(newer.get(base, -1) > place for base in builds_on)):
            newer[place] = whole[-1]
    current = [each for place, each in enumerate(zips) if place not in newer]
    return current, [(zips[place], zips[by]) for place, by in sorted(newer.items())]


def last_words(zips: list[RosterZip], table: str) -> pl.DataFrame:
    """The newest word on each record of a table, with the `place` of its zip; `is_gone` where it says that the record is gone."""
    frames, epoch = [], 0
    for place, each in enumerate(zips):
        epoch = epoch if each.is_delta else place
        if table not in each.tables:
            continue
        if each.is_delta and each.modes.get(table) == "bulk":
            frames.clear()  # the whole of this one table, among changes of others
        words = pl.concat(
            [each.tables[table].sound.with_columns(is_gone=False), each.gone[table].with_columns(is_gone=True)],
            how="diagonal_relaxed",
        )
        if not each.is_delta and not each.is_kept:
            words = words.with_columns(modified=pl.lit(0, pl.Int64))
        frames.append(words.with_columns(epoch=pl.lit(epoch), place=pl.lit(place)))
    age = ("epoch", "modified", "place")
    words = pl.concat(frames, how="diagonal_relaxed").sort(age, maintain_order=True).with_columns(rank=pl.struct(age).rle_id())
    # a person's roles, where users.csv holds them, are one word: fewer of them means that some are gone
    newest = words.filter(pl.col("rank") == pl.col("rank").max().over("word_on")).drop("rank")
    return newest.unique("sourced_id", keep="last", maintain_order=True)


def current_rows(zips: list[RosterZip], table: str) -> pl.DataFrame:
    """The current records of a table."""
    return last_words(zips, table).filter(~pl.col("is_gone"))


def gone_ids(zips: list[RosterZip], table: str) -> pl.Series:
    """The records of a table that were said to be gone."""
    return last_words(zips, table).filter("is_gone")["sourced_id"]


def pass_over_outdated(zips: list[RosterZip], table: str) -> None:
    """Mark the sound rows a newer word has taken the place of: they are not used."""
    if len(zips) == 1 and not zips[0].gone[table].height:
        return
    current = current_rows(zips, table)
    for place, each in enumerate(zips):
        if table in each.tables:
            lines = current.filter(pl.col("place") == place)["line"].implode()
            rows = each.tables[table]
            rows.frame = rows.frame.with_columns(is_unused=pl.col("is_unused") | ~pl.col("line").is_in(lines))


def keep_current(lake: Lake, year: int, table: str, taken: list[pl.DataFrame]) -> None:
    """Keep the used rows of a table as their files said them."""
    kept = [
        frame.select(*(name for name in frame.columns if name.startswith("raw_")), *KEPT)
        for frame in taken
    ]
    lake.write(f"roster_{table}", year, pl.concat(kept, how="diagonal_relaxed"))


def keep_none(lake: Lake, year: int, table: str) -> None:
    """Forget what an earlier load kept of a table that does not come any more."""
    if lake.has(f"roster_{table}", year):
        lake.write(f"roster_{table}", year, lake.read(f"roster_{table}", year).clear())


def keep_subjects(lake: Lake, year: int, zips: list[RosterZip]) -> None:
    """Keep which subjects each class is for, subject groups too, so that a gradebook's tests find theirs."""
    fresh = current_rows(zips, "classes").select("sourced_id", "raw_subjectCodes", "raw_subjects")
    known = [lake.read(CLASS_SUBJECT, year)] if zips[0].is_kept and lake.has(CLASS_SUBJECT, year) else []
    lake.write(CLASS_SUBJECT, year, pl.concat([*known, fresh]).unique("sourced_id", keep="last", maintain_order=True))


def kept_zip(lake: Lake, year: int, mapping: Mapping) -> RosterZip | None:
    """What stood after the last load, as if it were one whole zip; None before the first."""
    if not all(lake.has(f"roster_{table}", year) for table in TABLES):
        return None
    tables = {}
    for table in (*TABLES, *(each for each in OPTIONAL if lake.has(f"roster_{each}", year))):
        known, asked = lake.read(f"roster_{table}", year), mapping.member(table)
        cells = [pl.col(f"raw_{title}") if f"raw_{title}" in known.columns else pl.lit("") for title in asked.columns]
        sheet = Sheet(
            tuple(asked.columns),
            known.select("file_row", pl.lit(None, pl.String).alias("flaw"), *(cell.alias(f"c{place}") for place, cell in enumerate(cells))),
        )
        rows = Rows(sheet, asked)
        rows.frame = rows.frame.with_columns(known.select("sourced_id", "modified", "file_id", "word_on")).with_columns(
            is_unused=pl.lit(value=False)
        )
        tables[table] = rows
    return RosterZip(None, tables)
