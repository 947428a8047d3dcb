"""Children and staff of a roster (users.csv, roles.csv): who they are and which role each has where."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from ingest.files.mapping import Mapping, plain
from ingest.files.moments import bounds_of, day_of
from ingest.files.rows import Rows
from ingest.intake.rejected_records import Place, reject_pointing
from ingest.roster.changes import current_rows
from ingest.roster.keys import Keys
from ingest.roster.zip import RosterZip

BOARD_ROLES = ("board_officer", "administrator", "prefecture_officer")


@dataclass(frozen=True)
class People:
    """sourcedIds of the children, of people with whom the house has nothing to do (guardians), and of those with some role."""

    children: frozenset[str]
    strangers: frozenset[str]
    with_role: frozenset[str]


def people_of(zips: list[RosterZip], mapping: Mapping) -> People:
    """Who is a child: whose role says so, or who has no role and is enrolled as one."""
    by_role = meanings(zips, "roles", mapping.codes["role"])
    by_enrollment = meanings(zips, "enrollments", mapping.codes["enrollment_role"])
    children = {who for who, means in by_role.items() if "student" in means}
    children |= {who for who, means in by_enrollment.items() if means == {"student"} and who not in by_role}
    strangers = {who for who, means in by_role.items() if means == {""}}
    return People(frozenset(children), frozenset(strangers), frozenset(by_role) | children)


def meanings(zips: list[RosterZip], table: str, codes: dict[str, str]) -> dict[str, set[str | None]]:
    """Person → what their role words mean in one table."""
    known = {plain(word): means for word, means in codes.items()}
    found: dict[str, set[str | None]] = {}
    people = current_rows(zips, table).group_by("raw_role").agg(pl.col("raw_userSourcedId").unique())
    for word, who in people.iter_rows():
        for source_id in who:
            found.setdefault(source_id, set()).add(known.get(plain(word)))
    return found


def grade_of(codes: dict[str, int], cell: str) -> int | None:
    """The one grade a cell names: 0 where it names several, None where it names none that is known."""
    known = {plain(word): grade for word, grade in codes.items()}
    grades = [known.get(plain(item)) for item in cell.split(",") if item.strip()]
    if None in grades or not grades:
        return None
    return grades[0] if len(grades) == 1 else 0


def read_grade(rows: Rows) -> None:
    """Add `grade`, null where there is none or more than one."""
    codes = rows.mapping.codes["grade"]
    rows.read("grades", "grade", lambda cell: grade_of(codes, cell), pl.Int16, code="unknown_code",
              is_required=False, **rows.mapping.known_codes("grade"))
    rows.frame = rows.frame.with_columns(grade=pl.when(pl.col("grade") > 0).then("grade"))


def check_users(rows: Rows, people: People) -> None:
    """Names as people wish to be called, numbers that belong to one person only."""
    read_grade(rows)
    for name in ("familyName", "givenName"):
        rows.reject("missing_value", name, pl.col(f"raw_{name}") == "")
    person = pl.col("sourced_id")
    rows.frame = rows.frame.with_columns(
        identifier=pl.col("raw_identifier"),
        is_child=person.is_in(list(people.children)), is_unused=person.is_in(list(people.strangers)),
        family_name=first_said("raw_preferredFamilyName", "raw_familyName"),
        given_name=first_said("raw_preferredGivenName", "raw_givenName"),
        family_name_kana=first_said("raw_metadata.jp.kanaPreferredFamilyName", "raw_metadata.jp.kanaFamilyName"),
        given_name_kana=first_said("raw_metadata.jp.kanaPreferredGivenName", "raw_metadata.jp.kanaGivenName"),
        home_class=pl.col("raw_metadata.jp.homeClass"), master_id=pl.col("raw_userMasterIdentifier"),
    )
    rows.remark("no_role", "sourcedId", ~person.is_in(list(people.with_role)))
    is_shared = (pl.col("master_id") != "") & pl.col("master_id").is_duplicated()
    rows.remark("shared_master_id", "userMasterIdentifier", is_shared)


def reject_taken_numbers(zips: list[RosterZip]) -> None:
    """Reject people whose number somebody else has: of two, whoever was named first keeps it."""
    while True:  # where a newer word is rejected, the older one stands again, and may have a taken number, too
        numbered = current_rows(zips, "users").filter((pl.col("identifier") != "") & ~pl.col("is_unused"))
        numbered = numbered.sort("place", "file_row")
        again = numbered.filter(~pl.struct("is_child", "identifier").is_first_distinct())
        if not again.height:
            return
        for (place,), rows in again.group_by("place"):
            zips[place].tables["users"].reject("identifier_taken", "identifier", pl.col("line").is_in(rows["line"].implode()))


def check_demographics(
    rows: Rows, users: pl.Series, children: pl.Series, gone: pl.Series, rejected: dict[str, dict[str, Place]]
) -> None:
    """The sex of children, where it is said; of grown-ups nothing is kept, and nothing else of demographics.csv is read."""
    person = pl.col("raw_sourcedId")
    is_of_gone = person.is_in(gone.implode())
    rows.read_code("sex", "sex", pl.String, "sex", is_required=False)
    reject_pointing(rows, "sourcedId", "rejected_reference", rejected["users"], when=~is_of_gone)
    rows.reject("unknown_reference", "sourcedId", ~is_of_gone & ~person.is_in(users.implode()))
    rows.frame = rows.frame.with_columns(is_unused=~person.is_in(children.implode()) | (pl.col("sex").fill_null("") == ""))


def sexes_of(demographics: pl.DataFrame, keys: Keys) -> pl.DataFrame:
    """The children whose sex the roster says."""
    return demographics.with_columns(student_id=keys.expr("sourced_id")).filter(pl.col("student_id").is_not_null())


def first_said(*columns: str) -> pl.Expr:
    """The first of some cells that is not empty."""
    return pl.coalesce(pl.when(pl.col(column) != "").then(pl.col(column)) for column in columns)


def students_of(users: pl.DataFrame, keys: Keys) -> pl.DataFrame:
    """The children as this roster names them."""
    return users.filter("is_child").select(
        "identifier", "family_name", "given_name", "family_name_kana", "given_name_kana", "grade", "home_class",
        "master_id", "file_id", "file_row", student_id=keys.expr("sourced_id"), source_id="sourced_id",
    )


def staff_of(users: pl.DataFrame, keys: Keys) -> pl.DataFrame:
    """The staff as this roster names them."""
    return users.filter(~pl.col("is_child")).select(
        "identifier", "family_name", "given_name", "grade", "file_id", "file_row",
        staff_id=keys.expr("sourced_id"), source_id="sourced_id",
    )


def check_roles(
    rows: Rows, year: int, users: pl.Series, orgs: pl.Series, gone: dict[str, pl.Series], rejected: dict[str, dict[str, Place]]
) -> None:
    """Roles of people and places the roster knows; a role without rights is not used."""
    user, org = pl.col("raw_userSourcedId"), pl.col("raw_orgSourcedId")
    is_of_gone = user.is_in(gone["users"].implode()) | org.is_in(gone["orgs"].implode())
    rows.read_code("role", "role", pl.String, "role")
    for column, table in (("userSourcedId", "users"), ("orgSourcedId", "orgs")):
        reject_pointing(rows, column, "rejected_reference", rejected[table], when=~is_of_gone)
    rows.reject("unknown_reference", "userSourcedId", ~is_of_gone & ~user.is_in(users.implode()))
    rows.reject("unknown_reference", "orgSourcedId", ~is_of_gone & ~org.is_in(orgs.implode()))
    read_period(rows, year)
    rows.remark("unused_role", "role", pl.col("role") == "none")
    rows.frame = rows.frame.with_columns(is_unused=(pl.col("role").is_in(["", "none"]) | is_of_gone).fill_null(value=False))


def read_period(rows: Rows, year: int) -> None:
    """Add `begins_on` and `ends_on` within the 年度; an open end is the year's own."""
    first, last = bounds_of(year)
    for name, into in (("beginDate", "begins_on"), ("endDate", "ends_on")):
        rows.read(name, into, day_of, pl.Date, code="bad_date", is_required=False)
    rows.reject("ends_before_begin", "endDate", pl.col("ends_on") < pl.col("begins_on"))
    rows.reject("date_outside_year", "beginDate", pl.col("begins_on") > last, year=year)
    rows.reject("date_outside_year", "endDate", pl.col("ends_on") < first, year=year)
    rows.frame = rows.frame.with_columns(
        begins_on=pl.max_horizontal(pl.col("begins_on").fill_null(first), pl.lit(first)),
        ends_on=pl.min_horizontal(pl.col("ends_on").fill_null(last), pl.lit(last)),
    )


