"""One roster zip, opened: its manifest looked at, its tables as rows of text, and which records it says are gone."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping, plain
from ingest.files.moments import day_of, fiscal_year_of
from ingest.files.reasons import IngestError, Sentence, sentence
from ingest.files.rows import Rows
from ingest.roster.manifest import OPTIONAL, TABLES, manifest_of
from ingest.roster.rows import near_titles, roles_of_users, rows_of, set_apart

JAPAN = datetime.timezone(datetime.timedelta(hours=9))


@dataclass
class RosterZip:
    """Rows of each table by its OneRoster name, and what is odd about the zip."""

    file: Dropped | None  # None: what an earlier load kept
    tables: dict[str, Rows]
    modes: dict[str, str] = field(default_factory=dict)  # table → bulk, delta, absent, as the manifest says
    sentences: list[Sentence] = field(default_factory=list)  # about its manifest
    has_roles_within: bool = False  # users.csv says who is what, as it did up to 1.1
    said_of: dict[str, list[Sentence]] = field(default_factory=dict)  # table → what is odd about its titles
    unread: dict[str, IngestError] = field(default_factory=dict)  # members it does without, and why they cannot be read
    gone: dict[str, pl.DataFrame] = field(init=False)  # rows of records marked as deleted

    def __post_init__(self) -> None:
        self.gone = {table: set_apart(rows) for table, rows in self.tables.items()}

    @property
    def is_kept(self) -> bool:
        """Whether it is no file, but what an earlier load kept."""
        return self.file is None

    def name_of(self, table: str) -> str:
        """What reports call one of its tables."""
        name = "users.csv (role)" if table == "roles" and self.has_roles_within else f"{table}.csv"
        return self.file.named(name) if self.file else name

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
        IngestError: if the zip or one of its tables cannot be read; `inside` among its words names the table.
    """
    members = {name.lower(): raw for name, raw in file.tables.items()}
    manifest = manifest_of(members, mapping)
    sentences, tables = manifest.sentences, {}
    unread: dict[str, IngestError] = {}
    near: dict[str, list[Sentence]] = {}
    for table in (*TABLES, *OPTIONAL):
        name = f"{table}.csv"
        if name.lower() not in members:
            continue
        try:
            tables[table] = rows_of(members[name.lower()], mapping.member(table), is_delta=manifest.modes[table] == "delta")
        except IngestError as error:
            if table in OPTIONAL:
                unread[name] = error
                continue
            raise IngestError(error.code, **error.words, inside=name) from None
        near[table] = [sentence("near_title", member=name, column=title, expected=meant) for title, meant in near_titles(tables[table])]
    has_roles_within = "users" in tables and "roles" not in tables and {"role", "orgSourcedIds"} <= tables["users"].places.keys()
    if has_roles_within:
        tables["roles"] = roles_of_users(tables["users"], mapping.member("roles"))
        manifest.modes["roles"] = manifest.modes["users"]
    if has_roles_within or manifest.is_older:
        others = [each for each in sentences if each.code != "no_manifest"]
        sentences = [sentence("older_version", version=manifest.version or "1.0"), *others]
    missing = [f"{table}.csv" for table in TABLES if table not in tables]
    if missing and (not tables or not manifest.has_changes):
        raise IngestError("missing_member", member="、".join(missing))
    return RosterZip(file, tables, manifest.modes, sentences, has_roles_within, near, unread)
