"""The runner: order, checks and messages; and SQL that every engine understands."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.tokens import TokenType

from marts import building, engines
from marts.building import build_district
from marts.dictionary import column_words, dictionary
from marts.shared_scans import shared_scans
from marts.steps import BUILD_FOLDER, BuildError, step_of, steps_in_order
from queries import catalogue
from queries.catalogue import INDICATORS_FOLDER, CatalogueError, indicators, read_catalogue
from queries.lake_schema import lake_tables
from queries.rules import SIGNALS_FOLDER
from tests.marts.conftest import District, write_lake
from tests.marts.test_indicators import SOURCES

PORTABLE = [
    file for folder in (BUILD_FOLDER, INDICATORS_FOLDER, SIGNALS_FOLDER, BUILD_FOLDER.parent / "rollup") for file in folder.glob("*.sql")
]


def step_file(folder: Path, name: str, sql: str, header: str = "") -> Path:
    file = folder / f"{name}.sql"
    file.write_text(f"-- {name}: a table for a test.\n-- grain: one row per thing.\n{header}\n{sql}\n", encoding="utf-8")
    return file


def test_every_table_comes_after_the_tables_it_is_made_from():
    order = [step.name for step in steps_in_order()]
    assert len(order) == len(set(order)) == len(list(BUILD_FOLDER.glob("*.sql")))
    for step in steps_in_order():
        assert all(order.index(table) < order.index(step.name) for table in step.reads)
        assert step.reads_lake <= lake_tables().keys()


def test_a_step_that_reads_what_nobody_makes_is_named(tmp_path):
    step_file(tmp_path, "lunch", "select kitchen.menu from kitchen")
    with pytest.raises(BuildError, match=r"lunch\.sql reads kitchen, which no file"):
        steps_in_order(tmp_path)


def test_steps_made_from_each_other_are_named(tmp_path):
    step_file(tmp_path, "hen", "select egg.n from egg")
    step_file(tmp_path, "egg", "select hen.n from hen")
    with pytest.raises(BuildError, match=r"made from each other: .*hen"):
        steps_in_order(tmp_path)


def test_a_step_says_what_a_row_is(tmp_path):
    (tmp_path / "lunch.sql").write_text("-- lunch: what there was to eat.\nselect 1 as n\n", encoding="utf-8")
    with pytest.raises(BuildError, match="lacks the header line -- grain:"):
        step_of(tmp_path / "lunch.sql")


def test_a_step_is_one_select_over_the_lake(tmp_path):
    with pytest.raises(BuildError, match="is not one SELECT"):
        step_of(step_file(tmp_path, "away", "drop table student"))
    with pytest.raises(BuildError, match=r"reads district.student"):
        step_of(step_file(tmp_path, "around", "select student.student_id from district.student as student"))


def test_a_child_noted_twice_on_a_day_stops_the_build_and_is_shown(tmp_path):
    twice = SOURCES["attendance"] + "        101        1         2026-04-07 absent_other false\n"
    lake = write_lake(tmp_path / "lake", **{**SOURCES, "attendance": twice})
    with pytest.raises(BuildError, match=r"attendance: one row per child and day.* student_id 101, day 2026-04-07"):
        build_district(lake, tmp_path / "district", 1)
    assert list((tmp_path / "district").iterdir()) == []


def test_a_row_without_its_key_stops_the_build(tmp_path):
    lake = write_lake(tmp_path / "lake", **{**SOURCES, "staff": "staff_id staff_number\n- T000001\n"})
    with pytest.raises(BuildError, match="staff: a row has no value in its key: staff_id None"):
        build_district(lake, tmp_path / "district", 1)


def test_a_lake_table_that_lacks_a_column_is_named(tmp_path):
    lake = write_lake(tmp_path / "lake", **SOURCES)
    import polars as pl

    file = lake / "attendance" / "all.parquet"
    pl.read_parquet(file.read_bytes()).drop("status").write_parquet(file)
    with pytest.raises(BuildError, match="lake table attendance lacks status"):
        build_district(lake, tmp_path / "district", 1)
    file.write_bytes(b"no parquet at all")
    with pytest.raises(BuildError, match="lake table attendance cannot be read"):
        build_district(lake, tmp_path / "district", 1)
    assert list((tmp_path / "district").iterdir()) == []


def test_figures_of_the_same_day_are_counted_in_one_pass():
    together = {family.names for family in shared_scans(indicators().values())}
    assert ("study_accuracy",) in together
    assert ("long_absence",) in together
    daily = next(names for names in together if "absence_rate" in names)
    assert {"late_rate", "mood_sunny", "mood_answered", "health_room_visits", "study_minutes"} < set(daily)


@pytest.mark.parametrize(
    ("sql", "complaint"),
    [
        ("select student_day.student_id from student_day", r"indicators/lunch\.sql hands over student_id; it needs school_id"),
        (
            ("-- lunch: a trial.\nselect student_day.school_id, student_day.class_id, student_day.grade,"
            " student_day.student_id as person_id, student_day.day, student_day.fiscal_year, student_day.is_to_date,"
            " student_day.meals as numerator, 1 as denominator from student_day"),
            r"indicators lunch: .*meals",
        ),
    ],
)
def test_an_indicator_that_does_not_fit_is_named(tmp_path, monkeypatch, sql, complaint):
    (tmp_path / "lunch.sql").write_text(sql, encoding="utf-8")
    lunch = replace(indicators()["absence_rate"], name="lunch")
    monkeypatch.setattr(catalogue, "INDICATORS_FOLDER", tmp_path)
    monkeypatch.setattr(building, "indicators", lambda: {"lunch": lunch})
    lake = write_lake(tmp_path / "lake", **SOURCES)
    with pytest.raises(BuildError, match=complaint):
        build_district(lake, tmp_path / "district", 1)


def test_progress_climbs_to_the_end(tmp_path):
    heard: list[tuple[float, str]] = []
    lake = write_lake(tmp_path / "lake", **SOURCES)
    build_district(lake, tmp_path / "district", 1, lambda part, name: heard.append((part, name)))
    parts = [part for part, _ in heard]
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (0.0, 1.0)
    assert {"student_day", "cell"} <= {name for _, name in heard}


def test_schools_taken_one_at_a_time_give_the_same_figures(tmp_path, monkeypatch):
    lake = write_lake(tmp_path / "lake", **SOURCES)
    at_once = District(build_district(lake, tmp_path / "at_once", 1))
    monkeypatch.setattr(engines, "SCHOOLS_AT_A_TIME", 1)
    in_turn = District(build_district(lake, tmp_path / "in_turn", 1))
    for table in ("student_day", "mood", "study_day", "cell"):
        rows = at_once.rows(f"select * from {table}")
        assert rows
        assert in_turn.rows(f"select * from {table}") == rows
    at_once.close()
    in_turn.close()


def test_every_table_and_column_is_explained_in_both_languages(built):
    district = built(**SOURCES)
    found = district.rows("select table_name, column_name, comment from duckdb_columns() where schema_name = 'main' and not internal")
    assert {(table, column) for table, column, _ in found if column_words(table, column) is None} == set()
    assert all(" / " in comment for _, _, comment in found)
    tables = {table for table, _, _ in found}
    assert tables == set(dictionary()["table"])
    assert district.rows("select count(*) from duckdb_tables() where comment is null or comment not like '% / %'") == [(0,)]
    stale = {
        (table, column)
        for table, words in dictionary()["table"].items()
        for column in words.get("columns", {})
        if (table, column) not in {(row[0], row[1]) for row in found}
    }
    assert stale == set()


@pytest.mark.parametrize("file", PORTABLE, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_the_sql_is_understood_by_other_engines(file):
    assert unportable(file.read_text(encoding="utf-8")) == []


def test_what_the_runner_writes_out_by_itself_is_understood_by_them_too():
    lineage = step_of(BUILD_FOLDER / "lineage.sql")
    assert "source_row as" not in lineage.sql.partition("union all")[0]
    assert lineage.sql.count("union all") == sum(table.source is not None for table in lake_tables().values()) - 1
    assert unportable(lineage.sql) == []


@pytest.mark.parametrize(
    ("sql", "complaint"),
    [
        ("select a.n::integer as n from a", "::"),
        ("select a.n // 2 as n from a", "//"),
        ("select a.g, cast(sum(a.n) as bigint) as n from a group by all", "group by all"),
        ("select a.g as g, cast(sum(a.n) as bigint) as n from a group by 1", "group by a place"),
        ("select * from a", "*"),
        ("select a.n from a qualify row_number() over (order by a.n) = 1", "qualify"),
        ("select list_transform(a.l, lambda x: x + 1) as l from a", "lambda"),
        ("select date_trunc('week', a.d) as week_on from a", "date_trunc without cast"),
        ("select count(*) as n from a", "count without cast"),
    ],
)
def test_sql_of_one_engine_is_noticed(sql, complaint):
    assert complaint in unportable(sql)


def unportable(sql: str) -> list[str]:
    """What in a SELECT another engine would not understand, or would understand otherwise; aliases are sqlfluff's business."""
    found = []
    kinds = {token.token_type for token in sqlglot.tokenize(sql, dialect="duckdb")}
    found += ["::"] if TokenType.DCOLON in kinds else []
    found += ["//"] if TokenType.DIV in kinds or "//" in re.sub(r"--[^\n]*", "", sql) else []
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    found += ["qualify"] if tree.find(exp.Qualify) else []
    found += ["lambda"] if tree.find(exp.Lambda) else []
    found += ["pivot"] if tree.find(exp.Pivot) else []
    found += ["*"] if [star for star in tree.find_all(exp.Star) if not isinstance(star.parent, exp.Count)] else []
    for group in tree.find_all(exp.Group):
        found += ["group by all"] if group.args.get("all") else []
        found += ["group by a place"] if any(isinstance(term, exp.Literal) for term in group.expressions) else []
    truncations = tree.find_all(exp.TimestampTrunc, exp.DateTrunc)
    found += ["date_trunc without cast"] if any(not isinstance(call.parent, exp.Cast) for call in truncations) else []
    found += ["count without cast"] if any(is_bare_count(projection) for projection in projections(tree)) else []
    sqlglot.transpile(sql, read="duckdb", write="spark")
    return found


