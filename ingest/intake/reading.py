"""One source of one 年度 being read, one way down: a file's chunks, their rows checked, the sound ones spooled, and an account of it all.

A source that is one table of rows about people and days declares its flow and how its rows are checked (`fact_source`), and nothing else.
"""

from __future__ import annotations

import logging
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import count
from pathlib import Path

import polars as pl

from access.error_reference import reference_of
from ingest.files.chunks import chunks_of
from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping
from ingest.files.moments import day_of, fiscal_year_of, month_of
from ingest.files.reasons import IngestError, sentence
from ingest.files.rows import Rows
from ingest.files.sheet import Sheet
from ingest.flow import Flow
from ingest.intake.rejected_places import lines_for_title, rejected_places, set_aside, set_aside_whole
from ingest.intake.rejected_rows import rejected_rows, remarked_rows, write_rejected
from ingest.intake.report import FileReport, issues_in
from ingest.intake.roster_index import RosterIndex
from ingest.lake.lake import Lake
from ingest.lake.spool import Spool
from marts.disk import why_not_written

# whatever bytes nobody has foreseen may raise; a panic of polars' reader is no ordinary exception
ANY_ERROR = (Exception, pl.exceptions.PanicException)
HIDDEN = frozenset({"password"})  # titles whose cells are never written anywhere

Check = Callable[[Rows, RosterIndex], None]  # types the columns of some rows, and rejects or remarks what is wrong with them
Sheets = Callable[[Dropped, Mapping], Iterable[Sheet]]

log = logging.getLogger(__name__)


