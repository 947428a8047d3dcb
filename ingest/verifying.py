"""Is a district file sound? Every row read, every key unique, every whole the sum of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

from ingest.steps import BUILD_FOLDER, BuildError, Step, step_of, steps_in_order

ROLLUP_FOLDER = BUILD_FOLDER.parent / "rollup"
# without these there is nothing to show, whatever else is there
NEVER_EMPTY = ("as_of", "school", "class", "student", "enrollment", "school_day", "student_day", "indicator")

Run = Callable[..., list[tuple[Any, ...]]]


def verify(path: Path, steps: Sequence[Step] | None = None) -> dict[str, int]:
    """Rows of each table of a district file, every one of which has been read from disk.

    Raises BuildError with the first thing that is not as it must be.
    """
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise BuildError(f"{path.name} does not open: {error}") from error

    def run(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql).fetchall()

    try:
        return _sound(run, steps or [*steps_in_order(), step_of(ROLLUP_FOLDER / "cell.sql")])
    except duckdb.Error as error:
        raise BuildError(f"{path.name} cannot be read to its end: {error}") from error
    finally:
        connection.close()


def check_key(run: Run, step: Step, years: Iterable[int] = ()) -> None:
    """Passes when no two rows of a step's table, or of its 年度 given, share its key and no part of the key is empty.

    Raises BuildError that shows the first offending rows.
    """
    if not step.key:
        return
    columns = [exp.column(column, quoted=True) for column in step.key]
    table = exp.to_table(step.name)
    bound = exp.column("fiscal_year").isin(*years) if years else exp.true()
    twice = exp.select(*columns).from_(table).where(bound).group_by(*columns).having("count(*) > 1").limit(3)
    rows = run(twice.sql(dialect="duckdb"))
    if rows:
        shown = "; ".join(_said(step.key, row) for row in rows)
        raise BuildError(f"{step.name}: {step.grain} But several rows have {shown}")
    needed = [column for column in columns if column.name not in step.may_be_empty]
    if needed:
        empty = exp.select(*columns).from_(table).where(bound).where(exp.or_(*(column.is_(exp.null()) for column in needed))).limit(1)
        rows = run(empty.sql(dialect="duckdb"))
        if rows:
            raise BuildError(f"{step.name}: a row has no value in its key: {_said(step.key, rows[0])}")


def check_sums(run: Run) -> None:
    """Passes when classes and grades sum to their school and schools to the district, for every figure and period.

    Raises BuildError that shows the first that do not.
    """
    rows = run((ROLLUP_FOLDER / "unreconciled.sql").read_text(encoding="utf-8"))
    if rows:
        indicator, part, whole, school, period, period_on, *figures = rows[0]
        place = f"{whole} {school}" if school is not None else whole
        raise BuildError(
            f"cell: {len(rows)} sums do not agree, first {indicator}, {part} to {place}, {period} {period_on}:"
            f" {figures[0]} of {figures[2]} against {figures[1]} of {figures[3]}"
        )


def _sound(run: Run, steps: Sequence[Step]) -> dict[str, int]:
    tables = [row[0] for row in run("select table_name from duckdb_tables() where schema_name = 'main' order by table_name")]
    missing = sorted({step.name for step in steps} - set(tables))
    if missing:
        raise BuildError(f"the file lacks {', '.join(missing)}")
    # hashing every value is what makes the engine read, and check, every block
    counted = {table: run(f'select count(*), bit_xor(hash(t)) from main."{table}" as t')[0][0] for table in tables}
    bare = [table for table in NEVER_EMPTY if not counted.get(table)]
    if bare:
        raise BuildError(f"nothing in {', '.join(bare)}: was a roster and a calendar loaded?")
    for step in steps:
        check_key(run, step)
    check_sums(run)
    return counted


def _said(columns: tuple[str, ...], row: tuple[Any, ...]) -> str:
    return ", ".join(f"{column} {value}" for column, value in zip(columns, row, strict=True))
