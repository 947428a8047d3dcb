"""One source of one 年度 being read: its files, what they are checked against, and everything noted on the way."""

from __future__ import annotations

import logging
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

import polars as pl

from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping
from ingest.files.reasons import Refusal, sentence
from ingest.files.rows import Rows
from ingest.flow import Flow
from ingest.intake.rejected_rows import rejected_rows, remarked_rows, write_rejected
from ingest.intake.report import FileReport
from ingest.lake.lake import Lake, schema_of
from ingest.lake.roster_index import Register
from ingest.lake.spool import Spool
from marts.disk import why_not_written

# what may go wrong with bytes nobody has foreseen; a panic of the reader is no ordinary exception
MISHAPS = (Exception, pl.exceptions.PanicException)
log = logging.getLogger(__name__)

HIDDEN = frozenset({"password"})  # titles whose cells are never written anywhere


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
    rows_before: dict[str, int] = field(default_factory=dict)  # by table, at the last load
    rows_now: dict[str, int] = field(default_factory=dict)

    @cached_property
    def register(self) -> Register:
        """Who and what this 年度 knows."""
        return Register(self.lake, self.fiscal_year)

    def refuse(self, file: Dropped, refusal: BaseException, member: str = "") -> None:
        """Note that a whole file stays out: for a reason foreseen, or for one nobody has thought of.

        A disk that takes nothing more is no fault of the file, and ends the load.
        """
        if why_not_written(refusal):
            raise refusal
        if not isinstance(refusal, Refusal):
            # where it happened, and not what the file said: the log holds nothing personal
            where = traceback.extract_tb(refusal.__traceback__)[-1]
            detail = f"{type(refusal).__name__}, {Path(where.filename).name}:{where.lineno}"
            log.error("reading a file of %s failed: %s", self.flow.source, detail)
            refusal = Refusal("unexpected", detail=detail)
        report = self.report_on(file, f"{file.name}/{member}" if member else file.name)
        report.outcome = "refused"
        report.say(refusal.sentence)

    def report_on(self, file: Dropped, name: str) -> FileReport:
        """A new report with a number for its file."""
        report = FileReport(self.flow.source, name, file.sha256, self.fiscal_year, next(self.file_ids))
        self.reports.append(report)
        return report

    def take(self, file: Dropped, name: str, rows: Rows, *, unused: pl.Expr | None = None) -> pl.DataFrame:
        """The sound rows with their `file_id`; what was set aside is written out and noted.

        Args:
            file: the file of the inbox.
            name: what to call it; a table inside a zip has a name of its own.
            rows: its checked rows.
            unused: sound rows the house has no use for.
        """
        report = self.report_on(file, name)
        return self.taken_in(report, rows, unused=unused)

    def taken_in(self, report: FileReport, rows: Rows, *, unused: pl.Expr | None = None) -> pl.DataFrame:
        """The sound rows of a file or of a portion of it, and the report's figures increased by them."""
        sound = rows.sound
        used = sound if unused is None else sound.filter(~unused.fill_null(value=False))
        rejected = rows.frame.height - sound.height
        report.rows_read += rows.frame.height
        report.rows_loaded += used.height
        report.rows_unchanged += sound.height - used.height
        report.rows_rejected += rejected
        if rejected:
            reasons = rejected_rows(rows)
            report.rejected = summed(report.rejected, reasons["code"])
            path = write_rejected(
                rows, reasons, self.rejected_folder, self.flow.source, report.file, HIDDEN, is_further=report.kept_in is not None
            )
            report.kept_in = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
            self.rejected.append(reasons.with_columns(file_id=pl.lit(report.file_id, pl.Int32)))
        if rows.remarks:
            remarks = remarked_rows(rows)
            report.remarked = summed(report.remarked, remarks["code"])
            self.remarked.append(remarks.with_columns(file_id=pl.lit(report.file_id, pl.Int32)))
        for said in rows.sheet.said:
            if said not in report.sentences:
                report.say(said)
        if not report.rows_read:
            report.say(sentence("no_rows"))
        if (column := self.flow.day_column) in used.columns and used.height:
            report.first_on = min(filter(None, (report.first_on, used[column].min())), default=None)
            report.last_on = max(filter(None, (report.last_on, used[column].max())), default=None)
        return used.with_columns(file_id=pl.lit(report.file_id, pl.Int32))

    def forget(self, report: FileReport) -> None:
        """Take back what was noted of a file that turned out unreadable further down."""
        self.reports.remove(report)
        for noted in (self.rejected, self.remarked):
            noted[:] = [frame.filter(pl.col("file_id") != report.file_id) for frame in noted]
        if report.kept_in:
            (self.rejected_folder / Path(report.kept_in).name).unlink(missing_ok=True)

    def merged(self, frames: list[pl.DataFrame | Spool], keys: tuple[str, ...]) -> pl.DataFrame | Spool:
        """The rows of all files as one: where two say something about the same, the later file is right."""
        spool = next((rows for rows in frames if isinstance(rows, Spool)), None)
        if spool is not None:
            for rows in frames:
                if rows is not spool:
                    spool.add(rows)
            gone = spool.superseded(keys)
            for report in self.reports:
                self.said_again(report, gone.get(report.file_id, 0))
            return spool
        if len(frames) == 1:
            return frames[0]
        whole = pl.concat(frames, how="diagonal")
        latest = whole.unique(keys, keep="last", maintain_order=True)
        left = dict(latest["file_id"].value_counts().iter_rows())
        merged = set(whole["file_id"].unique())
        for report in self.reports:
            if report.file_id in merged:
                self.said_again(report, report.rows_loaded - left.get(report.file_id, 0))
        return latest

    @staticmethod
    def said_again(report: FileReport, rows: int) -> None:
        """Count rows as unchanged that a later file says anew."""
        report.rows_loaded -= rows
        report.rows_unchanged += rows


def summed(counts: dict[str, int], codes: pl.Series) -> dict[str, int]:
    """Code → rows, the most frequent first, with further rows counted in."""
    return dict((Counter(counts) + Counter(dict(codes.value_counts().iter_rows()))).most_common())


@dataclass(frozen=True)
class Source:
    """A flow and the two things it can do."""

    flow: Flow
    tables_of: Callable[[Reading], dict[str, pl.DataFrame | Spool]]  # the whole 年度, table by table
    year_of: Callable[[Dropped, Mapping], int | None]  # the 年度 of a file whose name does not say it


def lake_columns(frame: pl.DataFrame, table: str, fiscal_year: int) -> pl.DataFrame:
    """Exactly the columns the lake declares for a table."""
    whole = frame.with_columns(fiscal_year=pl.lit(fiscal_year, pl.Int16))
    return whole.select([pl.col(column).cast(kind) for column, kind in schema_of(table).items()])
