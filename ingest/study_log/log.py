"""Statements of a learning record store into the study log: every file heard, then judged as a whole, then accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import polars as pl

from ingest.files.inbox import Dropped
from ingest.files.reasons import IngestError, sentence
from ingest.intake.reading import ANY_ERROR, Reading
from ingest.intake.report import FileReport
from ingest.study_log.ledger import Ledger
from ingest.study_log.pieces import GLANCE, pieces_of
from ingest.study_log.rejected import SetAside
from ingest.study_log.statement import Hearing, UnsoundError

# what becomes of sound statements that add nothing to a figure
LEFT = ("other", "repeated", "voided", "voiding", "blank", "needless", "summarised")


@dataclass
class Heard:
    """A file whose statements lie in the ledger."""

    file: Dropped
    report: FileReport
    aside: SetAside
    other: int = 0  # statements of kinds nobody counts


def statement_rows(reading: Reading, files: list[Dropped], summary: pl.DataFrame) -> pl.DataFrame | None:
    """What the statements of these files tell, a row per child, day, subject, tool and file; None where no file could be read.

    Args:
        reading: the source at work; reports and rows set aside are noted there.
        files: those that hold statements.
        summary: what the tools' own summaries tell of: student_id, day, subject, tool.
    """
    if not reading.roster.is_known:
        for file in files:
            reading.reject_file(file, IngestError("no_roster", year=reading.fiscal_year))
        return None
    with Ledger(reading.lake.staging) as ledger:
        hearing = Hearing(reading.roster, reading.mapping)
        heard = [one for file in files if (one := heard_or_refused(file, ledger, hearing, reading))]
        if not heard:
            return None
        ledger.judge(summary)
        counted, verdicts, conflicts = ledger.counted(), ledger.verdicts(), ledger.conflicts()
    for one in heard:
        rows = conflicts.get(one.report.file_id)
        for piece in pieces_of(one.file, rows) if rows else ():
            one.aside.keep(piece, UnsoundError("conflicting_statement", "id", piece.statement["id"].strip()))
        account(one, verdicts.get(one.report.file_id, {}), counted, reading)
    return counted


def heard_or_refused(file: Dropped, ledger: Ledger, hearing: Hearing, reading: Reading) -> Heard | None:
    """One file in the ledger; None, and the reason noted, where it cannot be read."""
    report = reading.report_on(file, file.name)
    one = Heard(file, report, SetAside(reading.rejected_folder, reading.flow.source, file.name))
    try:
        hear(one, ledger, hearing)
    except ANY_ERROR as error:
        one.aside.abandon()
        ledger.forget(report.file_id)
        reading.reports.remove(report)
        reading.reject_file(file, error)
        return None
    return one


def hear(one: Heard, ledger: Ledger, hearing: Hearing) -> None:
    """Read a file into the ledger; what cannot be taken is set aside at once."""
    for piece in pieces_of(one.file):
        one.report.rows_read += 1
        try:
            if piece.flaw:
                raise UnsoundError(piece.flaw, "", piece.raw[:GLANCE].decode("utf-8", errors="replace"))
            said = hearing.said(piece.statement)
        except UnsoundError as unsound:
            one.aside.keep(piece, unsound)
            continue
        if said is None:
            one.other += 1
        else:
            ledger.add(said, one.report.file_id, piece.row)


def account(one: Heard, verdicts: dict[str, int], counted: pl.DataFrame, reading: Reading) -> None:
    """Complete the report of a file: rows read = loaded + unchanged + rejected."""
    report = one.report
    left = Counter(verdicts, other=one.other)
    report.rows_loaded = left["counted"]
    report.rows_unchanged = sum(left[kind] for kind in LEFT)
    report.rows_rejected = one.aside.rows
    if one.aside.rows:
        reasons = one.aside.reasons()
        report.rejected = dict(reasons["code"].value_counts(sort=True).iter_rows())
        path = one.aside.path
        report.kept_in = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
        reading.rejected.append(reasons.with_columns(file_id=pl.lit(report.file_id, pl.Int32)))
    if report.rows_unchanged:
        report.say(sentence("statements_left", **{kind: left[kind] for kind in LEFT}))
    if not report.rows_read:
        report.say(sentence("no_statements"))
    days = counted.filter(pl.col("file_id") == report.file_id)["day"]
    report.first_on, report.last_on = days.min(), days.max()
