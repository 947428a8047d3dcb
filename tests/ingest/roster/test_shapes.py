"""Every version and edition of OneRoster, in every encoding, date form and habit of export, is the same roster.

Each edition meets each habit; encodings, date forms, line ends and quotes go round, so that each meets each of the others somewhere.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from itertools import combinations, count, product
from pathlib import Path

import polars as pl
import pytest

from ingest.files.inbox import inbox_of
from ingest.files.mapping import mapping_of
from ingest.intake.reading import Reading
from ingest.lake.lake import Lake
from ingest.roster import source as roster
from ingest.roster.manifest import TABLES
from tests.ingest import roster_shapes
from tests.ingest.roster_shapes import DATE_FORMS, EDITIONS, ENCODINGS, HABITS, LINES, shaped
from tests.ingest.tiny import HANA, Table, csv_of, drop, roster_tables, zip_of

QUOTING = (csv.QUOTE_ALL, csv.QUOTE_MINIMAL)
OLD = ("1.0", "1.1")
LEADER = 4  # the staff_id of 中村, who leads a grade, and is one of the teachers where a version cannot say so
Case = tuple[str, str, str, str, str, int]


def cases() -> list[Case]:
    """Edition × habit in full; the rest goes round at different speeds."""
    encodings, dates, lines = tuple(ENCODINGS), tuple(DATE_FORMS), tuple(LINES)
    return [
        (edition, encodings[(place + row) % 4], dates[(place + place // 4 + row) % 6], habit,
         lines[(place + row // 4) % 4], QUOTING[place % 2])
        for (row, edition), (place, habit) in product(enumerate(EDITIONS), enumerate(HABITS))
    ]


def read(folder: Path, raw: bytes, at: int | None = None) -> tuple[dict, Reading]:
    drop(folder, "roster/roster-2026.zip", raw, at=at)
    files = inbox_of(folder / "inbox", [roster.FLOW]).files["roster"]
    reading = Reading(roster.FLOW, 2026, files, mapping_of("roster"), Lake(folder / "lake"), folder / "rejected", count(1))
    return roster.tables_of(reading), reading


def told(tables: dict, *, is_old: bool) -> dict[str, list]:
    """What the tables say, apart from numbers of files; a roster up to 1.1 knows fewer roles."""
    roles = tables["staff_role"].select("staff_id", "role").sort("staff_id").rows()
    return {
        "children": tables["student_of_year"].select("source_id", "identifier", "family_name", "given_name", "grade").rows(),
        "staff": tables["staff_of_year"].select("source_id", "identifier").rows(),
        "classes": tables["class"].select("name", "grade").rows(),
        "enrollment": tables["enrollment"].select("student_id", "grade", "begins_on", "ends_on").rows(),
        "teaching": tables["teaching"].select("staff_id", "is_homeroom").rows(),
        "year": tables["academic_session"].select("starts_on", "ends_on").rows(),
        "roles": [(who, role) for who, role in roles if "teacher" in role and who != LEADER] if is_old else roles,
    }


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict:
    plain = shaped("Japan Profile 1.2.1", "UTF-8", "ISO", "as it should be", "CRLF", csv.QUOTE_ALL)
    tables, _ = read(tmp_path_factory.mktemp("plain"), plain)
    assert tables["enrollment"].height == 7
    return tables


@pytest.mark.parametrize("case", cases(), ids=lambda case: "-".join(map(str, case[:5])))
def test_it_is_the_same_roster_in_every_shape(tmp_path: Path, expected: dict, case: Case) -> None:
    edition, encoding, _, habit, _, _ = case
    tables, reading = read(tmp_path, shaped(*case))
    is_old = edition in OLD
    assert {report.file: report.rejected for report in reading.reports if report.rejected} == {}
    known, found = told(expected, is_old=is_old), told(tables, is_old=is_old)
    if encoding == "CP932":  # which has no 𠮷
        known["children"] = [(*row[:2], row[2].replace("𠮷", "吉"), *row[3:]) for row in known["children"]]
    assert found == known
    said = {sentence.code for report in reading.reports for sentence in report.sentences}
    assert said == ({"older_version"} if is_old else set())
    remarks = {code for report in reading.reports for code in report.remarked}
    assert remarks - {"unused_role"} == ({"odd_status"} if habit == "a status nobody knows" else set())


def test_every_encoding_meets_every_date_form_line_end_and_edition() -> None:
    """The round of the cases leaves no pair out."""
    numbers = {0: len(EDITIONS), 1: len(ENCODINGS), 2: len(DATE_FORMS), 4: len(LINES)}
    for (one, first), (other, second) in combinations(numbers.items(), 2):
        pairs = first * second
        assert len({(case[one], case[other]) for case in cases()}) == pairs, (one, other)


def zip_with(manifest: str, change: Callable[[dict[str, Table]], object] = lambda tables: None) -> bytes:
    tables = roster_tables()
    change(tables)
    return zip_of({"manifest.csv": manifest} | {f"{name}.csv": csv_of(rows) for name, rows in tables.items() if rows})


def sentences_of(reading: Reading) -> list[tuple[str, str]]:
    return [(sentence.code, sentence.ja) for report in reading.reports for sentence in report.sentences]


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (["oneroster.version,1.2", *(f"file.{table},bulk" for table in TABLES)], []),
        (["oneroster.version,1.2", *(f"file.{table},bulk" for table in TABLES), "file.users,"], ["manifest_differs"]),
        (["oneroster.version,1.2", *(f"file.{table},bulk" for table in TABLES), "file.users,absent"], ["manifest_differs"]),
        (["oneroster.version,1.2", *(f"file.{table},bulk" for table in TABLES), "file.demographics,bulk"], []),
        (["oneroster.version,", *(f"file.{table},bulk" for table in TABLES)], ["no_manifest"]),
        (["OneRoster.Version , 1.2_jp", *(f"File.{table},BULK" for table in TABLES)], []),
    ],
)
def test_a_manifest_that_says_otherwise_is_remarked_and_what_is_there_is_read(tmp_path: Path, lines: list[str], codes: list[str]) -> None:
    tables, reading = read(tmp_path, zip_with("\n".join(["propertyName,value", *lines])))
    assert [code for code, _ in sentences_of(reading)] == codes
    assert tables["enrollment"].height == 7


WHOLE = "\n".join(["propertyName,value", "oneroster.version,1.2", *(f"file.{table},bulk" for table in TABLES)])


def test_a_slip_in_a_title_is_named_and_never_guessed(tmp_path: Path) -> None:
    def slip(tables: dict[str, Table]) -> None:
        for row in tables["enrollments"]:
            row["metadata.jp.ShusekiNo"] = row.pop("metadata.jp.ShussekiNo")

    tables, reading = read(tmp_path, zip_with(WHOLE, slip))
    (code, said), = sentences_of(reading)
    assert (code, "ShusekiNo" in said, "enrollments.csv" in said) == ("near_title", True, True)
    assert tables["enrollment"]["number"].null_count() == 7


def test_a_column_of_an_older_version_beside_todays_is_no_matter(tmp_path: Path) -> None:
    def both(tables: dict[str, Table]) -> None:
        for row in tables["users"]:
            row["grade"] = "not this one"

    tables, reading = read(tmp_path, zip_with(WHOLE, both))
    assert sentences_of(reading) == []
    assert tables["student_of_year"]["grade"].to_list() == [5, 5, 5, 3, 6, 6]


def test_references_to_what_was_not_exported_stay_out_alone(tmp_path: Path) -> None:
    def half(tables: dict[str, Table]) -> None:
        tables["users"] = [row for row in tables["users"] if row["sourcedId"] != HANA]
        tables["classes"] = [row for row in tables["classes"] if row["sourcedId"] != "room-friends"]

    tables, reading = read(tmp_path, zip_with(WHOLE, half))
    rejected = {report.file.rpartition("!")[2]: report.rejected for report in reading.reports if report.rejected}
    assert rejected == {"roles.csv": {"unknown_reference": 1}, "enrollments.csv": {"unknown_reference": 2}}
    assert tables["enrollment"].height == 5


def test_roles_of_1_1_follow_the_person_when_changes_come(tmp_path: Path) -> None:
    """One who taught at two schools and now at one has one role, and one who is deleted has none."""
    people = roster_shapes.version_1_1(roster_tables())
    teachers = {row["sourcedId"]: row for row in people["users"]}
    teachers["yamamoto"]["orgSourcedIds"] = "org-miharashi,org-minato"
    manifest = "propertyName,value\noneroster.version,1.1\n"
    whole = zip_of({"manifest.csv": manifest} | {f"{name}.csv": csv_of(rows) for name, rows in people.items()})
    changes = [
        teachers["yamamoto"] | {"dateLastModified": "2026-05-01", "orgSourcedIds": "org-minato"},
        teachers["tanaka"] | {"dateLastModified": "2026-05-01", "status": "tobedeleted"},
    ]
    delta = zip_of({"manifest.csv": f"{manifest}file.users,delta\n", "users.csv": csv_of(changes)})
    drop(tmp_path, "roster/a-roster-2026.zip", delta, at=2_000)
    tables, reading = read(tmp_path, whole, at=1_000)
    assert {report.rows_rejected for report in reading.reports} == {0}
    yamamoto = tables["staff_of_year"].filter(pl.col("source_id") == "yamamoto")["staff_id"].item()
    minato = tables["school_of_year"].filter(pl.col("source_id") == "org-minato")["school_id"].item()
    assert tables["staff_role"].filter(pl.col("staff_id") == yamamoto)["school_id"].to_list() == [minato]
    assert "tanaka" not in tables["staff_of_year"]["source_id"]
