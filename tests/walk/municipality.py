"""A municipality whose attendance export looks like nobody else's: other titles, other codes, CP932, 和暦."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import sample_data

SCHOOL = "B113299900018"  # 見晴小学校, which this municipality calls school 1
TITLES = ("所属校番号", "学籍番号", "欠席年月日", "区分コード", "事由")
CODES = {"病欠": "1", "事故欠": "2", "出席停止": "3", "忌引": "4", "遅刻": "5", "早退": "6"}
# What a person who knows the municipality writes into the draft, and nothing else
ANSWERS = {
    "1": "absent_sick", "2": "absent_other", "3": "suspended", "4": "bereavement", "5": "present+late", "6": "present+early"
}
FILE = "kesseki-2026.csv"
USUAL = "attendance-2026.csv"


def written(place: Path) -> tuple[Path, Path]:
    """A data directory with roster and calendar of 2026 in its inbox, and this municipality's export of one school's register.

    Beside the export lie the same rows as every system of the sample district writes them, under the name USUAL.
    """
    sample_data.write(place / "whole", scale="small")
    home = place / "home"
    for name in ("roster/roster-2026.zip", "calendar/calendar-2026.csv"):
        (home / "inbox" / name).parent.mkdir(parents=True)
        shutil.copy(place / "whole" / "inbox" / name, home / "inbox" / name)
    text = (place / "whole" / "inbox" / "attendance" / USUAL).read_text(encoding="cp932")
    head, *rows = [row for row in csv.reader(io.StringIO(text)) if row]
    rows = [row for row in rows if row[0] == SCHOOL and row[3] in CODES]
    usual, other = place / USUAL, place / FILE
    usual.write_text(as_csv([head, *rows]), encoding="cp932")
    other.write_text(as_csv([list(TITLES), *(elsewhere(row) for row in rows)]), encoding="cp932")
    return home, other


def elsewhere(row: list[str]) -> list[str]:
    """One row of the usual export as this municipality writes it."""
    _school, student, day, status, reason, *_ = row
    year, month, date = (int(part) for part in re.split(r"[/-]", day))
    return ["1", student, f"令和{year - 2018}年{month}月{date}日", CODES[status], reason]


def as_csv(rows: list[list[str]]) -> str:
    """Rows as a spreadsheet would save them."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def confirmed(draft: str) -> str:
    """The draft as it reads after a person has chosen the meanings: only lines that were open are different."""
    tables = {"[codes.status]": ANSWERS, "[codes.school]": {"1": SCHOOL}}
    lines, answers = [], {}
    for line in draft.splitlines():
        answers = next((known for title, known in tables.items() if line.startswith(title)), answers)
        open_place = re.match(r'# \? "(.+?)" = ""', line)
        lines.append(f'"{open_place[1]}" = "{answers[open_place[1]]}"' if open_place else line)
    return "\n".join(lines) + "\n"
