"""Who and what a 年度 knows: its schools, children, staff, enrolments and school days; and the columns rows of any source get from it.

A row names a school, a class or a child in words of its own; the index knows their keys, and where a child was enrolled on the row's day.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial

import polars as pl

from ingest.files.mapping import SCHOOLS, plain
from ingest.files.moments import narrow
from ingest.files.rows import Rows
from ingest.intake.rejected_records import (
    Place,
    by_name,
    class_places,
    reject_pointing,
    rejected_enrollment,
    rejected_in,
)
from ingest.lake.lake import Lake

# tables the loader keeps for itself, one part per 年度: what the roster of that year called everyone
SCHOOL_OF_YEAR, STUDENT_OF_YEAR, STAFF_OF_YEAR = "school_of_year", "student_of_year", "staff_of_year"
CLASS_SUBJECT = "class_subject"


@dataclass(frozen=True)
class RosterIndex:
    """One 年度 as roster and calendar tell it."""

    lake: Lake
    fiscal_year: int

    @property
    def is_known(self) -> bool:
        """Whether the roster of this 年度 is in the lake."""
        return self.lake.has(SCHOOL_OF_YEAR, self.fiscal_year)

    @cached_property
    def schools(self) -> dict[str, int]:
        """学校コード → school_id."""
        return self.numbers(SCHOOL_OF_YEAR, "school_code", "school_id")

    @cached_property
    def children(self) -> dict[str, int]:
        """児童生徒番号 → student_id."""
        return self.numbers(STUDENT_OF_YEAR, "identifier", "student_id")

    @cached_property
    def listed_schools(self) -> pl.DataFrame | None:
        """The national list of 学校コード of the 年度, or the newest before it; None without one."""
        years = [year for year in self.lake.parts("school_list") if year <= self.fiscal_year]
        return self.lake.read("school_list", years[-1]) if years else None

    @cached_property
    def children_by_source(self) -> dict[str, int]:
        """The roster's sourcedId → student_id."""
        return self.numbers(STUDENT_OF_YEAR, "source_id", "student_id")

    @cached_property
    def class_subjects(self) -> list[tuple[str, str, str]]:
        """sourcedId, subjectCodes and subjects of every class, subject groups too."""
        return self.lake.read(CLASS_SUBJECT, self.fiscal_year).rows()

    @cached_property
    def learners(self) -> dict[str, int]:
        """What learning tools call a child (its userMasterIdentifier or sourcedId) → student_id; a name two share is nobody's."""
        rows = self.lake.read(STUDENT_OF_YEAR, self.fiscal_year)
        own = [column for column in ("source_id", "master_id") if column in rows.columns]  # an older lake has no master_id
        named = pl.concat([rows.select("student_id", name=pl.col(column).cast(pl.String)) for column in own])
        clear = named.filter(pl.col("name") != "").unique().filter(pl.len().over("name") == 1)
        return dict(zip(clear["name"], clear["student_id"], strict=True))

    @cached_property
    def staff(self) -> dict[str, int]:
        """職員番号 → staff_id."""
        return self.numbers(STAFF_OF_YEAR, "identifier", "staff_id")

    def numbers(self, table: str, name: str, number: str) -> dict[str, int]:
        """What the roster calls someone → their key; what it leaves empty names nobody."""
        rows = self.lake.read(table, self.fiscal_year).filter(pl.col(name) != "")
        return dict(zip(rows[name], rows[number], strict=True))

    @cached_property
    def rejected_people(self) -> dict[str, Place]:
        """What exports call each person the roster names and who was rejected → file and row."""
        return by_name(rejected_in(self.lake, self.fiscal_year, "users"))

    @cached_property
    def rejected_schools(self) -> dict[str, Place]:
        """What the roster calls each school that was rejected → file and row."""
        return by_name(rejected_in(self.lake, self.fiscal_year, "orgs"))

    @cached_property
    def rejected_classes(self) -> dict[str, Place]:
        """School and name of each class that was rejected → file and row."""
        schools = self.numbers(SCHOOL_OF_YEAR, "source_id", "school_id")
        return class_places(rejected_in(self.lake, self.fiscal_year, "classes"), schools)

    @cached_property
    def rejected_enrollments(self) -> pl.DataFrame:
        """Child and days of each enrolment that was rejected, with file and row."""
        return rejected_enrollment(rejected_in(self.lake, self.fiscal_year, "enrollments"), self.children_by_source, self.fiscal_year)

    @cached_property
    def enrollment(self) -> pl.DataFrame:
        """student_id, home_id (the school), grade, begins_on, ends_on: one row per child and period."""
        rows = self.lake.read("enrollment", self.fiscal_year)
        return rows.select("student_id", "grade", "begins_on", "ends_on", home_id="school_id")

    @cached_property
    def classes_of_children(self) -> pl.DataFrame:
        """student_id, class_id, home_id (the school), begins_on, ends_on: one row per child and period."""
        rows = self.lake.read("enrollment", self.fiscal_year)
        return rows.select("student_id", "class_id", "begins_on", "ends_on", home_id="school_id")

    @cached_property
    def classes(self) -> pl.DataFrame:
        """school_id, name (width and blanks aside), class_id; a name two classes of a school share is nobody's."""
        rows = self.lake.read("class", self.fiscal_year)
        named = rows.select("school_id", "class_id", name=pl.col("name").map_elements(plain, pl.String))
        return named.filter(pl.len().over("school_id", "name") == 1)

    @cached_property
    def school_days(self) -> pl.Series | None:
        """Every 授業日 as one number (see `school_day_number`); None while there is no calendar."""
        if not self.lake.has("calendar_day", self.fiscal_year):
            return None
        rows = self.lake.read("calendar_day", self.fiscal_year).filter(pl.col("kind") == "school_day")
        return rows.select(school_day_number("school_id")).to_series()

    @cached_property
    def days_of_school(self) -> pl.Series:
        """Every day on which school was held anywhere in the district."""
        rows = self.lake.read("calendar_day", self.fiscal_year).filter(pl.col("kind") == "school_day")
        return rows["day"].unique().sort()


