"""An officer of the prefecture asks for everything: only what two towns have released comes, and nobody and no school in it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from access import Refused, Viewer, jurisdictions, use_district, viewers_of
from ingest.release import released_rows
from queries.ask import ask, questions
from queries.catalogue import indicators
from records import engine, schema
from sample_data.prefecture import OFFICERS
from tests.boards import prefecture_above

TOWNS = {"131999": "みどり市", "131998": "ひので町"}
CANDIDATES: dict[str, list[Any]] = {
    "school_id": [1, 2, 3, None, -1], "class_id": [1, 20, None], "student_id": [1, 101, None], "student_key": ["%", "", None],
    "place": ["district", "kind", "kind_grade", "school", "grade", "class", None], "grade": [*range(1, 10), None],
    "indicator": [*indicators(), "%", None], "fiscal_year": [2026, 2026, 2026, 2025, None], "days": [1, 100_000],
    "from_day": [date(1900, 1, 1)], "to_day": [date(2027, 3, 31)], "day": [date(2026, 11, 20), None], "most_hours": [0.0, 45.0],
    "least_rows": [0, 10, None], "today": [date(2026, 11, 20), date(2027, 4, 1)],
}  # fmt: skip


@pytest.fixture(scope="module")
def ken(small_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = prefecture_above(tmp_path_factory.mktemp("towns"), small_district / "district", TOWNS)
    before = jurisdictions.known()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MIHARASHI_RECORDS", f"sqlite:///{home / 'records.sqlite'}")
        schema.migrate()
        use_district(home / "district", home)
        yield home
        engine.forget()
    jurisdictions.use_jurisdictions(before)


def officer(name: str) -> Viewer:
    number = next(each.staff_number for each in OFFICERS if each.username == name)
    return replace(viewers_of(number)[0], username=name)


def everything_asked(viewer: Viewer, seed: str) -> Iterator[tuple[str, pl.DataFrame]]:
    chance = random.Random(seed)
    for name, question in questions().items():
        asked: list[dict[str, Any]] = []
        for indicator in CANDIDATES["indicator"]:
            parameters = {each: chance.choice(CANDIDATES[each]) for each in question.parameters}
            if "indicator" in parameters:
                parameters["indicator"] = indicator
            if parameters in asked:
                continue
            asked.append(parameters)
            try:
                yield name, ask(viewer, name, **parameters)
            except Refused:
                continue


@pytest.mark.parametrize("is_masked", [False, True])
def test_okada_gets_what_was_released_and_nothing_else(
    ken: Path, shown_once: None, small_district: Path, is_masked: bool
) -> None:
    viewer = replace(officer("okada"), masked=is_masked)
    released = {
        code: set(
            released_rows(ken.parent / code).select("indicator", "numerator", "denominator", "people").with_columns(
                pl.col("numerator", "denominator").round(6)).rows()
        )
        for code in TOWNS
    }  # fmt: skip
    path = small_district / "district"
    with duckdb.connect(str(path / (path / "CURRENT").read_text(encoding="utf-8").strip()), read_only=True) as truth:
        schools = {row[0] for row in truth.sql("select name from school").fetchall()}
        people = {row[0] for row in truth.sql(
            "select family_name || ' ' || given_name from student_name union all select family_name || ' ' || given_name from staff"
        ).fetchall()}  # fmt: skip
        keys = {row[0] for row in truth.sql(
            "select key from student union all select key from school union all select key from class").fetchall()}  # fmt: skip
    figures = 0
    for name, rows in everything_asked(viewer, f"okada-{is_masked}"):
        for column in ("student_id", "class_id", "school_id", "staff_id", "student_key", "family_name", "staff_family_name"):
            assert column not in rows.columns or rows.get_column(column).drop_nulls().is_empty(), (name, column)
        told = {value for each in rows.select(pl.col(pl.String)) for value in each.drop_nulls()}
        assert not told & (schools | people | keys), name
        if "municipality_code" in rows.columns and "numerator" in rows.columns:
            for row in rows.with_columns(pl.col("numerator", "denominator").round(6)).rows(named=True):
                values = (row["numerator"], row["denominator"], row["people"])
                assert any(values == each[1:] for each in released[row["municipality_code"]]), (name, row)
                figures += 1
        elif "numerator" in rows.columns:
            assert rows.get_column("numerator").drop_nulls().is_empty(), f"{name}: the prefecture has no school of its own"
    assert figures > 80


def test_an_administrator_of_the_prefecture_sees_loads_and_no_figure(ken: Path) -> None:
    assert ken.is_dir()
    nishida = officer("nishida")
    assert ask(nishida, "loads").height == 1
    assert {"roster", "municipality_figures"} <= set(ask(nishida, "files_in_force").get_column("source"))
    for indicator in indicators():
        assert ask(nishida, "figures_of_municipalities", indicator=indicator).is_empty()
