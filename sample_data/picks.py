"""Children and days picked by chance, to make wrong rows of."""

from dataclasses import dataclass

import numpy as np

from sample_data.calendar_days import HOLIDAY, SCHOOL_DAY, TODAY
from sample_data.school_year import SchoolYear, day_texts
from sample_data.staff import StaffYear


def date_text(day: np.datetime64, form: str) -> str:
    """One day as a system writes it: iso, slash or reiwa."""
    return str(day_texts(np.array([day]), form)[0])


@dataclass(frozen=True)
class Picks:
    """Children and days to make wrong rows of: never a story child."""

    year: SchoolYear
    staff: StaffYear
    rng: np.random.Generator

    def row(self) -> int:
        """An enrolment that lasts all year, in a school that uses everything."""
        year = self.year
        uses = np.array([s.mood_from is not None and s.has_drill for s in year.schools])[year.school]
        whole = (year.enrolled.begin <= year.calendar.dates[0]) & (year.enrolled.end >= year.calendar.dates[-1])
        return int(self.rng.choice(np.flatnonzero(uses & whole & (year.children.story[year.child] < 0))))

    def school_day(self, row: int, since: str = "04-20") -> np.datetime64:
        """A 授業日 of that child up to today."""
        days = self.year.days[self.year.open[row]]
        return self.rng.choice(days[days >= np.datetime64(f"{self.year.fiscal_year}-{since}")])

    def holiday(self, row: int) -> np.datetime64:
        """A Sunday of the school year up to today."""
        dates, school, grade = self.year.calendar.dates, self.year.school[row], self.year.grade[row]
        free = (self.year.calendar.kind[school, grade - 1] == HOLIDAY) & ((dates.astype(int) + 3) % 7 == 6)
        free &= (dates > self.year.days[20]) & (dates < np.datetime64(TODAY))
        return self.rng.choice(dates[free])

    def gone(self) -> tuple[int, np.datetime64] | None:
        """A child who left the district, and a school day after that."""
        year = self.year
        left = year.children.left[year.child]
        uses = np.array([s.mood_from is not None for s in year.schools])[year.school]
        rows = np.flatnonzero((left < year.days[-5]) & uses)
        if not len(rows):
            return None
        row = int(self.rng.choice(rows))
        open_days = year.days[(year.calendar.kind[year.school[row], year.grade[row] - 1] == SCHOOL_DAY)[np.searchsorted(
            year.calendar.dates, year.days)]]  # fmt: skip
        after = open_days[open_days > left[row]]
        return (row, after[min(3, len(after) - 1)]) if len(after) else None

    def number(self, row: int) -> str:
        """児童生徒番号 of the child."""
        return self.year.children.student_number[self.year.child[row]]

    def learner(self, row: int) -> str:
        """学習者ID of the child."""
        return self.year.children.sourced_id[self.year.child[row]]

    def code(self, row: int) -> str:
        """学校コード of the child's school."""
        return self.year.schools[self.year.school[row]].code

    def outside(self) -> np.datetime64:
        """A date of the year before, inside the file of this 年度."""
        return self.year.calendar.dates[0] - 20

    def other_school(self, row: int) -> str:
        """学校コード of a school that is not the child's."""
        return next(s.code for i, s in enumerate(self.year.schools) if i != self.year.school[row])
