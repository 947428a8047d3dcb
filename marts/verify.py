"""Is a district file sound? Every row read, every key unique, every whole the sum of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

from marts.engines import memory_limit
from marts.quoting import among, identifier, identifiers
from marts.steps import BUILD_FOLDER, BuildError, Step, step_of, steps_in_order

ROLLUP_FOLDER = BUILD_FOLDER.parent / "rollup"
COUNTED = ("cell", "absence_by_sex", "flag", "flag_day")  # made by the load from what the steps have made
# without these there is nothing to show, whatever else is there
NEVER_EMPTY = ("as_of", "indicator")
OF_A_ROSTER = ("school", "class", "enrollment")  # nobody is a student between 31 March and the roster of the new 年度
# a prefecture has officers and what municipalities send, and may have no school of its own
OF_MUNICIPALITIES = ("municipality", "municipality_figure", "reach")
# what these would be made from; a calendar may speak of days to come alone, or of a school nobody is enrolled at
MADE_FROM = {
    "school_day": "select 1 from calendar_day, clock where kind = 'school_day' and calendar_day.day <= clock.day limit 1",
    "student_day": "select 1 from school_day semi join enrollment on enrollment.school_id = school_day.school_id"
    " and enrollment.grade = school_day.grade and school_day.day between enrollment.begins_on and enrollment.ends_on limit 1",
}

Run = Callable[..., list[tuple[Any, ...]]]


def verify(path: Path, steps: Sequence[Step] | None = None) -> dict[str, int]:
    """Rows of each table of a district file, every one of which has been read from disk.

    Raises BuildError with the first thing that is not as it must be.
    """
    try:
        connection = duckdb.connect(str(path), read_only=True, config={"memory_limit": memory_limit()})
        connection.execute("set enable_progress_bar = false").fetchall()
    except duckdb.Error as error:
        raise BuildError(f"{path.name} does not open: {error}") from error

    def run(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql).fetchall()

    try:
        return _sound(run, steps or [*steps_in_order(), *(step_of(ROLLUP_FOLDER / f"{name}.sql") for name in COUNTED)])
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
    key = identifiers(step.key)
    keys = f"select {key} from {identifier(step.name)}{_where(years) or ' where true'}"
    rows = [] if is_unique_by_order(run, step, years) else run(f"{keys} group by {key} having count(*) > 1 limit 3")
    if rows:
        shown = "; ".join(_said(step.key, row) for row in rows)
        raise BuildError(f"{step.name}: {step.grain} But several rows have {shown}")
    needed = [column for column in step.key if column not in step.may_be_empty]
    if needed:
        rows = run(f"{keys} and ({' or '.join(f'{identifier(column)} is null' for column in needed)}) limit 1")
        if rows:
            raise BuildError(f"{step.name}: a row has no value in its key: {_said(step.key, rows[0])}")


def is_unique_by_order(run: Run, step: Step, years: Iterable[int] = ()) -> bool:
    """Whether the order the rows lie in already shows that no two share the key; False where it does not tell.

    Grouping a hundred million rows takes minutes and gigabytes, comparing each with the one before it seconds: what only ever rises never
    comes twice. But the order has more than the key: the 年度 and the school of a child's day. So days of one 年度 must not lie among those
    of another, and whoever has rows under several schools in a 年度 is looked at by the key itself.
    """
    places = [step.order.index(column) if column in step.order else None for column in step.key]
    if None in places:
        return False
    rising = step.order[: max(places) + 1]
    besides = [column for column in rising if column not in step.key]
    where = _where(years)
    line = f"row({identifiers(rising)})"
    follows = f'select {line} > lag({line}) over () as is_after from "{step.name}"{where}'
    if run(f"select count(*) filter (where is_after) < count(*) - 1 from ({follows})")[0][0]:
        return False
    if "fiscal_year" in besides and "day" not in step.key:
        return False
    if "fiscal_year" in besides:
        spans = run(f'select min(day), max(day) from "{step.name}"{where} group by fiscal_year order by 1')
        if any(before[1] >= after[0] for before, after in pairwise(spans)):
            return False
    if besides in ([], ["fiscal_year"]):
        return True
    year = ["fiscal_year"] if "fiscal_year" in rising else []
    once = f'select distinct {identifiers([step.key[0], *dict.fromkeys([*year, *besides])])} from "{step.name}"{where}'
    several = f"select {identifiers(step.key[:1])} from ({once}) group by {identifiers([step.key[0], *year])} having count(*) > 1"
    theirs = f'select {identifiers(step.key)} from "{step.name}"{where or " where true"} and {identifiers(step.key[:1])} in ({several})'
    return not run(f"select 1 from ({theirs}) group by all having count(*) > 1 limit 1")


def _where(years: Iterable[int]) -> str:
    return f" where {among(years)}" if years else ""


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
    is_prefecture = not any(counted.get(table) for table in OF_A_ROSTER) and counted.get("municipality_figure")
    expected = NEVER_EMPTY + (OF_MUNICIPALITIES if is_prefecture else OF_A_ROSTER)
    bare = [table for table in expected if not counted.get(table)]
    bare += [table for table, made_from in MADE_FROM.items() if not counted.get(table) and run(made_from)]
    if bare:
        raise BuildError(f"nothing in {', '.join(bare)}: was a roster loaded?")
    for step in steps:
        check_key(run, step)
    check_sums(run)
    return counted


def _said(columns: tuple[str, ...], row: tuple[Any, ...]) -> str:
    return ", ".join(f"{column} {value}" for column, value in zip(columns, row, strict=True))
