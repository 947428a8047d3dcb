"""What a drop folder held on any day before: the invented district's exports, row by row, each with the day it came."""

from __future__ import annotations

import csv
import io
import zipfile
from calendar import monthrange
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from access.clock import fiscal_year_of
from sample_data.oneroster import Rows, write_tables

END = "\r\n"
TERM_ENDS = {1: (7, 31), 2: (12, 31), 3: (3, 31)}  # a report card is in when its term is over
YEARLY = (5, 1)  # what is counted once a 年度 is counted on 1 May


@dataclass(frozen=True)
class Row:
    """One row of an export: the day it speaks of, the school and child it names, and from when to when it lay in the folder."""

    day: date
    line: str
    school: str
    child: str
    comes_on: date
    goes_on: date = date.max
    is_correction: bool = False
    is_outside: bool = False  # it speaks of a day that is not of its file's 年度

    def lies_there(self, day: date) -> bool:
        """Whether the folder has this row on a day."""
        return self.comes_on <= day < self.goes_on


@dataclass(frozen=True)
class Layout:
    """How an export is written: its encoding, and which columns say the day, the school and the child."""

    encoding: str
    day: str
    child: str = ""
    school: str = "学校コード"


LAYOUTS = {
    "attendance": Layout("cp932", "日付", "児童生徒番号"),
    "health_room": Layout("cp932", "来室日", "児童生徒番号"),
    "mood": Layout("utf-8", "日付", "学習者ID", ""),
    "study_log": Layout("utf-8-sig", "日付", "学習者ID", ""),
    "assessment": Layout("utf-8-sig", "実施日", "児童生徒番号"),
    "evaluation": Layout("utf-8-sig", "学期", "児童生徒番号"),
    "narrative": Layout("utf-8-sig", "学期", "児童生徒番号"),
    "staff_hours": Layout("cp932", "年月"),
    "staff_pulse": Layout("utf-8-sig", "年月"),
    "incidents": Layout("cp932", "年月"),
    "attendance_totals": Layout("cp932", "年月"),
    "school_facts": Layout("utf-8-sig", "年度"),
    "dx_checklist": Layout("utf-8-sig", ""),
    "calendar": Layout("utf-8-sig", "日付"),
}


@dataclass
class Export:
    """One file of the folder, by 年度: its header and all rows it ever had."""

    source: str
    name: str
    header: str
    rows: list[Row]
    comes_on: date = date.min

    @property
    def encoding(self) -> str:
        return LAYOUTS[self.source].encoding

    def written(self, day: date) -> bytes | None:
        """The file as it lay there on a day; None before its first row."""
        lines = [row.line for row in self.rows if row.lies_there(day)]
        if not lines or day < self.comes_on:
            return None
        return "".join(f"{line}{END}" for line in (self.header, *lines)).encode(self.encoding)

    def change(self, chosen: Callable[[Row], bool], change: Callable[[Row], Iterator[Row]]) -> int:
        """Let some rows be others; how many there were."""
        found = [row for row in self.rows if chosen(row)]
        self.rows = [after for row in self.rows for after in (change(row) if chosen(row) else (row,))]
        return len(found)


def read_export(path: Path, children: Collection[str] | None, since: date, until: date) -> Export:
    """An export as it was written; of the children named alone, and from a day to another.

    A row whose day cannot be read is one of the invented wrong rows: it stays out, for no day can be said on which it came.
    """
    source = path.parent.name
    layout = LAYOUTS[source]
    header, *lines = path.read_bytes().decode(layout.encoding).removesuffix(END).split(END)
    titles = header.split(",")
    year = int(path.stem.rpartition("-")[2])
    rows = []
    for line, cells in zip(lines, csv.reader(lines), strict=True):
        told = dict(zip(titles, cells, strict=False))
        try:
            day = day_of(told.get(layout.day, ""), year)
        except (ValueError, IndexError):
            continue
        child = told.get(layout.child, "")
        if not since <= day <= until or (children is not None and layout.child and child not in children):
            continue
        comes_on = date.min if source == "calendar" else max(day, date(year, 4, 1))
        rows.append(Row(day, line, told.get(layout.school, ""), child, comes_on, is_outside=year_of(day) != year))
    return Export(source, path.name, header, rows)


@cache
def day_of(text: str, year: int) -> date:
    """The day a cell speaks of; of a month, a term and a 年度, the day on which it is over and counted."""
    if not text or text == str(year):
        return date(year, *YEARLY)
    if text in ("1", "2", "3"):
        month, last = TERM_ENDS[int(text)]
        return date(year + (month < 4), month, last)
    if text.startswith("R"):
        era, month, day = text.removeprefix("R").split(".")
        return date(2018 + int(era), int(month), int(day))
    parts = [int(part) for part in text.replace("年", "-").replace("月", "").replace("/", "-").split("-")]
    return date(*parts) if len(parts) == 3 else date(*parts, monthrange(*parts)[1])


