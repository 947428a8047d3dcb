"""A district file built upon the one before is, row by row, the file a build from nothing would have made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import cache
from pathlib import Path

import duckdb
import polars as pl
import pytest

from ingest.registry import declarations
from marts.building import build_district
from marts.engines import DuckDB
from marts.fingerprints import lake_parts
from marts.incremental import Before
from marts.publish import current
from marts.steps import Step, steps_in_order
from queries.lake_schema import lake_tables
from tests.marts.conftest import CLASSES, SCHOOLS, calendar, students, write_lake

# Two 年度 of two schools. 101 and 102 are in 5年2組 and were in 4年 before; 201 moved from 見晴小 to 見晴中 in between.
SOURCES = {
    "school": SCHOOLS,
    "class": CLASSES + "42 1 2025 4 4年2組 false\n61 1 2025 6 6年1組 false\n",
    "student": students(101, 102, 201),
    "calendar_day": calendar(
        "school 1 grade 4: 2025-04-07..2025-04-18", "school 1 grade 6: 2025-04-07..2025-04-18",
        "school 1 grade 5: 2026-04-06..2026-04-17", "school 2 grade 7: 2026-04-06..2026-04-17",
    ),
    "enrollment": """
        student_id class_id school_id grade begins_on  ends_on
        101        42       1         4     2025-04-01 2026-03-31
        102        42       1         4     2025-04-01 2026-03-31
        201        61       1         6     2025-04-01 2026-03-31
        101        52       1         5     2026-04-01 2027-03-31
        102        52       1         5     2026-04-01 2026-04-09
        102        51       1         5     2026-04-10 2027-03-31
        201        71       2         7     2026-04-01 2027-03-31
    """,
    "attendance": """
        student_id school_id day        status      is_late
        101        1         2025-04-08 absent_sick false
        102        1         2025-04-14 suspended   false
        201        1         2025-04-18 present     true
        101        1         2026-04-07 absent_sick false
        102        1         2026-04-09 present     true
        201        2         2026-04-08 absent_other false
    """,
    "mood": """
        student_id day        level answered_at
        101        2025-04-08 1     08:10
        101        2025-04-17 2     08:10
        101        2026-04-06 1     08:10
        102        2026-04-09 3     08:30
    """,
    "health_room": """
        student_id day        entered_at left_at reason
        102        2025-04-09 10:05      10:30   内科
        102        2026-04-09 13:00      13:10   外科
    """,
    "study_log": """
        student_id day        subject seconds answers correct
        101        2025-04-09 算数     601     10      5
        101        2025-04-12 国語     305     10      9
        102        2025-04-16 算数     900     20      18
        101        2026-04-06 算数     1203    0       0
        102        2026-04-08 算数     77      10      1
    """,
    "staff_hours": """
        staff_id school_id month      hours overtime_hours
        1        1         2025-04-01 200.0 41.5
        2        1         2025-05-01 190.0 30.5
        1        1         2026-04-01 180.0 12.3
    """,
}
NEW_DAY = "        102        1         2026-04-10 absent_sick false\n"


def lake_of(place: Path, **tables: str) -> Path:
    """A lake as a load leaves it: a part for each 年度."""
    lake = write_lake(place, **{**SOURCES, **tables})
    for name in {**SOURCES, **tables}:
        if lake_tables()[name].is_per_fiscal_year:
            whole = lake / name / "all.parquet"
            frame = pl.read_parquet(whole.read_bytes())
            for (year,), rows in frame.group_by("fiscal_year", maintain_order=True):
                rows.write_parquet(lake / name / f"{year}.parquet")
            whole.unlink()
    return lake


def differences(one: Path, other: Path) -> dict[str, int]:
    """Table → rows that stand in one of two district files only; sums of fractions may differ in the last digit."""
    found = {}
    with duckdb.connect() as connection:
        for name, path in (("one", one), ("other", other)):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        columns: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for base, table, column, kind in connection.sql(
            "select database_name, table_name, column_name, data_type from duckdb_columns()"
            " where database_name in ('one', 'other') and not internal order by column_index"
        ).fetchall():
            columns.setdefault((base, table), []).append((column, kind))
        tables = {table for _, table in columns}
        for table in sorted(tables):
            assert columns.get(("one", table)) == columns.get(("other", table)), table
            shown = ", ".join(f'round("{name}", 9)' if kind == "DOUBLE" else f'"{name}"' for name, kind in columns["one", table])
            apart = connection.sql(
                f"select count(*) from ((select {shown} from one.{table} except all select {shown} from other.{table})"
                f" union all (select {shown} from other.{table} except all select {shown} from one.{table}))"
            ).fetchall()[0][0]
            if apart:
                found[table] = apart
    return found


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Before:
    """The district file of the day before, and the lake it was built from."""
    place = tmp_path_factory.mktemp("before")
    lake = lake_of(place / "lake")
    return Before(build_district(lake, place / "district", 1), lake_parts(lake))


def without(table: str, line: str) -> str:
    """A table's rows without one."""
    assert line in SOURCES[table]
    return "\n".join(row for row in SOURCES[table].splitlines() if line not in row)


def with_row(table: str, line: str) -> str:
    """A table's rows and one more."""
    return SOURCES[table].rstrip() + "\n" + line + "\n"


