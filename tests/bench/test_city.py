"""The invented city of any size: its lake is one the build accepts, and its first ward is the sample district."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest

from bench.city_lake import write_city
from ingest.lake.lake import declared, schema_of
from marts.building import build_district
from marts.publish import current, publish

SCHOOLS = 2


@pytest.fixture(scope="module")
def city(small_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city of two schools more than the small district has, so that its second ward is begun."""
    place = tmp_path_factory.mktemp("city")
    schools = pl.read_parquet(small_district / "lake" / "school" / "all.parquet").height
    write_city(small_district / "lake", place / "lake", schools + SCHOOLS)
    return place


def test_a_city_is_built_verified_and_served(city: Path, small_district: Path) -> None:
    publish(build_district(city / "lake", city / "district", 1), city / "district", 1)
    ours, theirs = (duckdb.connect(str(current(place / "district")), read_only=True) for place in (city, small_district))
    with ours, theirs:
        known = (
            "select * exclude (is_withheld) replace (round(numerator, 4) as numerator) from cell"
            " where place = 'school' and school_id in (from sample_school) order by all"
        )
        schools = [row[0] for row in theirs.execute("select school_id from school order by 1").fetchall()]
        for connection in (ours, theirs):
            connection.execute("create temp table sample_school as select unnest($ids)", {"ids": schools})
        first_ward, sample = ours.execute(known).fetchall(), theirs.execute(known).fetchall()
        days = ours.execute("select count(*), count(distinct school_id) from student_day").fetchall()[0]
        was = theirs.execute("select count(*), count(distinct school_id) from student_day").fetchall()[0]
    assert first_ward == sample, "but for what is suppressed beside others: that rests on the whole district"
    assert days[0] > was[0]
    assert days[1] == was[1] + SCHOOLS


def test_a_city_lake_has_the_shape_of_a_loaded_one(city: Path, small_district: Path) -> None:
    for table in declared():
        files = sorted(file.name for file in (small_district / "lake" / table).glob("*.parquet"))
        assert sorted(file.name for file in (city / "lake" / table).glob("*.parquet")) == files
        for file in files:
            rows = pl.read_parquet(city / "lake" / table / file)
            assert {name: rows.schema[name] for name in schema_of(table) if name in rows.columns} == {
                name: kind for name, kind in schema_of(table).items() if name in rows.columns
            }
            if table in ("attendance", "mood", "study_log"):
                assert rows.equals(rows.sort("school_id", "student_id", "day", "subject" if "subject" in rows.columns else "day",
                                             maintain_order=True))


def test_new_wards_bring_new_people_under_new_keys(city: Path) -> None:
    for table, number in (("student", "student_id"), ("staff", "staff_id"), ("school", "school_id")):
        rows = pl.read_parquet(city / "lake" / table / "all.parquet")
        assert rows[number].is_unique().all()
        assert rows["key"].is_unique().all()
    names = pl.read_parquet(city / "lake" / "student_name" / "all.parquet")
    assert names.height == names["student_id"].n_unique()
    assert names.null_count().sum_horizontal().item() == 0


def test_the_same_city_is_written_twice(city: Path, small_district: Path, tmp_path: Path) -> None:
    written = write_city(small_district / "lake", tmp_path / "lake", SCHOOLS)
    again = write_city(small_district / "lake", tmp_path / "again", SCHOOLS)
    assert written == again
    for file in sorted((tmp_path / "lake").glob("*/*.parquet")):
        assert file.read_bytes() == (tmp_path / "again" / file.parent.name / file.name).read_bytes(), file