def school_day_number(school: str) -> pl.Expr:
    """School, grade and day in one whole number, so that a look-up is a look-up of numbers."""
    day = pl.col("day").cast(pl.Int32).cast(pl.Int64)
    return (pl.col(school).cast(pl.Int64) * 16 + pl.col("grade").cast(pl.Int64)) * 100_000 + day


def looked_up(numbers: dict[str, int], cell: str) -> int | None:
    """The key of whom a cell names; width of digits and blanks around aside, nothing is guessed."""
    return numbers.get(cell) or numbers.get(narrow(cell))


def add_enrollment(rows: Rows, roster: RosterIndex, column: str) -> None:
    """Add `home_id` (the school of the enrolment that day) and `grade`; reject rows of children enrolled nowhere.

    Most children have one enrolment a year, and a plain join finds it. For the few who moved, each row picks the period that
    holds its day, at the row's own school first where it names one.
    """
    enrolled = roster.enrollment
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
    reject_of_rejected_enrollments(rows, roster, column, pl.col("home_id").is_null())
    rows.reject("not_enrolled", column, pl.col("student_id").is_not_null() & pl.col("home_id").is_null())


def reject_of_rejected_enrollments(rows: Rows, roster: RosterIndex, column: str, when: pl.Expr) -> None:
    """Reject rows of children who are enrolled nowhere because their own row of the roster was rejected, and say where that stands.

    Args:
        rows: the rows, with `student_id`, and `day` if they are of one.
        roster: knows what was rejected.
        column: the column the reason is about.
        when: the rows whose child is enrolled nowhere.
    """
    if not roster.rejected_enrollments.height:
        return
    found = rows.frame.filter(when).join(roster.rejected_enrollments, on="student_id")
    if "day" in rows.frame.columns:
        found = found.filter(pl.col("day").is_between("from_on", "to_on"))
    first = found.unique("line", keep="first", maintain_order=True).select("line", "at_file", "at_row")
    rows.frame = rows.frame.join(first, on="line", how="left", maintain_order="left")
    rows.reject("rejected_enrollment", column, pl.col("at_file").is_not_null(), file=pl.col("at_file"), row=pl.col("at_row"))


