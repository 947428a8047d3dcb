"""Every remedy somebody can follow to the letter: what brings the sentence about, and what is done about it.

What is to be written stands in the remedy itself: which file, which table and which form. The cases take it from there where they can.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.ingest.files.test_excel import workbook
from tests.ingest.files.test_tables_for_people import book
from tests.ingest.sources.test_school_list import BOTH, listed
from tests.ingest.statements import PORTAL, SUBJECT, answered, lines
from tests.ingest.tiny import HANA, MEI, MIHARASHI, NUMBERS, REN, Table, calendar_text, drop, roster_tables, roster_zip

Files = dict[str, bytes | str]
REGISTER = "学校コード,児童生徒番号,日付,出欠区分\n"
DRILL = "学習者ID,日付,教科,学習時間(秒),解答数,正答率\n"
TOTALS = "学校コード,学級名,年月,授業日数\n"
VISITS = "学校コード,児童生徒番号,来室日,来室時刻\n"
WHOLE, FACTS, ATTENDANCE = "roster/roster-2026.zip", "attendance_totals/attendance_totals-2026.csv", "attendance/attendance-2026.csv"


@dataclass(frozen=True)
class Case:
    """A reason; the files that bring it about; and what is dropped or done as its remedy says."""

    code: str
    before: Files
    follow: Callable[[Path, str], object] | Files
    status: int = 0  # of the load after it

    @property
    def name(self) -> str:
        return f"{self.code} {next(iter(self.before))}"


def register(*rows: str, header: str = REGISTER) -> Files:
    return {ATTENDANCE: header + "".join(f"{row}\n" for row in rows)}


def row(day: str = "2026-04-13", mark: str = "病欠", child: str = HANA) -> str:
    return f"{MIHARASHI},{NUMBERS[child]},{day},{mark}"


def roster(change: Callable[[dict[str, Table]], object], **more: str) -> Files:
    tables = roster_tables()
    change(tables)
    return {WHOLE: roster_zip(tables, **more)}


def drill(*rate: str) -> Files:
    return {"study_log/drill-2026.csv": DRILL + "".join(f"{HANA},2026-04-13,{cells}\n" for cells in rate)}


def statement(**parts: object) -> Files:
    return {"study_log/xapi-2026.jsonl": lines(answered(1, **parts))}


def written(line: str) -> Callable[[Path, str], None]:
    """Write a line into the mapping file, and below the table in it, that the remedy names."""

    def follow(home: Path, remedy: str) -> None:
        found = re.search(r"(mappings/\w+\.toml)(?: の \[([\w.]+)\])?", remedy)
        assert found, remedy
        key = line.partition(" = ")[0]
        assert key.startswith('"') or key in remedy, f"{key} is in the remedy: {remedy}"
        path = home / found[1]
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"[{found[2]}]\n{line}\n" if found[2] else f"{line}\n", encoding="utf-8")

    return follow


def in_the_forms_of(remedy: str) -> list[str]:
    """The forms a remedy offers: 2026-04-07、2026/4/7、… のどれか."""
    return [form.removesuffix(" のどれかの形にしてください。").removesuffix(" の形にしてください。") for form in remedy.split("、")]


def in_every_form(source: str, line: str) -> Callable[[Path, str], None]:
    """A row for every form the remedy offers, each in a file of its own."""

    def follow(home: Path, remedy: str) -> None:
        for lying in (home / "inbox" / source).iterdir():
            lying.unlink()
        for place, form in enumerate(in_the_forms_of(remedy)):
            drop(home, f"{source}/{source}-2026-{place}.csv", line.format(form))

    return follow


def moved(where: str) -> Callable[[Path, str], None]:
    """Move the register to another place or name; its folder is one the remedy names."""

    def follow(home: Path, remedy: str) -> None:
        (lying,) = [
            path
            for path in (home / "inbox").rglob("*")
            if path.is_file() and path.read_text("utf-8", errors="replace").startswith(REGISTER)
        ]
        lying.rename(drop(home, where, ""))

    return follow


def first(rows: Table, **cells: str) -> None:
    rows[0].update(cells)


def without_roles() -> bytes:
    """A roster zip that lacks one of its tables."""
    return roster_zip({name: rows for name, rows in roster_tables().items() if name != "roles"})


ABSENT = re.compile('"absent_[a-z]+"')
REMARKS = REGISTER.strip() + ",備考\n"
GRADE = "学校コード,学年,組,年月,授業日数\n"
SHEET = [["学校コード", "児童生徒番号", "日付", "出欠区分"], row().split(",")]
OTHER_SHEET = [["学校コード", "児童生徒番号", "日付", "出欠区分", "天気"], [*row("2026-04-14").split(","), "晴れ"]]
TWO_SHEETS = workbook(SHEET, OTHER_SHEET, names=("4月", "天気"))
ONE_HIDDEN = book(("4月", SHEET), ("表紙", []), hidden=("4月",))
ODD_SUBJECT = {"object": {"id": "q", "definition": {"extensions": {SUBJECT: ["さんすう"]}}}}
WIDE = 'columns.status = []\n[wide]\ntitles = \'(\\d+)\'\ninto = "day"\nvalue = "status"\nmonth = "年月"\n'

CASES = [
    # what is written into a mapping file
    Case("unknown_code", register(row(), row(child=REN, mark="かぜ")), written('"かぜ" = "absent_sick"')),
    Case("unknown_code", drill("さんすう,60,4,75"), written('"さんすう" = "算数"')),
    Case("unknown_code", statement(**ODD_SUBJECT), written('"さんすう" = "算数"')),
    Case("unknown_code", roster(lambda t: first(t["classes"], grades="五")), written('"五" = 5')),
    Case("unknown_code", roster(lambda t: first(t["roles"], role="pupil")), written('"pupil" = "student"')),
    Case("unknown_code", {"calendar/calendar-2026.csv": calendar_text().replace("休業日", "休み")}, written('"休み" = "holiday"')),
    Case("missing_column", register(row(), header=REGISTER.replace("日付", "月日")), written('day = ["月日"]')),
    Case(
        "missing_column",
        drill("算数,60,4,75") | {"study_log/drill-2026.csv": DRILL.replace("解答数", "問題数") + f"{HANA},2026-04-13,算数,60,4,75\n"},
        written('answers = ["問題数"]'),
    ),
    Case(
        "missing_column",
        roster(lambda t: [user.update(number=user.pop("identifier")) for user in t["users"]]),
        written('identifier = ["number"]'),
    ),
    Case(
        "missing_column",
        {
            "../mappings/attendance.toml": WIDE,
            ATTENDANCE: f"学校コード,児童生徒番号,対象月,13\n{MIHARASHI},{NUMBERS[HANA]},2026年4月,病欠\n",
        },
        lambda home, remedy: (
            written('month = "対象月"')(home, remedy),
            drop(home, "../mappings/attendance.toml", WIDE.replace("年月", "対象月")),
        ),
    ),
    Case(
        "unknown_sheet",
        {"../mappings/attendance.toml": 'sheet = "6月"\n', "attendance/attendance-2026.xlsx": TWO_SHEETS},
        written('sheet = "4月"'),
    ),
    Case("hidden_sheets", {"attendance/attendance-2026.xlsx": ONE_HIDDEN}, written('sheet = "4月"')),
    Case("weekday_differs", register(row("2026年4月13日（日）")), register(row("2026年4月13日（月）"))),
    Case("further_sheets", {"attendance/attendance-2026.xlsx": TWO_SHEETS}, written('sheet = "4月"')),
    Case("rate_of_which_scale", drill("算数,60,4,0.75"), written("rate_scale = 1")),
    Case(
        "unknown_portal",
        {"../mappings/study_log.toml": 'home_pages = ["https://other.example"]\n'} | statement(),
        written(f'home_pages = ["https://other.example", "{PORTAL}"]'),
    ),
    Case("not_a_school_code", roster(lambda t: t["orgs"][1].update(identifier="01")), written(f'"01" = "{MIHARASHI}"')),
    Case(
        "mapping_unclear",
        {"../mappings/attendance.toml": '[codes]\n"休" = "absent_sick"\n'} | register(row(mark="休")),
        lambda home, remedy: drop(
            home, "../mappings/attendance.toml", "\n".join(re.search(r'(\[codes\.status\]).*?("休" = "absent_sick")', remedy).groups())
        ),
    ),
    Case(
        "mapping_meaning",
        {"../mappings/attendance.toml": '[codes.status]\n"休" = "absent"\n'} | register(row(mark="休")),
        lambda home, remedy: drop(home, "../mappings/attendance.toml", f'[codes.status]\n"休" = {ABSENT.search(remedy)[0]}\n'),
    ),
    # how a cell is written
    Case("bad_date", register(row("あした")), in_every_form("attendance", REGISTER + row("{}") + "\n")),
    Case(
        "bad_month",
        {FACTS: TOTALS + f"{MIHARASHI},5年2組,あした,18\n"},
        in_every_form("attendance_totals", TOTALS + f"{MIHARASHI},5年2組,{{}},18\n"),
    ),
    Case(
        "bad_time",
        {"health_room/health-2026.csv": VISITS + f"{MIHARASHI},{NUMBERS[HANA]},2026-04-13,あさ\n"},
        in_every_form("health_room", VISITS + f"{MIHARASHI},{NUMBERS[HANA]},2026-04-13,{{}}\n"),
    ),
    Case("bad_moment", statement(at="あした"), lambda home, remedy: drop(home, *one(statement(at=in_the_forms_of(remedy)[0])))),
    Case("no_offset", statement(at="2026-04-13T08:30:00"), statement()),
    Case(
        "bad_duration",
        statement(result={"duration": "15分"}),
        lambda home, remedy: drop(home, *one(statement(result={"duration": remedy.partition(" ")[0].removesuffix("のような")}))),
    ),
    Case("bad_number", {FACTS: TOTALS + f"{MIHARASHI},5年2組,2026-05,十八\n"}, {FACTS: TOTALS + f"{MIHARASHI},5年2組,2026-05,18\n"}),
    Case("broken_quotes", register(row(), f'{MIHARASHI},"{NUMBERS[REN]},2026-04-13,病欠'), register(row(), row(child=REN))),
    Case("row_too_long", register(f"{row()},a,b"), register(row())),
    Case("missing_value", register(row(mark="")), register(row())),
    Case(
        "duplicate_header",
        register(row() + ",2026-04-14", header=REGISTER.strip() + ",日付\n"),
        register(row() + ",2026-04-14", header=REGISTER.strip() + ",記入日\n"),
    ),
    Case("twice_a_day", register(row(), row()), register(row())),
    Case("contradicting_day", register(row(), row(mark="早退")), register(row(mark="遅刻"), row(mark="早退"))),
    Case(
        "undecodable",
        {ATTENDANCE: (REMARKS + row() + ",").encode() + b"\xff\xff\x80\n" + f"{row(child=REN)},風邪\n".encode()},
        register(row(), row(child=REN)),
    ),
    # what a roster says
    Case("odd_status", roster(lambda t: first(t["users"], status="yes")), roster(lambda _: None)),
    Case(
        "odd_change_date",
        roster(lambda t: first(t["users"], dateLastModified="きのう")),
        lambda home, remedy: drop(home, *one(roster(lambda t: first(t["users"], dateLastModified=re.search(r"2026-\S+Z", remedy)[0])))),
    ),
    Case(
        "overlapping_enrollment",
        roster(lambda t: next(e for e in t["enrollments"] if e["userSourcedId"] == MEI).update(endDate="")),
        roster(lambda _: None),
    ),
    Case(
        "no_grade",
        roster(lambda t: (first(t["classes"], grades=""), first(t["users"], grades=""))),
        lambda home, remedy: drop(
            home, *one(roster(lambda t: (first(t["classes"], grades=""), first(t["users"], grades=re.search(r"P\d", remedy)[0]))))
        ),
    ),
    Case(
        "unknown_reference",
        roster(lambda t: first(t["enrollments"], classSourcedId="room-9")),
        roster(
            lambda t: (first(t["enrollments"], classSourcedId="room-9"), t["classes"].append(t["classes"][0] | {"sourcedId": "room-9"}))
        ),
    ),
    Case("rejected_reference", roster(lambda t: first(t["classes"], grades="五")), roster(lambda _: None)),
    Case("identifier_taken", roster(lambda t: t["users"][1].update(identifier=NUMBERS[HANA])), roster(lambda _: None)),
    Case(
        "shared_master_id", roster(lambda t: [user.update(userMasterIdentifier="m") for user in t["users"][:2]]), roster(lambda _: None)
    ),
    Case("no_manifest", roster(lambda _: None, version=""), roster(lambda _: None)),
    Case(
        "roster_version",
        roster(lambda _: None, version="2.0"),
        lambda home, remedy: drop(home, *one(roster(lambda _: None, version=re.search(r"1\.2_JP", remedy)[0]))),
    ),
    Case("near_title", roster(lambda t: [e.update(begin_Date=e.pop("beginDate")) for e in t["enrollments"]]), roster(lambda _: None)),
    Case("school_not_listed", {"school_list/list-2026.csv": listed(BOTH[0])}, {"school_list/list-2026.csv": listed(*BOTH)}),
    Case("missing_member", {WHOLE: without_roles()}, roster(lambda _: None)),
    Case("other_year", {WHOLE: roster_zip(roster_tables(2025))}, roster(lambda _: None)),
    Case("older_version", roster(lambda _: None, version="1.1"), roster(lambda _: None)),
    # where a file lies and what it is called
    Case("no_fiscal_year", {"attendance/register.csv": REGISTER}, moved(ATTENDANCE)),
    Case("year_from_rows", {"attendance/register.csv": REGISTER + row() + "\n"}, moved(ATTENDANCE)),
    Case("unknown_source", {"kesseki/attendance-2026.csv": REGISTER + row() + "\n"}, moved(ATTENDANCE)),
    Case("loose_file", {"attendance-2026.csv": REGISTER + row() + "\n"}, moved(ATTENDANCE)),
    Case("unknown_file", {"attendance/attendance-2026.docx": REGISTER + row() + "\n"}, moved(ATTENDANCE)),
    # what has to be there, too
    Case("unknown_class", {FACTS: TOTALS + f"{MIHARASHI},2組,2026-05,18\n"}, {FACTS: GRADE + f"{MIHARASHI},5,2組,2026-05,18\n"}),
    Case(
        "not_a_school_day",
        register(row("2026-05-14")),
        {"calendar/calendar-2026.csv": calendar_text().replace("05-14,臨時休業", "05-14,授業日")},
    ),
    Case(
        "weekend_attendance",
        register(row("2026-04-18")),
        {"calendar/calendar-2026.csv": calendar_text().replace("04-18,休業日", "04-18,授業日")},
    ),
    Case(
        "calendar_gap",
        {"calendar/calendar-2026.csv": calendar_text().replace(f"{MIHARASHI},P5,2026-06-01,授業日,\r\n", "")},
        {"calendar/calendar-2026.csv": calendar_text()},
    ),
]


def one(files: Files) -> tuple[str, bytes | str]:
    """The one file of a case."""
    (item,) = files.items()
    return item