def projections(tree: exp.Expression) -> list[exp.Expression]:
    return [projection for select in tree.find_all(exp.Select) for projection in select.expressions]


def is_bare_count(projection: exp.Expression) -> bool:
    bare = projection.unalias()
    return isinstance(bare, exp.Count) or (isinstance(bare, exp.Filter) and isinstance(bare.this, exp.Count))


ENTRY = """
[lunch]
kind = "attendance"
source = "attendance"
label = { ja = "給食", en = "Lunch" }
meaning = { ja = "給食を食べた日の割合です。", en = "Share of days with lunch." }
numerator_label = { ja = "食べた日", en = "Days eaten" }
denominator_label = { ja = "給食の日", en = "Lunch days" }
unit = { ja = "%", en = "%" }
per = 100
decimals = 1
better = "neither"
expected = [0, 100]
suppress_below = 10
levels = ["class"]
periods = ["month"]
"""


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('better = "neither"', 'better = "best"', "lunch: better is 'best', not one of lower, higher, neither"),
        ('en = "Lunch" }', 'en = "" }', "lunch: label needs words in ja and en"),
        ("decimals = 1", "", "lunch: lacks decimals"),
        ('levels = ["class"]', 'levels = ["room"]', r"lunch: levels has \['room'\]"),
        ("expected = [0, 100]", "expected = [100, 0]", "lunch: expected is a low and a high value"),
        ("decimals = 1", "decimals = 1\ncolour = 1", "lunch: colour is not a field of an indicator"),
        ("suppress_below = 10", "suppress_below = 0", "lunch: suppress_below is a number of people"),
        ("[lunch]", "[dinner]", "dinner: has no indicators/dinner.sql; lunch: has lunch.sql but no entry"),
    ],
)
def test_a_glossary_entry_that_is_wrong_says_where(tmp_path, before, after, complaint):
    (tmp_path / "lunch.sql").write_text("select 1", encoding="utf-8")
    file = tmp_path / "indicators.toml"
    file.write_text(ENTRY, encoding="utf-8")
    assert read_catalogue(file, tmp_path)["lunch"].places == ("class",)
    assert before in ENTRY
    file.write_text(re.sub(re.escape(before), after, ENTRY, count=1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=complaint):
        read_catalogue(file, tmp_path)
