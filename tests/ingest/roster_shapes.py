"""The same small roster as every version, edition, encoding and habit of export would write it, from plain rows."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable

from tests.ingest.tiny import Table, roster_tables, zip_of

Tables = dict[str, Table]
Edit = Callable[[list[list[str]]], None]  # changes a table's cells, the header first
IN_1_1 = {"principal": "administrator", "ext:gradeLeader": "teacher", "districtAdministrator": "administrator"}


def renamed(rows: Table, **titles: str) -> Table:
    return [{titles.get(title.replace(".", "_"), title): cell for title, cell in row.items()} for row in rows]


def plain_1_2(tables: Tables) -> Tables:
    """1.2 without any profile: no column of its own."""
    own = ("metadata.", "preferred", "userMaster")
    return {
        table: [{title: cell for title, cell in row.items() if not title.startswith(own)} for row in rows]
        for table, rows in tables.items()
    }


def version_1_1(tables: Tables) -> Tables:
    """1.1: users say their role and where; no roles.csv."""
    tables = plain_1_2(tables)
    roles = {row["userSourcedId"]: row for row in tables.pop("roles")}
    for row in tables["users"]:
        role = roles[row["sourcedId"]]
        row["orgSourcedIds"] = role["orgSourcedId"]
        row["role"] = IN_1_1.get(role["role"], role["role"])
        if row["sourcedId"] == "child-mei":
            row["orgSourcedIds"] = "org-miharashi, org-minato"
    return tables


def version_1_0(tables: Tables) -> Tables:
    """1.0: `grade` for `grades`, no school year's own column."""
    tables = version_1_1(tables)
    tables["users"] = [row | {"userId": "", "agents": ""} for row in renamed(tables["users"], grades="grade")]
    tables["classes"] = renamed(tables["classes"], grades="grade")
    for row in tables["academicSessions"]:
        row.pop("schoolYear")
    return tables


def second_edition(tables: Tables) -> Tables:
    """The Japan Profile on 1.2.0: resourceSourcedIds, ShussekiNo and PublicFlg with capitals."""
    for row in tables["users"]:
        row["resourceSourcedIds"] = ""
    for row in tables["enrollments"]:
        row["metadata.jp.PublicFlg"] = "false"
    return tables


def profile_1_2_1(tables: Tables) -> Tables:
    """1.2.1: names as children wish to be called have their own kana; pronouns."""
    for row in tables["users"]:
        row |= {"pronouns": "", "metadata.jp.kanaPreferredFamilyName": "カナ", "metadata.jp.kanaPreferredGivenName": "カナ"}
    return tables


def k12_profile(tables: Tables) -> Tables:
    """The K-12 profile of 2026: shussekiNo and publicFlg in small letters."""
    tables = profile_1_2_1(tables)
    tables["enrollments"] = [row | {"metadata.jp.publicFlg": "false"}
                             for row in renamed(tables["enrollments"], metadata_jp_ShussekiNo="metadata.jp.shussekiNo")]
    return tables


# edition → the version its manifest names (none: no manifest, as in 1.0), and what it makes of the tables
EDITIONS: dict[str, tuple[str | None, Callable[[Tables], Tables]]] = {
    "1.0": (None, version_1_0),
    "1.1": ("1.1", version_1_1),
    "1.2 without profile": ("1.2", plain_1_2),
    "Japan Profile, 2nd edition": ("1.2", second_edition),
    "Japan Profile 1.2.1": ("1.2.1", profile_1_2_1),
    "Japan K-12 Profile": ("1.2_JP", k12_profile),
}
ENCODINGS = {"UTF-8": "utf-8", "UTF-8 with BOM": "utf-8-sig", "CP932": "cp932", "UTF-16": "utf-16"}
DATE_FORMS: dict[str, Callable[[datetime.date], str]] = {
    "ISO": lambda day: day.isoformat(),
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "令和": lambda day: f"令和{day.year - 2018}年{day.month}月{day.day}日",
    "R": lambda day: f"R{day.year - 2018}.{day.month}.{day.day}",
    "Excel serial": lambda day: str((day - datetime.date(1899, 12, 30)).days),
    "moment": lambda day: f"{day}T00:00:00.000+09:00",
}


def every_title(change: Callable[[str], str]) -> Edit:
    def edit(cells: list[list[str]]) -> None:
        cells[0] = [change(title) for title in cells[0]]
    return edit


def every_cell(title: str, change: Callable[[str], str]) -> Edit:
    def edit(cells: list[list[str]]) -> None:
        if title in cells[0]:
            place = cells[0].index(title)
            cells[1:] = [[*row[:place], change(row[place]), *row[place + 1:]] for row in cells[1:]]
    return edit


