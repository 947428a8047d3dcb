"""Sources that are one table of rows about people and days: how any of them becomes its table of the lake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import polars as pl

from ingest.files.chunks import comes_in_portions, portions_of
from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping
from ingest.files.moments import day_of, fiscal_year_of, month_of
from ingest.files.reasons import Refusal, sentence
from ingest.files.rows import Rows
from ingest.files.sheet import Sheet
from ingest.flow import Flow
from ingest.intake.reading import MISHAPS, Reading, Source, lake_columns
from ingest.intake.report import FileReport
from ingest.lake.roster_index import Register
from ingest.lake.spool import Gathering, Spool

Check = Callable[[Sheet, Mapping, Register], Rows]


def fact_source(flow: Flow, checked: Check, *, is_whole: bool = False) -> Source:
    """A source of this kind, given how its rows are checked; `is_whole` where a check needs all rows of a file at once."""
    return Source(flow, lambda reading: fact_tables(reading, checked, is_whole=is_whole), year_by_rows)


def fact_tables(reading: Reading, checked: Check, *, is_whole: bool = False) -> dict[str, pl.DataFrame | Spool]:
    """The source's table for the 年度; nothing where no file could be read."""
    table = reading.flow.tables[0]
    gathered = Gathering(reading.lake, table, reading.flow.keys)
    taken = []
    for file in reading.files:
        try:
            if "roster" in reading.flow.needs and not reading.register.is_known:
                raise Refusal("no_roster", year=reading.fiscal_year)
            report = take_in_portions(reading, file, checked, gathered, is_whole=is_whole)
        except MISHAPS as mishap:
            reading.refuse(file, mishap)
            continue
        if "calendar" in reading.flow.needs and reading.register.school_days is None:
            report.say(sentence("no_calendar", year=reading.fiscal_year))
        taken.append(report)
    if not taken:
        return {}
    frames = gathered.frames or [gathered.spool]
    return {table: frames[0] if len(taken) == 1 else reading.merged(frames, reading.flow.keys)}


def take_in_portions(reading: Reading, file: Dropped, checked: Check, gathered: Gathering, *, is_whole: bool) -> FileReport:
    """Check a file portion by portion and gather its sound rows; all of it, or nothing."""
    report = None
    is_portioned = not is_whole and comes_in_portions(file)
    try:
        for number, sheet in enumerate(portions_of(file, reading.mapping.settings, reading.mapping.columns, is_whole=is_whole)):
            rows = checked(replace(sheet, file=file.path.name), reading.mapping, reading.register)
            report = report or reading.report_on(file, file.name)
            if number:
                rows.refuse_lines(gathered.lines_known(rows.sound, report.file_id))
            used = lake_columns(reading.taken_in(report, rows), reading.flow.tables[0], reading.fiscal_year)
            gathered.add(used, is_portion=is_portioned)
    except MISHAPS:
        if report is not None:
            reading.forget(report)
            gathered.forget(report.file_id)
        raise
    return report


def year_by_rows(file: Dropped, mapping: Mapping) -> int | None:
    """The 年度 most dates of a file lie in; None where it has none.

    Raises:
        Refusal: where the file cannot be read at all.
    """
    if not {"day", "month"} & mapping.columns.keys():
        return None
    name, moment_of = ("day", day_of) if "day" in mapping.columns else ("month", month_of)
    years: Counter[int] = Counter()
    for sheet in portions_of(file, mapping.settings, mapping.columns):
        for cell, times in Rows(sheet, mapping).frame[f"raw_{name}"].value_counts().iter_rows():
            if moment := moment_of(cell):
                years[fiscal_year_of(moment)] += times
    return years.most_common(1)[0][0] if years else None
