"""The roster: who is where, by hand, and every tolerance a real export asks for."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

import ingest
from ingest.intake.roster_index import RosterIndex
from ingest.lake.lake import Lake
from tests.ingest import tiny
from tests.ingest.tiny import HANA, MEI, REN, SORA, YUI, Table, child_ids, drop, roster_tables, roster_zip, rows_in

LAST = datetime.date(2027, 3, 31)


def loaded(home: Path, change: Callable[[dict[str, Table]], object] = lambda tables: None, **zip_words: str) -> ingest.LoadReport:
    tables = roster_tables()
    change(tables)
    drop(home, "roster/roster-2026.zip", roster_zip(tables, **zip_words))
    return ingest.load(home)


def report_on(report: ingest.LoadReport, member: str) -> ingest.FileReport:
    return next(file for file in report.files if file.file == f"roster-2026.zip!{member}.csv")


def names(report: ingest.LoadReport) -> list[str]:
    return [said.code for file in report.files if file.source == "roster" for said in file.sentences]


def test_children_have_one_line_for_life_and_names_as_they_wish(home: Path) -> None:
    loaded(home)
    assert set(child_ids(home)) == {HANA, REN, YUI, SORA, tiny.RIKU, MEI}
    people = rows_in(home, "student_name", "all")
    assert people["family_name"].to_list()[:4] == ["佐藤", "伊藤", "𠮷田", "髙橋"]
    keys = rows_in(home, "student", "all")["key"]
    assert keys.n_unique() == 6
    assert keys.str.contains("^[a-z2-7]{10}$").all()


def test_enrolment_grade_and_period(home: Path) -> None:
    loaded(home)
    ids = child_ids(home)
    enrolled = {row[0]: row[1:] for row in rows_in(home, "enrollment").filter(~rows_in(home, "enrollment")["student_id"].is_in([ids[MEI]]))
                .select("student_id", "grade", "number", "ends_on").rows()}
    assert enrolled[ids[HANA]] == (5, 1, LAST)
    assert enrolled[ids[YUI]] == (5, 3, datetime.date(2026, 8, 31))
    assert enrolled[ids[SORA]] == (3, 1, LAST), "a mixed class: the child's own grade counts"
    assert rows_in(home, "class").filter(rows_in(home, "class")["is_special_needs"])["grade"].to_list() == [None]


def test_what_each_of_the_staff_is(home: Path) -> None:
    loaded(home)
    numbers = dict(rows_in(home, "staff", "all").select("staff_id", "staff_number").rows())
    known = {name: number for number, name in ((number, name) for name, number in tiny.STAFF.items())}
    roles = {(numbers[who], role, grade) for who, role, grade in rows_in(home, "staff_role").select("staff_id", "role", "grade").rows()}
    assert roles == {
        (known["suzuki"], "principal", None), (known["tanaka"], "teacher", None), (known["yamamoto"], "subject_teacher", None),
        (known["nakamura"], "grade_leader", 5), (known["sato"], "board_officer", None), (known["sasaki"], "teacher", None),
    }
    assert rows_in(home, "staff_role").filter(rows_in(home, "staff_role")["school_id"].is_null()).height == 1
    assert rows_in(home, "teaching")["is_homeroom"].to_list() == [True, False, True]


def test_mei_keeps_her_key_when_she_moves_and_when_a_new_year_comes(home: Path) -> None:
    loaded(home)
    before = rows_in(home, "student", "all").select("student_id", "key").rows()
    drop(home, "roster/roster-2027.zip", roster_zip(roster_tables(2027)))
    ingest.load(home)
    assert rows_in(home, "student", "all").select("student_id", "key").rows() == before
    assert rows_in(home, "enrollment", 2027)["fiscal_year"].unique().to_list() == [2027]


def test_a_child_gone_from_the_roster_keeps_its_line(home: Path) -> None:
    loaded(home)

    def without_ren(tables: dict[str, Table]) -> None:
        for name, column in (("users", "sourcedId"), ("roles", "userSourcedId"), ("enrollments", "userSourcedId")):
            tables[name] = [row for row in tables[name] if row[column] != REN]

    ids = child_ids(home)
    loaded(home, without_ren)
    assert ids[REN] not in rows_in(home, "enrollment")["student_id"]
    assert child_ids(home) == ids


def test_learning_tools_know_a_child_by_either_id(home: Path) -> None:
    def with_masters(tables: dict[str, Table]) -> None:
        masters = ("hana-of-tools", "shared", "shared", HANA)  # れん and ゆい share one; そら's is はな's sourcedId
        for row, master in zip(tables["users"], masters, strict=False):
            row["userMasterIdentifier"] = master

    report = loaded(home, with_masters)
    assert report_on(report, "users").remarked == {"shared_master_id": 2}
    ids = child_ids(home)
    learners = RosterIndex(Lake(home / "lake"), 2026).learners
    assert learners == {"hana-of-tools": ids[HANA]} | {who: number for who, number in ids.items() if who != HANA}


def test_passwords_stay_in_the_zip(home: Path) -> None:
    def without_names(tables: dict[str, Table]) -> None:
        tables["users"][-1]["familyName"] = ""

    report = loaded(home, without_names)
    assert report_on(report, "users").rejected == {"missing_value": 1}
    assert "secret" not in (home / str(report_on(report, "users").kept_in)).read_text(encoding="utf-8-sig")
    for file in (home / "lake").rglob("*.parquet"):
        assert b"secret" not in file.read_bytes()


@pytest.mark.parametrize("version", ["1.2", "1.2.1", "1.2_JP"])
def test_versions_in_the_field(home: Path, version: str) -> None:
    assert names(loaded(home, version=version)) == []


def test_a_version_nobody_knows_is_said(fresh_home: Path) -> None:
    report = loaded(fresh_home, version="2.0")
    assert names(report) == ["roster_version"]
    assert report.exit_status == 2


def test_odd_titles_values_and_statuses(home: Path) -> None:
    """Titles in other case, shussekiNo of the K-12 profile, TRUE, ACTIVE, NULL, 2026/4/1: all of it occurs."""
    def odd(tables: dict[str, Table]) -> None:
        for row in tables["enrollments"]:
            row["metadata.jp.shussekiNo"] = row.pop("metadata.jp.ShussekiNo")
            row["primary"] = row["primary"].upper()
            row["status"] = "ACTIVE"
            row["beginDate"] = row["beginDate"].replace("-", "/")
            row[""] = ""
        for row in tables["users"]:
            row["Identifier"] = row.pop("identifier")
            row["metadata.jp.homeClass"] = "NULL"
        for row in tables["classes"]:
            row["classType"] = "Homeroom"

    report = loaded(home, odd)
    assert [file.rows_rejected for file in report.files] == [0] * len(report.files)
    assert rows_in(home, "enrollment")["number"].to_list()[:3] == [1, 2, 3]
    assert rows_in(home, "teaching")["is_homeroom"].to_list() == [True, False, True]


@pytest.mark.parametrize(
    ("member", "change", "code"),
    [
        ("enrollments", lambda t: t["enrollments"][0].update(classSourcedId="nowhere"), "unknown_reference"),
        ("enrollments", lambda t: t["enrollments"][0].update(userSourcedId="nobody"), "unknown_reference"),
        ("enrollments", lambda t: t["enrollments"][0].update(beginDate="2026-05-01", endDate="2026-04-01"), "ends_before_begin"),
        ("enrollments", lambda t: t["enrollments"][0].update(beginDate="2024-04-01", endDate="2025-03-31"), "date_outside_year"),
        ("enrollments", lambda t: t["enrollments"][0].update({"metadata.jp.ShussekiNo": "一番"}), "bad_number"),
        ("enrollments", lambda t: t["enrollments"][0].update(role="captain"), "unknown_code"),
        ("users", lambda t: t["users"][1].update(identifier=tiny.NUMBERS[HANA]), "identifier_taken"),
        ("users", lambda t: t["users"][1].update(sourcedId=HANA), "duplicate_id"),
        ("roles", lambda t: t["roles"][-1].update(role="ext:robot"), "unknown_code"),
        ("roles", lambda t: t["roles"][-1].update(orgSourcedId="moon"), "unknown_reference"),
        ("classes", lambda t: t["classes"][0].update(schoolSourcedId="moon"), "unknown_reference"),
        ("classes", lambda t: t["classes"][1].update(grades="P9"), "unknown_code"),
        ("orgs", lambda t: t["orgs"][1].update(identifier="X101210000018"), "not_a_school_code"),
        ("orgs", lambda t: t["orgs"][1].update(identifier="D101210000014"), "unknown_school_kind"),
    ],
)
def test_a_bad_row_stays_out_with_its_reason(home: Path, member: str, change: Callable, code: str) -> None:
    report = loaded(home, change)
    assert report_on(report, member).rejected == {code: 1}
    assert report.outcome == "loaded"


def test_people_without_business_here_are_passed_over(home: Path) -> None:
    def with_guardian(tables: dict[str, Table]) -> None:
        tables["users"].append(tables["users"][0] | {"sourcedId": "guardian", "identifier": "", "grades": ""})
        tables["roles"].append(tables["roles"][0] | {"sourcedId": "g", "userSourcedId": "guardian", "role": "guardian"})
        tables["enrollments"].append(tables["enrollments"][0] | {"sourcedId": "ge", "userSourcedId": "guardian", "role": "guardian"})
        tables["classes"].append(tables["classes"][0] | {"sourcedId": "maths", "title": "算数少人数", "classType": "scheduled"})
        tables["enrollments"].append(tables["enrollments"][0] | {"sourcedId": "me", "classSourcedId": "maths"})

    report = loaded(home, with_guardian)
    assert {member: report_on(report, member).rows_unchanged for member in ("users", "roles", "classes", "enrollments")} == {
        "users": 1, "roles": 1, "classes": 1, "enrollments": 2,
    }
    assert rows_in(home, "enrollment").height == 7
    assert rows_in(home, "staff", "all").height == len(tiny.STAFF)


def test_mori_without_a_role_is_remarked_and_gets_none(home: Path) -> None:
    def with_mori(tables: dict[str, Table]) -> None:
        tables["users"].append(tables["users"][-1] | {"sourcedId": "mori", "identifier": "T000107"})

    report = loaded(home, with_mori)
    assert report_on(report, "users").remarked == {"no_role": 1}
    assert "T000107" in rows_in(home, "staff", "all")["staff_number"]
    assert rows_in(home, "staff_role").height == len(tiny.STAFF)


def test_an_exchange_class_does_not_count_a_child_twice(home: Path) -> None:
    def with_exchange(tables: dict[str, Table]) -> None:
        tables["enrollments"].append(tables["enrollments"][0] | {"sourcedId": "x", "userSourcedId": SORA})

    report = loaded(home, with_exchange)
    assert report_on(report, "enrollments").remarked == {"overlapping_enrollment": 1}
    mine = rows_in(home, "enrollment").filter(rows_in(home, "enrollment")["student_id"] == child_ids(home)[SORA])
    assert mine["grade"].to_list() == [3]


def test_a_forgotten_day_of_leaving_ends_where_the_next_school_begins(home: Path) -> None:
    def never_left(tables: dict[str, Table]) -> None:
        next(row for row in tables["enrollments"] if row["sourcedId"] == f"link-{MEI}-room-61")["endDate"] = ""

    report = loaded(home, never_left)
    assert report_on(report, "enrollments").remarked == {"overlapping_enrollment": 1}
    mine = rows_in(home, "enrollment").filter(rows_in(home, "enrollment")["student_id"] == child_ids(home)[MEI]).sort("begins_on")
    assert mine["ends_on"].to_list() == [datetime.date(2026, 8, 31), LAST]


def test_a_zip_per_school_makes_one_roster(home: Path) -> None:
    whole = roster_tables()
    school_of = {row["sourcedId"]: row["schoolSourcedId"] for row in whole["classes"]}

    def of(school: str, people: set[str]) -> dict[str, Table]:
        return {
            "academicSessions": whole["academicSessions"], "orgs": whole["orgs"],
            "classes": [row for row in whole["classes"] if row["schoolSourcedId"] == school],
            "users": [row for row in whole["users"] if row["sourcedId"] in people],
            "roles": [row for row in whole["roles"] if row["userSourcedId"] in people],
            "enrollments": [
                row for row in whole["enrollments"]
                if row["userSourcedId"] in people and school_of[row["classSourcedId"]] == school
            ],
        }

    (home / "inbox" / "roster" / "roster-2026.zip").unlink()
    drop(home, "roster/minato-2026.zip", roster_zip(of("org-minato", {tiny.RIKU, MEI, "sasaki"})), at=1_000)
    everyone_else = {HANA, REN, YUI, SORA, MEI, "suzuki", "tanaka", "yamamoto", "nakamura", "sato"}
    drop(home, "roster/miharashi-2026.zip", roster_zip(of("org-miharashi", everyone_else)), at=2_000)
    report = ingest.load(home)
    assert {file.rows_rejected for file in report.files} == {0}
    assert rows_in(home, "enrollment").height == 7
    assert rows_in(home, "school", "all").height == 2
    assert sum(file.rows_unchanged for file in report.files) == 6, "the session, three orgs, めい and her role are said twice"


def test_a_roster_without_a_year_in_its_name(fresh_home: Path) -> None:
    (fresh_home / "inbox" / "roster" / "roster-2026.zip").unlink()
    drop(fresh_home, "roster/meibo.zip", roster_zip())
    assert ingest.load(fresh_home).outcome == "loaded"
    assert rows_in(fresh_home, "enrollment").height == 7


def test_a_roster_of_another_year_than_its_name(home: Path) -> None:
    drop(home, "roster/roster-2026.zip", roster_zip(roster_tables(2025)))
    assert names(ingest.load(home)) == ["other_year"]


def test_a_manifest_that_is_missing_or_wrong_is_remarked(home: Path) -> None:
    tables = {f"{name}.csv": tiny.csv_of(rows) for name, rows in roster_tables().items()}
    drop(home, "roster/roster-2026.zip", tiny.zip_of({f"export/{name}": text for name, text in tables.items()}))
    assert names(ingest.load(home)) == ["no_manifest"]
    manifest = "propertyName,value\noneroster.version,1.2\nfile.users,absent\n"
    drop(home, "roster/roster-2026.zip", tiny.zip_of({"manifest.csv": manifest} | tables))
    assert set(names(ingest.load(home))) == {"manifest_differs"}
