"""Which day it is at the schools: the day in Japan; in an invented district, the day it was written for.

Nothing that was loaded has a say in it: rights begin and end by this day, whatever the last register speaks of.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from access.jurisdictions import current
from access.settings import settings

SCHOOLS_ARE_IN = ZoneInfo("Asia/Tokyo")
INVENTED = "DEMO"  # the mark of a data directory that holds an invented district, and the day that is today there


def here(moment: datetime) -> datetime:
    """A moment as the clocks at the schools show it: eight in the morning there is still the day before in UTC."""
    return moment.astimezone(SCHOOLS_ARE_IN)


def today() -> date:
    """The day it is for the board this is about: its published files lie in its data directory.

    Raises Refused('no_district') before any board is in use, Refused('no_jurisdiction') where nobody has said which.
    """
    return today_in(current().district.parent)


def today_in(home: Path) -> date:
    """The day it is for the board whose data directory this is.

    `MIHARASHI_TODAY` (a date such as 2026-11-23) says another day to all, for a trial. An invented district was written once and has
    no tomorrow.
    """
    return settings().today or _written_for(home) or calendar_day()


def calendar_day() -> date:
    """The day on a calendar in Japan."""
    return datetime.now(SCHOOLS_ARE_IN).date()


def fiscal_year_of(day: date) -> int:
    """The 年度 a day lies in: from 1 April to 31 March."""
    return day.year if day.month >= 4 else day.year - 1


def _written_for(home: Path) -> date | None:
    try:
        return date.fromisoformat((home / INVENTED).read_text(encoding="utf-8").strip())
    except (FileNotFoundError, ValueError):  # none, or one written before the mark held a day
        return None
