"""Who and what a 年度 knows: its schools, children, staff, enrolments and school days, to check rows against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from ingest.files.mapping import plain
from ingest.files.moments import narrow
from ingest.lake.lake import Lake

# tables the loader keeps for itself, one part per 年度: what the roster of that year called everyone
SCHOOL_OF_YEAR, STUDENT_OF_YEAR, STAFF_OF_YEAR = "school_of_year", "student_of_year", "staff_of_year"
CLASS_SUBJECT = "class_subject"


@dataclass(frozen=True)
class Register:
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
        said = pl.concat([rows.select("student_id", name=pl.col(column).cast(pl.String)) for column in own])
        clear = said.filter(pl.col("name") != "").unique().filter(pl.len().over("name") == 1)
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
    def enrollment(self) -> pl.DataFrame:
        """student_id, home_id (the school), grade, begins_on, ends_on: one row per child and period."""
        rows = self.lake.read("enrollment", self.fiscal_year)
        return rows.select("student_id", "grade", "begins_on", "ends_on", home_id="school_id")

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
