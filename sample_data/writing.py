"""Writes the sample district: the files its schools' systems would export, in a drop folder."""

from collections.abc import Callable
from pathlib import Path

from sample_data.accounts import write_accounts
from sample_data.attendance import attendance, attendance_rows, calendar_rows
from sample_data.calendar_days import year_calendar
from sample_data.enrollment import Enrolled, enrolled
from sample_data.files import write_csv
from sample_data.health_room import health_room_rows
from sample_data.mood import mood, mood_rows
from sample_data.oneroster import write_roster
from sample_data.population import Children, children
from sample_data.school_year import school_year
from sample_data.schools import School, district_schools
from sample_data.seeds import SEED
from sample_data.staff import StaffYear, staff_years
from sample_data.staff_hours import staff_hours_rows
from sample_data.study_log import drill_rows
from sample_data.traits import traits

MOOD_SINCE = 2025
YEARS = {"full": [2024, 2025, 2026], "small": [2025, 2026]}


def district(seed: int, scale: str) -> tuple[list[School], Children, list[Enrolled], list[StaffYear]]:
    """Schools, children, classes and staff of the district, before anything happens to them."""
    schools = district_schools(scale)
    everyone = children(schools, YEARS[scale], seed)
    classes = [enrolled(schools, everyone, year, seed) for year in YEARS[scale]]
    return schools, everyone, classes, staff_years(schools, classes, seed)


def write(data_dir: Path, seed: int = SEED, progress: Callable[[float, str], None] | None = None, scale: str = "full") -> None:
    """Write the sample district into data_dir: inbox/…, accounts.yaml and the DEMO mark.

    Equal seed and scale give equal bytes. scale "small" keeps three schools and two 年度, for quick tests.
    progress is told the share done (0 to 1) and the source being written.
    """
    tell = progress or (lambda share, what: None)
    inbox = data_dir / "inbox"
    schools, everyone, classes, staff = district(seed, scale)
    character = traits(everyone, schools, seed)
    for n, (year_classes, year_staff) in enumerate(zip(classes, staff, strict=True)):
        fy, done = year_classes.fiscal_year, lambda part, n=n: (n + part) / len(classes)
        tell(done(0), f"名簿 {fy}年度")
        write_roster(inbox / "roster" / f"roster-{fy}.zip", schools, everyone, year_classes, year_staff, seed, {})
        year = school_year(schools, everyone, year_classes, year_calendar(schools, fy, seed), seed)
        write_csv(inbox / "calendar" / f"calendar-{fy}.csv", calendar_rows(year), "utf-8-sig")
        tell(done(0.1), f"出欠 {fy}年度")
        happened = attendance(year, character)
        write_csv(inbox / "attendance" / f"attendance-{fy}.csv", attendance_rows(year, happened), "cp932")
        tell(done(0.25), f"保健室 {fy}年度")
        visits = health_room_rows(year, character, happened, year_staff)
        write_csv(inbox / "health_room" / f"health_room-{fy}.csv", visits, "cp932")
        write_csv(inbox / "staff_hours" / f"staff_hours-{fy}.csv", staff_hours_rows(year, year_staff), "cp932")
        if fy >= MOOD_SINCE:
            tell(done(0.35), f"心の天気 {fy}年度")
            write_csv(inbox / "mood" / f"mood-{fy}.csv", mood_rows(year, *mood(year, character, happened)))
        tell(done(0.55), f"デジタルドリル {fy}年度")
        write_csv(inbox / "study_log" / f"drill-{fy}.csv", drill_rows(year, character, happened), "utf-8-sig")
    write_accounts(data_dir / "accounts.yaml")
    (data_dir / "DEMO").write_bytes(b"")
    tell(1.0, "見晴市")
