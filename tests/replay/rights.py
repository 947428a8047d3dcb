"""Who may see which child on a day, read from the rosters that lie in the folder: no table of ours has a say in it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

from sample_data.oneroster import Rows
from tests.replay.exports import read_roster, year_of

WHOLE_SCHOOL = {"principal", "ext:schoolNurse", "counselor", "ext:specialNeedsCoordinator"}
TEACHING = {"teacher", "ext:gradeLeader"}


def rights_on(inbox: Path, day: date) -> dict[str, set[str]]:
    """Staff number → the 児童生徒番号 of the children that person may see on a day; everybody who works anywhere is in it."""
    rosters = [read_roster(path) for path in sorted((inbox / "roster").glob("*.zip"))]
    numbers = {row["sourcedId"]: row["identifier"] for roster in rosters for row in roster.tables["users"]}
    adults = {row["userSourcedId"] for roster in rosters for row in roster.tables["roles"] if row["role"] != "student"}
    seen: dict[str, set[str]] = {numbers[person]: set() for person in adults}
    for roster in rosters:
        if roster.year == year_of(day):
            for person, children in children_by_person(roster.tables, day).items():
                seen[numbers[person]] |= {numbers[child] for child in children}
    return seen


def children_by_person(tables: dict[str, Rows], day: date) -> dict[str, set[str]]:
    """Person → children, both by sourcedId, from one roster."""
    known = {row["sourcedId"] for row in tables["users"]}
    classes = {row["sourcedId"]: row for row in tables["classes"]}
    grades = {row["sourcedId"]: row["grades"] for row in tables["users"]}
    links = [row for row in tables["enrollments"] if in_force(row, day)]
    links = [row for row in links if row["userSourcedId"] in known and row["classSourcedId"] in classes]
    of_class, of_school = defaultdict(set), defaultdict(set)
    for row in links:
        if row["role"] == "student":
            of_class[row["classSourcedId"]].add(row["userSourcedId"])
            of_school[row["schoolSourcedId"]].add(row["userSourcedId"])
    found = defaultdict(set)
    for role in (row for row in tables["roles"] if row["role"] != "student" and in_force(row, day)):
        person, place = role["userSourcedId"], role["orgSourcedId"]
        if role["role"] in WHOLE_SCHOOL:
            found[person] |= of_school[place]
        if role["role"] in TEACHING:
            own = [row for row in links if row["userSourcedId"] == person and row["role"] == "teacher" and row["schoolSourcedId"] == place]
            for row in own:
                found[person] |= of_class[row["classSourcedId"]]
        if role["role"] == "ext:gradeLeader":
            for number, row in classes.items():
                if row["schoolSourcedId"] == place and row["grades"] == grades[person]:
                    found[person] |= of_class[number]
    return found


def in_force(row: dict[str, str], day: date) -> bool:
    """Whether a row of a roster holds on a day."""
    return row["beginDate"] <= str(day) <= row["endDate"]
