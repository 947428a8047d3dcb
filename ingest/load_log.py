"""The load log: which load read which file, what came of it, and which rows were rejected or remarked.

It is kept in the lake (load, load_source, rejected_row, rejected_place, remarked_row) and written with the load it tells of, as one step.
`load_source` keeps every reading of every file for good; rejected rows are kept for the reading that is in force.
"""

from __future__ import annotations

import datetime

import polars as pl

from ingest.contradictions import CODES, Remarks
from ingest.files.reasons import Sentence
from ingest.intake.reading import Reading
from ingest.intake.report import FileReport, LoadReport
from ingest.lake.lake import Lake, schema_of

JAPAN = datetime.timezone(datetime.timedelta(hours=9))
FURTHER = {
    "fiscal_year": pl.Int16, "sha256": pl.String, "outcome": pl.String, "rows_unchanged": pl.Int64, "rows_remarked": pl.Int64,
    "code": pl.String, "message_ja": pl.String, "message_en": pl.String, "remedy_ja": pl.String, "remedy_en": pl.String,
    "kept_in": pl.String, "is_in_force": pl.Boolean, "rows_removed": pl.Int64,
}
REMEDIES = {"remedy_ja": pl.String, "remedy_en": pl.String}


def now() -> datetime.datetime:
    """The hour on the school's wall, without a zone: every engine reads it alike."""
    return datetime.datetime.now(JAPAN).replace(tzinfo=None, microsecond=0)


def in_force(lake: Lake) -> pl.DataFrame:
    """The reading of each file that the lake rests on."""
    known = lake.read("load_source", "all")
    if "is_in_force" not in known.columns:
        return known.with_columns(*(pl.lit(None, kind).alias(name) for name, kind in FURTHER.items())).clear()
    return known.filter("is_in_force")


def remembered(rows: pl.DataFrame) -> list[FileReport]:
    """Reports of files that have not changed since they were read: nothing to do, and what was said then."""
    found = []
    for row in rows.sort("file_id").iter_rows(named=True):
        report = FileReport(row["source"], row["file"], row["sha256"], row["fiscal_year"], row["file_id"])
        report.outcome = "refused" if row["outcome"] == "refused" else "unchanged"
        report.rows_read, report.rows_rejected = row["rows_read"], row["rows_rejected"]
        report.rows_unchanged = row["rows_read"] - row["rows_rejected"]
        report.first_on, report.last_on, report.kept_in = row["first_on"], row["last_on"], row["kept_in"]
        if row["code"]:
            report.say(Sentence(*(row[name] for name in ("code", "message_ja", "message_en", "remedy_ja", "remedy_en"))))
        found.append(report)
    return found


def write_log(
    lake: Lake, report: LoadReport, readings: list[Reading], remarks: Remarks, started_at: datetime.datetime
) -> None:
    """Add one load to the log."""
    known = lake.read("load_source", "all")
    if "is_in_force" not in known.columns:
        known = known.with_columns(*(pl.lit(None, kind).alias(name) for name, kind in FURTHER.items()))
    again = pl.any_horizontal(
        pl.lit(value=False),
        *((pl.col("source") == each.flow.source) & (pl.col("fiscal_year") == each.fiscal_year) for each in readings),
    )
    replaced = known.filter(again)["file_id"]
    known = known.with_columns(is_in_force=pl.col("is_in_force") & ~again)
    read = [file for reading in readings for file in reading.reports]
    whole = pl.concat([known, rows_of(read, report.load_id)], how="diagonal_relaxed")
    looked_at = whole.filter(pl.col("is_in_force") & pl.col("fiscal_year").is_in(sorted(remarks.years)))
    anew = looked_at.select("file_id", "load_id").cast({"load_id": pl.Int32})
    settled = (pl.col("file_id").is_in(anew["file_id"].implode())) & pl.col("code").is_in(CODES)
    found_anew = remarks.rows.join(anew, on="file_id")
    stays = ~pl.col("file_id").is_in(replaced.implode()) & ~settled
    write_rows(lake, "rejected_row", [frame for reading in readings for frame in reading.rejected], stays, report.load_id)
    write_places(lake, readings, ~pl.col("file_id").is_in(replaced.implode()), report.load_id)
    now_remarked = [*(frame for reading in readings for frame in reading.remarked), found_anew]
    remarked_rows = write_rows(lake, "remarked_row", now_remarked, stays, report.load_id)
    remarked = remarked_rows.group_by("file_id").agg(remarks=pl.len().cast(pl.Int64))
    whole = whole.join(remarked, on="file_id", how="left").with_columns(
        rows_remarked=pl.when("is_in_force").then(pl.col("remarks").fill_null(0)).otherwise("rows_remarked")
    ).drop("remarks")
    lake.write("load_source", "all", whole, ("file_id",))
    load = pl.DataFrame({
        "load_id": [report.load_id], "started_at": [started_at], "ended_at": [now()],
        **{name: [sum(getattr(file, name) for file in read)] for name in ("rows_read", "rows_loaded", "rows_rejected")},
    })
    lake.write("load", "all", pl.concat([lake.read("load", "all"), load.cast(schema_of("load"))], how="diagonal_relaxed"))


