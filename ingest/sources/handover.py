"""Packages from a child's former school (引き継ぎ): matched to a child of this district by number, never by name, and kept as they came.

A package is read whole or not at all: one that was changed on its way, or whose child nobody here can be sure of, stays out with a
sentence. Its rows go into a table that is shown beside the child and never counted: the days of another school are not ours.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import polars as pl

from ingest.files.archive import members_of
from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping
from ingest.files.moments import day_of, narrow
from ingest.files.reasons import IngestError
from ingest.files.rows import Rows
from ingest.files.sheet import sheet_of
from ingest.flow import Flow
from ingest.intake.reading import ANY_ERROR, Reading, Source
from ingest.intake.roster_index import STUDENT_OF_YEAR
from ingest.lake.lake import Lake, lake_columns
from queries.handover import CONTENTS, FORMAT, GUARDED, Member, members, version

FLOW = Flow(
    source="handover",
    label={"ja": "前の学校からの引き継ぎ", "en": "Hand-over from a former school"},
    beat="occasional",
    comes={"ja": "転入のとき", "en": "when a child arrives"},
    tables=("former_record",),
    purpose={
        "ja": "転入した子の支援を、前の学校での様子を知って始めるため",
        "en": "to begin supporting a child who arrives knowing how the former school saw it",
    },
    seen_by={
        "ja": "担当する子について、同じ種類の記録を見てよい人だけ",
        "en": "whoever sees the same kind of record of the child here by name",
    },
    retention={"ja": "卒業後5年", "en": "five years after leaving school"},
    files=r"\.zip$",
    example="miharashi-handover-20261120.zip",
    needs=("roster",),
    order=("student_id", "source", "day"),
)
TABLE = FLOW.tables[0]


@dataclass(frozen=True)
class Package:
    """A package, opened and found to be as it was packed."""

    manifest: dict[str, str]  # what it says about itself
    contents: dict[str, bytes]
    master_id: str

    @property
    def fiscal_year(self) -> int:
        """The 年度 it was made in."""
        return int(self.manifest["fiscal_year"])


def package_of(raw: bytes) -> Package:
    """The package in these bytes.

    Raises:
        IngestError: what any zip is refused for, not_a_package, package_of_another_version, package_changed.
    """
    contents = members_of(raw)
    if CONTENTS not in contents:
        raise IngestError("not_a_package", member=CONTENTS)
    sheet = sheet_of(contents[CONTENTS])
    manifest = dict(sheet.frame.select("c0", "c1").iter_rows()) if len(sheet.titles) == 2 else {}
    if manifest.get("format") != FORMAT or not manifest.get("fiscal_year", "").isdigit():
        raise IngestError("not_a_package", member=CONTENTS)
    if manifest.get("version") != str(version()):
        raise IngestError("package_of_another_version", version=manifest.get("version", ""))
    for name, digest in ((name.removeprefix("sha256."), digest) for name, digest in manifest.items() if name.startswith("sha256.")):
        if name.endswith(".csv") and hashlib.sha256(contents.get(name, b"")).hexdigest() != digest:
            raise IngestError("package_changed", member=name)
    unsealed = [member.file for member in members() if member.file in contents and f"sha256.{member.file}" not in manifest]
    if unsealed or "sha256.users.csv" not in manifest:
        raise IngestError("package_changed", member=(unsealed or ["users.csv"])[0])
    users = Rows(sheet_of(contents["users.csv"]), columns_of("users", ("sourcedId", "userMasterIdentifier"))).frame
    if users.height != 1:
        raise IngestError("not_a_package", member="users.csv")
    return Package(manifest, contents, users.item(0, "raw_userMasterIdentifier").strip())


def columns_of(source: str, columns: tuple[str, ...]) -> Mapping:
    """The mapping of a file whose titles are the house's own."""
    return Mapping(source, {name: (name,) for name in columns}, frozenset(columns), {}, {}, "")


def child_of(package: Package, assigned: str | None, lake: Lake) -> int:
    """The student_id of the child here.

    Raises:
        IngestError: handover_unknown_child, handover_unknown_number, handover_contradicts.
    """
    years = [lake.read(STUDENT_OF_YEAR, year) for year in reversed(lake.parts(STUDENT_OF_YEAR))]
    people = pl.concat(years, how="diagonal_relaxed") if years else pl.DataFrame()
    has_master = "master_id" in people.columns and package.master_id != ""
    same = people.filter(pl.col("master_id") == package.master_id)["student_id"].unique() if has_master else pl.Series([], dtype=pl.Int32)
    if assigned is None:
        if len(same) != 1:
            raise IngestError("handover_unknown_child")
        return int(same[0])
    numbered = [rows.filter(pl.col("identifier") == narrow(assigned)) for rows in years]
    found = next((rows for rows in numbered if rows.height == 1), None)
    if found is None:
        raise IngestError("handover_unknown_number")
    student_id = int(found.item(0, "student_id"))
    # another child bears the package's own id, or this child bears another one: one of the two numbers is wrong
    own = people.filter((pl.col("student_id") == student_id) & (pl.col("master_id") != "")) if has_master else people.clear()
    if (len(same) and student_id not in same) or (own.height and package.master_id not in set(own["master_id"])):
        raise IngestError("handover_contradicts")
    return student_id


def tables_of(reading: Reading) -> dict[str, pl.DataFrame]:
    """The rows of every package of a 年度; nothing where none could be read."""
    taken, seen = [], set()
    assigned: dict[str, str] = reading.mapping.settings.get("assigned", {})
    for file in reading.files:
        try:
            if file.sha256 in seen:
                raise IngestError("package_twice")
            package = package_of(file.raw)
            student_id = child_of(package, assigned.get(file.sha256), reading.lake)
            seen.add(file.sha256)
        except ANY_ERROR as error:
            reading.reject_file(file, error)
            continue
        for member in members():
            if member.file not in package.contents:
                continue
            rows = checked(package, member)
            used = reading.take(file, f"{file.name}!{member.file}", rows)
            taken.append(used.with_columns(student_id=pl.lit(student_id, pl.Int32)))
    if not taken:
        return {}
    return {TABLE: pl.concat([lake_columns(rows, TABLE, reading.fiscal_year) for rows in taken])}


def checked(package: Package, member: Member) -> Rows:
    """The rows of one member, each kept as it came; one without its 年度 or with a day that is none is rejected."""
    rows = Rows(sheet_of(package.contents[member.file]), columns_of(FLOW.source, member.columns))
    rows.read_number("fiscal_year", "record_year", pl.Int16, 1990, package.fiscal_year)
    if member.day:
        rows.read(member.day, "day", day_of, pl.Date, code="bad_date", is_required=member.source != "narrative")
    else:
        rows.frame = rows.frame.with_columns(day=pl.lit(None, pl.Date))
    unguarded = [pl.col(f"raw_{name}").str.replace(GUARDED, "$1").alias(name) for name in member.columns]
    rows.frame = rows.frame.with_columns(
        source=pl.lit(member.source), school_name=pl.lit(package.manifest.get("school_name", "")),
        cells=pl.struct(unguarded).struct.json_encode(),
    )
    return rows


def year_of(file: Dropped, mapping: Mapping) -> int | None:  # noqa: ARG001 - a package says itself of which year it is
    """The 年度 a package was made in."""
    return package_of(file.raw).fiscal_year


SOURCE = Source(FLOW, tables_of, year_of)