CHANGES: dict[str, dict[str, str]] = {
    "nothing": {},
    "a new day": {"attendance": with_row("attendance", NEW_DAY)},
    "a new day of every daily source": {
        "attendance": with_row("attendance", NEW_DAY), "mood": with_row("mood", "101 2026-04-10 4 08:10"),
        "study_log": with_row("study_log", "101 2026-04-10 算数 333 10 3"),
        "health_room": with_row("health_room", "101 2026-04-10 09:00 - 内科"),
    },
    "a late correction to an old day": {"attendance": without("attendance", "2025-04-14")},
    "answers of last year come late": {"mood": with_row("mood", "102 2025-04-11 4 08:10")},
    "the newest day is taken back": {"attendance": without("attendance", "2026-04-09")},
    "somebody moved": {"enrollment": SOURCES["enrollment"].replace("2026-04-09", "2026-04-07").replace("2026-04-10", "2026-04-08")},
    "a class got another name": {"class": SOURCES["class"].replace("5年2組", "5年B組")},
    "a school day less last year": {"calendar_day": calendar(
        "school 1 grade 4: 2025-04-07..2025-04-18, closure 2025-04-08", "school 1 grade 6: 2025-04-07..2025-04-18",
        "school 1 grade 5: 2026-04-06..2026-04-17", "school 2 grade 7: 2026-04-06..2026-04-17",
    )},
    "a month of hours": {"staff_hours": with_row("staff_hours", "2 1 2026-05-01 190.0 30.5")},
    "a source is gone": {"mood": "student_id day level answered_at"},
    "the next 年度 begins": {
        "calendar_day": SOURCES["calendar_day"] + "\n" + calendar("school 1 grade 6: 2027-04-05..2027-04-09").partition("\n")[2],
        "enrollment": with_row("enrollment", "101 52 1 6 2027-04-01 2028-03-31"),
        "attendance": with_row("attendance", "101 1 2027-04-06 absent_sick false"),
    },
}


@pytest.fixture(scope="module")
def built_anew(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The district file of a change, built from nothing, once for every test that compares with it."""

    @cache
    def build(change: str) -> Path:
        place = tmp_path_factory.mktemp("anew")
        return build_district(lake_of(place / "lake", **CHANGES[change]), place / "district", 2)

    return build


@pytest.mark.parametrize("change", CHANGES)
def test_built_upon_the_file_before_it_is_the_same_as_built_anew(
    before: Before, built_anew: Callable[[str], Path], tmp_path: Path, change: str
) -> None:
    upon = build_district(lake_of(tmp_path / "lake", **CHANGES[change]), tmp_path / "upon", 2, before=before)
    anew = built_anew(change)
    assert differences(upon, anew) == {}
    assert bool(differences(before.path, anew)) == (change != "nothing")


def test_day_after_day_nothing_drifts(before: Before, built_anew: Callable[[str], Path], tmp_path: Path) -> None:
    upon = before
    for turn, change in enumerate(("a new day", "a late correction to an old day", "somebody moved", "nothing", "a source is gone")):
        lake = lake_of(tmp_path / f"lake{turn}", **CHANGES[change])
        upon = Before(build_district(lake, tmp_path / f"district{turn}", turn, before=upon), lake_parts(lake))
    assert differences(upon.path, built_anew(change)) == {}


def test_only_the_year_that_changed_is_made(before: Before, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, set[int]] = {}
    make = DuckDB.make

    def noted(engine: DuckDB, step: Step, years: Iterable[int] = ()) -> int:
        made[step.name] = set(years)
        return make(engine, step, years)

    monkeypatch.setattr(DuckDB, "make", noted)
    build_district(lake_of(tmp_path / "lake", **CHANGES["a new day"]), tmp_path / "district", 2, before=before)
    carried = {step.name: made.get(step.name) for step in steps_in_order() if step.is_incremental}
    this_year = {"attendance", "attendance_month", "study_day", "student_day", "student_month", "lineage", "recorded_day"}
    assert carried == {name: {2026} if name in this_year else None for name in carried}
    assert "cell" not in made


@pytest.mark.slow
def test_the_sample_district_of_yesterday_becomes_that_of_today(small_district: Path, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    shutil.copytree(small_district / "lake", lake)
    newest = max(pl.read_parquet(lake / "attendance" / "2026.parquet")["day"])
    for table, column in (("attendance", "day"), ("mood", "day"), ("health_room", "day"), ("study_log", "day")):
        part = lake / table / "2026.parquet"
        frame = pl.read_parquet(part.read_bytes())
        frame.filter(pl.col(column) < newest).write_parquet(part)
    built = build_district(lake, tmp_path / "yesterday", 1, declared=declarations(), day=newest - timedelta(days=1))
    yesterday = Before(built, lake_parts(lake))
    today = build_district(small_district / "lake", tmp_path / "today", 2, before=yesterday, declared=declarations(), day=newest)
    anew = current(small_district / "district")  # the first load there has built it from nothing
    assert anew == small_district / "district" / "district-1.duckdb"
    assert differences(today, anew) == {}
    assert {"student_day", "cell", "mood"} <= differences(yesterday.path, today).keys()
