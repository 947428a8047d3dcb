"""What the house declares about its data, written into the district file: sources, reasons, and what every column means.

Pages show what was loaded, so they read it here: a later version of the program cannot speak for figures it did not make.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from marts.dictionary import column_words, dictionary
from marts.engines import DuckDB
from marts.steps import steps_in_order

FLOW_COLUMNS = {
    "source": "varchar", "list_order": "smallint", "tables": "varchar", "beat": "varchar", "day_column": "varchar",
    "lists_exceptions": "boolean",
    **{f"{name}_{language}": "varchar" for name in ("label", "purpose", "seen_by", "retention", "frequency") for language in ("ja", "en")},
}
REASON_COLUMNS = dict.fromkeys(("code", "message_ja", "message_en", "remedy_ja", "remedy_en"), "varchar")
ENTRY_COLUMNS = {
    "table_name": "varchar", "list_order": "smallint", "column_order": "smallint", "column_name": "varchar", "column_type": "varchar",
    "source": "varchar", "meaning_ja": "varchar", "meaning_en": "varchar",
}


@dataclass(frozen=True, slots=True)
class Declared:
    """What arrival declares of itself, handed to the build: every source's flow in reading order, and every reason to reject a row."""

    flows: tuple[Any, ...] = ()
    reasons: tuple[Any, ...] = ()


def declare(engine: DuckDB, declared: Declared) -> None:
    """Makes the tables flow, reason and dictionary_entry; last of all, for the dictionary tells of every other table."""
    write_table(engine, "flow", FLOW_COLUMNS, flow_rows(declared.flows))
    write_table(engine, "reason", REASON_COLUMNS, [
        {"code": each.code, "message_ja": each.ja, "message_en": each.en, "remedy_ja": each.remedy_ja, "remedy_en": each.remedy_en}
        for each in declared.reasons
    ])
    write_table(engine, "dictionary_entry", ENTRY_COLUMNS, [])
    fill(engine, "dictionary_entry", ENTRY_COLUMNS, entry_rows(engine, declared.flows))


def flow_rows(flows: Iterable[Any]) -> list[dict[str, Any]]:
    """Every source as it is declared, in the order they are read."""
    return [
        {
            "source": flow.source, "list_order": place, "tables": ", ".join(flow.tables), "beat": flow.beat, "day_column": flow.day_column,
            "lists_exceptions": flow.lists_exceptions,
        }
        | {
            f"{name}_{language}": getattr(flow, name)[language]
            for name in ("label", "purpose", "seen_by", "retention", "frequency")
            for language in ("ja", "en")
        }
        for place, flow in enumerate(flows)
    ]


def entry_rows(engine: DuckDB, flows: Iterable[Any]) -> list[dict[str, Any]]:
    """Every table (without a column name) and every column of the district file, with what it means."""
    sources = sources_of_tables(flows)
    found = engine.run(
        "select table_name, column_name, data_type from duckdb_columns()"
        " where schema_name = 'main' and database_name = current_database() and not internal order by table_name, column_index"
    )
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in found:
        columns.setdefault(table, []).append((column, kind))
    described = [table for table in dictionary()["table"] if table in columns]
    rows = []
    for place, table in enumerate(described):
        shared = {"table_name": table, "list_order": place, "source": sources.get(table)}
        own = dictionary()["table"][table]
        rows.append(shared | {"column_order": 0, "meaning_ja": own["ja"], "meaning_en": own["en"]})
        for turn, (column, kind) in enumerate(columns[table], start=1):
            words = column_words(table, column) or {}
            rows.append(shared | {
                "column_order": turn, "column_name": column, "column_type": kind.lower(),
                "meaning_ja": words.get("ja"), "meaning_en": words.get("en"),
            })
    return rows


def sources_of_tables(flows: Iterable[Any]) -> dict[str, str]:
    """The source of every table that is made from one source alone; counted tables rest on several."""
    filled = {table: flow.source for flow in flows for table in flow.tables}
    found = {}
    for step in steps_in_order():
        sources = {filled[table] for table in step.reads_lake if table in filled}
        if len(sources) == 1:
            found[step.name] = sources.pop()
    return found


def write_table(engine: DuckDB, name: str, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
    """A small table of the district file, written out of the program."""
    engine.run(f"create or replace table {name} ({', '.join(f'{column} {kind}' for column, kind in columns.items())})")
    fill(engine, name, columns, rows)


def fill(engine: DuckDB, name: str, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
    """Add rows to such a table, all at once."""
    if rows:
        lists = {column: [row.get(column) for row in rows] for column in columns}
        engine.run(f"insert into {name} select {', '.join(f'unnest(${column})' for column in columns)}", lists)
