"""Tests from a OneRoster gradebook: its line items are the tests, its results the scores.

A result that was excused, not handed in, not yet marked or said to be missing has no score, whatever number stands there: it is
never a zero. A test is of the day it was due on. Its subject is the one of its class (subjectCodes or subjects in the roster), else its
category's title, if that names one. Comments are not read.
"""

from __future__ import annotations

import datetime
from collections import Counter

import polars as pl

from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping, mapping_of, plain
from ingest.files.moments import day_of, fiscal_year_of, narrow
from ingest.files.reasons import IngestError
from ingest.files.rows import Rows
from ingest.intake.reading import ANY_ERROR, Reading
from ingest.intake.rejected_records import Place, reject_pointing
from ingest.intake.roster_index import RosterIndex, add_child, add_enrollment
from ingest.roster.changes import current_rows, gone_ids, pass_over_outdated
from ingest.roster.files import rejected_ids, say_of_the_files, used_rows
from ingest.roster.manifest import manifest_of
from ingest.roster.rows import rows_of
from ingest.roster.zip import JAPAN, RosterZip

TABLES = ("categories", "lineItems", "results")
NEEDED = ("lineItems", "results")
HIGHEST = 1000
OF_ITEM = ("title", "day", "full_score", "subject")


def is_gradebook(file: Dropped) -> bool:
    """Whether a file is a package of tables, zipped or loose, and not one table."""
    return bool(file.loose) or file.path.suffix.lower() == ".zip"


def result_frames(reading: Reading, files: list[Dropped]) -> list[pl.DataFrame]:
    """The results of each gradebook of one 年度 that could be read, in the columns of assessment_result."""
    zips = opened(reading, files)
    if not any("lineItems" in each.tables for each in zips):
        for each in zips:
            reading.reject_file(each.file, IngestError("missing_member", member="lineItems.csv"))
        return []
    for each in zips:
        if "lineItems" in each.tables:
            check_items(each.tables["lineItems"], reading.roster, categories_of(zips))
    for each in [each for each in zips if has_no_subject(each)]:
        reading.reject_file(each.file, IngestError("gradebook_without_subjects"))
        zips.remove(each)
    if not any("lineItems" in each.tables for each in zips):
        return []
    pass_over_outdated(zips, "lineItems")
    items = current_rows(zips, "lineItems").filter(~pl.col("is_unused")).select(*OF_ITEM, raw_lineItemSourcedId="sourced_id")
    gone = gone_ids(zips, "lineItems")
    rejected = rejected_ids(zips, "lineItems")
    for each in zips:
        if "results" in each.tables:
            check_results(each.tables["results"], reading.roster, items, gone, reading.flow.keys, rejected)
    pass_over_outdated(zips, "results")
    for table in ("categories", "lineItems"):
        for each in zips:
            if table in each.tables:
                used_rows(reading, each, table)
    results = [used_rows(reading, each, "results") for each in zips if "results" in each.tables]
    say_of_the_files(reading, zips)
    return results


def opened(reading: Reading, files: list[Dropped]) -> list[RosterZip]:
    """Every gradebook that can be read as a whole; the others are refused."""
    found = []
    for file in files:
        try:
            if not reading.roster.is_known:
                raise reading.without_roster()
            found.append(gradebook_zip(file, reading.mapping))
        except ANY_ERROR as error:
            reading.reject_file(file, error, str(getattr(error, "words", {}).get("inside", "")))
    return found


def gradebook_zip(file: Dropped, mapping: Mapping) -> RosterZip:
    """A gradebook with its tables read as text. Changes (delta) need not have all of them.

    Raises:
        IngestError: if the zip or one of its tables cannot be read; `inside` among its words names the table.
    """
    members = {name.lower(): raw for name, raw in file.tables.items()}
    manifest = manifest_of(members, mapping_of("roster"), TABLES)
    missing = [f"{table}.csv" for table in NEEDED if f"{table}.csv".lower() not in members]
    if missing and (len(missing) == len(NEEDED) or not manifest.has_changes):
        raise IngestError("missing_member", member="、".join(missing))
    tables = {}
    for table in TABLES:
        if raw := members.get(f"{table}.csv".lower()):
            try:
                tables[table] = rows_of(raw, mapping.member(table), is_delta=manifest.modes[table] == "delta")
            except IngestError as error:
                raise IngestError(error.code, **error.words, inside=f"{table}.csv") from None
    return RosterZip(file, tables, manifest.modes, manifest.sentences)


def categories_of(zips: list[RosterZip]) -> dict[str, str]:
    """The title of each category."""
    if not any("categories" in each.tables for each in zips):
        return {}
    rows = current_rows(zips, "categories")
    return dict(zip(rows["sourced_id"], rows["raw_title"], strict=True))


