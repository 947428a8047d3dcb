"""From one district to another: what the head hands over through the gate is what the next school's load takes in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import ingest
import queries
from access import Refused, Viewer, jurisdictions, viewer_of
from pages.child import handover
from pages.choice import Period
from queries.handover import members
from records import engine, handovers, viewings
from sample_data.cast import member
from tests.accounts import opened_store
from tests.ingest.tiny import HANA, calendar_text, child_ids, drop, roster_tables, roster_zip, rows_in


@pytest.fixture
def suzuki(small_district: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Viewer]:
    """The head of 見晴小学校, with the district open and a records store of its own."""
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    opened_store(tmp_path)
    jurisdictions.use_district(small_district / "district")
    monkeypatch.setattr(handover, "ask", queries.ask)
    viewer = viewer_of(str(member("suzuki").staff_number))
    assert viewer is not None
    yield viewer
    engine.forget()


def test_every_row_handed_over_arrives_in_another_district(suzuki: Viewer, small_district: Path, tmp_path: Path) -> None:
    now = Period(**queries.ask(suzuki, "as_of_day").row(0, named=True))
    places = queries.ask(suzuki, "places").filter(pl.col("class_name") == "5年2組").row(0, named=True)
    child = queries.ask(suzuki, "children_of_class", school_id=places["school_id"], class_id=places["class_id"]).row(0, named=True)
    made = handover.made(suzuki, places["school_id"], child["student_id"], list(members()), now)
    assert min(made.rows[source] for source in ("attendance", "mood", "study_log", "assessment", "evaluation")) > 0

    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        master = pl.read_csv(io.BytesIO(archive.read("users.csv"))).item(0, "userMasterIdentifier")
        assert archive.read("summary.pdf").startswith(b"%PDF-")
    there = tmp_path / "there"
    tables = roster_tables()
    tables["users"][0]["userMasterIdentifier"] = master
    drop(there, "roster/roster-2026.zip", roster_zip(tables))
    drop(there, "calendar/calendar-2026.csv", calendar_text(), "utf-8-sig")
    drop(there, "handover/miharashi-handover.zip", made.content)
    report = ingest.load(there)
    files = [file for file in report.files if file.source == "handover"]
    assert {file.file.rpartition("!")[2] for file in files} == {each.file for each in members()}
    assert all(file.rows_read == file.rows_loaded + file.rows_unchanged + file.rows_rejected for file in files)
    arrived = rows_in(there, "former_record")
    assert set(arrived["student_id"]) == {child_ids(there)[HANA]}
    assert dict(arrived["source"].value_counts().iter_rows()) == {source: rows for source, rows in made.rows.items() if rows}


def test_both_that_it_was_made_and_what_was_seen_for_it_are_recorded(suzuki: Viewer) -> None:
    now = Period(**queries.ask(suzuki, "as_of_day").row(0, named=True))
    places = queries.ask(suzuki, "places").filter(pl.col("class_name") == "5年2組").row(0, named=True)
    child = queries.ask(suzuki, "children_of_class", school_id=places["school_id"], class_id=places["class_id"]).row(0, named=True)
    wanted = [each for each in members() if each.source in ("enrollment", "attendance")]
    made = handover.made(suzuki, places["school_id"], child["student_id"], wanted, now)
    (recorded,) = handovers.of_student(child["student_id"])
    assert (recorded.sources, recorded.record_rows) == ("enrollment,attendance", sum(made.rows.values()))
    assert "handover_attendance" in {each.question for each in viewings.of_student(child["student_id"])}
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert "mood.csv" not in archive.namelist(), "what was not chosen is not in it"


def test_tanaka_hands_nobody_over(suzuki: Viewer, small_district: Path) -> None:
    tanaka = viewer_of(str(member("tanaka").staff_number))
    assert tanaka is not None
    places = queries.ask(tanaka, "places").filter(pl.col("class_id").is_not_null()).row(0, named=True)
    child = queries.ask(tanaka, "children_of_class", school_id=places["school_id"], class_id=places["class_id"]).row(0, named=True)
    now = Period(**queries.ask(tanaka, "as_of_day").row(0, named=True))
    with pytest.raises(Refused):
        handover.made(tanaka, places["school_id"], child["student_id"], list(members()), now)
    assert handovers.of_student(child["student_id"]) == []
