"""Where a child was enrolled on the day a row is about, and whether there was school."""

from __future__ import annotations

import polars as pl

from ingest.files.mapping import plain
from ingest.files.rows import Rows
from ingest.lake.roster_index import Register, looked_up, school_day_number


def add_enrollment(rows: Rows, register: Register, column: str) -> None:
    """Add `home_id` (the school of the enrolment that day) and `grade`; set rows of children enrolled nowhere aside.

    Most children have one enrolment a year, and a plain join finds it. For the few who moved, each row picks the period that
    holds its day, at the row's own school first where it names one.
    """
    enrolled = register.enrollment
    is_single = pl.len().over("student_id") == 1
    single = enrolled.filter(is_single)
    several = enrolled.filter(~is_single)
    moved = pl.col("student_id").is_in(several["student_id"].unique().implode()).fill_null(value=False)
    settled = rows.frame.filter(~moved).join(single, on="student_id", how="left")
    within = pl.col("day").is_between("begins_on", "ends_on")
    settled = settled.with_columns(
        home_id=pl.when(within).then("home_id"), grade=pl.when(within).then("grade")
    ).drop("begins_on", "ends_on")
    movers = rows.frame.filter(moved)
    if movers.height:
        at_own_school = pl.col("school_id") == pl.col("home_id") if "school_id" in movers.columns else pl.lit(value=False)
        periods = (
            movers.join(several, on="student_id", how="inner").filter(within)
            .with_columns(at_own_school=at_own_school.fill_null(value=False))
            .sort("at_own_school", "begins_on", descending=True)
            .unique("line", keep="first", maintain_order=True).select("line", "home_id", "grade")
        )
        settled = pl.concat([settled, movers.join(periods, on="line", how="left").select(settled.columns)])
    rows.frame = settled
    rows.refuse("not_enrolled", column, pl.col("student_id").is_not_null() & pl.col("home_id").is_null())


def add_enrollment_of_year(rows: Rows, register: Register, column: str) -> None:
    """Add `grade`, the child's last at the row's own school; set rows of children who were never at it in the 年度 aside.

    For records of a term, which has no one day.
    """
    at_school = register.enrollment.sort("begins_on").unique(["student_id", "home_id"], keep="last")
    at_school = at_school.select("student_id", "grade", school_id="home_id", is_enrolled=pl.lit(value=True))
    rows.frame = rows.frame.join(at_school, on=["student_id", "school_id"], how="left", maintain_order="left")
    is_known = pl.col("student_id").is_not_null() & pl.col("school_id").is_not_null()
    rows.refuse("not_enrolled_this_year", column, is_known & pl.col("is_enrolled").is_null(), year=register.fiscal_year)


def is_school_day(register: Register) -> pl.Expr | None:
    """Whether the day was a 授業日 of the child's school and grade; None while there is no calendar."""
    if register.school_days is None:
        return None
    return school_day_number("home_id").is_in(register.school_days.implode())


def add_school(rows: Rows, register: Register) -> None:
    """Add `school_id` by 学校コード, or by the code the mapping file says stands for it."""
    own = {plain(word): str(code) for word, code in rows.mapping.codes.get("school", {}).items()}
    rows.read("school", "school_id", lambda cell: looked_up(register.schools, own.get(plain(cell), cell)), pl.Int32,
              code="unknown_school", year=register.fiscal_year)


def add_class(rows: Rows, register: Register) -> None:
    """Add `class_id` by the name of the class at the row's school; where the grade has a column of its own, 「5」「2組」 is 5年2組."""
    year, known = register.fiscal_year, register.classes
    name, grade = pl.col("raw_class").str.strip_chars(), pl.col("raw_grade").str.strip_chars().str.strip_suffix("年")
    said = {"short": name, "long": pl.when(grade != "").then(pl.concat_str(grade, pl.lit("年"), name))}
    frame = rows.frame.with_columns(**{way: words.map_elements(plain, pl.String) for way, words in said.items()})
    for way in said:
        own = known.select("school_id", pl.col("name").alias(way), pl.col("class_id").alias(f"{way}_class_id"))
        frame = frame.join(own, on=["school_id", way], how="left", maintain_order="left")
    class_id = pl.coalesce("long_class_id", "short_class_id").alias("class_id")
    rows.frame = frame.with_columns(class_id).drop("short", "long", "short_class_id", "long_class_id")
    rows.refuse("missing_value", "class", name == "")
    rows.refuse("unknown_class", "class", pl.col("class_id").is_null(), year=year)


def add_child(rows: Rows, register: Register, name: str, numbers: dict[str, int]) -> None:
    """Add `student_id` by 児童生徒番号 or by the id learning tools use."""
    rows.read(name, "student_id", lambda cell: looked_up(numbers, cell), pl.Int32,
              code="unknown_child", year=register.fiscal_year)