def roles_of(
    roles: pl.DataFrame, teaching: pl.DataFrame, staff: pl.DataFrame, keys: dict[str, Keys], prefectures: pl.Series
) -> pl.DataFrame:
    """One row per member of staff, place, role and stretch of days. A teacher with a class of their own is its 担任, any other a 教科担任.

    Whoever is a board officer at a prefecture (an org of type state) sees what municipalities send it, and no school.
    """
    homerooms = teaching.filter("is_homeroom")["staff_id"].unique()
    is_board = pl.col("role").is_in(BOARD_ROLES)
    is_of_prefecture = (pl.col("role") == "board_officer") & pl.col("raw_orgSourcedId").is_in(prefectures.implode())
    found = roles.filter(pl.col("role") != "student").with_columns(
        role=pl.when(is_of_prefecture).then(pl.lit("prefecture_officer")).otherwise("role"),
        staff_id=keys["staff"].expr("raw_userSourcedId"),
        school_id=pl.when(~is_board).then(keys["school"].expr("raw_orgSourcedId")),
    ).filter(pl.col("staff_id").is_not_null())
    is_subject = (pl.col("role") == "teacher") & ~pl.col("staff_id").is_in(homerooms.implode())
    grades = staff.select("staff_id", "grade")
    return (
        found.join(grades, on="staff_id", how="left")
        .with_columns(
            role=pl.when(is_subject).then(pl.lit("subject_teacher")).otherwise("role"),
            grade=pl.when(pl.col("role") == "grade_leader").then("grade"),
        )
        .unique(["staff_id", "school_id", "role", "grade", "begins_on", "ends_on"], keep="first", maintain_order=True)
        .sort("school_id", "staff_id", nulls_last=True)
    )
