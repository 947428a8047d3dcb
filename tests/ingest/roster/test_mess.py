"""Roster zips that are broken, hostile or full of nonsense: a sentence each, every row accounted for, and never a crash."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.files.inbox import inbox_of
from ingest.files.mapping import mapping_of
from ingest.intake.reading import Reading
from ingest.intake.report import FileReport
from ingest.lake.lake import Lake
from ingest.roster import source as roster
from tests.ingest.tiny import HANA, Table, csv_of, drop, roster_tables, roster_zip, zip_of

Members = dict[str, bytes | str]


def members() -> Members:
    tables = roster_tables()
    manifest = "propertyName,value\noneroster.version,1.2\n" + "".join(f"file.{table},bulk\n" for table in tables)
    return {"manifest.csv": manifest} | {f"{table}.csv": csv_of(rows) for table, rows in tables.items()}


def read(folder: Path, *zips: bytes) -> tuple[dict, Reading]:
    for place, raw in enumerate(zips):
        drop(folder, f"roster/roster-2026-{place}.zip", raw, at=1_000 + place)
    files = inbox_of(folder / "inbox", [roster.FLOW]).files["roster"]
    reading = Reading(roster.FLOW, 2026, files, mapping_of("roster"), Lake(folder / "lake"), folder / "rejected", count(1))
    return roster.tables_of(reading), reading


def codes(reading: Reading) -> list[str]:
    return [sentence.code for report in reading.reports for sentence in report.sentences]


def report_on(reading: Reading, table: str) -> FileReport:
    return next(report for report in reading.reports if report.file.endswith(f"!{table}.csv"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"manifest.csv": b"\x00\x01\x02"}, ["no_manifest"]),
        ({"manifest.csv": b""}, ["no_manifest"]),
        ({"manifest.csv": "one column\nonly\n"}, ["no_manifest"]),
        ({"manifest.csv": "propertyName,value\noneroster.version,9.9\n"}, ["roster_version"]),
        ({"users.csv": b""}, ["empty_file"]),
        ({"users.csv": b"\x89PNG\r\n\x1a\n"}, ["not_csv"]),
        ({"users.csv": "<html>login</html>"}, ["not_csv"]),
        ({"users.csv": "sourcedId,sourcedId,givenName,familyName,identifier\n1,2,3,4,5\n"}, ["duplicate_header"]),
        ({"users.csv": "sourcedId,givenName\n1,2\n"}, ["missing_column"]),
        ({"copy/users.csv": "sourcedId,givenName,familyName,identifier\n"}, ["doubled_member"]),
        ({"../users.csv": "x"}, ["unsafe_name"]),
        ({"roster.zip": roster_zip()}, []),
    ],
    ids=["manifest of bytes", "empty manifest", "manifest of one column", "unknown version", "empty table", "picture", "web page",
         "doubled title", "missing column", "two tables of one name", "path out of the zip", "zip in the zip"],
)
def test_what_is_wrong_with_a_zip_is_said(tmp_path: Path, change: Members, said: list[str]) -> None:
    tables, reading = read(tmp_path, zip_of(members() | change))
    assert codes(reading) == said
    is_refused = said not in ([], ["no_manifest"])
    assert (tables == {}) == is_refused
    assert [report.outcome for report in reading.reports if report.sentences] == (["refused"] if is_refused else ["loaded"] * len(said))


@pytest.mark.parametrize("content", [{}, {"readme.txt": "hello"}, {"roster.zip": roster_zip()}], ids=["empty", "no table", "zips only"])
def test_a_zip_without_any_table(tmp_path: Path, content: Members) -> None:
    tables, reading = read(tmp_path, zip_of(content))
    assert (tables, codes(reading)) == ({}, ["missing_member"])


def test_tables_of_one_zip_in_several_encodings(tmp_path: Path) -> None:
    mixed = members()
    mixed["users.csv"] = str(mixed["users.csv"]).replace("𠮷", "吉").encode("cp932")
    mixed["orgs.csv"] = str(mixed["orgs.csv"]).encode("utf-16")
    mixed["classes.csv"] = str(mixed["classes.csv"]).encode("utf-8-sig")
    tables, reading = read(tmp_path, zip_of(mixed))
    assert codes(reading) == []
    assert tables["student_of_year"]["family_name"].to_list() == ["佐藤", "伊藤", "吉田", "髙橋", "山本", "吉田"]
    assert tables["school_of_year"]["name"].to_list() == ["見晴小学校", "港小学校"]


def test_lines_of_one_table_in_several_encodings(tmp_path: Path) -> None:
    mixed = members()
    lines = str(mixed["users.csv"]).split("\r\n")
    mixed["users.csv"] = b"\r\n".join([lines[0].encode(), lines[1].encode("cp932"), *(line.encode() for line in lines[2:])])
    tables, _ = read(tmp_path, zip_of(mixed))
    assert tables["student_of_year"]["family_name"].to_list() == ["佐藤", "伊藤", "𠮷田", "髙橋", "山本", "𠮷田"]


def test_an_id_said_twice_counts_once(tmp_path: Path) -> None:
    tables = roster_tables()
    tables["users"].append(tables["users"][0] | {"identifier": "99999999", "familyName": "別人"})
    tables["orgs"].append(tables["orgs"][1] | {"name": "別の学校"})
    found, reading = read(tmp_path, roster_zip(tables))
    assert report_on(reading, "users").rejected == report_on(reading, "orgs").rejected == {"duplicate_id": 1}
    assert found["student_of_year"].filter(found["student_of_year"]["source_id"] == HANA)["family_name"].to_list() == ["佐藤"]
    assert "別の学校" not in found["school_of_year"]["name"]


NONSENSE = st.one_of(
    st.sampled_from([
        "", "NULL", " ", "=1+1", "tobedeleted", "active", "student", "teacher", "P5", "P5,J1", "2026-13-45", "2026-05-01", "R8.5.1",
        "46113", "true", "x" * 3_000, "child-hana", "room-52", "org-minato", "\ufeff", "１２３", "a,b", 'say "x"', "line\nbreak",
    ]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12),
)
CHANGES = st.lists(st.tuples(st.sampled_from(sorted(roster_tables())), st.integers(0, 20), st.integers(0, 20), NONSENSE), max_size=12)


def messed(changes: list[tuple[str, int, int, str]]) -> dict[str, Table]:
    tables = roster_tables()
    for table, row, column, cell in changes:
        rows = tables[table]
        titles = list(rows[0])
        rows[row % len(rows)][titles[column % len(titles)]] = cell
    return tables


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CHANGES, CHANGES, st.sampled_from(["bulk", "delta"]))
def test_every_row_is_accounted_for(first: list, second: list, mode: str) -> None:
    """Rows in = loaded + unchanged + rejected, whatever the cells say; nothing unforeseen, and the tables know each other."""
    with tempfile.TemporaryDirectory() as place:
        zips = [messed(first), messed(second)]
        tables, reading = read(Path(place), roster_zip(zips[0]), roster_zip(zips[1], mode=mode))
        assert "unexpected" not in codes(reading)
        for report in reading.reports:
            assert report.rows_read == report.rows_loaded + report.rows_unchanged + report.rows_rejected, report.file
            assert report.rows_rejected == sum(report.rejected.values())
        for place_of_zip, each in enumerate(zips):
            for table, rows in each.items():
                read_rows = [report.rows_read for report in reading.reports if report.file == f"roster-2026-{place_of_zip}.zip!{table}.csv"]
                blank = sum(not any(row.values()) for row in rows)
                assert read_rows in ([len(rows) - blank], []), (table, "a zip may be refused, never a part of its rows")
        if tables:
            assert set(tables["enrollment"]["student_id"]) <= set(tables["student_of_year"]["student_id"])
            assert set(tables["enrollment"]["class_id"]) <= set(tables["class"]["class_id"])
            assert set(tables["class"]["school_id"]) <= set(tables["school_of_year"]["school_id"])
            assert not tables["enrollment"]["student_id"].has_nulls()