@dataclass
class Reading:
    """What a source works with."""

    flow: Flow
    fiscal_year: int
    files: list[Dropped]
    mapping: Mapping
    lake: Lake
    rejected_folder: Path
    file_ids: count  # numbers for files, given in the order they are read
    reports: list[FileReport] = field(default_factory=list)
    rejected: list[pl.DataFrame] = field(default_factory=list)
    remarked: list[pl.DataFrame] = field(default_factory=list)
    aside: list[pl.DataFrame] = field(default_factory=list)  # what rejected rows are about, as far as they tell
    rows_before: dict[str, int] = field(default_factory=dict)  # by table, at the last load
    rows_now: dict[str, int] = field(default_factory=dict)
    refused_rosters: list[str] = field(default_factory=list)  # files that could have been the roster of this 年度

    @cached_property
    def roster(self) -> RosterIndex:
        """Who and what this 年度 knows."""
        return RosterIndex(self.lake, self.fiscal_year)

    def without_roster(self) -> IngestError:
        """Why nothing can be read that is held against the roster of a 年度 there is none of."""
        if self.refused_rosters:
            return IngestError("roster_refused", year=self.fiscal_year, file="、".join(self.refused_rosters))
        return IngestError("no_roster", year=self.fiscal_year)

    def spool(self) -> Spool:
        """An empty spool for the source's table."""
        return Spool(self.lake, self.flow.tables[0], self.fiscal_year, self.flow.keys)

    def read_files(self, files: list[Dropped], check: Check, spool: Spool, sheets_of: Sheets = chunks_of) -> bool:
        """Whether any of these files could be read; the sound rows of those that could are in the spool."""
        is_any_read = False
        for file in files:
            try:
                if "roster" in self.flow.needs and not self.roster.is_known:
                    raise self.without_roster()
                report = self.read_file(file, check, spool, sheets_of)
            except ANY_ERROR as error:
                self.reject_file(file, error)
                if isinstance(error, IngestError) and error.code == "missing_column":
                    self.note_refused(file, check, sheets_of, error.words)
                continue
            if "calendar" in self.flow.needs and self.roster.school_days is None:
                report.say(sentence("no_calendar", year=self.fiscal_year))
            is_any_read = True
        return is_any_read

    def read_file(self, file: Dropped, check: Check, spool: Spool, sheets_of: Sheets) -> FileReport:
        """Check a file chunk by chunk and spool its sound rows; all of it, or nothing."""
        report = None
        try:
            for sheet in sheets_of(file, self.mapping):
                rows = Rows(sheet, self.mapping)
                if report is not None and sheet.is_chunk:
                    rows.earlier = partial(spool.rows_alike, report.file_id)
                check(rows, self.roster)
                report = report or self.report_on(file, file.name)
                self.account(report, rows, spool.add(rows, report.file_id))
        except ANY_ERROR:
            if report is not None:
                spool.forget(report.file_id)
                self.forget(report)
            raise
        return report

    def note_refused(self, file: Dropped, check: Check, sheets_of: Sheets, words: dict[str, object]) -> None:
        """Note which places and months a file tells of that was refused for a column it lacks, as far as its other columns say so."""
        loose = replace(self.mapping, required=frozenset())
        with suppress(*ANY_ERROR):  # what cannot be read even so tells of no place
            for sheet in sheets_of(file, loose):
                rows = Rows(sheet, replace(loose, required=self.mapping.required & loose.places(sheet.titles).keys()))
                check(rows, self.roster)
                number, lines = self.reports[-1].file_id or 0, lines_for_title(rows, words)
                self.aside.append(set_aside_whole(rows, self.flow, number, "missing_column", str(words["column"]), lines))

    def rejected_places(self) -> pl.DataFrame:
        """Of which school, class and month how many rows were rejected, and how many of them are missing now that all is written."""
        return rejected_places(self.aside, self.flow, self.fiscal_year, self.lake, self.roster)

    def latest(self, spool: Spool) -> pl.DataFrame | Spool:
        """The spooled rows; where two files say something about the same, the later one is right."""
        superseded = spool.supersede()
        for report in self.reports:
            again = superseded.get(report.file_id, 0)
            report.rows_loaded -= again
            report.rows_unchanged += again
        return spool.rows

    def take(self, file: Dropped, name: str, rows: Rows, *, unused: pl.Expr | None = None) -> pl.DataFrame:
        """The sound rows with their `file_id`; what was rejected is written out and noted.

        Args:
            file: the file of the inbox.
            name: what to call it; a table inside a zip has a name of its own.
            rows: its checked rows.
            unused: sound rows the house has no use for.
        """
        report = self.report_on(file, name)
        used = rows.sound if unused is None else rows.sound.filter(~unused.fill_null(value=False))
        self.account(report, rows, used)
        return used.with_columns(file_id=pl.lit(report.file_id, pl.Int32))

    def report_on(self, file: Dropped, name: str) -> FileReport:
        """A new report with a number for its file."""
        report = FileReport(self.flow.source, name, file.sha256, self.fiscal_year, next(self.file_ids))
        self.reports.append(report)
        return report

    def account(self, report: FileReport, rows: Rows, used: pl.DataFrame) -> None:
        """Increase a report by a file, or by a chunk of it: its rows, those of them that are used, those rejected and those remarked."""
        rejected = rows.frame["flaw"].count()
        report.rows_read += rows.frame.height
        report.rows_loaded += used.height
        report.rows_unchanged += rows.frame.height - rejected - used.height
        report.rows_rejected += rejected
        if rejected:
            reasons = rejected_rows(rows)
            report.rejected = summed(report.rejected, reasons["code"])
            report.note(issues_in(reasons, is_rejected=True))
            path = write_rejected(
                rows, reasons, self.rejected_folder, self.flow.source, report.file, HIDDEN, is_further=report.kept_in is not None
            )
            report.kept_in = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
            self.rejected.append(reasons.with_columns(file_id=pl.lit(report.file_id, pl.Int32)))
            self.aside.append(set_aside(rows, self.flow, report.file_id or 0))
        if rows.remarks:
            remarks = remarked_rows(rows)
            report.remarked = summed(report.remarked, remarks["code"])
            report.note(issues_in(remarks, is_rejected=False))
            self.remarked.append(remarks.with_columns(file_id=pl.lit(report.file_id, pl.Int32)))
        for each in rows.sheet.sentences:
            if each not in report.sentences:
                report.say(each)
        if not report.rows_read:
            report.say(sentence("no_rows"))
        if (column := self.flow.day_column) in used.columns and used.height:
            report.first_on = min(filter(None, (report.first_on, used[column].min())), default=None)
            report.last_on = max(filter(None, (report.last_on, used[column].max())), default=None)

    def forget(self, report: FileReport) -> None:
        """Take back what was noted of a file that turned out unreadable further down."""
        self.reports.remove(report)
        for noted in (self.rejected, self.remarked, self.aside):
            noted[:] = [frame.filter(pl.col("file_id") != report.file_id) for frame in noted]
        if report.kept_in:
            (self.rejected_folder / Path(report.kept_in).name).unlink(missing_ok=True)

    def reject_file(self, file: Dropped, error: BaseException, member: str = "") -> None:
        """Note that a whole file stays out: for a reason foreseen, or for one nobody has thought of."""
        error = foreseen(error, self.flow.source)
        report = self.report_on(file, file.named(member) if member else file.name)
        report.outcome = "refused"
        error.words.setdefault("mapping", self.mapping.file)
        report.say(error.sentence)


