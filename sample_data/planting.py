"""What was planted in the sample district, for tests and later look-backs: stories, improvements, wrong rows.

The app never reads this: it must find such things by itself.
"""

from dataclasses import dataclass
from datetime import date

from sample_data.calendar_days import year_calendar
from sample_data.dirty_rows import FILES, DirtyRow, dirty_roster, dirty_rows
from sample_data.district import MOOD_SINCE, district
from sample_data.oneroster import HEADERS
from sample_data.school_year import SchoolYear, school_year
from sample_data.seeds import SEED
from sample_data.staff import StaffYear
from sample_data.stories import IMPROVEMENTS, STORIES, Improvement
from sample_data.xapi import wrong_statements


@dataclass(frozen=True)
class StoryChild:
    """A story child as the files know it; `ends_on` is the last day of the story so far, None while it goes on."""

    kind: str
    name: str
    student_number: str
    sourced_id: str
    school_code: str
    school: str
    class_title: str
    grade: int
    begins_on: date
    what: str
    days: tuple[date, ...]


@dataclass(frozen=True)
class Planted:
    """Everything planted at one seed and scale."""

    children: list[StoryChild]
    improvements: list[Improvement]
    dirty_rows: list[DirtyRow]


def planted(seed: int = SEED, scale: str = "full") -> Planted:
    """The stories, improvements and wrong rows of the sample district that `write` writes for that seed and scale."""
    schools, children, classes, staff = district(seed, scale)
    by_name = {school.name: school for school in schools}
    told = []
    for child in (children.story >= 0).nonzero()[0].tolist():
        story = STORIES[children.story[child]]
        told.append(StoryChild(
            story.kind, f"{story.family_name} {story.given_name}", children.student_number[child], children.sourced_id[child],
            by_name[story.school].code, story.school, story.class_title, story.grade, story.begins_on, story.what,
            story.contradicts_on))  # fmt: skip
    wrong = []
    for year_classes, year_staff in zip(classes, staff, strict=True):
        calendar = year_calendar(schools, year_classes.fiscal_year, seed)
        wrong += _wrong_rows(school_year(schools, children, year_classes, calendar, seed), year_staff)
    return Planted(told, [i for i in IMPROVEMENTS if i.school in by_name], wrong)


def _wrong_rows(year: SchoolYear, staff: StaffYear) -> list[DirtyRow]:
    found = []
    for name in FILES:
        if name != "mood" or year.fiscal_year >= MOOD_SINCE:
            found += dirty_rows(year, staff, name)
    found += wrong_statements(year)
    kinds = {"enrollments": ["unknown_user", "unknown_class"], "roles": ["unknown_role"]}
    for name, rows in dirty_roster(year, staff).items():
        columns = ["sourcedId", "status", "dateLastModified", *HEADERS[name].split(",")]
        for kind, row in zip(kinds[name], rows, strict=True):
            cells = tuple(row.get(column, "") for column in columns)
            found.append(DirtyRow("roster", f"roster-{year.fiscal_year}.zip!{name}.csv", kind, cells))
    return found
