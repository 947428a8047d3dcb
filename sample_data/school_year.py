"""One 年度 as a table of children by school days: the frame every daily record is drawn in."""

from dataclasses import dataclass

import numpy as np

from sample_data.calendar_days import SCHOOL_DAY, TODAY, YearCalendar
from sample_data.enrollment import Enrolled
from sample_data.population import Children
from sample_data.schools import School
from sample_data.seeds import stream
from sample_data.stories import STORIES


@dataclass(frozen=True)
class SchoolYear:
    """Rows are enrolments, columns the days on which any school was open up to today; `open` marks a child's 授業日."""

    schools: list[School]
    children: Children
    enrolled: Enrolled
    calendar: YearCalendar
    days: np.ndarray
    open: np.ndarray
    seed: int

    @property
    def fiscal_year(self) -> int:
        """The 年度."""
        return self.enrolled.fiscal_year

    @property
    def child(self) -> np.ndarray:
        """Index of the child, by enrolment."""
        return self.enrolled.child

    @property
    def school(self) -> np.ndarray:
        """Index of the school, by enrolment."""
        return self.enrolled.school

    @property
    def grade(self) -> np.ndarray:
        """Grade 1–9, by enrolment."""
        return self.enrolled.grade

    @property
    def weekday(self) -> np.ndarray:
        """0 = Monday."""
        return (self.days.astype(int) + 3) % 7

    def stream(self, *words: object) -> np.random.Generator:
        """The random numbers of one source in this 年度."""
        return stream(self.seed, self.fiscal_year, *words)

    def told(self) -> list[tuple[int, int]]:
        """Row and story index of the story children."""
        story = self.children.story[self.child]
        return [(int(row), int(story[row])) for row in np.flatnonzero(story >= 0)]

    def contradictions(self) -> list[tuple[int, int, str]]:
        """Row, column and 出欠区分 of the days on which a story child's records contradict each other."""
        found = []
        for row, story in self.told():
            told = STORIES[story]
            columns = np.flatnonzero(np.isin(self.days, np.array(told.contradicts_on, "datetime64[D]"))).tolist()
            found += [(row, column, told.contradicts_as) for column in columns]
        return found

    def day_texts(self, form: str = "iso") -> np.ndarray:
        """The days as text: iso 2026-04-07, slash 2026/4/7, reiwa R8.4.7."""
        return day_texts(self.days, form)


def day_texts(days: np.ndarray, form: str) -> np.ndarray:
    """Days in the way a system writes them: iso 2026-04-07, slash 2026/4/7, reiwa R8.4.7."""
    iso = days.astype("datetime64[D]").astype(str)
    if form == "iso":
        return iso.astype(object)
    parts = [tuple(map(int, day.split("-"))) for day in iso]
    if form == "slash":
        return np.array([f"{y}/{m}/{d}" for y, m, d in parts], object)
    return np.array([f"R{y - 2018}.{m}.{d}" for y, m, d in parts], object)


def school_year(
    schools: list[School], children: Children, enrolled: Enrolled, calendar: YearCalendar, seed: int
) -> SchoolYear:
    """The children by days frame of one 年度."""
    held = (calendar.kind == SCHOOL_DAY).any((0, 1)) & (calendar.dates <= np.datetime64(TODAY))
    days = calendar.dates[held]
    open_days = calendar.kind[enrolled.school, enrolled.grade - 1][:, held] == SCHOOL_DAY
    open_days &= (days >= enrolled.begin[:, None]) & (days <= enrolled.end[:, None])
    return SchoolYear(schools, children, enrolled, calendar, days, open_days, seed)
