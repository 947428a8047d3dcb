"""Of demographics.csv the sex of children is read where it is there, and nothing else; without it nothing is missing."""

from __future__ import annotations

from pathlib import Path

import ingest
from ingest.lake.lake import Lake
from tests.ingest.tiny import HANA, REN, SORA, YUI, Table, child_ids, drop, roster_tables, roster_zip, rows_in

GIVEN: Table = [
    {"sourcedId": HANA, "birthDate": "2015-05-05", "sex": "female"},
    {"sourcedId": REN, "birthDate": "2015-06-06", "sex": "男"},
    {"sourcedId": YUI, "birthDate": "", "sex": "unspecified"},
    {"sourcedId": SORA, "birthDate": "", "sex": ""},
]


def loaded(home: Path, *rows: dict[str, str]) -> dict[str, ingest.FileReport]:
    drop(home, "roster/roster-2026.zip", roster_zip(roster_tables() | {"demographics": [*GIVEN, *rows]}))
    return {file.file: file for file in ingest.load(home).files if file.source == "roster"}


def sexes(home: Path) -> dict[int, str]:
    return dict(rows_in(home, "student_sex").select("student_id", "sex").rows())


def test_the_sex_of_children_where_it_is_said_and_no_birthday(home: Path) -> None:
    report = loaded(home)["roster-2026.zip!demographics.csv"]
    ids = child_ids(home)
    assert sexes(home) == {ids[HANA]: "female", ids[REN]: "male"}
    assert (report.rows_read, report.rows_loaded, report.rows_unchanged) == (4, 2, 2)
    kept = Lake(home / "lake").read("roster_demographics", 2026)
    assert not [name for name in kept.columns if "birth" in name.lower()]


def test_staff_and_strangers_and_words_nobody_knows_are_set_aside_or_not_used(home: Path) -> None:
    report = loaded(home, {"sourcedId": "nobody", "sex": "male"}, {"sourcedId": "child-riku", "sex": "x"},
                    {"sourcedId": "tanaka", "sex": "male"})  # fmt: skip
    assert report["roster-2026.zip!demographics.csv"].rejected == {"unknown_reference": 1, "unknown_code": 1}
    assert Lake(home / "lake").read("roster_demographics", 2026).height == 2, "of grown-ups nothing is kept"
    assert len(sexes(home)) == 2


def test_a_table_that_cannot_be_read_keeps_no_roster_out(home: Path) -> None:
    tables = roster_tables()
    drop(home, "roster/roster-2026.zip", roster_zip(tables | {"demographics": [{"id": HANA, "sex": "female"}]}))
    report = ingest.load(home)
    assert report.outcome == "loaded"
    assert "missing_column" in [said.code for file in report.files for said in file.sentences]
    assert rows_in(home, "student_sex").is_empty()
    assert len(child_ids(home)) == 6


def test_what_a_board_withholds_later_is_gone(home: Path) -> None:
    loaded(home)
    assert sexes(home)
    drop(home, "roster/roster-2026.zip", roster_zip())
    ingest.load(home)
    assert sexes(home) == {}


def test_changes_are_laid_over_what_was_said(home: Path) -> None:
    drop(home, "roster/roster-2026.zip", roster_zip(roster_tables() | {"demographics": GIVEN}), at=1_000)
    ingest.load(home)
    word = {"status": "active", "dateLastModified": "2026-06-01T00:00:00Z"}
    drop(home, "roster/delta-2026.zip", roster_zip({"demographics": [word | {"sourcedId": YUI, "sex": "female"}]}, mode="delta"), at=2_000)
    ingest.load(home)
    ids = child_ids(home)
    assert sexes(home) == {ids[HANA]: "female", ids[REN]: "male", ids[YUI]: "female"}
