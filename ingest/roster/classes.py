"""Classes and enrolments of a roster (classes.csv, enrollments.csv): one child is in one class on one day."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from ingest.files.rows import Rows, whole_of
from ingest.intake.rejected_records import Place, reject_pointing
from ingest.roster.keys import Keys
from ingest.roster.people import read_grade, read_period

DAY = datetime.timedelta(days=1)


def check_classes(rows: Rows, schools: pl.Series, gone_orgs: pl.Series, rejected: dict[str, dict[str, Place]]) -> None:
    """Classes of schools the roster knows; subject groups (scheduled) are not used."""
    rows.read("title", "name", str, pl.String, code="missing_value")
    school = pl.col("raw_schoolSourcedId")
    is_of_gone = school.is_in(gone_orgs.implode())
    reject_pointing(rows, "schoolSourcedId", "rejected_reference", rejected["orgs"], when=~is_of_gone)
    rows.reject("unknown_reference", "schoolSourcedId", ~is_of_gone & ~school.is_in(schools.implode()))
    rows.read_code("classType", "class_type", pl.String, "class_type", is_required=False)
    read_grade(rows)
    special = pl.col("raw_metadata.jp.specialNeeds").str.to_lowercase()
    is_unused = ((pl.col("class_type") == "") | is_of_gone).fill_null(value=False)
    rows.frame = rows.frame.with_columns(is_special_needs=special.is_in(["true", "1"]), is_unused=is_unused)


def classes_of(classes: pl.DataFrame, keys: dict[str, Keys]) -> pl.DataFrame:
    """The classes of the 年度."""
    return classes.with_columns(
        class_id=keys["class"].expr("sourced_id"), school_id=keys["school"].expr("raw_schoolSourcedId")
    ).with_columns(key=keys["class"].address("class_id"))


def check_enrollments(
    rows: Rows, year: int, classes: pl.DataFrame, unused_classes: pl.Series, users: pl.DataFrame, passed_over: pl.Series,
    rejected: dict[str, dict[str, Place]],
) -> None:
    """Who is in which class from when to when. Rows about unused classes and people are passed over."""
    rows.read_code("role", "enrollment_role", pl.String, "enrollment_role")
    class_id, user_id = pl.col("raw_classSourcedId"), pl.col("raw_userSourcedId")
    is_passed_over = (
        (pl.col("enrollment_role") == "") | class_id.is_in(unused_classes.implode()) | user_id.is_in(passed_over.implode())
    )
    rows.frame = rows.frame.with_columns(is_unused=is_passed_over.fill_null(value=False))
    is_used = ~pl.col("is_unused")
    is_child = pl.col("enrollment_role") == "student"
    for column, table in (("classSourcedId", "classes"), ("userSourcedId", "users")):
        reject_pointing(rows, column, "rejected_reference", rejected[table], when=is_used)
    rows.reject("unknown_reference", "classSourcedId", is_used & ~class_id.is_in(classes["sourced_id"].implode()))
    known = users.select("is_child", raw_userSourcedId="sourced_id")
    rows.frame = rows.frame.join(known, on="raw_userSourcedId", how="left", maintain_order="left")
    rows.reject("unknown_reference", "userSourcedId", is_used & (pl.col("is_child").is_null() | (is_child != pl.col("is_child"))))
    read_period(rows, year)
    rows.read("metadata.jp.shussekiNo", "number", whole_of, pl.Int16, code="bad_number", is_required=False)
    of_class = classes.select(
        raw_classSourcedId="sourced_id", class_grade="grade", is_special_needs="is_special_needs",
    )
    of_child = users.select(raw_userSourcedId="sourced_id", own_grade="grade", home_class="home_class")
    rows.frame = (
        rows.frame.join(of_class, on="raw_classSourcedId", how="left", maintain_order="left")
        .join(of_child, on="raw_userSourcedId", how="left", maintain_order="left")
        .with_columns(grade=pl.coalesce("class_grade", "own_grade"))
    )
    rows.reject("no_grade", "classSourcedId", is_used & is_child & pl.col("grade").is_null())
    remark_overlaps(rows)


def remark_overlaps(rows: Rows) -> None:
    """Remark the enrolments of this file that overlap and do not hold all their days; one that holds none is not used."""
    used = rows.sound.filter(~pl.col("is_unused"))
    held = without_overlaps(used).group_by("line").agg(days=(pl.col("ends_on") - pl.col("begins_on") + DAY).sum())
    written = used.select("line", whole=pl.col("ends_on") - pl.col("begins_on") + DAY)
    changed = written.join(held, on="line", how="left").filter(pl.col("days").ne_missing(pl.col("whole")))
    if not changed.height:
        return
    rows.remark("overlapping_enrollment", "userSourcedId", pl.col("line").is_in(changed["line"].implode()))
    given_up = changed.filter(pl.col("days").is_null())["line"]
    rows.frame = rows.frame.with_columns(is_unused=pl.col("is_unused") | pl.col("line").is_in(given_up.implode()))


class Period(NamedTuple):
    """One enrolment of a child as the roster has it."""

    number: int
    begins_on: datetime.date
    ends_on: datetime.date
    is_home: bool
    is_special_needs: bool


def without_overlaps(enrolled: pl.DataFrame) -> pl.DataFrame:
    """Enrolments with each child in one class on one day; one that others interrupt becomes several rows."""
    child, number = "raw_userSourcedId", "period"
    numbered = enrolled.with_row_index(number)
    of_children = numbered.filter(pl.col("enrollment_role") == "student").sort(child, "begins_on")
    latest_end = pl.col("ends_on").cum_max().shift(1).over(child)
    clashing = of_children.filter((pl.col("begins_on") <= latest_end).any().over(child)).with_columns(
        is_home=(pl.col("raw_classSourcedId") == pl.col("home_class")).fill_null(value=False),
        is_special=pl.col("is_special_needs").fill_null(value=False),
    )
    if not clashing.height:
        return enrolled
    held = [
        stretch
        for _, periods in clashing.group_by(child, maintain_order=True)
        for stretch in stretches_of([Period(*row) for row in periods.select(
            number, "begins_on", "ends_on", "is_home", "is_special").iter_rows()])
    ]
    settled = pl.DataFrame(held, {number: numbered.schema[number], "begins_on": pl.Date, "ends_on": pl.Date}, orient="row")
    split = numbered.drop("begins_on", "ends_on").join(settled, on=number, how="inner", maintain_order="right")
    rest = numbered.filter(~pl.col(number).is_in(clashing[number].implode()))
    return pl.concat([rest, split.select(rest.columns)]).sort(number, "begins_on").drop(number)


def stretches_of(periods: list[Period]) -> list[tuple[int, datetime.date, datetime.date]]:
    """Number, first and last day of each stretch of days a period holds; the periods are of one child."""
    edges = sorted({day for each in periods for day in (each.begins_on, each.ends_on + DAY)})
    held: list[tuple[int, datetime.date, datetime.date]] = []
    for begin, after in pairwise(edges):
        claims = [each for each in periods if each.begins_on <= begin and each.ends_on >= after - DAY]
        if not claims:
            continue
        number = holder_of(claims).number
        goes_on = held and held[-1][0] == number and held[-1][2] + DAY == begin
        held.append((number, held.pop()[1] if goes_on else begin, after - DAY))
    return held


def holder_of(claims: list[Period]) -> Period:
    """Which of several enrolments holds a day: the one that began last, for a child who moves may still stand in the old class.

    Of those that begin together it is the class the child calls its own (homeClass), a 特別支援学級, the shorter one. A child whose own
    class is a 特別支援学級 stays in it: the other is its exchange class (交流学級), unless that goes on for longer.
    """
    newest = min(
        claims,
        key=lambda each: (-each.begins_on.toordinal(), not each.is_home, not each.is_special_needs, each.ends_on, each.number),
    )
    at_home = next((each for each in claims if each.is_home and each.is_special_needs and each.ends_on >= newest.ends_on), None)
    return at_home if at_home and not newest.is_special_needs else newest


def teaching_of(enrolled: pl.DataFrame, keys: dict[str, Keys]) -> pl.DataFrame:
    """Who teaches which class; the main teacher of a class is its 担任."""
    return enrolled.filter(pl.col("enrollment_role") == "teacher").with_columns(
        staff_id=keys["staff"].expr("raw_userSourcedId"), class_id=keys["class"].expr("raw_classSourcedId"),
        is_homeroom=pl.col("raw_primary").str.to_lowercase().is_in(["true", "1"]),
    )


def enrollment_of(enrolled: pl.DataFrame, classes: pl.DataFrame, keys: dict[str, Keys]) -> pl.DataFrame:
    """Which child is in which class of which school, from when to when."""
    schools = classes.select("class_id", "school_id")
    return enrolled.filter(pl.col("enrollment_role") == "student").with_columns(
        student_id=keys["student"].expr("raw_userSourcedId"), class_id=keys["class"].expr("raw_classSourcedId")
    ).join(schools, on="class_id", how="left").sort("school_id", "student_id", "begins_on")
