"""Classes and enrolments of a roster (classes.csv, enrollments.csv): one child is in one class on one day."""

from __future__ import annotations

import datetime

import polars as pl

from ingest.files.rows import Rows, whole_of
from ingest.roster.keys import Keys
from ingest.roster.people import read_grade, read_period

DAY = datetime.timedelta(days=1)


def check_classes(rows: Rows, schools: pl.Series, gone_orgs: pl.Series) -> None:
    """Classes of schools the roster knows; subject groups (scheduled) are not used."""
    rows.read("title", "name", str, pl.String, code="missing_value")
    school = pl.col("raw_schoolSourcedId")
    is_of_gone = school.is_in(gone_orgs.implode())
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
    rows: Rows, year: int, classes: pl.DataFrame, unused_classes: pl.Series, users: pl.DataFrame, passed_over: pl.Series
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
    rows.reject("unknown_reference", "classSourcedId", is_used & ~class_id.is_in(classes["sourced_id"].implode()))
    known = users.select("is_child", raw_userSourcedId="sourced_id")
    rows.frame = rows.frame.join(known, on="raw_userSourcedId", how="left", maintain_order="left")
    rows.reject("unknown_reference", "userSourcedId", is_used & (pl.col("is_child").is_null() | (is_child != pl.col("is_child"))))
    read_period(rows, year)
    rows.read("metadata.jp.shussekiNo", "number", whole_of, pl.Int16, code="bad_number", is_required=False)
    of_class = classes.select(raw_classSourcedId="sourced_id", class_grade="grade")
    of_child = users.select(raw_userSourcedId="sourced_id", own_grade="grade", home_class="home_class")
    rows.frame = (
        rows.frame.join(of_class, on="raw_classSourcedId", how="left", maintain_order="left")
        .join(of_child, on="raw_userSourcedId", how="left", maintain_order="left")
        .with_columns(grade=pl.coalesce("class_grade", "own_grade"))
    )
    rows.reject("no_grade", "classSourcedId", is_used & is_child & pl.col("grade").is_null())
    drop_overlaps(rows)


def drop_overlaps(rows: Rows) -> None:
    """See to it that no child of this file is in two classes on one day, and remark where that changed something."""
    _, changed = without_overlaps(rows.sound.filter(~pl.col("is_unused")))
    if not changed:
        return
    settled = pl.DataFrame(
        {"file_row": list(changed), "new_end": list(changed.values()), "is_settled": True},
        schema={"file_row": pl.Int32, "new_end": pl.Date, "is_settled": pl.Boolean},
    )
    rows.frame = rows.frame.join(settled, on="file_row", how="left", maintain_order="left")
    rows.remark("overlapping_enrollment", "userSourcedId", pl.col("is_settled"))
    is_given_up = (pl.col("is_settled") & pl.col("new_end").is_null()).fill_null(value=False)
    rows.frame = rows.frame.with_columns(
        is_unused=pl.col("is_unused") | is_given_up, ends_on=pl.coalesce("new_end", "ends_on")
    )


def without_overlaps(enrolled: pl.DataFrame) -> tuple[pl.DataFrame, dict[int, datetime.date | None]]:
    """Enrolments with each child in one class on one day, and the changes: row → new end, None for a period given up.

    Where periods overlap, the class the child calls its own (homeClass) counts; among others, the later beginning ends the
    earlier one the day before: a school that forgot to enter the day of leaving.
    """
    child = "raw_userSourcedId"
    numbered = enrolled.with_row_index("period")
    of_children = numbered.filter(pl.col("enrollment_role") == "student").sort(child, "begins_on")
    meets_next = pl.col("ends_on") >= pl.col("begins_on").shift(-1).over(child)
    clashing = of_children.filter(meets_next.any().over(child)).with_columns(
        is_home=pl.col("raw_classSourcedId") == pl.col("home_class")
    )
    ends: dict[int, datetime.date | None] = {}
    for _, periods in clashing.group_by(child, maintain_order=True):
        before = dict(periods.select("period", "ends_on").iter_rows())
        after = ends_without_overlap(list(periods.select("period", "begins_on", "ends_on", "is_home").iter_rows()))
        ends |= {period: end for period, end in after.items() if end != before[period]}
    if not ends:
        return enrolled, {}
    given_up = pl.col("period").is_in([period for period, end in ends.items() if end is None])
    shortened = {period: end for period, end in ends.items() if end is not None}
    new_end = pl.col("period").replace_strict(shortened, default=None, return_dtype=pl.Date)
    settled = numbered.filter(~given_up).with_columns(ends_on=pl.coalesce(new_end, "ends_on")).drop("period")
    rows = dict(numbered.select("period", "file_row").iter_rows())
    return settled, {rows[period]: end for period, end in ends.items()}


def ends_without_overlap(
    periods: list[tuple[int, datetime.date, datetime.date, bool]]
) -> dict[int, datetime.date | None]:
    """Row → the day its period ends so that no two meet; None for a period given up altogether.

    Args:
        periods: row, first day, last day, whether it is the child's own class; of one child, by first day.
    """
    ends: dict[int, datetime.date | None] = {row: last for row, _, last, _ in periods}
    for place, (row, first, _, is_home) in enumerate(periods):
        for later_row, later_first, _, later_is_home in periods[place + 1:]:
            last, later_last = ends[row], ends[later_row]
            if last is None or later_last is None or last < later_first:
                continue
            if is_home and not later_is_home:
                ends[later_row] = None
            elif later_first > first:
                ends[row] = later_first - DAY
            else:
                ends[row] = None
    return ends


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
