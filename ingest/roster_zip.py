"""One roster zip, opened: its manifest looked at, its six tables as rows of text."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

import polars as pl

from ingest.archive import members_of
from ingest.inbox import Dropped
from ingest.mapping import Mapping, plain
from ingest.moments import day_of, fiscal_year_of
from ingest.reasons import Refusal, Sentence, sentence
from ingest.rows import Rows
from ingest.sheet import sheet_of

TABLES = ("academicSessions", "orgs", "classes", "users", "roles", "enrollments")


@dataclass
class RosterZip:
    """Rows of each table by its OneRoster name, and what is odd about the zip."""

    file: Dropped
    members: dict[str, Rows]
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def fiscal_years(self) -> list[int]:
        """The 年度 its school-year sessions begin in, oldest first."""
        sessions = self.members["academicSessions"]
        types = sessions.mapping.codes["session_type"]
        is_year = [plain(types.get(word, word)) == "schoolyear" for word in sessions.frame["raw_type"]]
        days = [day_of(cell) for cell in sessions.frame["raw_startDate"].filter(pl.Series(is_year, dtype=pl.Boolean))]
        return sorted({fiscal_year_of(day) for day in days if isinstance(day, datetime.date)})


def roster_zip(file: Dropped, mapping: Mapping) -> RosterZip:
    """A zip with all its tables read as text.

    Raises:
        Refusal: if the zip or one of its tables cannot be read; `inside` among its words names the table.
    """
    members = {name.lower(): raw for name, raw in members_of(file.raw).items()}
    said = manifest_remarks(members, mapping)
    tables = {}
    for table in TABLES:
        name = f"{table}.csv"
        if name.lower() not in members:
            raise Refusal("missing_member", member=name)
        try:
            tables[table] = rows_of(members[name.lower()], mapping.member(table))
        except Refusal as refusal:
            raise Refusal(refusal.code, **refusal.words, inside=name) from None
    return RosterZip(file, tables, said)


def rows_of(raw: bytes, mapping: Mapping) -> Rows:
    """A table's rows; the word NULL counts as nothing, and no id has blanks around it."""
    sheet = sheet_of(raw)
    rows = Rows(sheet, mapping)
    cells = [f"raw_{name}" for name in mapping.columns]
    rows.frame = rows.frame.with_columns(pl.col(cells).str.strip_chars().replace("NULL", ""))
    statuses = pl.col("raw_status").str.to_lowercase()
    rows.refuse("missing_value", "sourcedId", pl.col("raw_sourcedId") == "")
    rows.refuse("marked_deleted", "status", statuses == "tobedeleted")
    rows.remark("odd_status", "status", ~statuses.is_in(["", "active", "tobedeleted"]))
    rows.frame = rows.frame.with_columns(sourced_id=pl.col("raw_sourcedId"), is_unused=pl.lit(value=False))
    rows.refuse_repeated(("sourced_id",), "sourcedId", "duplicate_id")
    return rows


def manifest_remarks(members: dict[str, bytes], mapping: Mapping) -> list[Sentence]:
    """What the manifest says against the contents.

    Raises:
        Refusal: roster_version, roster_delta.
    """
    raw = members.get("manifest.csv", b"")
    try:
        cells = sheet_of(raw).frame
        told = dict(zip(cells["c0"].str.strip_chars(), cells["c1"].str.strip_chars(), strict=True))
    except (Refusal, pl.exceptions.ColumnNotFoundError):
        told = {}
    version = told.get("oneroster.version", "")
    if version and plain(version) not in {plain(known) for known in mapping.settings["versions"]}:
        raise Refusal("roster_version", version=version)
    said = [] if version else [sentence("no_manifest")]
    for table in TABLES:
        mode = plain(told.get(f"file.{table}", ""))
        if mode == "delta":
            raise Refusal("roster_delta", member=f"{table}.csv")
        if told and (mode == "bulk") != (f"{table}.csv".lower() in members):
            said.append(sentence("manifest_differs", member=f"{table}.csv"))
    return said