def add_enrollment_of_year(rows: Rows, roster: RosterIndex, column: str) -> None:
    """Add `grade`, the child's last at the row's own school; reject rows of children who were never at it in the 年度.

    For records of a term, which has no one day.
    """
    at_school = roster.enrollment.sort("begins_on").unique(["student_id", "home_id"], keep="last")
    at_school = at_school.select("student_id", "grade", school_id="home_id", is_enrolled=pl.lit(value=True))
    rows.frame = rows.frame.join(at_school, on=["student_id", "school_id"], how="left", maintain_order="left")
    reject_of_rejected_enrollments(rows, roster, column, pl.col("is_enrolled").is_null())
    is_known = pl.col("student_id").is_not_null() & pl.col("school_id").is_not_null()
    rows.reject("not_enrolled_this_year", column, is_known & pl.col("is_enrolled").is_null(), year=roster.fiscal_year)


def is_school_day(roster: RosterIndex) -> pl.Expr | None:
    """Whether the day was a 授業日 of the child's school and grade; None while there is no calendar."""
    if roster.school_days is None:
        return None
    return school_day_number("home_id").is_in(roster.school_days.implode())


def add_school(rows: Rows, roster: RosterIndex) -> None:
    """Add `school_id` by 学校コード, or by the code the mapping file says stands for it."""
    own = {plain(word): str(code) for word, code in rows.mapping.codes.get(SCHOOLS, {}).items()}

    def known(cell: str) -> int | None:
        return looked_up(roster.schools, own.get(plain(cell), cell))

    rows.reject_eaten("school", {*own, *roster.schools})
    reject_pointing(rows, "school", "rejected_school", roster.rejected_schools, known=known)
    rows.read("school", "school_id", known, pl.Int32,
              code="unknown_school", year=roster.fiscal_year)


def add_class(rows: Rows, roster: RosterIndex) -> None:
    """Add `class_id` by the name of the class at the row's school; where the grade has a column of its own, 「5」「2組」 is 5年2組."""
    year, known = roster.fiscal_year, roster.classes
    name, grade = pl.col("raw_class").str.strip_chars(), pl.col("raw_grade").str.strip_chars().str.strip_suffix("年")
    names = {"short": name, "long": pl.when(grade != "").then(pl.concat_str(grade, pl.lit("年"), name))}
    frame = rows.frame.with_columns(**{way: words.map_elements(plain, pl.String) for way, words in names.items()})
    for way in names:
        own = known.select("school_id", pl.col("name").alias(way), pl.col("class_id").alias(f"{way}_class_id"))
        frame = frame.join(own, on=["school_id", way], how="left", maintain_order="left")
    class_id = pl.coalesce("long_class_id", "short_class_id").alias("class_id")
    written = pl.concat_str("school_id", pl.lit("\t"), pl.coalesce("long", "short"))
    rows.frame = frame.with_columns(class_id, class_written=written).drop("short", "long", "short_class_id", "long_class_id")
    rows.reject("missing_value", "class", name == "")
    reject_pointing(rows, "class", "rejected_class", roster.rejected_classes, by="class_written", when=pl.col("class_id").is_null())
    rows.reject("unknown_class", "class", pl.col("class_id").is_null(), year=year)


def add_child(rows: Rows, roster: RosterIndex, name: str, numbers: dict[str, int]) -> None:
    """Add `student_id` by 児童生徒番号 or by the id learning tools use."""
    rows.reject_eaten(name, numbers.keys())
    known = partial(looked_up, numbers)
    reject_pointing(rows, name, "rejected_person", roster.rejected_people, known=known)
    rows.read(name, "student_id", known, pl.Int32,
              code="unknown_child", year=roster.fiscal_year)
