"""Rosters that hold changes (delta), whole rosters that follow each other, and records that are gone."""

from __future__ import annotations

from pathlib import Path

import ingest
from tests.ingest import tiny
from tests.ingest.tiny import HANA, MEI, REN, SORA, YUI, Table, child_ids, drop, roster_tables, roster_zip, rows_in

MAY, JUNE = "2026-05-01T00:00:00.000Z", "2026-06-01T00:00:00.000Z"
BULK_AT = 1_000
KATO = {"familyName": "加藤", "preferredFamilyName": "加藤"}


def balanced(home: Path, *, is_confirmed: bool = False) -> ingest.LoadReport:
    """A load of which every file adds up."""
    report = ingest.load(home, is_confirmed=is_confirmed)
    for file in report.files:
        assert file.rows_read == file.rows_loaded + file.rows_unchanged + file.rows_rejected, file.file
    return report


def started(home: Path) -> dict[str, dict[str, dict[str, str]]]:
    """The whole roster, loaded; its rows by table and sourcedId, to make changes of."""
    drop(home, "roster/roster-2026.zip", roster_zip(), at=BULK_AT)
    balanced(home)
    return {table: {row["sourcedId"]: row for row in rows} for table, rows in roster_tables().items()}


def changed(row: dict[str, str], when: str = MAY, **cells: str) -> dict[str, str]:
    return row | {"status": "active", "dateLastModified": when} | cells


def deleted(source_id: str, when: str = MAY) -> dict[str, str]:
    return {"sourcedId": source_id, "status": "tobedeleted", "dateLastModified": when}


def drop_changes(home: Path, name: str, at: int, **tables: Table) -> None:
    """Drop a zip of changes; a row that says only that a record is gone has the other cells empty."""
    titles = {table: dict.fromkeys([*roster_tables()[table][0], "dateLastModified"], "") for table in tables}
    whole = {table: [titles[table] | row for row in rows] for table, rows in tables.items()}
    drop(home, f"roster/{name}", roster_zip(whole, mode="delta"), at=at)


def family_names(home: Path) -> list[str]:
    return rows_in(home, "student_of_year")["family_name"].to_list()


def report_on(report: ingest.LoadReport, file: str) -> ingest.FileReport:
    return next(each for each in report.files if each.file == file)


def said(report: ingest.LoadReport, start: str) -> set[str]:
    return {sentence.code for file in report.files if file.file.startswith(start) for sentence in file.sentences}


def test_changes_change_only_what_they_name(home: Path) -> None:
    rows = started(home)
    before = rows_in(home, "student_of_year").select("student_id", "source_id", "grade")
    new = changed(rows["users"][HANA], sourcedId="child-new", identifier="20260009", familyName="森", preferredFamilyName="森")
    drop_changes(
        home, "delta-2026.zip", 2_000,
        users=[changed(rows["users"][REN], **KATO), new],
        roles=[changed(rows["roles"][f"role-{HANA}-student"], sourcedId="role-new", userSourcedId="child-new")],
        enrollments=[changed(rows["enrollments"][f"link-{HANA}-room-52"], sourcedId="link-new", userSourcedId="child-new")],
    )
    report = balanced(home)
    assert report.exit_status == 0
    assert sorted(family_names(home)) == sorted(["佐藤", "加藤", "𠮷田", "髙橋", "山本", "𠮷田", "森"])
    after = rows_in(home, "student_of_year").select("student_id", "source_id", "grade")
    assert after.filter(after["source_id"] != "child-new").sort("student_id").equals(before.sort("student_id"))
    assert rows_in(home, "enrollment").height == 8
    whole, changes = (report_on(report, f"{name}.zip!users.csv") for name in ("roster-2026", "delta-2026"))
    assert (whole.rows_loaded, whole.rows_unchanged, changes.rows_loaded) == (11, 1, 2)


def test_a_child_marked_as_deleted_is_gone_and_keeps_her_key(home: Path) -> None:
    rows = started(home)
    ids = child_ids(home)
    drop_changes(home, "delta-2026-a.zip", 2_000, users=[deleted(YUI)])
    report = balanced(home)
    assert YUI not in rows_in(home, "student_of_year")["source_id"]
    assert ids[YUI] not in rows_in(home, "enrollment")["student_id"], "her roles and enrolments go with her, without a complaint"
    assert report.exit_status == 0
    users, enrollments = report_on(report, "delta-2026-a.zip!users.csv"), report_on(report, "roster-2026.zip!enrollments.csv")
    assert (users.rows_read, users.rows_unchanged, users.rows_removed, enrollments.rows_removed) == (1, 1, 1, 1)
    assert "records_gone" in said(report, "delta-2026-a.zip!users.csv")
    assert rows_in(home, "load_source", "all")["rows_removed"].sum() == 2, "the load log keeps the count"

    drop_changes(home, "delta-2026-b.zip", 3_000, users=[changed(rows["users"][YUI], JUNE)])
    balanced(home)
    assert child_ids(home) == ids
    assert ids[YUI] in rows_in(home, "enrollment")["student_id"], "she is back, and so is her enrolment"


