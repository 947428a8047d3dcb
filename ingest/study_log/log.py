"""Statements of a learning record store into the study log: every file read, then judged as a whole, then accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import polars as pl

from ingest.files.inbox import Dropped
from ingest.files.reasons import sentence
from ingest.intake.reading import ANY_ERROR, Reading
from ingest.intake.report import FileReport, issues_in
from ingest.study_log.ledger import Ledger
from ingest.study_log.pieces import GLANCE, pieces_of
from ingest.study_log.rejected import RejectedStatements
from ingest.study_log.statement import StatementReader, UnsoundError

# what becomes of sound statements that add nothing to a figure
LEFT = ("other", "repeated", "voided", "voiding", "blank", "needless", "summarised")


@dataclass
class StatementFile:
    """A file whose statements lie in the ledger."""

    file: Dropped
    report: FileReport
    rejected: RejectedStatements
    other: int = 0  # statements of kinds nobody counts


def statement_rows(reading: Reading, files: list[Dropped], summary: pl.DataFrame) -> pl.DataFrame | None:
    """What the statements of these files tell, a row per child, day, subject, tool and file; None where no file could be read.

    Args:
        reading: the source at work; reports and rejected rows are noted there.
        files: those that hold statements.
        summary: what the tools' own summaries tell of: student_id, day, subject, tool.
    """
    if not reading.roster.is_known:
        for file in files:
            reading.reject_file(file, reading.without_roster())
        return None
    with Ledger(reading.lake.staging) as ledger:
        reader = StatementReader(reading.roster, reading.mapping)
        files_read = [one for file in files if (one := read_or_reject(file, ledger, reader, reading))]
        if not files_read:
            return None
        ledger.judge(summary)
        counted, verdicts, conflicts = ledger.counted(), ledger.verdicts(), ledger.conflicts()
    for one in files_read:
        rows = conflicts.get(one.report.file_id)
        for piece in pieces_of(one.file, rows) if rows else ():
            one.rejected.keep(piece, UnsoundError("conflicting_statement", "id", piece.statement["id"].strip()))
        account(one, verdicts.get(one.report.file_id, {}), counted, reading)
    return counted


def read_or_reject(file: Dropped, ledger: Ledger, reader: StatementReader, reading: Reading) -> StatementFile | None:
    """One file in the ledger; None, and the reason noted, where it cannot be read."""
    report = reading.report_on(file, file.name)
    one = StatementFile(file, report, RejectedStatements(reading.rejected_folder, reading.flow.source, file.name))
    try:
        read_statements(one, ledger, reader)
    except ANY_ERROR as error:
        one.rejected.abandon()
        ledger.forget(report.file_id)
        reading.reports.remove(report)
        reading.reject_file(file, error)
        return None
    return one


def read_statements(one: StatementFile, ledger: Ledger, reader: StatementReader) -> None:
    """Read a file into the ledger; what cannot be taken is rejected at once."""
    for piece in pieces_of(one.file):
        one.report.rows_read += 1
        try:
            if piece.flaw:
                written = piece.raw[:GLANCE].decode("utf-8", errors="replace")
                raise UnsoundError(piece.flaw, "", written, line=piece.line, at=piece.at)
            if not isinstance(piece.statement, dict):
                raise UnsoundError("not_a_statement", "", piece.statement, line=piece.line, at=piece.at)
            statement = reader.read(piece.statement)
        except UnsoundError as unsound:
            one.rejected.keep(piece, unsound)
            continue
        if statement is None:
            one.other += 1
        else:
            ledger.add(statement, one.report.file_id, piece.row)


def account(one: StatementFile, verdicts: dict[str, int], counted: pl.DataFrame, reading: Reading) -> None:
    """Complete the report of a file: rows read = loaded + unchanged + rejected."""
    report = one.report
    left = Counter(verdicts, other=one.other)
    report.rows_loaded = left["counted"]
    report.rows_unchanged = sum(left[kind] for kind in LEFT)
    report.rows_rejected = one.rejected.rows
    if one.rejected.rows:
        reasons = one.rejected.reasons()
        report.rejected = dict(reasons["code"].value_counts(sort=True).iter_rows())
        report.note(issues_in(reasons, is_rejected=True))
        path = one.rejected.path
        report.kept_in = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
        reading.rejected.append(reasons.with_columns(file_id=pl.lit(report.file_id, pl.Int32)))
    if report.rows_unchanged:
        report.say(sentence("statements_left", **{kind: left[kind] for kind in LEFT}))
    if not report.rows_read:
        report.say(sentence("no_statements"))
    days = counted.filter(pl.col("file_id") == report.file_id)["day"]
    report.first_on, report.last_on = days.min(), days.max()
