"""The wrong rows planted in the invented district are found, each for its own reason, and nothing else is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl

import sample_data

REJECTED = {
    "unknown_child": "unknown_child", "unknown_code": "unknown_code", "outside_year": "date_outside_year", "malformed_date": "bad_date",
    "wrong_school": "other_school", "unknown_school": "unknown_school", "short_row": "missing_value", "not_enrolled": "not_enrolled",
    "impossible_temperature": "out_of_range", "malformed_temperature": "bad_number", "malformed_time": "bad_time",
    "more_correct_than_answers": "more_correct_than_answers", "negative_seconds": "out_of_range", "too_long": "out_of_range",
    "not_a_number": "bad_number", "unknown_staff": "unknown_staff", "malformed_month": "bad_month", "impossible_hours": "out_of_range",
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
            doubled[row.source, "twice_a_day"] += 1
        elif row.kind == "non_school_day" and row.source == "attendance":
            rejected[row.source, "not_a_school_day"] += 1
        elif row.kind in REMARKED:
            remarked[row.source, REMARKED[row.kind]] += 1
        else:
            rejected[row.source, REJECTED[row.kind]] += 1
    rejected += Counter({key: rows // 2 for key, rows in doubled.items()})  # the first of two is loaded
    found = logged(small_district, "remarked_row")
    contradictions = found.pop(("health_room", "absent_but_here"))
    assert logged(small_district, "rejected_row") == rejected
    assert found == remarked
    assert contradictions > 0, "the child with a contradictory record"


def test_every_file_is_accounted_for_row_by_row(small_district: Path) -> None:
    files = pl.read_parquet(small_district / "lake" / "load_source" / "all.parquet")
    assert files.filter(pl.col("rows_read") != pl.col("rows_loaded") + pl.col("rows_unchanged") + pl.col("rows_rejected")).height == 0
    for table in ("attendance", "mood", "health_room", "study_log", "staff_hours", "calendar_day"):
        source = "calendar" if table == "calendar_day" else table
        loaded = files.filter(pl.col("source") == source)
        stored = pl.concat(pl.read_parquet(part) for part in sorted((small_district / "lake" / table).glob("*.parquet")))
        lineage = dict(stored["file_id"].value_counts().rows())
        assert lineage == dict(loaded.select("file_id", "rows_loaded").rows())
