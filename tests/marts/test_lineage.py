"""Which file says what about which school, and what the house declares about its data."""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from ingest.files.reasons import known_reasons
from ingest.registry import flows
from marts.dictionary import column_words
from marts.steps import BUILD_FOLDER, step_of
from queries.catalogue import sources
from queries.lake_schema import lake_tables
from queries.recording import recording_rules
from tests.marts.conftest import CLASSES, SCHOOLS, calendar, students

ENROLLED = """
    student_id class_id school_id grade begins_on  ends_on
    101        52       1         5     2026-04-01 2027-03-31
    201        71       2         7     2026-04-01 2027-03-31
"""


def small(built):
    """Two schools in one register file (8), one of them again in a later one (9)."""
    return built(
        school=SCHOOLS, **{"class": CLASSES}, student=students(101, 201), enrollment=ENROLLED,
        calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-04-10", "school 2 grade 7: 2026-04-06..2026-04-10"),
        attendance="""
            school_id student_id day        status      file_id
            1         101        2026-04-06 absent_sick 8
            1         101        2026-04-07 absent_sick 8
            1         101        2026-04-10 absent_sick 9
            2         201        2026-04-08 absent_sick 8
        """,
    )


def test_every_row_of_the_lake_is_in_the_lineage_once(built):
    found = small(built).rows(
        "select school_id, file_id, first_on::varchar, last_on::varchar, rows from lineage where source = 'attendance' order by all"
    )
    assert found == [
        (1, 8, "2026-04-06", "2026-04-07", 2), (1, 9, "2026-04-10", "2026-04-10", 1), (2, 8, "2026-04-08", "2026-04-08", 1),
    ]


def test_coverage_sums_the_files_of_a_school_and_leaves_roster_and_calendar_out(built):
    district = small(built)
    assert district.rows("select distinct source from lineage order by all") == [("attendance",), ("calendar",), ("roster",)]
    assert district.rows("select school_id, source, starts_on::varchar, ends_on::varchar, rows from coverage order by all") == [
        (1, "attendance", "2026-04-06", "2026-04-10", 3), (2, "attendance", "2026-04-08", "2026-04-08", 1),
    ]


def test_the_file_carries_its_sources_reasons_and_dictionary(built):
    district = small(built)
    assert [source for (source,) in district.rows("select source from flow order by list_order")] == [flow.source for flow in flows()]
    assert {code for (code,) in district.rows("select code from reason")} == set(known_reasons())
    tables = {name for (name,) in district.rows("select table_name from duckdb_tables()")}
    told = district.rows("select table_name, column_name, source, meaning_en from dictionary_entry where column_order > 0")
    assert {row[0] for row in told} == tables
    lacking = sorted(f"{table}.{column}" for table, column, _source, meaning in told if not meaning)
    assert lacking == [], "a column nobody has explained"
    assert column_words("attendance", "status") is not None
    assert {row[2] for row in told if row[0] == "attendance"} == {"attendance"}
    assert {row[2] for row in told if row[0] in ("cell", "lineage", "student_day")} == {None}


def test_the_lake_and_the_sources_say_the_same_of_each_other():
    of_tables = {table.source: name for name, table in lake_tables().items() if table.source}
    assert len(of_tables) == sum(table.source is not None for table in lake_tables().values()), "one table for each source"
    declared = {flow.source: flow for flow in flows()}
    assert all(table in declared[source].tables for source, table in of_tables.items())
    # of no school: the ministry's list, what municipalities send, and what a child brings along
    assert declared.keys() - of_tables.keys() == {"school_list", "municipality_figures", "handover"}
    assert {flow.day_column for flow in flows()} == {"day", "month", None}
    assert all(table.day is None or table.types[table.day] == "date" for table in lake_tables().values())
    assert step_of(BUILD_FOLDER / "lineage.sql").reads_lake == set(of_tables.values())


def test_what_no_row_means_is_told_the_same_in_sql_and_by_the_source():
    """coverage_year names the sources figures are counted from; the board has a rule for each list of exceptions, and for no other."""
    named = [
        {each.this for each in found.expressions}
        for found in sqlglot.parse_one(step_of(BUILD_FOLDER / "coverage_year.sql").sql, dialect="duckdb").find_all(exp.In)
    ]
    assert named == [set(sources())]
    assert recording_rules().keys() == {flow.source for flow in flows() if flow.lists_exceptions}