def test_a_class_marked_as_deleted_takes_its_enrolments_with_it(home: Path) -> None:
    started(home)
    drop_changes(home, "delta-2026.zip", 2_000, classes=[deleted("room-friends")])
    report = balanced(home)
    assert report.exit_status == 0
    assert child_ids(home)[SORA] not in rows_in(home, "enrollment")["student_id"]
    assert SORA in rows_in(home, "student_of_year")["source_id"]


def test_a_school_marked_as_deleted_takes_its_classes_and_roles_with_it(home: Path) -> None:
    started(home)
    drop_changes(home, "delta-2026.zip", 2_000, orgs=[deleted("org-minato")])
    report = balanced(home)
    assert {file.rows_rejected for file in report.files if file.source == "roster"} == {0}
    assert rows_in(home, "class").height == 3
    roles = rows_in(home, "staff_role")["role"].sort().to_list()
    assert roles == ["board_officer", "grade_leader", "principal", "subject_teacher", "teacher"]


def test_the_same_changes_again_change_nothing(home: Path) -> None:
    rows = started(home)
    drop_changes(home, "delta-2026-a.zip", 2_000, users=[changed(rows["users"][REN], **KATO)])
    balanced(home)
    assert balanced(home).outcome == "unchanged"
    drop_changes(home, "delta-2026-b.zip", 3_000, users=[changed(rows["users"][REN], JUNE, familyName="清水", preferredFamilyName="清水")])
    balanced(home)
    before = rows_in(home, "student_of_year").select("student_id", "family_name")
    drop_changes(home, "delta-2026-c.zip", 4_000, users=[changed(rows["users"][REN], **KATO)])
    report = balanced(home)
    assert report_on(report, "delta-2026-c.zip!users.csv").rows_unchanged == 1
    after = rows_in(home, "student_of_year").select("student_id", "family_name")
    assert after.equals(before), "the newest change counts, not the newest file"


def test_two_changes_of_one_record_in_one_file(home: Path) -> None:
    rows = started(home)
    drop_changes(home, "delta-2026.zip", 2_000, users=[deleted(REN, JUNE), changed(rows["users"][REN])])
    balanced(home)
    assert REN not in rows_in(home, "student_of_year")["source_id"]


def test_changes_build_on_what_was_loaded_when_they_come_alone(home: Path) -> None:
    rows = started(home)
    before = {name: rows_in(home, name) for name in ("enrollment", "staff_role", "teaching")}
    (home / "inbox" / "roster" / "roster-2026.zip").unlink()
    drop_changes(home, "delta-2026.zip", 2_000, users=[changed(rows["users"][REN], **KATO)])
    report = balanced(home)
    assert [file.file for file in report.files if file.source == "roster"] == ["delta-2026.zip!users.csv"]
    assert "加藤" in family_names(home)
    assert {name: rows_in(home, name).equals(frame) for name, frame in before.items()} == dict.fromkeys(before, True)
    assert set(rows_in(home, "student_of_year")["file_id"]) <= set(rows_in(home, "load_source", "all")["file_id"])
    drop_changes(home, "delta-2026.zip", 3_000, users=[deleted(YUI)])
    balanced(home)
    assert "加藤" in family_names(home)
    assert YUI not in rows_in(home, "student_of_year")["source_id"]


def test_changes_without_the_whole_wait_for_it(fresh_home: Path) -> None:
    (fresh_home / "inbox" / "roster" / "roster-2026.zip").unlink()
    drop_changes(fresh_home, "delta-2026.zip", 2_000, users=[deleted(REN)])
    assert said(balanced(fresh_home), "delta-2026.zip") == {"delta_without_base"}
    drop(fresh_home, "roster/roster-2026.zip", roster_zip(), at=BULK_AT)
    balanced(fresh_home)
    assert rows_in(fresh_home, "student_of_year").height == 5


def without(child: str) -> dict[str, Table]:
    return {
        table: [row for row in rows if child not in (row["sourcedId"], row.get("userSourcedId"))]
        for table, rows in roster_tables().items()
    }


