"""Two published district files, table by table: does another version of the program make the same of the same inbox?

Figures of what a build makes, not of speed. Both files are opened read-only. What must differ between any two first loads is named
below with its reason; everything else that differs is told, and counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

# column: why no two first loads have it alike. "*" stands for every table.
BY_NATURE: dict[str, str] = {
    "school.key": "an address nobody can guess, drawn anew at a first load",
    "class.key": "the same",
    "student.key": "the same",
    "staff.key": "the same",
    "load.loaded_at": "the hour of the load",
    "*.load_id": "the number of the load, one more than the last one's",
}
# table: why its rows may stand in another order
UNORDERED: dict[str, str] = {"reach": "who reaches a class for two reasons has two rows there, either of which may come first"}
DIGITS = 10  # of a fraction: it is summed by several hands at once, and the last digits are a matter of who was first
MOST_TOLD = 3  # rows shown of each side

Columns = dict[str, tuple[str, str]]  # column → kind, comment


@dataclass(frozen=True)
class Expected:
    """What is meant to be different: names that have changed, and tables or columns (table.column) that come, go or hold something else."""

    renamed: Mapping[str, str] = field(default_factory=dict)
    named: Collection[str] = ()

    def table(self, name: str) -> str:
        """What a table of the file before is called after."""
        return self.renamed.get(name, name)

    def column(self, table: str, name: str) -> str:
        """What a column of the file before is called after."""
        return self.renamed.get(f"{table}.{name}", name)

    def covers(self, table: str, column: str = "") -> bool:
        """Whether a difference there has been named beforehand."""
        return table in self.named or f"{table}.{column}" in self.named


@dataclass
class Verdict:
    """What became of one table."""

    table: str
    rows: tuple[int | None, int | None]
    told: list[str] = field(default_factory=list)
    is_different: bool = False

    def say(self, words: str, *, is_named: bool = False) -> None:
        """Note a difference; one that was named beforehand does not count."""
        self.told.append(f"{words} (named)" if is_named else words)
        self.is_different |= not is_named


def measured(before: Path, after: Path, expected: Expected, console: Console) -> bool:
    """Print what became of each table; true where nothing differs but what is named."""
    board = Table("table", "rows before", "rows after", "", title="Two district files")
    verdicts = list(compared(published(before), published(after), expected))
    for verdict in verdicts:
        rows = ("–" if count is None else f"{count:,}" for count in verdict.rows)
        board.add_row(verdict.table, *rows, "\n".join(verdict.told) or "equal", style="red" if verdict.is_different else None)
    console.print(board)
    for column, reason in BY_NATURE.items():
        console.print(f"not compared: {column}: {reason}")
    for table, reason in UNORDERED.items():
        console.print(f"in whatever order: {table}: {reason}")
    console.print(f"fractions: {DIGITS} digits, for they are summed by several hands at once")
    different = [verdict.table for verdict in verdicts if verdict.is_different]
    but = f": not {', '.join(different)}" if different else ""
    console.print(f"{len(verdicts) - len(different)} of {len(verdicts)} tables are equal{but}")
    return not different


def published(data_dir: Path) -> Path:
    """The district file that serves from a data directory."""
    folder = data_dir / "district"
    return folder / (folder / "CURRENT").read_text(encoding="utf-8").strip()


def compared(before: Path, after: Path, expected: Expected) -> Iterator[Verdict]:
    """Every table of two district files, by name."""
    with duckdb.connect(config={"memory_limit": "2GB"}) as connection:
        for name, path in (("before", before), ("after", after)):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        was, now = columns_of(connection, "before"), columns_of(connection, "after")
        for table in sorted(was):
            yield verdict_of(connection, table, was[table], now.get(expected.table(table)), expected)
        for table in sorted(now.keys() - {expected.table(table) for table in was}):
            verdict = Verdict(table, (None, height(connection, "after", table)))
            verdict.say("a new table", is_named=expected.covers(table))
            yield verdict


def verdict_of(
    connection: duckdb.DuckDBPyConnection, table: str, was: Columns, now: Columns | None, expected: Expected
) -> Verdict:
    """What became of one table of the file before."""
    called = expected.table(table)
    if now is None:
        verdict = Verdict(table, (height(connection, "before", table), None))
        verdict.say("the table is gone", is_named=expected.covers(table))
        return verdict
    verdict = Verdict(table, (height(connection, "before", table), height(connection, "after", called)))
    names = {column: expected.column(table, column) for column in was}
    for column in was.keys() - {column for column, name in names.items() if name in now}:
        verdict.say(f"{column} is gone", is_named=expected.covers(table, column))
    for column in now.keys() - set(names.values()):
        verdict.say(f"{column} is new", is_named=expected.covers(table, column))
    shared = {column: name for column, name in names.items() if name in now}
    if [names[column] for column in was if column in shared] != [column for column in now if column in shared.values()]:
        verdict.say("columns stand in another order", is_named=expected.covers(table))
    for column, name in shared.items():
        for what, is_now, it_was in zip(("type", "comment"), now[name], was[column], strict=True):
            if is_now != it_was:
                verdict.say(f"{column}: another {what}: {it_was} → {is_now}", is_named=expected.covers(table, column))
    random = {column for column in shared if {f"{table}.{column}", f"*.{column}"} & BY_NATURE.keys()}
    held = {column: name for column, name in shared.items() if column not in random and not expected.covers(table, column)}
    if held:
        fractions = {column for column in held if was[column][0] == "DOUBLE"}
        one = f"select {_listed(held, fractions)} from before.{_quoted(table)}"
        other = f"select {_listed(held.values(), {held[column] for column in fractions})} from after.{_quoted(called)}"
        _compare_rows(connection, verdict, one, other, len(held), is_named=expected.covers(table))
    return verdict


def _compare_rows(
    connection: duckdb.DuckDBPyConnection, verdict: Verdict, one: str, other: str, width: int, *, is_named: bool
) -> None:
    """The same rows in the same order are told by going through both once; only otherwise is it asked which rows are apart."""
    moved = None
    if verdict.rows[0] == verdict.rows[1]:
        numbered = [f"c{place}" for place in range(width)]
        moved = counted(
            connection,
            f"({one}) as was({', '.join(numbered)}) positional join ({other}) as now({', '.join(numbered)})"
            f" where {' or '.join(f'was.{each} is distinct from now.{each}' for each in numbered)}",
        )
        if not moved:
            return
    is_apart = False
    for side, rows, others in (("before", one, other), ("after", other, one)):
        if count := counted(connection, f"({rows} except all {others})"):
            is_apart = True
            few = connection.sql(f"{rows} except all {others} order by all limit {MOST_TOLD}").fetchall()
            examples = "\n  ".join(", ".join(map(str, row)) for row in few)
            verdict.say(f"{count:,} rows {side} only, such as\n  {examples}", is_named=is_named)
    if not is_apart and verdict.table not in UNORDERED:
        verdict.say(f"the same rows, {moved:,} of them at another place", is_named=is_named)


def columns_of(connection: duckdb.DuckDBPyConnection, base: str) -> dict[str, Columns]:
    """Table → its columns as they stand, each with its kind and its comment."""
    found: dict[str, Columns] = {}
    for table, column, kind, comment in connection.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns()"
        " where database_name = $base and not internal order by table_name, column_index",
        {"base": base},
    ).fetchall():
        found.setdefault(table, {})[column] = (kind, comment)
    return found


def height(connection: duckdb.DuckDBPyConnection, base: str, table: str) -> int:
    """How many rows a table has."""
    return counted(connection, f"{base}.{_quoted(table)}")


def counted(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    """How many rows there are of something written as SQL."""
    return int(connection.sql(f"select count(*) from {rows}").fetchall()[0][0])


def _listed(names: Iterable[str], fractions: Collection[str]) -> str:
    return ", ".join(f"printf('%.{DIGITS - 1}e', {_quoted(name)})" if name in fractions else _quoted(name) for name in names)


def _quoted(name: str) -> str:
    return f'"{name}"'