def check_items(rows: Rows, roster: RosterIndex, categories: dict[str, str]) -> None:
    """The tests: a title, a day, a full score, and one subject."""
    rows.read("title", "title", str.strip, pl.String, code="missing_value")
    for name, into in (("dueDate", "due_on"), ("assignDate", "assigned_on")):
        rows.read(name, into, day_in_japan, pl.Date, code="bad_date", is_required=False)
    rows.frame = rows.frame.with_columns(day=pl.coalesce("due_on", "assigned_on"))
    rows.reject("missing_value", "dueDate", pl.col("day").is_null())
    rows.read_number("resultValueMax", "full_score", pl.Float64, 1, HIGHEST)
    codes, names = ({plain(word): means for word, means in rows.mapping.codes[table].items()} for table in ("subject_code", "subject"))
    of_class = {
        source_id: only_one(subject_code, codes) or only_one(subjects, names)
        for source_id, subject_code, subjects in roster.class_subjects
    }
    of_category = {source_id: names.get(plain(title)) for source_id, title in categories.items()}
    subjects_named = [pl.col(f"raw_{name}").replace_strict(known, default=None, return_dtype=pl.String)
            for name, known in (("classSourcedId", of_class), ("categorySourcedId", of_category))]
    rows.frame = rows.frame.with_columns(subject=pl.coalesce(subjects_named))
    rows.reject("no_subject", "classSourcedId", pl.col("subject").is_null())


def has_no_subject(gradebook: RosterZip) -> bool:
    """Whether no test of a gradebook is in a subject: then it is the export that lacks them, and no row."""
    rows = gradebook.tables.get("lineItems")
    return rows is not None and rows.frame.height > 0 and rows.frame["subject"].null_count() == rows.frame.height


def only_one(cell: str, known: dict[str, str]) -> str | None:
    """The subject a list names; None where it names none that is known, or several."""
    named = {known.get(plain(item)) for item in cell.split(",")} - {None}
    return named.pop() if len(named) == 1 else None


def check_results(
    rows: Rows, roster: RosterIndex, items: pl.DataFrame, gone: pl.Series, keys: tuple[str, ...], rejected: dict[str, Place]
) -> None:
    """The scores: of a child enrolled that day, in a test that is known."""
    item = pl.col("raw_lineItemSourcedId")
    rows.frame = rows.frame.join(items, on="raw_lineItemSourcedId", how="left", maintain_order="left").with_columns(
        is_unused=item.is_in(gone.implode())
    )
    is_without = pl.col("title").is_null() & ~pl.col("is_unused")
    reject_pointing(rows, "lineItemSourcedId", "rejected_reference", rejected, when=is_without)
    rows.reject("unknown_line_item", "lineItemSourcedId", is_without)
    add_child(rows, roster, "studentSourcedId", roster.children_by_source)
    rows.read_code("scoreStatus", "has_score", pl.Boolean, "score_status", is_required=False)
    rows.read_number("score", "score", pl.Float64, 0, HIGHEST, is_required=False)
    has_no_score = pl.any_horizontal(
        pl.col(f"raw_{name}").str.to_lowercase().is_in(["true", "1"]) for name in ("missing", "incomplete", "inProgress")
    )
    rows.frame = rows.frame.with_columns(
        score=pl.when(pl.col("has_score").fill_null(value=True) & ~has_no_score).then("score")
    )
    rows.reject("score_above_full", "score", pl.col("score") > pl.col("full_score"))
    rows.remark("score_in_words", "textScore", (pl.col("raw_textScore") != "") & (pl.col("raw_score") == ""))
    rows.reject("date_outside_year", "lineItemSourcedId", pl.col("day").map_elements(fiscal_year_of, pl.Int64) != roster.fiscal_year,
                year=roster.fiscal_year)
    add_enrollment(rows, roster, "studentSourcedId")
    rows.frame = rows.frame.with_columns(school_id=pl.col("home_id"))
    rows.reject_repeated(keys, "lineItemSourcedId")


def day_in_japan(cell: str) -> datetime.date | None:
    """The day of a moment on a wall in Japan; gradebooks write moments in universal time."""
    try:
        moment = datetime.datetime.fromisoformat(narrow(cell))
    except ValueError:
        return day_of(cell)
    return moment.astimezone(JAPAN).date() if moment.tzinfo else moment.date()


def year_of_gradebook(file: Dropped, mapping: Mapping) -> int | None:
    """The 年度 most tests of a gradebook were due in."""
    items = gradebook_zip(file, mapping).tables.get("lineItems")
    dates = items.frame.select("raw_dueDate", "raw_assignDate").rows() if items else []
    years = Counter(fiscal_year_of(day) for due, assigned in dates if (day := day_in_japan(due or assigned)))
    return years.most_common(1)[0][0] if years else None
