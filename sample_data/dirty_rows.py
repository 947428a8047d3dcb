"""A handful of wrong rows of each kind, as they come in real exports, so that checks have something to find."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from sample_data.calendar_days import THIS_YEAR
from sample_data.oneroster import org_ids
from sample_data.picks import Picks, date_text
from sample_data.school_year import SchoolYear
from sample_data.schools import grade_token
from sample_data.seeds import uuids
from sample_data.staff import StaffYear

UNKNOWN_STUDENT = "99999999"
UNKNOWN_SCHOOL = "B113299999990"


@dataclass(frozen=True)
class DirtyRow:
    """One wrong row: source and file of the inbox, what is wrong with it, and its cells as written.

    Of a `duplicate_…` the file holds two rows for the same key; each is listed.
    """

    source: str
    file: str
    kind: str
    cells: tuple[str, ...]


def _attendance(p: Picks) -> list[tuple[str, tuple[str, ...]]]:
    def line(row: int, day: str, code: str = "病欠", **other: str) -> tuple[str, ...]:
        return (other.get("school", p.code(row)), other.get("number", p.number(row)), day, code, "発熱", "")

    rows = [p.row() for _ in range(9)]
    days = [date_text(p.school_day(row), "slash") for row in rows]
    found = [
        ("unknown_child", line(rows[0], days[0], number=UNKNOWN_STUDENT)),
        ("unknown_code", line(rows[1], days[1], "欠")),
        ("outside_year", line(rows[2], date_text(p.outside(), "slash"))),
        ("malformed_date", line(rows[3], f"{p.year.fiscal_year}/13/45")),
        ("duplicate_day", line(rows[4], days[4])),
        ("duplicate_day", line(rows[4], days[4], "遅刻")),
        ("non_school_day", line(rows[5], date_text(p.holiday(rows[5]), "slash"))),
        ("wrong_school", line(rows[6], days[6], school=p.other_school(rows[6]))),
        ("unknown_school", line(rows[7], days[7], school=UNKNOWN_SCHOOL)),
        ("short_row", line(rows[8], days[8])[:3]),
    ]
    gone = p.gone()
    return found + ([("not_enrolled", line(gone[0], date_text(gone[1], "slash")))] if gone else [])


def _mood(p: Picks) -> list[tuple[str, tuple[str, ...]]]:
    rows = [p.row() for _ in range(6)]
    days = [date_text(p.school_day(row, "09-10"), "iso") for row in rows]
    found = [
        ("unknown_child", (uuids(p.rng, 1)[0], days[0], "晴れ", "08:15")),
        ("unknown_code", (p.learner(rows[1]), days[1], "くもりのち晴れ", "08:16")),
        ("outside_year", (p.learner(rows[2]), date_text(p.outside(), "iso"), "晴れ", "08:17")),
        ("malformed_date", (p.learner(rows[3]), "4月31日", "くもり", "08:18")),
        ("duplicate_day", (p.learner(rows[4]), days[4], "晴れ", "08:19")),
        ("duplicate_day", (p.learner(rows[4]), days[4], "雨", "08:24")),
        ("non_school_day", (p.learner(rows[5]), date_text(p.holiday(rows[5]), "iso"), "晴れ", "09:40")),
    ]
    gone = p.gone()
    return found + (
        [("not_enrolled", (p.learner(gone[0]), date_text(gone[1], "iso"), "晴れ", "08:20"))] if gone else []
    )


def _health_room(p: Picks) -> list[tuple[str, tuple[str, ...]]]:
    def line(row: int, day: str, **other: str) -> tuple[str, ...]:
        return (p.code(row), other.get("number", p.number(row)), day, other.get("enters", "10:20"), other.get("leaves", "10:45"),
                "内科", "頭痛", other.get("temperature", "36.8"), "教室復帰", p.staff.nurse(int(p.year.school[row])))  # fmt: skip

    rows = [p.row() for _ in range(8)]
    days = [date_text(p.school_day(row), "reiwa") for row in rows]
    found = [
        ("unknown_child", line(rows[0], days[0], number=UNKNOWN_STUDENT)),
        ("impossible_temperature", line(rows[1], days[1], temperature="63.5")),
        ("malformed_temperature", line(rows[2], days[2], temperature="微熱")),
        ("malformed_date", line(rows[3], f"R{p.year.fiscal_year - 2018}.13.40")),
        ("malformed_time", line(rows[4], days[4], enters="25:10", leaves="")),
        ("leaves_before_entering", line(rows[5], days[5], enters="11:05", leaves="10:50")),
        ("outside_year", line(rows[6], date_text(p.outside(), "reiwa"))),
        ("non_school_day", line(rows[7], date_text(p.holiday(rows[7]), "reiwa"))),
    ]
    gone = p.gone()
    return found + ([("not_enrolled", line(gone[0], date_text(gone[1], "reiwa")))] if gone else [])


def _drill(p: Picks) -> list[tuple[str, tuple[str, ...]]]:
    rows = [p.row() for _ in range(9)]
    days = [date_text(p.school_day(row), "iso") for row in rows]
    return [
        ("unknown_child", (uuids(p.rng, 1)[0], days[0], "国語", "600", "12", "9", "75.0")),
        ("more_correct_than_answers", (p.learner(rows[1]), days[1], "国語", "640", "12", "20", "166.7")),
        ("negative_seconds", (p.learner(rows[2]), days[2], "国語", "-300", "8", "6", "75.0")),
        ("too_long", (p.learner(rows[3]), days[3], "国語", "90000", "10", "7", "70.0")),
        ("not_a_number", (p.learner(rows[4]), days[4], "国語", "10分", "10", "7", "70.0")),
        ("malformed_date", (p.learner(rows[5]), f"{p.year.fiscal_year}-02-30", "国語", "500", "10", "7", "70.0")),
        ("outside_year", (p.learner(rows[6]), date_text(p.outside(), "iso"), "国語", "500", "10", "7", "70.0")),
        ("rate_contradicts", (p.learner(rows[7]), days[7], "国語", "720", "20", "8", "95.0")),
        ("duplicate_day", (p.learner(rows[8]), days[8], "国語", "610", "11", "8", "72.7")),
        ("duplicate_day", (p.learner(rows[8]), days[8], "国語", "410", "9", "8", "88.9")),
    ]


def _staff_hours(p: Picks) -> list[tuple[str, tuple[str, ...]]]:
    duties = [duty for duty in p.staff.duties if duty.school >= 0 and duty.post == "homeroom" and duty.is_primary]
    who = [duties[i] for i in p.rng.choice(len(duties), 5, replace=False).tolist()]
    number = [duty.person.staff_number for duty in who]
    code = [p.year.schools[duty.school].code for duty in who]
    fy = p.year.fiscal_year
    return [
        ("unknown_staff", ("T999998", code[0], f"{fy}年5月", "190.0", "40.0")),
        ("malformed_month", (number[1], code[1], f"{fy}年13月", "190.0", "40.0")),
        ("outside_year", (number[2], code[2], f"{fy - 1}年12月", "190.0", "40.0")),
        ("impossible_hours", (number[3], code[3], f"{fy}年7月", "999.9", "840.0")),
        ("duplicate_month", (number[4], code[4], f"{fy}年6月", "201.5", "42.5")),
        ("duplicate_month", (number[4], code[4], f"{fy}年6月", "185.0", "26.0")),
    ]


def _calendar(p: Picks) -> list[tuple[str, tuple[str, ...]]]:
    row, fy = p.row(), p.year.fiscal_year
    code, grade, day = p.code(row), grade_token(int(p.year.grade[row])), int(p.rng.integers(10, 30))
    return [
        ("unknown_code", (code, grade, f"{fy}-09-{day}", "半日授業", "")),
        ("malformed_date", (code, grade, f"{fy}-09-{day + 30}", "授業日", "")),
        ("outside_year", (code, grade, f"{fy + 3}-04-{day}", "授業日", "始業式")),
        ("unknown_school", (UNKNOWN_SCHOOL, grade, f"{fy}-10-{day}", "授業日", "")),
    ]


# Source, file and maker of the wrong rows of each export.
FILES: dict[str, tuple[str, str, Callable[[Picks], list[tuple[str, tuple[str, ...]]]]]] = {
    "calendar": ("calendar", "calendar-{}.csv", _calendar),
    "attendance": ("attendance", "attendance-{}.csv", _attendance),
    "mood": ("mood", "mood-{}.csv", _mood),
    "health_room": ("health_room", "health_room-{}.csv", _health_room),
    "drill": ("study_log", "drill-{}.csv", _drill),
    "staff_hours": ("staff_hours", "staff_hours-{}.csv", _staff_hours),
}


def dirty_rows(year: SchoolYear, staff: StaffYear, name: str) -> list[DirtyRow]:
    """The wrong rows of one source in one 年度; the current 年度 has each kind twice."""
    source, file, make = FILES[name]
    picks = Picks(year, staff, year.stream("dirty rows", name))
    times = 2 if year.fiscal_year == THIS_YEAR else 1
    return [
        DirtyRow(source, file.format(year.fiscal_year), kind, cells)
        for _ in range(times)
        for kind, cells in make(picks)
    ]


def without_their_keys(frame: pl.DataFrame, rows: list[DirtyRow], key: list[str]) -> pl.DataFrame:
    """The frame less the true rows whose key a duplicate takes, so that a key is doubled and never tripled."""
    place = [frame.columns.index(name) for name in key]
    doubled = {tuple(row.cells[i] for i in place) for row in rows if row.kind.startswith("duplicate_")}
    if not doubled:
        return frame
    same = [pl.all_horizontal(pl.col(n) == v for n, v in zip(key, one, strict=True)) for one in sorted(doubled)]
    return frame.filter(~pl.any_horizontal(same))


def dirty_roster(year: SchoolYear, staff: StaffYear) -> dict[str, list[dict[str, str]]]:
    """Wrong rows of the roster by file: links to a user and a class that were not exported, and a role nobody knows."""
    rng = year.stream("dirty rows", "roster")
    ids = uuids(rng, 5)
    picks = Picks(year, staff, rng)
    row = picks.row()
    room = year.enrolled.rooms[int(year.enrolled.room[row])]
    begin, end = f"{year.fiscal_year}-04-01", f"{year.fiscal_year + 1}-03-31"
    link = {"role": "student", "primary": "false", "beginDate": begin, "endDate": end, "metadata.jp.PublicFlg": "true"}
    place = {"schoolSourcedId": org_ids(year.schools, year.seed)[room.school]}
    aide = next(duty.person for duty in staff.duties if duty.post == "aide" and duty.person.staff_number != "T000110")
    return {
        "enrollments": [
            {"sourcedId": ids[0], "classSourcedId": room.sourced_id, "userSourcedId": ids[1], **place, **link},
            {"sourcedId": ids[2], "classSourcedId": ids[3], "userSourcedId": picks.learner(row), **place, **link},
        ],
        "roles": [{"sourcedId": ids[4], "userSourcedId": aide.sourced_id, "roleType": "secondary", "role": "ext:robot",
                   "beginDate": begin, "endDate": end, "orgSourcedId": place["schoolSourcedId"]}],
    }  # fmt: skip