def further(title: str, cell: str, place: int | None = None) -> Edit:
    def edit(cells: list[list[str]]) -> None:
        for number, row in enumerate(cells):
            row.insert(len(row) if place is None else place, title if number == 0 else cell)
    return edit


def without_empty_columns(cells: list[list[str]]) -> None:
    empty = [place for place in range(len(cells[0])) if not any(row[place] for row in cells[1:])]
    cells[:] = [[cell for place, cell in enumerate(row) if place not in empty] for row in cells]


def shortened(cells: list[list[str]]) -> None:
    for row in cells[1:]:
        while row and not row[-1]:
            row.pop()


def lengthened(cells: list[list[str]]) -> None:
    for row in cells[1:]:
        row += ["", ""]


def reversed_columns(cells: list[list[str]]) -> None:
    cells[:] = [row[::-1] for row in cells]


def nulls(cells: list[list[str]]) -> None:
    cells[1:] = [[cell or "NULL" for cell in row] for row in cells[1:]]


def with_blanks(cells: list[list[str]]) -> None:
    cells[1:] = [[f" {cell} " if "Id" in title else cell for title, cell in zip(cells[0], row, strict=True)] for row in cells[1:]]


def edits(*several: Edit) -> Edit:
    def edit(cells: list[list[str]]) -> None:
        for each in several:
            each(cells)
    return edit


def words_in_capitals() -> Edit:
    titles = ("type", "classType", "role", "primary", "metadata.jp.specialNeeds", "enabledUser")
    return edits(*(every_cell(title, str.upper) for title in titles))


# habit of export → what it does to a table's cells
HABITS: dict[str, Edit] = {
    "as it should be": lambda _cells: None,
    "titles in small letters": every_title(str.lower),
    "titles in capitals": every_title(str.upper),
    "blanks around titles": every_title(lambda title: f" {title} "),
    "full-width titles": every_title(lambda title: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in title)),
    "columns in another order": reversed_columns,
    "columns of their own": edits(further("metadata.jp.own", "x"), further("備考", "=1+1", 2)),
    "empty columns at the end": edits(further("", ""), further("", "")),
    "no optional column that is empty": without_empty_columns,
    "rows shorter than the header": shortened,
    "rows longer than the header": lengthened,
    "status filled in a whole roster": every_cell("status", lambda _: "active"),
    "a status nobody knows": every_cell("status", lambda _: "有効"),
    "status and date of change": edits(
        every_cell("status", lambda _: "ACTIVE"), further("dateLastModified", "2026-04-01T00:00:00.000Z", 1)
    ),
    "words and booleans in capitals": words_in_capitals(),
    "the word NULL": nulls,
    "blanks around ids": with_blanks,
    "school year in words": every_cell("schoolYear", lambda _: "令和8年度"),
    "school year as it ends": every_cell("schoolYear", lambda _: "2027"),
    "grades in words": every_cell("grades", lambda grades: grades.replace("P", "小")),
    "grades of CEDS": every_cell("grades", lambda grades: grades.replace("P", "0")),
}
# how lines end and cells are quoted
LINES: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text,
    "LF": lambda text: text.replace("\r\n", "\n"),
    "mixed": lambda text: text.replace("\r\n", "\n", 2),
    "no end to the last line": str.rstrip,
}


def shaped(edition: str, encoding: str, date_form: str, habit: str, lines: str, quoting: int) -> bytes:
    """The roster of 2026 as a zip in this shape."""
    version, shape = EDITIONS[edition]
    tables = shape(roster_tables())
    members: dict[str, bytes | str] = {}
    if version:
        manifest = [["propertyName", "value"], ["oneroster.version", version], *([f"file.{table}", "bulk"] for table in tables)]
        members["manifest.csv"] = text_of(manifest, lines, quoting).encode(ENCODINGS[encoding])
    for table, rows in tables.items():
        cells = [list(rows[0]), *(list(row.values()) for row in rows)]
        for title in ("startDate", "endDate", "beginDate"):
            every_cell(title, lambda cell: DATE_FORMS[date_form](datetime.date.fromisoformat(cell)) if cell else "")(cells)
        HABITS[habit](cells)
        text = text_of(cells, lines, quoting)
        text = text.replace("𠮷", "吉") if encoding == "CP932" else text  # which has no 𠮷
        members[f"{table}.csv"] = text.encode(ENCODINGS[encoding])
    return zip_of(members)


def text_of(cells: list[list[str]], lines: str, quoting: int) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting).writerows(cells)
    return LINES[lines](out.getvalue())