def foreseen(error: BaseException, source: str) -> IngestError:
    """What is to be said of a file that cannot be read: the reason foreseen, or the number of one nobody has thought of.

    Raises:
        error: itself, where the disk takes nothing more: that is no fault of the file, and ends the load.
    """
    if why_not_written(error):
        raise error
    if isinstance(error, IngestError):
        return error
    # where it happened, and not what the file said: the log holds nothing personal
    where = traceback.extract_tb(error.__traceback__)[-1]
    detail = f"{type(error).__name__}, {Path(where.filename).name}:{where.lineno}"
    log.error("reading a file of %s failed: %s [%s]", source, detail, reference_of(error))
    return IngestError("unexpected", reference=reference_of(error))


def summed(counts: dict[str, int], codes: pl.Series) -> dict[str, int]:
    """Code → rows, the most frequent first, with further rows counted in."""
    return dict((Counter(counts) + Counter(dict(codes.value_counts().iter_rows()))).most_common())


def year_by_rows(file: Dropped, mapping: Mapping) -> int | None:
    """The 年度 most dates of a file lie in; None where it has none.

    Raises:
        IngestError: where the file cannot be read at all.
    """
    if not {"day", "month"} & mapping.columns.keys():
        return None
    name, moment_of = ("day", day_of) if "day" in mapping.columns else ("month", month_of)
    years: Counter[int] = Counter()
    for sheet in chunks_of(file, mapping):
        for cell, times in Rows(sheet, mapping).frame[f"raw_{name}"].value_counts().iter_rows():
            if moment := moment_of(cell):
                years[fiscal_year_of(moment)] += times
    return years.most_common(1)[0][0] if years else None


@dataclass(frozen=True)
class Source:
    """A flow and the two things it can do."""

    flow: Flow
    tables_of: Callable[[Reading], dict[str, pl.DataFrame | Spool]]  # the whole 年度, table by table
    year_of: Callable[[Dropped, Mapping], int | None]  # the 年度 of a file whose name does not say it


def tables_or_none(source: Source, reading: Reading) -> dict[str, pl.DataFrame]:
    """What a source makes of its files; nothing, and a sentence for each file, where something unforeseen happens."""
    try:
        return source.tables_of(reading)
    except ANY_ERROR as error:
        for noted in (reading.reports, reading.rejected, reading.remarked, reading.aside):
            noted.clear()
        for file in reading.files:
            reading.reject_file(file, error)
        return {}


def say_year_from_rows(reading: Reading) -> None:
    """Say which 年度 the rows are of, of each file whose name does not say it."""
    for file in reading.files:
        if file.fiscal_year is None:
            message = sentence("year_from_rows", year=reading.fiscal_year)
            next(report for report in reading.reports if report.sha256 == file.sha256).say(message)


def fact_source(
    flow: Flow, check: Check, *, sheets_of: Sheets = chunks_of, year_of: Callable[[Dropped, Mapping], int | None] = year_by_rows
) -> Source:
    """A source that is one table.

    Args:
        flow: what it declares of itself.
        check: how its rows are checked.
        sheets_of: how a file of it becomes sheets; all at once where a check needs every row of a file.
        year_of: the 年度 of a file whose name does not say it.
    """
    def tables_of(reading: Reading) -> dict[str, pl.DataFrame | Spool]:
        spool = reading.spool()
        return {spool.table: reading.latest(spool)} if reading.read_files(reading.files, check, spool, sheets_of) else {}

    return Source(flow, tables_of, year_of)
