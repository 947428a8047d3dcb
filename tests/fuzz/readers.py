"""Every reader as one function of bytes: it answers with how the bytes were taken, and raises where a promise is broken.

The promises: nothing but a `IngestError` comes out of a reader; rows in = loaded + unchanged + rejected; every row set aside can be
dropped in again as it was written.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import count
from pathlib import Path

import polars as pl

from ingest.files.archive import members_of
from ingest.files.encoding import is_excel
from ingest.files.excel import excel_sheet
from ingest.files.inbox import Dropped
from ingest.files.mapping import mapping_of
from ingest.files.moments import day_of, month_of, time_of
from ingest.files.reasons import IngestError
from ingest.files.rows import decimal_of, whole_of
from ingest.files.sheet import sheet_of
from ingest.intake.reading import Reading
from ingest.intake.roster_index import RosterIndex
from ingest.lake.lake import Lake
from ingest.registry import SOURCES
from tests.ingest.tiny import calendar_text, roster_zip

YEAR = 2026
SHEETS = tuple(source for source in SOURCES if mapping_of(source.flow.source).columns)
Reader = Callable[[bytes], str]


@dataclass(frozen=True)
class Ground:
    """A district that knows five children, to read files of any source against."""

    home: Path

    @cached_property
    def roster(self) -> RosterIndex:
        """Whom the roster and the calendar of the tiny district know."""
        lake = Lake(self.home / "lake", 1)
        for name, raw in (("roster", roster_zip()), ("calendar", calendar_text().encode())):
            source = next(each for each in SOURCES if each.flow.source == name)
            for table, frame in source.tables_of(self.reading(name, raw, lake)).items():
                lake.write(table, YEAR, frame, order=source.flow.order)
        return RosterIndex(lake, YEAR)

    def reading(self, source: str, raw: bytes, lake: Lake | None = None) -> Reading:
        """One file of a source about to be read."""
        path = self.home / f"{source}-{YEAR}.{'zip' if source == 'roster' else 'csv'}"
        path.write_bytes(raw)
        file = Dropped(source, path.name, path, sha256(raw).hexdigest(), YEAR)
        flow = next(each.flow for each in SOURCES if each.flow.source == source)
        made = Reading(flow, YEAR, [file], mapping_of(source), lake or self.roster.lake, self.home / "rejected", count(1))
        if lake is None:
            made.__dict__["roster"] = self.roster
        return made

    def taken(self, source: str, raw: bytes) -> Reading:
        """The file read as a load reads it, all promises kept."""
        reading = self.reading(source, raw)
        tables = next(each for each in SOURCES if each.flow.source == source).tables_of(reading)
        for report in reading.reports:
            assert report.rows_read == report.rows_loaded + report.rows_unchanged + report.rows_rejected, report
            said = [said.code for said in report.sentences]
            assert "unexpected" not in said, report.sentences
            assert report.rows_rejected == sum(report.rejected.values()), report
        assert sum(frame.height for frame in tables.values()) == sum(report.rows_loaded for report in reading.reports) or (
            reading.flow.source in ("roster", "study_log")  # these make other rows of what they read
        )
        return reading

    def source(self, source: str) -> Reader:
        """How a file of a source was taken."""
        def reader(raw: bytes) -> str:
            reading = self.taken(source, raw)
            codes = {code for report in reading.reports for code in (*report.rejected, *report.remarked)}
            said = {said.code for report in reading.reports for said in report.sentences}
            loaded = any(report.rows_loaded for report in reading.reports)
            for report in reading.reports:
                if report.kept_in and report.kept_in.endswith(".csv") and source not in ("roster", "study_log"):
                    self.drop_again(source, reading, report.rows_rejected)
            return f"{sorted(codes)} {sorted(said)} {loaded}"

        return reader

    def drop_again(self, source: str, first: Reading, rows: int) -> None:
        """The rows set aside are read again: as many as there were, wherever each was a row of its own."""
        raw = (self.home / "rejected" / f"{source}__{source}-{YEAR}.csv").read_bytes()
        again = self.taken(source, raw)
        rows_of_file = pl.concat(first.rejected)["file_row"].n_unique()
        assert again.reports[0].rows_read in (rows, rows_of_file), (again.reports[0], rows)


def of_csv(raw: bytes) -> str:
    """How bytes become a sheet."""
    sheet = sheet_of(raw)
    assert sheet.frame.width == len(sheet.titles) + 2
    assert sheet.frame["file_row"].is_sorted()
    return f"{min(len(sheet.titles), 9)} {sorted(sheet.frame['flaw'].drop_nulls().unique())} {bool(sheet.sentences)}"


def of_excel(raw: bytes) -> str:
    """How bytes become the sheet of a workbook."""
    if not is_excel(raw):
        return "no workbook"
    sheet = excel_sheet(raw, {}, mapping_of("attendance").columns)
    assert sheet.frame.width == len(sheet.titles) + 2
    return f"{min(len(sheet.titles), 9)} {min(sheet.frame.height, 9)} {[each.code for each in sheet.sentences]}"


def of_zip(raw: bytes) -> str:
    """What lies in a zip."""
    return str(sorted(members_of(raw))[:5])


def of_cell(raw: bytes) -> str:
    """What a cell means as a day, a month, a time, a number."""
    text = raw.decode("utf-8", errors="replace")
    meant = (day_of(text), month_of(text), time_of(text), whole_of(text), decimal_of(text))
    return str([means is not None for means in meant]) + str(len(text) // 8)


def readers(home: Path) -> dict[str, Reader]:
    """Every reader by name."""
    ground = Ground(home)
    names = [source.flow.source for source in SHEETS] + ["roster"]
    return {"csv": of_csv, "excel": of_excel, "zip": of_zip, "cell": of_cell} | {name: ground.source(name) for name in names}


def answer(reader: Reader, raw: bytes) -> str:
    """How a reader took some bytes; refused with a sentence is an answer, too."""
    try:
        return reader(raw)
    except IngestError as error:
        return error.sentence.code


def temporary_readers() -> tuple[tempfile.TemporaryDirectory[str], dict[str, Reader]]:
    """Every reader, on a ground that goes with the folder."""
    folder = tempfile.TemporaryDirectory(prefix="miharashi-fuzz-")
    return folder, readers(Path(folder.name))
