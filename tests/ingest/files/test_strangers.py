"""Files of other systems: named in one sentence with the way out; a roster that lies loose is taken as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ingest
from tests.ingest.tiny import HANA, Table, csv_of, drop, roster_tables, roster_zip, rows_in, zip_of

SYNC_V1 = {
    "School.csv": "SIS ID,Name\nS1,見晴小学校\n",
    "Section.csv": "SIS ID,School SIS ID,Section Name\nC1,S1,5年2組\n",
    "Student.csv": "SIS ID,School SIS ID,Username,First Name,Last Name\n1,S1,hana,はな,佐藤\n",
    "Teacher.csv": "SIS ID,School SIS ID,Username,First Name,Last Name\n2,S1,tanaka,健,田中\n",
    "StudentEnrollment.csv": "Section SIS ID,SIS ID\nC1,1\n",
    "TeacherRoster.csv": "Section SIS ID,SIS ID\nC1,2\n",
}
SYNC_V2 = {
    "orgs.csv": "sourcedId,name,type,parentSourcedId\nS1,見晴小学校,school,\n",
    "users.csv": "sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms\n1,hana,はな,佐藤,,,,,\n",
    "roles.csv": "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate\n1,S1,student,,05,,,\n",
    "classes.csv": "sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId\nC1,S1,5年2組,,\n",
    "enrollments.csv": "classSourcedId,userSourcedId,role\nC1,1,student\n",
}
EVENT = {
    "@context": "http://purl.imsglobal.org/ctx/caliper/v1p2", "id": "urn:uuid:1", "type": "AssessmentItemEvent", "action": "Completed",
    "actor": {"id": "https://example.jp/users/1", "type": "Person"}, "eventTime": "2026-04-13T01:00:00.000Z",
}
MAP = {
    "type": "FeatureCollection",
    "features": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [139.7, 35.6]}, "properties": {"P29_004": "見晴小学校"}}],
}
STRANGERS = {
    "School Data Sync v1, zipped": ({"roster/sds-2026.zip": zip_of(SYNC_V1)}, ["roster/sds-2026.zip school_data_sync v1"]),
    "School Data Sync v1, loose": (
        {f"roster/{name}": text for name, text in SYNC_V1.items()}, ["roster/School.csv school_data_sync v1"],
    ),
    "School Data Sync v2.1, zipped": ({"roster/sds-2026.zip": zip_of(SYNC_V2)}, ["roster/sds-2026.zip school_data_sync v2.1"]),
    "School Data Sync v2.1, loose": (
        {f"roster/sds/{name}": text for name, text in SYNC_V2.items()}, ["roster/sds/*.csv school_data_sync v2.1"],
    ),
    "one Caliper event a line": ({"study_log/events-2026.jsonl": f"{json.dumps(EVENT)}\n" * 3}, ["study_log/events-2026.jsonl caliper"]),
    "a Caliper envelope": (
        {"study_log/events.json": json.dumps({"sensor": "x", "dataVersion": EVENT["@context"], "data": [EVENT]}, indent=1)},
        ["study_log/events.json caliper"],
    ),
    "GeoJSON by its own ending": ({"school_list/P29.geojson": json.dumps(MAP)}, ["school_list/P29.geojson geojson"]),
    "GeoJSON that calls itself JSON": ({"study_log/P29-2026.json": json.dumps(MAP, indent=2)}, ["study_log/P29-2026.json geojson"]),
    "a roster in another folder": ({"attendance/export.zip": roster_zip()}, ["attendance/export.zip is_roster"]),
    "one table of a roster": ({"roster/users.csv": csv_of(roster_tables()["users"])}, ["roster/users.csv is_roster"]),
    "a gradebook in another folder": (
        {"evaluation/gradebook-2026.zip": zip_of({"lineItems.csv": "sourcedId\n1\n"})}, ["evaluation/gradebook-2026.zip is_gradebook"],
    ),
    "a package of another school in another folder": ({"mood/x.zip": zip_of({"package.csv": "a,b\n"})}, ["mood/x.zip is_handover"]),
}


@pytest.mark.parametrize("kind", STRANGERS)
def test_a_stranger_is_named_once_and_the_rest_is_loaded(home: Path, kind: str) -> None:
    files, expected = STRANGERS[kind]
    for name, content in files.items():
        drop(home, name, content)
    drop(home, "mood/mood-2026.csv", f"学習者ID,日付,心の天気\n{HANA},2026-04-13,晴れ\n")
    report = ingest.load(home)
    refused = [file for file in report.files if file.outcome == "refused"]
    versions = {"v1": "Sync v1 ", "v2.1": "Sync v2.1 "}
    told = [
        " ".join([f"{file.source}/{file.file}", said.code, *(version for version, words in versions.items() if words in said.ja)])
        for file in refused for said in file.sentences
    ]
    assert told == expected
    for said in (said for file in refused for said in file.sentences):
        assert all((said.ja, said.en, said.remedy_ja, said.remedy_en))
        assert "{" not in said.ja + said.en
    assert (report.exit_status, rows_in(home, "mood").height) == (1, 1)


def test_statements_and_small_json_files_are_no_strangers(home: Path) -> None:
    drop(home, "study_log/xapi-2026.json", json.dumps({"statements": [], "more": ""}))
    assert [file for file in ingest.load(home).files if file.outcome == "refused"] == []


def loose(home: Path, tables: dict[str, Table], folder: str = "roster", **members: str) -> None:
    """The roster as files beside each other."""
    for name, rows in tables.items():
        drop(home, f"{folder}/{name}.csv", csv_of(rows))
    for name, text in members.items():
        drop(home, f"{folder}/{name}.csv", text)


@pytest.mark.parametrize("folder", ["roster", "roster/2026", "roster/OneRoster export"])
def test_a_roster_loose_in_the_folder_is_taken_as_it_is(fresh_home: Path, folder: str) -> None:
    zipped = fresh_home / "inbox" / "roster" / "roster-2026.zip"
    assert ingest.load(fresh_home).outcome == "loaded"
    before = {table: rows_in(fresh_home, table).drop("file_id", strict=False) for table in ("enrollment", "class", "teaching")}
    zipped.unlink()
    loose(fresh_home, roster_tables(), folder, manifest="propertyName,value\noneroster.version,1.2\n")
    report = ingest.load(fresh_home)
    names = {file.file for file in report.files if file.source == "roster"}
    inside = folder.removeprefix("roster").removeprefix("/")
    assert f"{inside}/users.csv".removeprefix("/") in names
    assert (report.exit_status, {file.outcome for file in report.files}) == (0, {"loaded"})
    for table, rows in before.items():
        assert rows_in(fresh_home, table).drop("file_id", strict=False).equals(rows), table
    assert {file.outcome for file in ingest.load(fresh_home).files} == {"unchanged"}


def test_a_loose_roster_that_lacks_a_table_is_refused_by_what_it_lacks(fresh_home: Path) -> None:
    (fresh_home / "inbox" / "roster" / "roster-2026.zip").unlink()
    loose(fresh_home, {name: rows for name, rows in roster_tables().items() if name != "roles"})
    report = next(file for file in ingest.load(fresh_home).files if file.source == "roster")
    assert (report.file, [said.code for said in report.sentences]) == ("*.csv", ["missing_member"])
    assert "roles.csv" in report.sentences[0].ja


def test_a_changed_table_of_a_loose_roster_is_read_again(fresh_home: Path) -> None:
    (fresh_home / "inbox" / "roster" / "roster-2026.zip").unlink()
    tables = roster_tables()
    loose(fresh_home, tables)
    ingest.load(fresh_home)
    tables["enrollments"].pop(0)
    loose(fresh_home, tables)
    ingest.load(fresh_home)
    assert rows_in(fresh_home, "enrollment").height == 6
