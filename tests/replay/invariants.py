"""What must hold after every load of a real year, each by another road than the house takes; what does not hold is said in a line."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from access import children_of, viewers_of
from bench.same import Expected, compared, published
from ingest.registry import declarations
from marts.building import build_district
from tests.replay.exports import Folder, year_of
from tests.replay.registers import days_counted, still_out
from tests.replay.rights import rights_on

FEW = 6  # faults of one kind named after a day


@dataclass
class Findings:
    """What was looked at on all days, and what did not hold."""

    asked: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def note(self, day: date, kind: str, faults: list[str], looked_at: int) -> None:
        """Keep what one invariant says of one day."""
        self.asked[kind] += looked_at
        self.faults += [f"{day} {kind}: {fault}" for fault in faults[:FEW]]
        if len(faults) > FEW:
            self.faults.append(f"{day} {kind}: {len(faults) - FEW} more")


def opened(home: Path) -> duckdb.DuckDBPyConnection:
    """The published file of a data directory, without a gate."""
    return duckdb.connect(str(published(home)), read_only=True)


def seen_without_right(home: Path, day: date) -> tuple[list[str], int]:
    """Children somebody sees without a right in force that day, and children somebody does not see in spite of one; viewers asked."""
    with opened(home) as district:
        numbers = dict(district.execute("select student_id, student_number from student_identifier").fetchall())
    faults, asked = [], 0
    for person, children in rights_on(home / "inbox", day).items():
        held = viewers_of(person)
        asked += len(held)
        seen = {numbers[student] for viewer in held for student in children_of(viewer)}
        if seen != children:
            faults.append(f"{person} sees {len(seen - children)} children without a right, and does not see {len(children - seen)}")
    return faults, asked


def known_too_soon(home: Path, folder: Folder, day: date) -> tuple[list[str], int]:
    """Children of whom something is said after the last day their school's register speaks for; child-days looked at."""
    faults = []
    with opened(home) as district:
        through = recorded_through(district)
        for school, last in through.items():
            if last > day:
                faults.append(f"{school} is recorded through {last}, which has not come")
        late = district.execute(
            "select school.school_code, count(*) from student_day inner join school using (school_id)"
            " left join coverage on coverage.school_id = student_day.school_id and coverage.source = 'attendance'"
            " where student_day.fiscal_year = $year and student_day.day > coalesce(coverage.recorded_through, date '1970-01-01')"
            " and (attendance is not null or is_present is not null or is_absent is not null or is_required is not null or is_late)"
            " group by school.school_code", {"year": year_of(day)},
        ).fetchall()
        faults += [f"{school}: {rows} days known after the register's last" for school, rows in late]
        for school, first in still_out(folder, day).items():
            if first <= through.get(school, date.min) and year_of(first) == year_of(through[school]) and not is_silent(district, school):
                faults.append(f"{school} is recorded through {through[school]}, and rows of {first} have not come")
        looked_at = int(district.execute("select count(*) from student_day").fetchall()[0][0])
        faults += miscounted(home, district, through)
    return faults, looked_at


def recorded_through(district: duckdb.DuckDBPyConnection) -> dict[str, date]:
    """School code → the last day its register speaks for."""
    return dict(district.execute(
        "select school_code, recorded_through from coverage inner join school using (school_id) where source = 'attendance'"
    ).fetchall())


def is_silent(district: duckdb.DuckDBPyConnection, school: str) -> bool:
    """Whether days without a row are believed of this school at all: of a small one, they are."""
    usual = district.execute(
        "select max(usual_silent_days) from coverage inner join school using (school_id)"
        " where source = 'attendance' and school_code = $school",
        {"school": school},
    ).fetchall()
    return bool(usual[0][0])


def miscounted(home: Path, district: duckdb.DuckDBPyConnection, through: dict[str, date]) -> Iterator[str]:
    """Schools whose days absent and required, in the file, are not those of the register."""
    for year in {year_of(day) for day in through.values()}:
        told = {
            school: (int(numerator), int(denominator))
            for school, numerator, denominator in district.execute(
                "select school_code, numerator, denominator from cell inner join school on school.school_id = cell.school_id"
                " where indicator = 'absence_rate' and place = 'school' and period = 'year' and grade is null and fiscal_year = $year",
                {"year": year},
            ).fetchall()
        }
        here = {school: day for school, day in through.items() if year_of(day) == year}
        for school, counted in days_counted(home / "inbox", year, here).items():
            if told.get(school, (0, 0)) != counted:
                yield f"{school}: {told.get(school)} days absent and required of {year}; the register has {counted}"


def taken_back(before: Path, home: Path, folder: Folder, earlier: date, day: date) -> tuple[list[str], int]:
    """What was said of a child and a day at the last load and is not said any more, though no row of theirs has changed."""
    numbers = {
        row["sourcedId"]: row["identifier"] for roster in folder.rosters for row in roster.tables["users"]
    }
    changed = {(numbers.get(child, child), when) for _source, child, when in folder.changed(earlier, day)}
    columns = ("attendance", "is_absent", "is_excused", "is_required", "is_late", "is_early_leave")
    apart = " or ".join(f"now.{column} is distinct from was.{column}" for column in columns)
    with duckdb.connect() as both:
        both.execute(f"attach '{before}' as was_file (read_only)")
        both.execute(f"attach '{published(home)}' as now_file (read_only)")
        said = (
            "from was_file.student_day as was left join now_file.student_day as now"
            " on now.student_id = was.student_id and now.day = was.day"
            " inner join now_file.student_identifier as known on known.student_id = was.student_id"
            " where (was.attendance is not null or was.mood_level is not null)"
        )
        rows = both.execute(
            f"select student_number, was.day, was.attendance, now.attendance {said}"
            f" and ((was.attendance is not null and ({apart})) or now.mood_level is distinct from was.mood_level)"
        ).fetchall()
        looked_at = both.execute(f"select count(*) {said}").fetchall()[0][0]
    faults = [f"{child} on {when}: was {was}, is {now}" for child, when, was, now in rows if (child, when) not in changed]
    return faults, int(looked_at)


def unlike_from_nothing(home: Path, before: Path, day: date) -> tuple[list[str], int]:
    """Tables in which the file built upon the one before is another than one built from nothing; before is a copy of the one before.

    What is withheld keeps to what was withheld before, so the file before is there for both.
    """
    place = before.with_name("afresh")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    shutil.copyfile(before, place / "district-1.duckdb")
    (place / "CURRENT").write_text("district-1.duckdb\n", encoding="utf-8")
    afresh = build_district(home / "lake", place, 2, declared=declarations(), day=day)
    faults, tables = [], 0
    for verdict in compared(published(home), afresh, Expected()):
        tables += 1
        # where a row stands is a matter of speed, not of what is true
        if told := [words for words in verdict.told if "at another place" not in words]:
            faults.append(f"{verdict.table}: {'; '.join(told)[:300]}")
    return faults, tables
