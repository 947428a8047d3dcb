"""The tables of the district file, one .sql each: what a row of each is, what it is made from, in which order.

A step says in its header what the runner must hold it to:
    -- name: a sentence.     -- grain: what one row is.     -- key: columns no two rows share (? marks one that may be empty).
    -- order: how the rows lie in the file.     -- chunk: school (may be built some schools at a time).
    -- carry: fiscal_year (may be built some 年度 at a time, and stay where nothing has changed; see incremental.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import sqlglot
from sqlglot import exp

from queries.lake_schema import source_rows
from queries.recording import incomplete_rule_row, recording_rule_rows

BUILD_FOLDER = Path(__file__).parents[1] / "queries" / "build"
SOURCE_ROWS = "lake.source_row"  # stands for the rows of every table of the lake that says which source it is of
DECIDED = {"lake.recording_rule": recording_rule_rows, "lake.incomplete_rule": incomplete_rule_row}  # the board's: queries/recording.toml
HEADER = re.compile(r"^-- (\w+): (.+)$")


class BuildError(Exception):
    """The district file could not be built; the old one keeps serving."""


@dataclass(frozen=True)
class Step:
    """One table of the district file and the SELECT that fills it."""

    name: str
    sentence: str
    grain: str
    key: tuple[str, ...]
    may_be_empty: frozenset[str]
    order: tuple[str, ...]
    is_by_school: bool
    is_incremental: bool
    sql: str
    reads: frozenset[str]
    reads_lake: frozenset[str]


@lru_cache
def steps_in_order(folder: Path = BUILD_FOLDER) -> tuple[Step, ...]:
    """Every table of the district file, each after the tables it is made from.

    Raises BuildError when a table is made from one that nobody makes, or from itself.
    """
    steps = {file.stem: step_of(file) for file in sorted(folder.glob("*.sql"))}
    for step in steps.values():
        unknown = sorted(step.reads - steps.keys())
        if unknown:
            raise BuildError(f"{step.name}.sql reads {', '.join(unknown)}, which no file in {folder.name}/ makes")
    try:
        names: Iterable[str] = TopologicalSorter({step.name: sorted(step.reads) for step in steps.values()}).static_order()
        return tuple(steps[name] for name in names)
    except CycleError as error:
        raise BuildError(f"these tables are made from each other: {' → '.join(error.args[1])}") from error


@lru_cache
def step_of(file: Path) -> Step:
    """One .sql file as a step.

    Raises BuildError when its header lacks a sentence or a grain, or when it is not one SELECT.
    """
    sql = file.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    for line in sql.splitlines():
        match = HEADER.match(line)
        if match:
            header.setdefault(match[1], match[2].strip())
    lacking = [word for word in (file.stem, "grain") if word not in header]
    if lacking:
        raise BuildError(f"{file.name} lacks the header line {' and '.join(f'-- {word}:' for word in lacking)}")
    if SOURCE_ROWS in sql:
        sql = sql.replace(f"from {SOURCE_ROWS}", f"from (\n{source_rows()}\n)")
    for name, rules in DECIDED.items():
        if name in sql:
            sql = sql.replace(name, f"(\n{rules()}\n)")
    reads, reads_lake = tables_read(sql, file.name)
    key = _listed(header.get("key", ""))
    return Step(
        name=file.stem,
        sentence=header[file.stem],
        grain=header["grain"],
        key=tuple(column.rstrip("?") for column in key),
        may_be_empty=frozenset(column.rstrip("?") for column in key if column.endswith("?")),
        order=_listed(header.get("order", "")),
        is_by_school=header.get("chunk") == "school",
        is_incremental=header.get("carry") == "fiscal_year",
        sql=sql,
        reads=reads,
        reads_lake=reads_lake,
    )


@lru_cache
def tables_read(sql: str, file_name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The tables a SELECT reads: those of the district file, and those of the lake."""
    try:
        tree = sqlglot.parse_one(sql, dialect="duckdb")
    except sqlglot.ParseError as error:
        raise BuildError(f"{file_name} is not readable SQL: {str(error).splitlines()[0]}") from error
    if not isinstance(tree, exp.Query):
        raise BuildError(f"{file_name} is not one SELECT")
    own = {part.alias for part in tree.find_all(exp.CTE)}
    tables = list(tree.find_all(exp.Table))
    strange = sorted({table.sql() for table in tables if table.db not in {"", "lake"}})
    if strange:
        raise BuildError(f"{file_name} reads {', '.join(strange)}; a step reads the lake and other steps only")
    # inside a step a CTE may carry the name of a table of the lake, never of another step
    reads = frozenset(table.name for table in tables if not table.db and table.name not in own)
    return reads, frozenset(table.name for table in tables if table.db == "lake")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(",") if item.strip())
