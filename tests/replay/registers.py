"""What the registers in the folder say of a 年度, counted from the files alone: days absent, days required, and what is still to come."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

from tests.replay.exports import LAYOUTS, Folder, day_of, read_roster

ABSENT = {"病欠", "病気欠席", "事故欠", "事故欠席"}
EXCUSED = {"出席停止", "出停", "学級閉鎖", "忌引", "公欠"}
AT_SCHOOL = {"出席", "遅刻", "早退", "遅刻早退", "遅刻・早退"}
PARTLY = {"遅刻", "早退"}  # two rows of one day that do not speak against each other


def days_counted(inbox: Path, year: int, through: dict[str, date]) -> dict[str, tuple[int, int]]:
    """School code → days absent and days required in a 年度, of all children, as far as each school's register is believed."""
    roster = read_roster(inbox / "roster" / f"roster-{year}.zip")
    schools = {row["sourcedId"]: row["identifier"] for row in roster.tables["orgs"]}
    people = {row["sourcedId"]: row for row in roster.tables["users"]}
    classes = {row["sourcedId"] for row in roster.tables["classes"]}
    calendar = school_days(inbox, year)
    days: Counter[str] = Counter()
    held: dict[str, list[tuple[str, str, date, date]]] = defaultdict(list)
    for row in roster.tables["enrollments"]:
        child = people.get(row["userSourcedId"])
        school = schools[row["schoolSourcedId"]]
        if row["role"] != "student" or child is None or row["classSourcedId"] not in classes or school not in through:
            continue
        first, last = date.fromisoformat(row["beginDate"]), min(date.fromisoformat(row["endDate"]), through[school])
        held[child["identifier"]].append((school, child["grades"], first, last))
        of_grade = calendar[school, child["grades"]]
        days[school] += max(0, bisect_right(of_grade, last) - bisect_right(of_grade, first - timedelta(days=1)))
    absent: Counter[str] = Counter()
    excused: Counter[str] = Counter()
    for (school, child, day), words in said_of_days(inbox, year).items():
        said = set(words)
        if len(said) > 1 and not said <= PARTLY:
            said = {words[0]}  # of two rows that speak against each other the first is loaded
        is_held = any(
            school == place and first <= day <= last and day in set(calendar[place, grade])
            for place, grade, first, last in held.get(child, [])
        )
        if is_held and said <= ABSENT:
            absent[school] += 1
        if is_held and said <= EXCUSED:
            excused[school] += 1
    return {school: (absent[school], days[school] - excused[school]) for school in through}


def school_days(inbox: Path, year: int) -> dict[tuple[str, str], list[date]]:
    """The 授業日 of each school and grade, in order."""
    found = defaultdict(set)
    for row in rows_of(inbox / "calendar" / f"calendar-{year}.csv"):
        if row["区分"] == "授業日":
            found[row["学校コード"], row["学年"]].add(day_of(row["日付"], year))
    return defaultdict(list, {place: sorted(days) for place, days in found.items()})


def said_of_days(inbox: Path, year: int) -> dict[tuple[str, str, date], list[str]]:
    """School, child and day → what the register says of it, in the order of its rows."""
    said = defaultdict(list)
    for path in (inbox / "attendance").glob(f"attendance-{year}*.csv"):
        for row in rows_of(path):
            if row["出欠区分"] in ABSENT | EXCUSED | AT_SCHOOL:
                said[row["学校コード"], row["児童生徒番号"], day_of(row["日付"], year)].append(row["出欠区分"])
    return said


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a file of the folder."""
    if not path.exists():
        return []
    return list(csv.DictReader(path.read_text(encoding=LAYOUTS[path.parent.name].encoding).splitlines()))


def still_out(folder: Folder, day: date) -> dict[str, date]:
    """School code → the first day, today included, of whose register rows have not come yet."""
    found: dict[str, date] = {}
    for row in folder.rows("attendance"):
        if row.day <= day < row.comes_on and not row.is_correction and not row.is_outside:
            found[row.school] = min(row.day, found.get(row.school, row.day))
    return found
