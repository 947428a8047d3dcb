"""The manifest of a roster zip: which version of OneRoster it is, and which tables are whole or hold changes."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from ingest.files.mapping import Mapping, plain
from ingest.files.reasons import IngestError, Sentence, sentence
from ingest.files.sheet import sheet_of

TABLES = ("academicSessions", "orgs", "classes", "users", "roles", "enrollments")
# a district may withhold it: of it sex alone is read, for the national survey
OPTIONAL = ("demographics",)


@dataclass(frozen=True)
class Manifest:
    """What the manifest says, and what is odd about it."""

    version: str
    is_older: bool
    modes: dict[str, str]  # table → bulk, delta, absent
    sentences: list[Sentence]

    @property
    def has_changes(self) -> bool:
        """Whether any table holds changes."""
        return "delta" in self.modes.values()


def manifest_of(members: dict[str, bytes], mapping: Mapping, tables: tuple[str, ...] = TABLES) -> Manifest:
    """The manifest among the files of a zip, as far as it is about these tables; a missing one says nothing.

    Raises:
        IngestError: roster_version.
    """
    try:
        cells = sheet_of(members.get("manifest.csv", b"")).frame
        entries = {plain(name): value.strip() for name, value in cells.select("c0", "c1").iter_rows()}
    except (IngestError, pl.exceptions.ColumnNotFoundError):
        entries = {}
    version = entries.get("oneroster.version", "")
    known, older = ([plain(each) for each in mapping.settings[name]] for name in ("versions", "older_versions"))
    if version and plain(version) not in [*known, *older]:
        raise IngestError("roster_version", version=version)
    modes = {table: plain(entries.get(plain(f"file.{table}"), "")) for table in (*tables, *OPTIONAL)}
    sentences = [] if version else [sentence("no_manifest")]
    sentences += [
        sentence("manifest_differs", member=f"{table}.csv")
        for table, mode in modes.items()
        if table in tables and entries and (mode in ("bulk", "delta")) != (f"{table}.csv".lower() in members)
    ]
    return Manifest(version, plain(version) in older, modes, sentences)
