"""The roster files of one 年度: which of them are read, what is said of each, and who is gone since the last load."""

from __future__ import annotations

import polars as pl

from ingest.files.reasons import IngestError, sentence
from ingest.intake.reading import ANY_ERROR, Reading
from ingest.intake.rejected_records import Place, keep_rejected, rejected_places, with_causes
from ingest.intake.roster_index import SCHOOL_OF_YEAR, STAFF_OF_YEAR, STUDENT_OF_YEAR
from ingest.roster.changes import kept_zip, parted_by_age
from ingest.roster.manifest import TABLES
from ingest.roster.zip import RosterZip, roster_zip

# what makes a record of the roster, by the table of the zip that names it
RECORDS = (
    ("orgs", SCHOOL_OF_YEAR, ("school_id",)),
    ("classes", "class", ("class_id",)),
    ("users", STUDENT_OF_YEAR, ("student_id",)),
    ("users", STAFF_OF_YEAR, ("staff_id",)),
    ("enrollments", "enrollment", ("student_id", "class_id")),
)


def opened(reading: Reading) -> list[RosterZip]:
    """Every zip that can be read as a whole and is of this 年度; the others are refused."""
    found = []
    for file in reading.files:
        try:
            each = roster_zip(file, reading.mapping)
            years = each.fiscal_years
            if years and reading.fiscal_year not in years:
                raise IngestError("other_year", year=reading.fiscal_year, found="、".join(map(str, years)))
            found.append(each)
        except ANY_ERROR as error:
            reading.reject_file(file, error, str(getattr(error, "words", {}).get("inside", "")))
    return found


def in_force(reading: Reading, zips: list[RosterZip]) -> list[RosterZip]:
    """The zips that count, oldest first; changes alone build on what the last load kept."""
    current, past = parted_by_age(zips)
    for each, newer in past:
        for table, rows in each.tables.items():
            report = reading.report_on(each.file, each.name_of(table))
            report.rows_read = report.rows_unchanged = rows.frame.height + each.gone[table].height
            report.say(sentence("newer_roster", file=newer.file.name))
    if not current or not all(each.is_delta for each in current):
        return current
    if base := kept_zip(reading.lake, reading.fiscal_year, reading.mapping):
        return [base, *current]
    for each in current:
        reading.reject_file(each.file, IngestError("delta_without_base", year=reading.fiscal_year))
    return []


def used_rows(reading: Reading, each: RosterZip, table: str) -> pl.DataFrame:
    """The used rows of one table; what an earlier load kept is in no report of this one."""
    rows = each.tables[table]
    if each.is_kept:
        return rows.sound.filter(~pl.col("is_unused"))
    frame = reading.take(each.file, each.name_of(table), rows, unused=pl.col("is_unused"))
    report = reading.reports[-1]
    report.rows_read += each.gone[table].height
    report.rows_unchanged += each.gone[table].height
    return frame


def say_of_the_files(reading: Reading, zips: list[RosterZip]) -> None:
    """Say what is odd about each zip, of the very file inside that it is about."""
    for each in zips:
        if each.is_kept:
            continue
        if each.sentences:
            report = reading.report_on(each.file, f"{each.file.name}!manifest.csv")
            report.sentences += each.sentences
        for member, error in each.unread.items():
            reading.reject_file(each.file, error, member)
        for table, sentences in each.said_of.items():
            for report in reading.reports:
                if report.file == each.name_of(table):
                    report.sentences += sentences


def rejected_ids(zips: list[RosterZip], table: str) -> dict[str, Place]:
    """The rejected records of one table, by their sourcedId, with file and row; one that another row tells of soundly is none."""
    sound = {who for each in zips if table in each.tables for who in each.tables[table].sound["sourced_id"]}
    return {
        who: (file, row)
        for each in reversed(zips) if table in each.tables
        for who, file, row in with_causes(each.tables[table], each.name_of(table)).sort("file_row", descending=True)
        .select("raw_sourcedId", "at_file", "at_row").iter_rows()
        if who not in sound
    }


def keep_rejected_of(reading: Reading, zips: list[RosterZip]) -> None:
    """Keep where the rejected records of the roster stand, for the sources that point to them."""
    tables = {table: [(each.name_of(table), each.tables[table]) for each in zips if table in each.tables] for table in TABLES}
    keep_rejected(reading.lake, reading.fiscal_year, rejected_places(tables))


def say_who_is_gone(reading: Reading, tables: dict[str, pl.DataFrame]) -> None:
    """Note how many records the roster of the last load had and this one has no more, with the newest file that tells of them."""
    for table, name, keys in RECORDS:
        if not reading.lake.has(name, reading.fiscal_year):
            continue
        before = reading.lake.read(name, reading.fiscal_year)
        removed = before.join(tables[name], on=keys, how="anti").height
        if removed:
            of_table = [report for report in reading.reports if report.file.endswith(f"!{table}.csv")]
            (of_table or reading.reports)[-1].rows_removed += removed
    for report in reading.reports:
        if report.rows_removed:
            report.say(sentence("records_gone", count=report.rows_removed))