@dataclass
class Roster:
    """The roster of a 年度, as its system exports it anew each night: of what is to come, it knows what somebody entered."""

    year: int
    tables: dict[str, Rows]
    comes_on: date

    @property
    def begins(self) -> date:
        return date(self.year, 4, 1)

    @property
    def ends(self) -> date:
        return date(self.year + 1, 3, 31)

    def on(self, day: date) -> dict[str, Rows]:
        """The rows of each file on a day: who comes later is not in it yet, and nobody's end is known before it has come."""
        tables = dict(self.tables)
        for name in ("enrollments", "roles"):
            tables[name] = [
                row | {"endDate": min(row["endDate"], str(self.ends)) if row["endDate"] <= str(day) or row.get("said") else str(self.ends)}
                for row in self.tables[name]
                if row["beginDate"] <= str(max(day, self.begins))
            ]
        home = {row["userSourcedId"]: row["classSourcedId"] for row in tables["enrollments"] if row["role"] == "student"}
        known = {row["userSourcedId"] for row in tables["roles"]}
        tables["users"] = [
            row | {"metadata.jp.homeClass": home.get(row["sourcedId"], row["metadata.jp.homeClass"])}
            for row in self.tables["users"]
            if row["sourcedId"] in known
        ]
        return tables

    def person(self, number: str) -> str:
        """The sourcedId of whoever has that number."""
        return next(row["sourcedId"] for row in self.tables["users"] if row["identifier"] == number)

    def change(self, number: str, **cells: str) -> None:
        """Let a person's roles and teaching begin or end on another day, as somebody entered it beforehand."""
        person = self.person(number)
        for name in ("enrollments", "roles"):
            self.tables[name] = [
                row | cells | {"said": "yes"} if row["userSourcedId"] == person else row for row in self.tables[name]
            ]

    def move(self, number: str, day: date, into: str) -> None:
        """Let a child go to another class (its sourcedId), of whichever school, from a day on."""
        person = self.person(number)
        place = next(row["schoolSourcedId"] for row in self.tables["classes"] if row["sourcedId"] == into)
        for name, more in (("enrollments", {"classSourcedId": into, "schoolSourcedId": place}), ("roles", {"orgSourcedId": place})):
            old = next(row for row in self.tables[name] if row["userSourcedId"] == person)
            new = old | more | {"sourcedId": f"{old['sourcedId'][:-4]}0000", "beginDate": str(day)}
            before = old | {"endDate": str(date.fromordinal(day.toordinal() - 1))}
            self.tables[name] = [*(before if row is old else row for row in self.tables[name]), new]


def read_roster(path: Path, grades: Mapping[int, Collection[str]] | None = None) -> Roster:
    """A roster's zip; with grades by 年度, of the children of these grades alone and the classes that have any."""
    with zipfile.ZipFile(path) as archive:
        tables = {
            Path(name).stem: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
            if name != "manifest.csv"
        }
    year = int(path.stem.rpartition("-")[2])
    if grades is not None:
        adults = {row["userSourcedId"] for row in tables["roles"] if row["role"] != "student"}
        kept = {row["sourcedId"] for row in tables["users"] if row["sourcedId"] in adults or row["grades"] in grades[year]}
        tables["users"] = [row for row in tables["users"] if row["sourcedId"] in kept]
        for name in ("roles", "enrollments"):
            tables[name] = [row for row in tables[name] if row["userSourcedId"] in kept]
        tables["demographics"] = [row for row in tables["demographics"] if row["sourcedId"] in kept]
        used = {row["classSourcedId"] for row in tables["enrollments"] if row["role"] == "student"}
        tables["classes"] = [row for row in tables["classes"] if row["sourcedId"] in used]
        tables["enrollments"] = [row for row in tables["enrollments"] if row["classSourcedId"] in used]
    return Roster(year, tables, date(year, 4, 1))


@dataclass
class Folder:
    """A drop folder over a year and more: what lay in it on any day."""

    exports: list[Export]
    rosters: list[Roster]
    twice: list[tuple[str, date, date]]  # a file that lies there a second time, under another name, from when to when

    def of(self, source: str, year: int | None = None) -> list[Export]:
        """The files of a source."""
        return [each for each in self.exports if each.source == source and (year is None or each.name.endswith(f"-{year}.csv"))]

    def rows(self, source: str) -> Iterator[Row]:
        """All rows a source ever had."""
        return (row for export in self.of(source) for row in export.rows)

    def lay(self, inbox: Path, day: date) -> None:
        """Write the folder as it was at the end of a day."""
        for export in self.exports:
            place = inbox / export.source / export.name
            content = export.written(day)
            if content is not None:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
            second = place.with_stem(f"{place.stem}-2")
            second.unlink(missing_ok=True)
            if content is not None and any(name == export.name and first <= day < last for name, first, last in self.twice):
                second.write_bytes(content)
        for roster in self.rosters:
            if roster.comes_on <= day:
                write_tables(inbox / "roster" / f"roster-{roster.year}.zip", roster.on(day))

    def changed(self, before: date, day: date) -> set[tuple[str, str, date]]:
        """The rows that came or went between two days, of days that were over by then: source, child and day."""
        return {
            (export.source, row.child, row.day)
            for export in self.exports
            for row in export.rows
            if row.child and row.day <= before and row.lies_there(before) != row.lies_there(day)
        }


def read_folder(
    inbox: Path, sources: Collection[str] | None = None, grades: Mapping[int, Collection[str]] | None = None,
    since: date = date.min, until: date = date.max,
) -> Folder:
    """The exports in a folder; with sources, grades and days, only theirs: enough for a short replay."""
    rosters = [read_roster(path, grades) for path in sorted((inbox / "roster").glob("*.zip"))]
    children = None
    if grades is not None:
        children = {row[name] for roster in rosters for row in roster.tables["users"] for name in ("identifier", "sourcedId")}
    exports = [
        read_export(path, children, since, until)
        for source in (sources or LAYOUTS)
        for path in sorted((inbox / source).glob("*-20??.csv"))
    ]
    return Folder(exports, rosters, [])


def year_of(day: date) -> int:
    """The 年度 of a day."""
    return fiscal_year_of(day)
