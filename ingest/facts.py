"""Sources that are one table of rows about people and days: how any of them becomes its table of the lake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import polars as pl

from ingest.flow import Flow
from ingest.inbox import Dropped
from ingest.mapping import Mapping
from ingest.moments import day_of, fiscal_year_of, month_of
from ingest.portions import sheet_in
from ingest.reading import MISHAPS, Reading, Source, lake_columns
from ingest.reasons import Refusal, sentence
from ingest.register import Register
from ingest.rows import Rows
from ingest.sheet import Sheet

Check = Callable[[Sheet, Mapping, Register], Rows]


def fact_source(flow: Flow, checked: Check) -> Source:
    """A source of this kind, given how its rows are checked."""
    return Source(flow, lambda reading: fact_tables(reading, checked), year_by_rows)


def fact_tables(reading: Reading, checked: Check) -> dict[str, pl.DataFrame]:
    """The source's table for the 年度; nothing where no file could be read."""
    table = reading.flow.tables[0]
    taken = []
    for file in reading.files:
        try:
            if not reading.register.is_known:
                raise Refusal("no_roster", year=reading.fiscal_year)
            rows = checked(sheet_in(file.raw, reading.mapping.settings, reading.mapping.columns), reading.mapping, reading.register)
            used = reading.take(file, file.name, rows)
        except MISHAPS as mishap:
            reading.refuse(file, mishap)
            continue
        if "calendar" in reading.flow.needs and reading.register.school_days is None:
            reading.reports[-1].say(sentence("no_calendar", year=reading.fiscal_year))
        taken.append(lake_columns(used, table, reading.fiscal_year))
    return {table: reading.merged(taken, reading.flow.keys)} if taken else {}


def year_by_rows(file: Dropped, mapping: Mapping) -> int | None:
    """The 年度 most dates of a file lie in; None where it has none.

    Raises:
        Refusal: where the file cannot be read at all.
    """
    if not {"day", "month"} & mapping.columns.keys():
        return None
    rows = Rows(sheet_in(file.raw, mapping.settings, mapping.columns), mapping)
    name, moment_of = ("day", day_of) if "day" in mapping.columns else ("month", month_of)
    years: Counter[int] = Counter()
    for cell, times in rows.frame[f"raw_{name}"].value_counts().iter_rows():
        if moment := moment_of(cell):
            years[fiscal_year_of(moment)] += times
    return years.most_common(1)[0][0] if years else None
