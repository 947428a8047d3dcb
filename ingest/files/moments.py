"""Days, months and times of day in the forms Japanese school systems write them.

2026-04-07, 2026/4/7, 2026年4月7日, 令和8年4月7日, R8.4.7, 20260407, an Excel serial (46119); full-width digits too, and the weekday behind
it. 4月7日, 4/7 and 4月 are moments only of a 年度 that is known.
Each reader is asked once per distinct cell, never once per row.
"""

from __future__ import annotations

import datetime
import re
import unicodedata

ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
WESTERN_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
ERA_DAY = re.compile(r"(令和|平成|昭和|[RHS])\.?(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
MONTH_DAY = re.compile(r"(\d{1,2})(?:月-?|/)(\d{1,2})日?")  # 4月-7: a column 7 of a sheet 4月
WEEKDAYS = "月火水木金土日"
WEEKDAY = re.compile(r"\s*(?:\(([月火水木金土日])(?:曜日?)?(?:・?[祝休])?\)|([月火水木金土日])曜日?)$")
WESTERN_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?(?:[-/.]0?1)?")
ERA_MONTH = re.compile(r"(令和|平成|昭和|[RHS])\.?(\d{1,2}|元)[-/.年](\d{1,2})月?")
MONTH = re.compile(r"(\d{1,2})月(?:分|度)?")
TIME = re.compile(r"(\d{1,2})[:時](\d{1,2})(?:[:分](\d{1,2})?秒?)?")
EXCEL_ZERO = datetime.date(1899, 12, 30)
EXCEL_SERIALS = range(20_000, 80_000)  # 1954 to 2119


def narrow(text: str) -> str:
    """A cell with half-width digits and letters and no blanks around it."""
    return unicodedata.normalize("NFKC", text).strip()


def date_or_none(year: int, month: int, day: int) -> datetime.date | None:
    """A date, or None where the calendar has no such day."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def day_of(text: str, fiscal_year: int | None = None) -> datetime.date | None:
    """The day a cell names, or None; a day without a year is one of the 年度, where that is known."""
    cell = WEEKDAY.sub("", narrow(text))
    if "月" in cell:
        cell = re.sub(r"\s+", "", cell)
    if found := WESTERN_DAY.fullmatch(cell):
        return date_or_none(int(found[1]), int(found[2]), int(found[3]))
    if found := ERA_DAY.fullmatch(cell.upper()):
        return date_or_none(year_of_era(found[1], found[2]), int(found[3]), int(found[4]))
    if fiscal_year is not None and (found := MONTH_DAY.fullmatch(cell)):
        return date_or_none(fiscal_year + (int(found[1]) < 4), int(found[1]), int(found[2]))
    if re.fullmatch(r"[0-9]{8}", cell):
        return date_or_none(int(cell[:4]), int(cell[4:6]), int(cell[6:]))
    if re.fullmatch(r"[0-9]{5}(\.0)?", cell) and int(cell[:5]) in EXCEL_SERIALS:
        return EXCEL_ZERO + datetime.timedelta(days=int(cell[:5]))
    return None


def contradicts_weekday(text: str, day: datetime.date | None) -> bool:
    """Whether a cell names another weekday than its day has: one of the two is a slip, and which cannot be told."""
    found = WEEKDAY.search(narrow(text))
    return bool(found and day) and WEEKDAYS.index(found[1] or found[2]) != day.weekday()


def month_of(text: str, fiscal_year: int | None = None) -> datetime.date | None:
    """The first day of the month a cell names, or None; a month without a year is one of the 年度, where that is known."""
    cell = narrow(text)
    if found := WESTERN_MONTH.fullmatch(cell):
        return date_or_none(int(found[1]), int(found[2]), 1)
    if found := ERA_MONTH.fullmatch(cell.upper()):
        return date_or_none(year_of_era(found[1], found[2]), int(found[3]), 1)
    if fiscal_year is not None and (found := MONTH.fullmatch(cell)):
        return date_or_none(fiscal_year + (int(found[1]) < 4), int(found[1]), 1)
    day = day_of(text)
    return day.replace(day=1) if day else None


def time_of(text: str) -> str | None:
    """The time of day a cell names, as HH:MM, or None."""
    found = TIME.fullmatch(narrow(text))
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return f"{int(found[1]):02}:{int(found[2]):02}"


def year_of_era(era: str, year: str) -> int:
    """The year of our era: 令和8 is 2026, 元年 is the first."""
    return ERAS[era] + (1 if year == "元" else int(year))


def fiscal_year_of(day: datetime.date) -> int:
    """The 年度 a day belongs to: January to March count to the year before."""
    return day.year if day.month >= 4 else day.year - 1


def bounds_of(fiscal_year: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of a 年度."""
    return datetime.date(fiscal_year, 4, 1), datetime.date(fiscal_year + 1, 3, 31)
