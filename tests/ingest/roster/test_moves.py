"""Children who move, worked out by hand: two enrolments that meet or overlap, and which of them holds each day.

めい begins at 見晴小's 6年1組 (room-61) and goes to 港小's 6年1組 (room-m61), or to another class of her own school. Her own class
(homeClass) is what the roster happens to say: the new one, or still the old one.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import ingest
from ingest.roster.classes import Period, stretches_of
from tests.ingest.tiny import MEI, child_ids, drop, roster_tables, roster_zip, rows_in

OLD, NEW, SPECIAL, OTHER = "room-61", "room-m61", "room-friends", "room-62"
Held = tuple[str, str, str]


def day(text: str) -> datetime.date:
    month, number = map(int, text.split("/"))
    return datetime.date(2026 if month >= 4 else 2027, month, number)


def held(home: Path, home_class: str, *periods: Held) -> tuple[list[Held], dict[str, int]]:
    """The days each class holds of めい, and what is remarked, where the roster has these enrolments."""
    tables = roster_tables()
    next(row for row in tables["users"] if row["sourcedId"] == MEI)["metadata.jp.homeClass"] = home_class
    tables["classes"].append(tables["classes"][1] | {"sourcedId": OTHER, "title": "6年2組"})
    pattern = next(row for row in tables["enrollments"] if row["userSourcedId"] == MEI)
    tables["enrollments"] = [row for row in tables["enrollments"] if row["userSourcedId"] != MEI] + [
        pattern | {"sourcedId": f"mei-{place}", "classSourcedId": room, "beginDate": str(day(begins)) if begins else "",
                   "endDate": str(day(ends)) if ends else ""}
        for place, (room, begins, ends) in enumerate(periods)
    ]
    drop(home, "roster/roster-2026.zip", roster_zip(tables))
    report = next(file for file in ingest.load(home).files if file.file == "roster-2026.zip!enrollments.csv")
    assert report.rejected == {}
    rooms = {number: name for name, number in rows_in(home, "key", "class").select("source_id", "id").iter_rows()}
    mine = rows_in(home, "enrollment").filter(rows_in(home, "enrollment")["student_id"] == child_ids(home)[MEI]).sort("begins_on")
    days = mine.select("class_id", "begins_on", "ends_on").rows()
    return [(rooms[room], f"{begins:%-m/%-d}", f"{ends:%-m/%-d}") for room, begins, ends in days], report.remarked


REMARK = {"overlapping_enrollment": 1}
MOVES = {
    "the next day": (NEW, [(OLD, "4/1", "6/14"), (NEW, "6/15", "")], [(OLD, "4/1", "6/14"), (NEW, "6/15", "3/31")], {}),
    "the same day": (NEW, [(OLD, "4/1", "6/15"), (NEW, "6/15", "")], [(OLD, "4/1", "6/14"), (NEW, "6/15", "3/31")], REMARK),
    "the same day, the old class still her own": (
        OLD, [(OLD, "4/1", "6/15"), (NEW, "6/15", "")], [(OLD, "4/1", "6/14"), (NEW, "6/15", "3/31")], REMARK,
    ),
    "nobody wrote that she left, the old class still her own": (
        OLD, [(OLD, "4/1", ""), (NEW, "6/15", "")], [(OLD, "4/1", "6/14"), (NEW, "6/15", "3/31")], REMARK,
    ),
    "written in the other order": (
        OLD, [(NEW, "6/15", ""), (OLD, "4/1", "")], [(OLD, "4/1", "6/14"), (NEW, "6/15", "3/31")], REMARK,
    ),
    "another class of the same school": (
        OLD, [(OLD, "4/1", "6/15"), (OTHER, "6/15", "")], [(OLD, "4/1", "6/14"), (OTHER, "6/15", "3/31")], REMARK,
    ),
    "two moves in one month": (
        OTHER, [(OLD, "4/1", "6/5"), (NEW, "6/5", "6/20"), (OTHER, "6/20", "")],
        [(OLD, "4/1", "6/4"), (NEW, "6/5", "6/19"), (OTHER, "6/20", "3/31")], {"overlapping_enrollment": 2},
    ),
    "away for a while and back": (
        OLD, [(OLD, "4/1", ""), (NEW, "6/15", "7/10")], [(OLD, "4/1", "6/14"), (NEW, "6/15", "7/10"), (OLD, "7/11", "3/31")], REMARK,
    ),
    "gone and back into the same class": (
        OLD, [(OLD, "4/1", "6/5"), (OLD, "6/20", "")], [(OLD, "4/1", "6/5"), (OLD, "6/20", "3/31")], {},
    ),
    "days between two schools": (NEW, [(OLD, "4/1", "6/5"), (NEW, "6/20", "")], [(OLD, "4/1", "6/5"), (NEW, "6/20", "3/31")], {}),
    "into the class for special needs": (
        OLD, [(OLD, "4/1", ""), (SPECIAL, "6/15", "")], [(OLD, "4/1", "6/14"), (SPECIAL, "6/15", "3/31")], REMARK,
    ),
    "an exchange class beside her own for special needs": (
        SPECIAL, [(SPECIAL, "4/1", ""), (OLD, "4/1", "")], [(SPECIAL, "4/1", "3/31")], REMARK,
    ),
    "an exchange class that begins in June": (
        SPECIAL, [(SPECIAL, "4/1", ""), (OLD, "6/15", "")], [(SPECIAL, "4/1", "3/31")], REMARK,
    ),
    "out of the class for special needs": (
        SPECIAL, [(SPECIAL, "4/1", "6/15"), (OLD, "6/15", "")], [(SPECIAL, "4/1", "6/14"), (OLD, "6/15", "3/31")], REMARK,
    ),
    "both from April, one of them till May": (
        NEW, [(OLD, "4/1", "5/10"), (NEW, "4/1", "")], [(NEW, "4/1", "3/31")], REMARK,
    ),
    "both from April, neither her own": (
        "", [(NEW, "4/1", ""), (OLD, "4/1", "5/10")], [(OLD, "4/1", "5/10"), (NEW, "5/11", "3/31")], REMARK,
    ),
}


@pytest.mark.parametrize("move", MOVES)
def test_no_enrolment_of_a_child_who_moves_is_lost(home: Path, move: str) -> None:
    home_class, written, expected, remarked = MOVES[move]
    assert held(home, home_class, *written) == (expected, remarked)


def test_two_rosters_overlap_as_one_does(home: Path) -> None:
    """Each school's own file: neither knows of the other."""
    tables = roster_tables()
    of_mei = [row for row in tables["enrollments"] if row["userSourcedId"] == MEI]
    of_mei[0]["endDate"], of_mei[1]["beginDate"] = "2026-06-15", "2026-06-15"
    for name, rooms, at in (("a", {OLD}, 1_000), ("b", {NEW}, 2_000)):
        whole = tables | {
            "classes": [row for row in tables["classes"] if row["sourcedId"] in rooms],
            "enrollments": [row for row in tables["enrollments"] if row["classSourcedId"] in rooms],
        }
        drop(home, f"roster/{name}-2026.zip", roster_zip(whole), at=at)
    (home / "inbox" / "roster" / "roster-2026.zip").unlink()
    ingest.load(home)
    mine = rows_in(home, "enrollment").filter(rows_in(home, "enrollment")["student_id"] == child_ids(home)[MEI]).sort("begins_on")
    assert mine.select("begins_on", "ends_on").rows() == [
        (datetime.date(2026, 4, 1), datetime.date(2026, 6, 14)), (datetime.date(2026, 6, 15), datetime.date(2027, 3, 31)),
    ]


def test_a_day_is_held_once_and_no_day_is_lost() -> None:
    first = datetime.date(2026, 4, 1)
    days = [first + datetime.timedelta(days=number) for number in range(30)]
    periods = [
        Period(0, days[0], days[20], True, False), Period(1, days[5], days[9], False, True), Period(2, days[9], days[29], False, False),
    ]
    claimed = {each for period in periods for each in days if period.begins_on <= each <= period.ends_on}
    found = [each for _, begins, ends in stretches_of(periods) for each in days if begins <= each <= ends]
    assert sorted(claimed) == found
