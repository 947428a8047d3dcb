"""The roster: schools, classes, children, staff and who belongs where, from OneRoster 1.2 zips with the Japan Profile.

A zip is a complete picture of its 年度 (bulk) or changes to it (delta). Several zips of one 年度, for example one per school, are read
as one; where two name the same thing, the newer is right (see changes.py). A zip one of whose tables cannot be read stays out
as a whole: half a roster would turn children who are there into strangers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import polars as pl

from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping
from ingest.files.rows import Rows
from ingest.files.strangers import GRADEBOOK, ROSTER
from ingest.flow import Flow
from ingest.intake.reading import Reading, Source
from ingest.intake.roster_index import SCHOOL_OF_YEAR, STAFF_OF_YEAR, STUDENT_OF_YEAR
from ingest.lake.lake import Lake, lake_columns, schema_of
from ingest.roster.changes import current_rows, gone_ids, keep_current, keep_none, keep_subjects, pass_over_outdated
from ingest.roster.classes import (
    check_classes,
    check_enrollments,
    classes_of,
    enrollment_of,
    teaching_of,
    without_overlaps,
)
from ingest.roster.files import (
    in_force,
    keep_rejected_of,
    opened,
    rejected_ids,
    say_of_the_files,
    say_who_is_gone,
    used_rows,
)
from ingest.roster.keys import KINDS, Keys
from ingest.roster.manifest import TABLES
from ingest.roster.people import (
    check_demographics,
    check_roles,
    check_users,
    people_of,
    reject_taken_numbers,
    roles_of,
    sexes_of,
    staff_of,
    students_of,
)
from ingest.roster.schools import check_orgs, check_sessions, schools_of, session_of
from ingest.roster.zip import RosterZip, roster_zip

FLOW = Flow(
    source="roster",
    label={"ja": "名簿", "en": "Roster"},
    beat="occasional",
    comes={"ja": "毎日または異動のとき", "en": "daily or on changes"},
    tables=(
        "school", "class", "student", "student_name", "student_identifier", "staff", "staff_role", "teaching", "enrollment",
        "academic_session", "student_sex",
    ),
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
    loose=ROSTER | GRADEBOOK,
    needs=("school_list",),
)

# what demographics.csv would have said
NO_DEMOGRAPHICS = pl.DataFrame(schema={"sourced_id": pl.String, "sex": pl.String, "file_id": pl.Int32, "file_row": pl.Int32})


def tables_of(reading: Reading) -> dict[str, pl.DataFrame]:
    """Every table the rosters of one 年度 fill; nothing where no zip could be read."""
    zips = in_force(reading, opened(reading))
    if not zips:
        return {}
    checked = checked_tables(reading, zips)
    keys = keys_given(reading.lake, checked, reading.fiscal_year)
    tables = lake_tables(checked, keys, reading.fiscal_year)
    say_of_the_files(reading, zips)
    say_who_is_gone(reading, tables)
    return tables


def checked_tables(reading: Reading, zips: list[RosterZip]) -> dict[str, pl.DataFrame]:
    """The rows of each file of the rosters that are in order, each checked against those before it."""
    year, mapping = reading.fiscal_year, reading.mapping
    people = people_of(zips, mapping)
    gone = {table: gone_ids(zips, table) for table in TABLES}
    taken = partial(rows_taken, reading, zips)
    sessions = taken("academicSessions", lambda rows: check_sessions(rows, year))
    listed = reading.roster.listed_schools
    orgs = taken("orgs", lambda rows: check_orgs(rows, mapping.codes["kind"], listed))
    schools = orgs.filter(pl.col("org_type") == "school")
    rejected = {"orgs": rejected_ids(zips, "orgs")}
    classes = taken("classes", lambda rows: check_classes(rows, schools["sourced_id"], gone["orgs"], rejected))
    unused_classes = pl.concat([current_rows(zips, "classes").filter("is_unused")["sourced_id"], gone["classes"]])
    keep_subjects(reading.lake, year, zips)
    users = taken("users", lambda rows: check_users(rows, people))
    everyone = current_rows(zips, "users")["sourced_id"]
    rejected |= {table: rejected_ids(zips, table) for table in ("classes", "users")}
    roles = taken("roles", lambda rows: check_roles(rows, year, everyone, orgs["sourced_id"], gone, rejected))
    passed_over = pl.concat([pl.Series(sorted(people.strangers), dtype=pl.String), gone["users"]])
    enrolled = taken(
        "enrollments", lambda rows: check_enrollments(rows, year, classes, unused_classes, users, passed_over, rejected)
    )
    if any("demographics" in each.tables for each in zips):
        gone_people = gone_ids(zips, "users")
        children = users.filter("is_child")["sourced_id"]
        demographics = taken("demographics", lambda rows: check_demographics(rows, everyone, children, gone_people, rejected))
    else:
        demographics = NO_DEMOGRAPHICS
        keep_none(reading.lake, year, "demographics")
    keep_rejected_of(reading, zips)
    enrolled = without_overlaps(enrolled)
    return {
        "academicSessions": sessions, "orgs": orgs, "classes": classes, "users": users, "roles": roles,
        "enrollments": enrolled, "demographics": demographics,
    }  # fmt: skip


def rows_taken(reading: Reading, zips: list[RosterZip], table: str, check: Callable[[Rows], None]) -> pl.DataFrame:
    """The rows of one file of every zip that pass its check and that no newer zip has replaced."""
    for each in zips:
        if table in each.tables:
            check(each.tables[table])
    if table == "users":
        reject_taken_numbers(zips)
    pass_over_outdated(zips, table)
    frames = [used_rows(reading, each, table) for each in zips if table in each.tables]
    keep_current(reading.lake, reading.fiscal_year, table, frames)
    return pl.concat(frames, how="diagonal_relaxed")


def keys_given(lake: Lake, checked: dict[str, pl.DataFrame], year: int) -> dict[str, Keys]:
    """Our own number and key for every school, class, child and member of staff, kept in the lake; a class is one of its 年度."""
    users = checked["users"]
    keys = {kind: Keys(lake, kind, year if kind == "class" else None) for kind in KINDS}
    keys["school"].give(checked["orgs"].filter(pl.col("org_type") == "school")["sourced_id"])
    keys["class"].give(checked["classes"]["sourced_id"])
    keys["student"].give(users.filter("is_child")["sourced_id"])
    keys["staff"].give(users.filter(~pl.col("is_child"))["sourced_id"])
    for kept in keys.values():
        kept.keep()
    return keys


def lake_tables(checked: dict[str, pl.DataFrame], keys: dict[str, Keys], year: int) -> dict[str, pl.DataFrame]:
    """The tables of the lake, made from the checked rows."""
    orgs, users = checked["orgs"], checked["users"]
    staff = staff_of(users, keys["staff"])
    teaching = teaching_of(checked["enrollments"], keys)
    classes = classes_of(checked["classes"], keys)
    own = {
        SCHOOL_OF_YEAR: schools_of(orgs.filter(pl.col("org_type") == "school"), keys["school"]),
        STUDENT_OF_YEAR: students_of(users, keys["student"]),
        STAFF_OF_YEAR: staff,
    }
    prefectures = orgs.filter(pl.col("org_type") == "prefecture")["sourced_id"]
    tables = {
        "academic_session": session_of(checked["academicSessions"]),
        "class": classes,
        "staff_role": roles_of(checked["roles"], teaching, staff, keys, prefectures),
        "teaching": teaching,
        "enrollment": enrollment_of(checked["enrollments"], classes, keys),
        "student_sex": sexes_of(checked["demographics"], keys["student"]),
    }
    return own | {name: lake_columns(frame, name, year) for name, frame in tables.items()}


def year_of(file: Dropped, mapping: Mapping) -> int | None:
    """The 年度 a roster is of, where its name does not say so."""
    opened_zip = roster_zip(file, mapping)
    years = opened_zip.fiscal_years
    return years[-1] if years else opened_zip.year_of_changes


def write_everyone(lake: Lake) -> None:
    """Write the tables that hold for all years: everyone who ever was in a roster, as the latest one names them."""
    for table, own, number in (
        ("school", SCHOOL_OF_YEAR, "school_id"), ("student", STUDENT_OF_YEAR, "student_id"),
        ("student_name", STUDENT_OF_YEAR, "student_id"), ("student_identifier", STUDENT_OF_YEAR, "student_id"),
        ("staff", STAFF_OF_YEAR, "staff_id"),
    ):
        ever = pl.concat([lake.read(own, year) for year in lake.parts(own)], how="diagonal_relaxed")
        latest = ever.unique(number, keep="last", maintain_order=True)
        if table in KINDS:
            keys = Keys(lake, table)
            latest = latest.with_columns(key=keys.address(number))
        if table == "staff":
            latest = latest.rename({"identifier": "staff_number"})
        if table == "student_identifier":
            latest = latest.rename({"identifier": "student_number"})
        lake.write(table, "all", latest.select(list(schema_of(table))), order=(number,))


SOURCE = Source(FLOW, tables_of, year_of)
