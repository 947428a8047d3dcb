"""The wrong rows planted in the invented district are found, each for its own reason, and nothing else is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl

import sample_data
from sample_data.attendance import attendance
from sample_data.calendar_days import year_calendar
from sample_data.district import district
from sample_data.school_year import school_year
from sample_data.seeds import SEED
from sample_data.study_log import drill_rows
from sample_data.traits import traits
from sample_data.xapi import by_statements

REJECTED = {
    "unknown_child": "unknown_child", "unknown_code": "unknown_code", "outside_year": "date_outside_year", "malformed_date": "bad_date",
    "wrong_school": "other_school", "unknown_school": "unknown_school", "short_row": "missing_value", "not_enrolled": "not_enrolled",
    "impossible_temperature": "out_of_range", "malformed_temperature": "bad_number", "malformed_time": "bad_time",
    "more_correct_than_answers": "more_correct_than_answers", "negative_seconds": "out_of_range", "too_long": "out_of_range",
    "not_a_number": "bad_number", "unknown_staff": "unknown_staff", "malformed_month": "bad_month", "impossible_hours": "out_of_range",
    "cut_off": "broken_json", "changed_statement": "conflicting_statement",
    "unknown_user": "unknown_reference", "unknown_class": "unknown_reference", "unknown_role": "unknown_code",
}
REMARKED = {"leaves_before_entering": "left_before_entered", "rate_contradicts": "rate_differs", "non_school_day": "out_of_school_day"}


def logged(home: Path, table: str) -> Counter[tuple[str, str]]:
    """(source, code) → rows of the load log."""
    rows = pl.read_parquet(home / "lake" / table / "all.parquet")
    files = pl.read_parquet(home / "lake" / "load_source" / "all.parquet").select("file_id", "source")
    return Counter(rows.join(files, on="file_id").select("source", "code").rows())


def test_every_planted_row_is_found_and_nothing_else(small_district: Path) -> None:
    rejected: Counter[tuple[str, str]] = Counter()
    remarked: Counter[tuple[str, str]] = Counter()
    doubled: Counter[tuple[str, str]] = Counter()
    for row in sample_data.planted(scale="small").dirty_rows:
        if row.kind.startswith("duplicate_"):
            # of a register one row says absent and the other late
            doubled[row.source, "contradicting_day" if row.source == "attendance" else "twice_a_day"] += 1
        elif row.kind == "non_school_day" and row.source == "attendance":
            remarked[row.source, "weekend_attendance"] += 1  # a Sunday
        elif row.kind in REMARKED:
            remarked[row.source, REMARKED[row.kind]] += 1
        else:
            rejected[row.source, REJECTED[row.kind]] += 1
    rejected += Counter({key: rows // 2 for key, rows in doubled.items()})  # the first of two is loaded
    found = logged(small_district, "remarked_row")
    contradictions = [found.pop(("health_room", "absent_but_here")), found.pop(("mood", "absent_but_answered"))]
    assert logged(small_district, "rejected_row") == rejected
    assert found == remarked
    assert all(contradictions), "the child with a contradictory record"


def test_the_whole_district_has_every_school_child_and_file(sample_district: Path) -> None:
    lake = sample_district / "lake"
    assert pl.read_parquet(lake / "school" / "all.parquet").height == 24
    children = pl.scan_parquet(lake / "student_of_year" / "2026.parquet").select("student_id").unique().collect()
    assert 7_000 < children.height < 8_000
    files = pl.read_parquet(lake / "load_source" / "all.parquet")
    assert {path.name for path in (sample_district / "inbox").rglob("*.*")} == set(files["file"].str.replace("!.*", ""))
    assert accounted_for(files)


def accounted_for(files: pl.DataFrame) -> bool:
    """Whether every row read was loaded, unchanged or rejected, file by file."""
    return files.filter(pl.col("rows_read") != pl.col("rows_loaded") + pl.col("rows_unchanged") + pl.col("rows_rejected")).is_empty()


def test_every_file_is_accounted_for_row_by_row(small_district: Path) -> None:
    files = pl.read_parquet(small_district / "lake" / "load_source" / "all.parquet")
    assert accounted_for(files)
    for table in ("attendance", "mood", "health_room", "study_log", "staff_hours", "calendar_day"):
        source = "calendar" if table == "calendar_day" else table
        loaded = files.filter(pl.col("source") == source)
        stored = pl.concat(pl.read_parquet(part) for part in sorted((small_district / "lake" / table).glob("*.parquet")))
        lineage = dict(stored["file_id"].value_counts().rows())
        told = dict(loaded.filter(~pl.col("file").str.starts_with("xapi")).select("file_id", "rows_loaded").rows())
        assert {file: rows for file, rows in lineage.items() if file in told} == told
        assert lineage.keys() == set(loaded["file_id"]), "of statements several make one row"


def test_statements_tell_what_the_summary_would_have_told(small_district: Path) -> None:
    schools, everyone, classes, _ = district(SEED, "small")
    year = school_year(schools, everyone, classes[-1], year_calendar(schools, 2026, SEED), SEED)
    character = traits(everyone, schools, SEED)
    told = by_statements(year, drill_rows(year, character, attendance(year, character)))
    lake = small_district / "lake"
    names = pl.read_parquet(lake / "student_of_year" / "2026.parquet").select("student_id", "source_id")
    files = pl.read_parquet(lake / "load_source" / "all.parquet").filter(pl.col("file").str.starts_with("xapi"))
    found = pl.read_parquet(lake / "study_log" / "2026.parquet").filter(pl.col("file_id").is_in(files["file_id"].implode()))
    found = found.join(names, on="student_id")
    subject = pl.col("教科").replace("英語", "外国語")
    expected = told.select("学習者ID", "日付", subject, "学習時間(秒)", "解答数", "正答数").rows()
    found = found.select("source_id", pl.col("day").cast(pl.String), "subject", "seconds", "answers", "correct")
    assert sorted(found.rows()) == sorted(expected)
    assert len(expected) > 100
