"""One roster zip, opened: its manifest looked at, its tables as rows of text, and which records it says are gone."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from ingest.archive import members_of
from ingest.inbox import Dropped
from ingest.mapping import Mapping, plain
from ingest.moments import day_of, fiscal_year_of, narrow
from ingest.reasons import Refusal, Sentence, sentence
from ingest.rows import Rows
from ingest.sheet import sheet_of

TABLES = ("academicSessions", "orgs", "classes", "users", "roles", "enrollments")
DELETED = "tobedeleted"
JAPAN = datetime.timezone(datetime.timedelta(hours=9))


@dataclass
class RosterZip:
    """Rows of each table by its OneRoster name, and what is odd about the zip."""

    file: Dropped | None  # None: what an earlier load kept
    tables: dict[str, Rows]
    modes: dict[str, str] = field(default_factory=dict)  # table → bulk, delta, absent, as the manifest says
    sentences: list[Sentence] = field(default_factory=list)
    gone: dict[str, pl.DataFrame] = field(init=False)  # rows of records marked as deleted

    def __post_init__(self) -> None:
        self.gone = {table: set_apart(rows) for table, rows in self.tables.items()}

    @property
    def is_kept(self) -> bool:
        """Whether it is no file, but what an earlier load kept."""
        return self.file is None

    @property
    def is_delta(self) -> bool:
        """Whether it holds changes, and not the whole."""
        return "delta" in self.modes.values()

    @cached_property
    def schools(self) -> frozenset[str]:
        """The schools it has classes of."""
        named = self.tables["classes"].frame["raw_schoolSourcedId"] if "classes" in self.tables else []
        return frozenset(named) - {""}

    @property
    def fiscal_years(self) -> list[int]:
        """The 年度 its school-year sessions begin in, oldest first."""
        days: list[datetime.date | None] = []
        if sessions := self.tables.get("academicSessions"):
            types = sessions.mapping.codes["session_type"]
            is_year = [plain(types.get(word, word)) == "schoolyear" for word in sessions.frame["raw_type"]]
            days = [day_of(cell) for cell in sessions.frame["raw_startDate"].filter(pl.Series(is_year, dtype=pl.Boolean))]
        return sorted({fiscal_year_of(day) for day in days if isinstance(day, datetime.date)})

    @property
    def year_of_changes(self) -> int | None:
        """The 年度 of its newest change; None where no row says when it changed."""
        newest = max((rows.frame["modified"].max() or 0 for rows in self.tables.values()), default=0)
        return fiscal_year_of(datetime.datetime.fromtimestamp(newest, JAPAN).date()) if newest else None


def roster_zip(file: Dropped, mapping: Mapping) -> RosterZip:
    """A zip with all its tables read as text. A zip of changes need not have all of them.

    Raises:
        Refusal: if the zip or one of its tables cannot be read; `inside` among its words names the table.
    """
    members = {name.lower(): raw for name, raw in members_of(file.raw).items()}
    modes, said = manifest_of(members, mapping)
    tables = {}
    for table in TABLES:
        name = f"{table}.csv"
        if name.lower() not in members:
            if "delta" in modes.values():
                continue
            raise Refusal("missing_member", member=name)
        try:
            tables[table] = rows_of(members[name.lower()], mapping.member(table), is_delta=modes.get(table) == "delta")
        except Refusal as refusal:
            raise Refusal(refusal.code, **refusal.words, inside=name) from None
    if not tables:
        raise Refusal("missing_member", member="、".join(f"{table}.csv" for table in TABLES))
    return RosterZip(file, tables, modes, said)


def rows_of(raw: bytes, mapping: Mapping, *, is_delta: bool) -> Rows:
    """A table's rows; the word NULL counts as nothing, and no id has blanks around it."""
    sheet = sheet_of(raw)
    rows = Rows(sheet, mapping)
    cells = [f"raw_{name}" for name in mapping.columns]
    rows.frame = rows.frame.with_columns(pl.col(cells).str.strip_chars().replace("NULL", ""))
    statuses = pl.col("raw_status").str.to_lowercase()
    rows.refuse("missing_value", "sourcedId", pl.col("raw_sourcedId") == "")
    rows.remark("odd_status", "status", ~statuses.is_in(["", "active", DELETED]))
    rows.read("dateLastModified", "modified", second_of, pl.Int64, code="", is_required=False)
    rows.remark("odd_change_date", "dateLastModified", (pl.col("raw_dateLastModified") != "") & (pl.col("modified") == 0))
    rows.frame = rows.frame.with_columns(
        pl.col("modified").fill_null(0), sourced_id=pl.col("raw_sourcedId"), word_on=pl.col("raw_sourcedId"),
        is_unused=pl.lit(value=False),
    )
    if not is_delta:  # a file of changes may tell of two changes of one record: the newer counts
        rows.refuse_repeated(("sourced_id",), "sourcedId", "duplicate_id")
    return rows


def set_apart(rows: Rows) -> pl.DataFrame:
    """Take the records marked as deleted out of the rows: what else such a row says is not looked at."""
    is_deleted = (pl.col("raw_status").str.to_lowercase() == DELETED) & pl.col("flaw").is_null()
    gone = rows.frame.filter(is_deleted).select("sourced_id", "word_on", "modified")
    if gone.height:
        rows.frame = rows.frame.filter(~is_deleted)
    return gone


def second_of(cell: str) -> int:
    """The second a change was made in, as one number; 0 where the cell is no moment."""
    try:
        moment = datetime.datetime.fromisoformat(narrow(cell))
    except ValueError:
        day = day_of(cell)
        if day is None:
            return 0
        moment = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)).timestamp())


def manifest_of(members: dict[str, bytes], mapping: Mapping) -> tuple[dict[str, str], list[Sentence]]:
    """Whether each table is whole (bulk) or holds changes (delta), and what is odd about the manifest.

    Raises:
        Refusal: roster_version.
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
    modes = {table: plain(told.get(f"file.{table}", "")) for table in TABLES}
    for table, mode in modes.items():
        if told and (mode in ("bulk", "delta")) != (f"{table}.csv".lower() in members):
            said.append(sentence("manifest_differs", member=f"{table}.csv"))
    return modes, said
