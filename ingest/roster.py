"""The roster: schools, classes, children, staff and who belongs where, from OneRoster 1.2 zips with the Japan Profile.

A zip is a complete picture of its 年度 (bulk). Several zips of one 年度, for example one per school, are read as one; where two
name the same thing, the later file is right. A zip one of whose tables cannot be read stays out as a whole: half a roster would
turn children who are there into strangers.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from ingest.flow import Flow
from ingest.inbox import Dropped
from ingest.keys import KINDS, Keys
from ingest.lake import Lake, schema_of
from ingest.mapping import Mapping
from ingest.reading import MISHAPS, Reading, Source, lake_columns
from ingest.reasons import Refusal
from ingest.register import SCHOOL_OF_YEAR, STAFF_OF_YEAR, STUDENT_OF_YEAR
from ingest.roster_classes import (
    check_classes,
    check_enrollments,
    classes_of,
    enrollment_of,
    teaching_of,
    without_overlaps,
)
from ingest.roster_people import check_roles, check_users, people_of, roles_of, staff_of, students_of
from ingest.roster_schools import check_orgs, check_sessions, schools_of, session_of
from ingest.roster_zip import RosterZip, roster_zip
from ingest.rows import Rows

FLOW = Flow(
    source="roster",
    label={"ja": "名簿", "en": "Roster"},
    frequency={"ja": "毎日または異動のとき", "en": "daily or on changes"},
    tables=("school", "class", "student", "student_name", "staff", "staff_role", "teaching", "enrollment", "academic_session"),
    purpose={
        "ja": "だれがどの学級に在籍し、だれがどの子を担当するかを知り、見られる範囲を決めるため",
        "en": "to know who is enrolled where and who works with whom, and so who may see what",
    },
    seen_by={
        "ja": "担当する子の氏名は担任・学年・管理職など、教育委員会は学校と学級の名前と人数のみ",
        "en": "names of children: those who work with them; the board: names of schools and classes, and counts",
    },
    retention={"ja": "卒業後5年", "en": "five years after leaving school"},
    files=r"\.zip$",
    example="roster-2026.zip",
)
OWN_TABLES = (SCHOOL_OF_YEAR, STUDENT_OF_YEAR, STAFF_OF_YEAR)


def tables_of(reading: Reading) -> dict[str, pl.DataFrame]:
    """Every table the rosters of one 年度 fill; nothing where no zip could be read."""
    zips = opened(reading)
    if not zips:
        return {}
    year, mapping = reading.fiscal_year, reading.mapping
    people = people_of(zips, mapping)

    def taken(member: str, check: Callable[[Rows], None]) -> pl.DataFrame:
        frames = []
        for each in zips:
            rows = each.members[member]
            check(rows)
            frames.append(reading.take(each.file, f"{each.file.name}/{member}.csv", rows, unused=pl.col("is_unused")))
        return reading.merged(frames, ("sourced_id",))

    sessions = taken("academicSessions", lambda rows: check_sessions(rows, year))
    for each in zips:
        for said in each.sentences:
            next(report for report in reading.reports if report.file.startswith(f"{each.file.name}/")).say(said)
    orgs = taken("orgs", lambda rows: check_orgs(rows, mapping.codes["kind"]))
    schools = orgs.filter(pl.col("org_type") == "school")
    classes = taken("classes", lambda rows: check_classes(rows, schools["sourced_id"]))
    unused_classes = pl.concat([each.members["classes"].sound.filter("is_unused")["sourced_id"] for each in zips])
    users = taken("users", lambda rows: check_users(rows, people))
    everyone = pl.concat([each.members["users"].sound["sourced_id"] for each in zips])
    roles = taken("roles", lambda rows: check_roles(rows, year, everyone, orgs["sourced_id"]))
    enrolled = taken(
        "enrollments", lambda rows: check_enrollments(rows, year, classes, unused_classes, users, people)
    )

    if len(zips) > 1:
        enrolled, _ = without_overlaps(enrolled)

    keys = {kind: Keys(reading.lake, kind) for kind in KINDS}
    keys["school"].give(schools["sourced_id"])
    keys["class"].give(classes["sourced_id"])
    keys["student"].give(users.filter("is_child")["sourced_id"])
    keys["staff"].give(users.filter(~pl.col("is_child"))["sourced_id"])
    for kept in keys.values():
        kept.keep()

    staff = staff_of(users, keys["staff"])
    teaching = teaching_of(enrolled, keys)
    keyed_classes = classes_of(classes, keys)
    tables = {
        SCHOOL_OF_YEAR: schools_of(schools, keys["school"]),
        STUDENT_OF_YEAR: students_of(users, keys["student"]),
        STAFF_OF_YEAR: staff,
        "academic_session": session_of(sessions),
        "class": keyed_classes,
        "staff_role": roles_of(roles, teaching, staff, keys),
        "teaching": teaching,
        "enrollment": enrollment_of(enrolled, keyed_classes, keys),
    }
    return {name: frame if name in OWN_TABLES else lake_columns(frame, name, year) for name, frame in tables.items()}


def opened(reading: Reading) -> list[RosterZip]:
    """Every zip that can be read as a whole and is of this 年度; the others are refused."""
    found = []
    for file in reading.files:
        try:
            each = roster_zip(file, reading.mapping)
            years = each.fiscal_years
            if years and reading.fiscal_year not in years:
                raise Refusal("other_year", year=reading.fiscal_year, found="、".join(map(str, years)))
            found.append(each)
        except MISHAPS as mishap:
            reading.refuse(file, mishap, str(getattr(mishap, "words", {}).get("inside", "")))
    return found


def year_of(file: Dropped, mapping: Mapping) -> int | None:
    """The 年度 a roster is of, where its name does not say so."""
    years = roster_zip(file, mapping).fiscal_years
    return years[-1] if years else None


def write_everyone(lake: Lake) -> None:
    """Write the tables that hold for all years: everyone who ever was in a roster, as the latest one names them."""
    for table, own, number in (
        ("school", SCHOOL_OF_YEAR, "school_id"), ("student", STUDENT_OF_YEAR, "student_id"),
        ("student_name", STUDENT_OF_YEAR, "student_id"), ("staff", STAFF_OF_YEAR, "staff_id"),
    ):
        ever = pl.concat([lake.read(own, year) for year in lake.parts(own)], how="diagonal_relaxed")
        latest = ever.unique(number, keep="last", maintain_order=True)
        if table != "student_name":
            keys = Keys(lake, table)
            latest = latest.with_columns(key=keys.address(number))
        if table == "staff":
            latest = latest.rename({"identifier": "staff_number"})
        lake.write(table, "all", latest.select(list(schema_of(table))), order=(number,))


SOURCE = Source(FLOW, tables_of, year_of)