def test_a_newer_whole_roster_takes_the_place_of_the_older(home: Path) -> None:
    started(home)
    ids = child_ids(home)
    drop_changes(home, "delta-2026.zip", 2_000, users=[deleted(HANA)])
    drop(home, "roster/roster-2026-06.zip", roster_zip(without(REN)), at=3_000)
    report = balanced(home)
    assert said(report, "roster-2026.zip") == said(report, "delta-2026.zip") == {"newer_roster"}
    assert REN not in rows_in(home, "student_of_year")["source_id"]
    assert HANA in rows_in(home, "student_of_year")["source_id"], "the newer whole roster has her"
    assert child_ids(home) == ids
    assert report_on(report, "roster-2026-06.zip!users.csv").rows_removed == 1
    assert report.exit_status == 0


def test_a_row_gone_from_the_whole_roster_is_gone_and_comes_back_under_its_key(home: Path) -> None:
    started(home)
    key = dict(rows_in(home, "key", "student").select("source_id", "key").rows())[REN]
    drop(home, "roster/roster-2026.zip", roster_zip(without(REN)), at=2_000)
    report = balanced(home)
    assert REN not in rows_in(home, "student_of_year")["source_id"]
    gone = {file.file.rpartition("!")[2]: file.rows_removed for file in report.files if file.rows_removed}
    assert gone == {"users.csv": 1, "enrollments.csv": 1}
    drop(home, "roster/roster-2026.zip", roster_zip(), at=3_000)
    balanced(home)
    assert dict(rows_in(home, "key", "student").select("source_id", "key").rows())[REN] == key


def test_a_record_marked_as_deleted_in_a_whole_roster_is_gone(home: Path) -> None:
    tables = roster_tables()
    tables["enrollments"][0]["status"] = "ToBeDeleted"
    drop(home, "roster/roster-2026.zip", roster_zip(tables))
    report = balanced(home)
    assert report_on(report, "roster-2026.zip!enrollments.csv").rows_unchanged == 1
    assert rows_in(home, "enrollment").height == 6


def test_a_number_goes_to_another_child_only_when_it_is_free(home: Path) -> None:
    rows = started(home)
    heir = changed(rows["users"][HANA], sourcedId="child-new", identifier=tiny.NUMBERS[REN])
    role = changed(rows["roles"][f"role-{HANA}-student"], sourcedId="role-new", userSourcedId="child-new")
    drop_changes(home, "delta-2026.zip", 2_000, users=[heir], roles=[role])
    report = balanced(home)
    assert report_on(report, "delta-2026.zip!users.csv").rejected == {"identifier_taken": 1}
    drop_changes(home, "delta-2026.zip", 2_000, users=[deleted(REN), heir], roles=[role])
    assert report_on(balanced(home), "delta-2026.zip!users.csv").rejected == {}


def test_a_broken_change_leaves_what_stood_before(home: Path) -> None:
    rows = started(home)
    drop_changes(home, "delta-2026.zip", 2_000, users=[changed(rows["users"][REN], familyName="", preferredFamilyName="加藤")])
    report = balanced(home)
    assert report_on(report, "delta-2026.zip!users.csv").rejected == {"missing_value": 1}
    assert "伊藤" in family_names(home)


def test_the_year_of_changes_is_the_one_they_were_made_in(home: Path) -> None:
    rows = started(home)
    moved = changed(rows["users"][MEI], "2027-02-01T09:00:00+09:00", **KATO)
    drop_changes(home, "idou.zip", 2_000, users=[moved])
    assert "year_from_rows" in said(balanced(home), "idou.zip")
    assert "加藤" in family_names(home)


def test_an_odd_date_of_change_is_remarked(home: Path) -> None:
    rows = started(home)
    drop_changes(home, "delta-2026.zip", 2_000, users=[changed(rows["users"][REN], "きのう", **KATO)])
    assert report_on(balanced(home), "delta-2026.zip!users.csv").remarked == {"odd_change_date": 1}
    assert "加藤" in family_names(home)


def test_one_whole_table_among_changes(home: Path) -> None:
    rows = started(home)
    kept = [row | {"dateLastModified": ""} for row in rows["enrollments"].values() if row["userSourcedId"] != REN]
    wed = changed(rows["users"][HANA], **KATO)
    zipped = roster_zip({"users": [wed], "enrollments": kept}, mode={"users": "delta", "enrollments": "bulk"})
    drop(home, "roster/mixed-2026.zip", zipped, at=2_000)
    balanced(home)
    assert child_ids(home)[REN] not in rows_in(home, "enrollment")["student_id"]
    assert "加藤" in family_names(home)
