"""What goes wrong in a real spring: registers that are late or stop, files twice, corrections, leave said ahead, people who come and go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.replay.exports import Folder, Row, read_folder

ELEMENTARY, JUNIOR_HIGH, SPECIAL = "B113299900018", "C113299900016", "E113299900011"
NEW_ROSTER = date(2026, 4, 2)
LAST_DAY, FIRST_DAY = date(2026, 3, 24), date(2026, 4, 7)
STOPPED, RESUMED = date(2026, 4, 15), date(2026, 4, 28)  # the junior high school's register
SAID_ON, SAID_OF = date(2026, 4, 23), date(2026, 4, 27)  # leave said on a Thursday, of the Monday after
CORRECTED_ON, CORRECTED = date(2026, 4, 27), date(2026, 4, 14)
MOVES = date(2026, 4, 20)
TWICE = (date(2026, 4, 22), date(2026, 4, 24))
LEAVES, JOINS = "T000102", "T000107"  # a vice principal who leaves in April; a coordinator who joins then
LEAVES_ON, JOINS_ON = date(2026, 4, 17), date(2026, 4, 16)
# enough for a short replay: what pages rest on, of two cohorts at each school, from the third term on
SOURCES, SINCE = ("calendar", "attendance", "health_room", "mood"), date(2026, 1, 8)
GRADES = {2025: ("P4", "J1"), 2026: ("P5", "J2")}


def late(folder: Folder, source: str, school: str, first: date, last: date, until: date) -> int:
    """The rows of a school of some days come on a later day, all at once; how many."""
    return sum(
        export.change(lambda row: row.school == school and first <= row.day <= last, lambda row: iter((replace(row, comes_on=until),)))
        for export in folder.of(source)
    )


def said_ahead(folder: Folder, school: str, day: date, said_on: date) -> int:
    """Whatever is written of the absences of a day was written before: leave (届出) of one child, the first in the register."""
    rows = sorted((row for row in folder.rows("attendance") if row.school == school and row.day == day and "病欠" in row.line),
                  key=lambda row: row.child)  # fmt: skip
    return sum(
        export.change(lambda row: row in rows[:1], lambda row: iter((replace(row, comes_on=said_on),)))
        for export in folder.of("attendance")
    )


def corrected(folder: Folder, school: str, day: date, on: date) -> int:
    """Some weeks later the absences of a day turn out to have been 出席停止."""

    def both(row: Row) -> Iterator[Row]:
        yield replace(row, goes_on=on)
        yield replace(row, line=row.line.replace("病欠", "出席停止"), comes_on=on, is_correction=True)

    def is_meant(row: Row) -> bool:
        return row.school == school and row.day == day and "病欠" in row.line

    return sum(export.change(is_meant, both) for export in folder.of("attendance"))


def moves(folder: Folder, day: date, title: str, into: str) -> str:
    """A child of a class goes to another school from a day on, and its register with it; the child's number."""
    roster = next(each for each in folder.rosters if each.year == 2026)
    places = {row["sourcedId"]: row["identifier"] for row in roster.tables["orgs"]}
    classes = {row["sourcedId"]: row for row in roster.tables["classes"]}
    old = next(key for key, row in classes.items() if row["title"] == title)
    new = next(key for key, row in classes.items() if row["title"] == into)
    person = next(row["userSourcedId"] for row in roster.tables["enrollments"] if row["classSourcedId"] == old and row["role"] == "student")
    child = next(row["identifier"] for row in roster.tables["users"] if row["sourcedId"] == person)
    before, after = (places[classes[key]["schoolSourcedId"]] for key in (old, new))
    roster.move(child, day, new)
    for source in ("attendance", "health_room"):
        for export in folder.of(source):
            export.change(
                lambda row: row.child == child and row.day >= day,
                lambda row: iter((replace(row, school=after, line=row.line.replace(before, after)),)),
            )
    return child


def real_year(exports: Path, until: date, *, is_whole: bool = False) -> Folder:
    """The folder of the spring and summer of 2026, with all that happened to it: of two cohorts and four sources, or the whole of it."""
    folder = read_folder(exports, until=until) if is_whole else read_folder(exports, SOURCES, GRADES, SINCE, until)
    old, new = folder.rosters
    old.comes_on, new.comes_on = date.min, NEW_ROSTER
    for export in folder.of("calendar", 2026):
        export.comes_on = LAST_DAY
    new.change(LEAVES, endDate=str(LEAVES_ON))
    new.change(JOINS, beginDate=str(JOINS_ON))
    moves(folder, MOVES, "5年1組", "小学部5年1組")
    late(folder, "attendance", JUNIOR_HIGH, date(2026, 3, 23), date(2026, 3, 23), LAST_DAY)
    late(folder, "attendance", JUNIOR_HIGH, STOPPED, date(2026, 4, 27), RESUMED)
    said_ahead(folder, ELEMENTARY, SAID_OF, SAID_ON)
    corrected(folder, ELEMENTARY, CORRECTED, CORRECTED_ON)
    folder.twice.append(("attendance-2026.csv", *TWICE))
    late(folder, "attendance", ELEMENTARY, date(2026, 6, 10), date(2026, 6, 10), date(2026, 6, 11))
    late(folder, "attendance", SPECIAL, date(2026, 7, 8), date(2026, 7, 17), date(2026, 9, 1))  # and the holidays in between
    late(folder, "mood", "", date(2026, 6, 15), date(2026, 6, 19), date(2026, 6, 22))
    said_ahead(folder, ELEMENTARY, date(2026, 9, 1), date(2026, 7, 17))
    corrected(folder, JUNIOR_HIGH, date(2026, 6, 4), date(2026, 9, 3))
    folder.twice.append(("mood-2026.csv", date(2026, 9, 8), date(2026, 9, 9)))
    return folder
