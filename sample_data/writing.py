"""Writes the sample district: the files its schools' systems would export, in a drop folder."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from sample_data.accounts import write_accounts
from sample_data.assessment import evaluation_rows, test_rows
from sample_data.attendance import attendance, attendance_rows
from sample_data.attendance_totals import attendance_total_rows
from sample_data.calendar_days import THIS_YEAR, TODAY, calendar_rows, year_calendar
from sample_data.dirty_rows import FILES, dirty_roster, dirty_rows, without_their_keys
from sample_data.district import MOOD_SINCE, district
from sample_data.dx_checklist import dx_checklist_rows
from sample_data.files import write_csv
from sample_data.health_room import health_room_rows
from sample_data.incidents import incident_rows
from sample_data.mood import mood, mood_rows
from sample_data.narrative import narrative_rows
from sample_data.oneroster import write_roster
from sample_data.school_facts import school_fact_rows
from sample_data.school_year import SchoolYear, school_year
from sample_data.seeds import SEED
from sample_data.staff import StaffYear
from sample_data.staff_hours import staff_hours_rows
from sample_data.staff_pulse import staff_pulse_rows
from sample_data.study_log import drill_rows
from sample_data.traits import Traits, traits
from sample_data.xapi import by_statements, write_statements

Progress = Callable[[float, str], None]

# Encoding of each export that carries wrong rows, and the columns of which a row is the only one.
_ENCODING = {"calendar": "utf-8-sig", "attendance": "cp932", "mood": "utf-8", "health_room": "cp932", "drill": "utf-8-sig",
             "staff_hours": "cp932"}  # fmt: skip
_KEY = {"attendance": ["児童生徒番号", "日付"], "mood": ["学習者ID", "日付"], "drill": ["学習者ID", "日付", "教科"],
        "staff_hours": ["職員番号", "年月"]}  # fmt: skip


def write(data_dir: Path, seed: int = SEED, progress: Progress | None = None, scale: str = "full") -> None:
    """Write the sample district into data_dir: inbox/…, accounts.yaml and the DEMO mark.

    Equal seed and scale give equal bytes. scale "small" keeps three schools and two 年度, for quick tests.
    progress is told the share done (0 to 1) and what is being written.
    """
    tell = progress or _untold
    schools, everyone, classes, staff = district(seed, scale)
    character = traits(everyone, schools, seed)
    for n, (year_classes, year_staff) in enumerate(zip(classes, staff, strict=True)):
        year = school_year(
            schools, everyone, year_classes, year_calendar(schools, year_classes.fiscal_year, seed), seed
        )
        _write_year(data_dir / "inbox", year, year_staff, character, _part(tell, n, len(classes)))
    write_accounts(data_dir / "accounts.yaml")
    (data_dir / "DEMO").write_text(f"{TODAY}\n", encoding="utf-8")
    tell(1.0, "見晴市")


def _untold(share: float, what: str) -> None:
    """The progress of a writing nobody watches."""


def _part(tell: Progress, nth: int, of: int) -> Progress:
    return lambda share, what: tell((nth + share) / of, what)


def _write_year(inbox: Path, year: SchoolYear, staff: StaffYear, character: Traits, tell: Progress) -> None:
    """All files of one 年度."""
    fy = year.fiscal_year

    def export(name: str, frame: pl.DataFrame) -> None:
        source, file, _ = FILES[name]
        wrong = dirty_rows(year, staff, name)
        kept = without_their_keys(frame, wrong, _KEY.get(name, []))
        write_csv(inbox / source / file.format(fy), kept, _ENCODING[name], [row.cells for row in wrong])

    tell(0.0, f"名簿 {fy}年度")
    write_roster(inbox / "roster" / f"roster-{fy}.zip", year.schools, year.children, year.enrolled, staff, year.seed,
                 dirty_roster(year, staff))  # fmt: skip
    export("calendar", calendar_rows(year.schools, year.calendar))
    tell(0.2, f"出欠・保健室 {fy}年度")
    happened = attendance(year, character)
    export("attendance", attendance_rows(year, happened))
    write_csv(inbox / "attendance_totals" / f"attendance_totals-{fy}.csv", attendance_total_rows(year, happened), "cp932")
    export("health_room", health_room_rows(year, character, happened, staff))
    export("staff_hours", staff_hours_rows(year, staff))
    write_csv(inbox / "school_facts" / f"school_facts-{fy}.csv", school_fact_rows(year, staff), "utf-8-sig")
    write_csv(inbox / "incidents" / f"incidents-{fy}.csv", incident_rows(year), "cp932")
    write_csv(inbox / "staff_pulse" / f"staff_pulse-{fy}.csv", staff_pulse_rows(year, staff), "utf-8-sig")
    write_csv(inbox / "dx_checklist" / f"dx_checklist-{fy}.csv", dx_checklist_rows(year), "utf-8-sig")
    if fy >= MOOD_SINCE:
        tell(0.35, f"心の天気 {fy}年度")
        export("mood", mood_rows(year, *mood(year, character, happened)))
    tell(0.55, f"デジタルドリル {fy}年度")
    drills = drill_rows(year, character, happened)
    if fy == THIS_YEAR:
        told = by_statements(year, drills)
        write_statements(inbox / "study_log", year, told)
        drills = drills.join(told, on=["学習者ID", "日付"], how="anti", maintain_order="left")
    export("drill", drills)
    tell(0.8, f"テスト・評価 {fy}年度")
    write_csv(inbox / "assessment" / f"tests-{fy}.csv", test_rows(year, character, happened), "utf-8-sig")
    write_csv(inbox / "evaluation" / f"evaluation-{fy}.csv", evaluation_rows(year, character), "utf-8-sig")
    write_csv(inbox / "narrative" / f"narrative-{fy}.csv", narrative_rows(year), "utf-8-sig")