def write_rows(lake: Lake, table: str, found: list[pl.DataFrame], stays: pl.Expr, load_id: int | None) -> pl.DataFrame:
    """Write the rows this load rejected or remarked beside those of earlier loads that stay; all of them."""
    schema = schema_of("rejected_row") | REMEDIES
    known = [lake.read(table, "all")] if lake.has(table, "all") else []
    before = pl.concat([pl.DataFrame(schema=schema), *known], how="diagonal_relaxed")  # an older lake lacks some columns
    fresh = pl.concat([pl.DataFrame(schema=schema), *found], how="diagonal_relaxed").with_columns(
        load_id=pl.col("load_id").fill_null(load_id)
    )
    rows = pl.concat([before.filter(stays).select(list(schema)), fresh.select(list(schema))], how="vertical_relaxed")
    lake.write(table, "all", rows, ("file_id", "file_row"))
    return rows


def in_one(sentences: list[Sentence]) -> Sentence | None:
    """All there is to say of a file as one sentence under the first code, each remedy behind what it is for; None where nothing is."""
    if not sentences:
        return None
    *before, last = sentences
    ja = " ".join([*(f"{each.ja} {each.remedy_ja}" for each in before), last.ja])
    en = " ".join([*(f"{each.en} {each.remedy_en}" for each in before), last.en])
    return Sentence(sentences[0].code, ja, en, last.remedy_ja, last.remedy_en)


def write_places(lake: Lake, readings: list[Reading], stays: pl.Expr, load_id: int | None) -> None:
    """Write of which places rows are missing, beside what earlier loads found and still holds; no file where there has never been any."""
    fresh = [reading.rejected_places().with_columns(load_id=pl.lit(load_id, pl.Int32)) for reading in readings]
    before = lake.read("rejected_place", "all")
    whole = pl.concat([before.filter(stays), *(frame for frame in fresh if frame.height)], how="diagonal_relaxed")
    if whole.height or before.height:
        lake.write("rejected_place", "all", whole, ("file_id", "school_id", "month"))


def rows_of(reports: list[FileReport], load_id: int | None) -> pl.DataFrame:
    """The log's line about each file."""
    lines = []
    for report in reports:
        message = in_one(report.sentences)
        lines.append({
            "file_id": report.file_id, "load_id": load_id, "source": report.source, "file": report.file,
            "rows_read": report.rows_read, "rows_loaded": report.rows_loaded, "rows_rejected": report.rows_rejected,
            "first_on": report.first_on, "last_on": report.last_on, "fiscal_year": report.fiscal_year,
            "sha256": report.sha256, "outcome": report.outcome, "rows_unchanged": report.rows_unchanged,
            "rows_remarked": sum(report.remarked.values()), "code": message and message.code, "message_ja": message and message.ja,
            "message_en": message and message.en, "remedy_ja": message and message.remedy_ja, "remedy_en": message and message.remedy_en,
            "kept_in": report.kept_in, "is_in_force": True,
            "rows_removed": report.rows_removed,
        })
    return pl.DataFrame(lines, schema=schema_of("load_source") | FURTHER)
