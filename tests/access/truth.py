"""Who should see which child, worked out from the roster alone, by another road than the gate takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from access import Role, Viewer

WHOLE_SCHOOL = {Role.PRINCIPAL, Role.SCHOOL_NURSE, Role.COUNSELOR, Role.SPECIAL_NEEDS_COORDINATOR}
TEACHING = {Role.TEACHER, Role.SUBJECT_TEACHER, Role.GRADE_LEADER}
NUMBERS_OF_SCHOOL = {Role.CLERK, Role.AIDE}


@dataclass(frozen=True)
class Scope:
    """What one viewer may ever get an answer about."""

    schools: frozenset[int]
    classes: frozenset[int]
    students: frozenset[int]
    # where these children were before: the board lets their school of today see it
    earlier_schools: frozenset[int] = frozenset()
    earlier_classes: frozenset[int] = frozenset()


class Truth:
    """The whole district file, open without any gate: only for tests."""

    def __init__(self, folder: Path) -> None:
        name = (folder / "CURRENT").read_text(encoding="utf-8").strip()
        self.connection = duckdb.connect(str(folder / name), read_only=True)
        (self.day, self.fiscal_year) = self.connection.sql("select day, fiscal_year from as_of").fetchall()[0]

    @cache  # noqa: B019 - one truth per run of the tests, asked the same thousands of times
    def numbers(self, text: str, *values: object) -> frozenset[int]:
        """The first column of a query, as a set."""
        return frozenset(row[0] for row in self.connection.execute(text, list(values)).fetchall())

    def scope(self, viewer: Viewer) -> Scope:
        """The schools, classes and children of a viewer, from roles and teaching."""
        if viewer.role in (Role.BOARD_OFFICER, Role.ADMINISTRATOR):
            return Scope(self.numbers("select school_id from school"), frozenset(), frozenset())
        # whoever teaches, as homeroom teacher or grade leader, may also be the subject teacher of other classes
        offices = TEACHING if viewer.role is Role.SUBJECT_TEACHER else {viewer.role}
        schools = frozenset(
            school_id
            for office in offices
            for school_id in self.numbers(
                "select school_id from staff_role where staff_id = ? and fiscal_year = ? and role = ? and ? between begins_on and ends_on",
                viewer.staff_id, self.fiscal_year, office.value, self.day,
            )
        )  # fmt: skip
        if viewer.role in WHOLE_SCHOOL | NUMBERS_OF_SCHOOL:
            classes = frozenset(
                class_id
                for school_id in schools
                for class_id in self.numbers(
                    "select class_id from class where school_id = ? and fiscal_year = ?", school_id, self.fiscal_year
                )
            )
        else:
            classes = self.numbers(
                "select class_id from teaching where staff_id = ? and fiscal_year = ? and ? between begins_on and ends_on "
                "and is_homeroom = ?",
                viewer.staff_id, self.fiscal_year, self.day, viewer.role is not Role.SUBJECT_TEACHER,
            )  # fmt: skip
            if viewer.role is Role.GRADE_LEADER:
                classes |= self.numbers(
                    "select class.class_id from class inner join staff_role on class.school_id = staff_role.school_id "
                    "and class.grade = staff_role.grade and class.fiscal_year = staff_role.fiscal_year "
                    "where staff_role.staff_id = ? and staff_role.role = 'grade_leader' and staff_role.fiscal_year = ?",
                    viewer.staff_id, self.fiscal_year,
                )  # fmt: skip
        students: frozenset[int] = frozenset()
        if viewer.role not in NUMBERS_OF_SCHOOL and not viewer.masked:
            students = frozenset(
                student_id
                for class_id in classes
                for student_id in self.numbers(
                    "select student_id from enrollment where class_id = ? and fiscal_year = ? and ? between begins_on and ends_on",
                    class_id, self.fiscal_year, self.day,
                )
            )  # fmt: skip
        were = "select {} from enrollment where list_contains(?, student_id)"
        earlier = [self.numbers(were.format(place), tuple(students)) for place in ("school_id", "class_id")]
        return Scope(schools, classes, students, *earlier)

    def were_at(self, place: str, number: int) -> frozenset[int]:
        """The children who were ever in a school (school_id) or class (class_id)."""
        return self.numbers(f"select student_id from enrollment where {place} = ?", number)
