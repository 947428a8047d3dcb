"""The engine that makes the tables: DuckDB on this machine, writing one file.

Another engine has to offer the same few things: see the lake as schema `lake`, make a table from a SELECT, count.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from access.settings import settings
from marts.quoting import among, identifier, identifiers, literal
from marts.steps import BuildError, Step
from queries.lake_schema import LakeTable, lake_tables

Schools = tuple[int, int] | None  # the first and the last of some schools; None: all
SCHOOLS_AT_A_TIME = 50  # keeps a designated city's build within 3 GB


class DuckDB:
    """A district file being written."""

    def __init__(self, path: Path, lake: Path, day: date, *, earlier_schools: bool = False) -> None:
        self._spill = path.with_name(f"{path.name}.spill")
        self._connection = duckdb.connect(
            str(path),
            config={
                "memory_limit": memory_limit(),
                "temp_directory": str(self._spill),
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            },
        )
        self._lake = lake
        self.run("set enable_progress_bar = false")  # it would write into the log of whoever started the load
        self.run(f"set variable today = date {literal(day.isoformat())}")
        self.run(f"set variable earlier_schools = {earlier_schools}")
        self.run("create schema lake")
        self.run("create schema chunk")

    def run(self, sql: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a statement: DuckDB streams, and an unread answer blocks the next question.

        Raises BuildError in the engine's own words, for whatever reason it cannot: the SQL, the disk, the memory.
        """
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except duckdb.Error as error:
            raise BuildError(str(error)) from error

    def close(self) -> None:
        """Everything is written to the one file, and the views over the lake are gone from it."""
        self.run("drop schema chunk cascade")
        self.run("drop schema lake cascade")
        self.run("checkpoint")
        self._connection.close()
        if self._spill.is_dir():
            for file in self._spill.iterdir():
                file.unlink()
            self._spill.rmdir()

    def abandon(self) -> None:
        """Lets go of the file as it is."""
        self._connection.close()

    def show_lake(self, schools: Schools = None, years: Iterable[int] = (), only: Iterable[str] | None = None) -> None:
        """Schema lake shows every table of the lake, or of it the rows of these schools (first and last) and 年度.

        only names the tables to show anew.
        """
        for table in lake_tables().values():
            if only is None or table.name in only:
                select = f"select * from ({self._lake_select(table, years)}){_bound(table.types, schools, years)}"
                self.run(f"create or replace view lake.{identifier(table.name)} as {select}")

    def make(self, step: Step, years: Iterable[int] = ()) -> int:
        """The table of a step, sorted as its header says, or of it these 年度; returns its number of rows.

        Raises BuildError with the step's name and the engine's own words.
        """
        chunks = self.school_chunks() if step.is_by_school else [None]
        name = identifier(step.name)
        order = f" order by {identifiers(step.order)}" if step.order else ""
        if years:
            self.run(f"delete from main.{name} where {among(years)}")
        else:
            self.run(f"drop table if exists main.{name}")
        turns: list[list[int]] = [[year] for year in sorted(years)]
        if not years and step.is_incremental and len(chunks) > 1:  # the 年度 lie one after another, also where schools are taken in turn
            turns = [[year] for year in sorted(self.years(()))]
        for turn, (year, schools) in enumerate((year, schools) for year in turns or [[]] for schools in chunks):
            head = f"create table main.{name} as" if turn == 0 and not years else f"insert into main.{name}"
            try:
                with self.part(step.reads, step.reads_lake, schools, year):
                    self.run(f"{head} select * from (\n{step.sql}\n){order}")
            except BuildError as error:
                raise BuildError(f"{step.name}.sql: {error}") from error
        return int(self.run(f"select count(*) from {name}")[0][0])

    def add(self, step: Step) -> None:
        """Adds the rows of a step's SELECT to its table."""
        order = f" order by {identifiers(step.order)}" if step.order else ""
        self.run(f"insert into main.{identifier(step.name)} select * from (\n{step.sql}\n){order}")

    def amend(self, step: Step, select: str, column: str) -> None:
        """Gives a column of a step's table the value a SELECT has for it, row by row of its key."""
        same = " and ".join(f"target.{identifier(part)} = fresh.{identifier(part)}" for part in step.key)
        self.run(f"update main.{identifier(step.name)} as target set {column} = fresh.{column} from (\n{select}\n) as fresh where {same}")

    def years(self, tables: Iterable[str]) -> frozenset[int]:
        """Every 年度 the lake, or a table of the district file given, knows of."""
        found: set[int] = set()
        for table in lake_tables().values():
            if "fiscal_year" in table.types:
                stems = [file.stem for file in table.files(self._lake)]
                found |= {int(stem) for stem in stems if stem.isdigit()}
                if any(not stem.isdigit() for stem in stems):
                    found |= self._years_in(f"lake.{identifier(table.name)}")
        return frozenset(found.union(*(self._years_in(f"main.{identifier(table)}") for table in tables)))

    def school_chunks(self) -> list[Schools]:
        """First and last school of each chunk; [None], that is everything at once, where one chunk would do."""
        schools = [row[0] for row in self.run("select school_id from lake.school order by school_id")]
        if len(schools) <= SCHOOLS_AT_A_TIME:
            return [None]
        starts = range(0, len(schools), SCHOOLS_AT_A_TIME)
        return [(schools[start], schools[min(start + SCHOOLS_AT_A_TIME, len(schools)) - 1]) for start in starts]

    def append(self, table: str, select: str) -> None:
        """Adds the rows of a SELECT to a table of this build's own, making it with the first."""
        head = f"insert into {identifier(table)}" if self.is_there(table) else f"create temp table {identifier(table)} as"
        self.run(f"{head} {select}")

    def is_there(self, table: str) -> bool:
        """Whether this build has made such a table of its own."""
        return bool(self._columns_of(f"temp.main.{identifier(table)}"))

    @contextmanager
    def part(
        self, reads: Iterable[str], reads_lake: Iterable[str], schools: Schools = None, years: Iterable[int] = ()
    ) -> Iterator[None]:
        """While it is open, the tables read show these schools (first and last) and 年度 only."""
        if schools is None and not years:
            yield
            return
        self.show_lake(schools, years, reads_lake)
        for table in set(reads) - {"as_of", "clock"}:  # today is today, also for the 年度 before
            bound = _bound(self.columns(table), schools, years)
            if bound:
                self.run(f"create or replace view chunk.{identifier(table)} as select * from main.{identifier(table)}{bound}")
        self.run("set search_path = 'chunk,main'")
        try:
            yield
        finally:
            self.run("reset search_path")
            self.run("drop schema chunk cascade")
            self.run("create schema chunk")
            self.show_lake(only=reads_lake)

    def columns(self, table: str) -> list[str]:
        """The columns of a table of the district file; none where there is no such table yet."""
        return self._columns_of(f"main.{identifier(table)}")

    def _columns_of(self, table: str) -> list[str]:
        try:
            return self._connection.table(table).columns
        except duckdb.CatalogException:
            return []
        except duckdb.Error as error:
            raise BuildError(str(error)) from error

    def _years_in(self, table: str) -> set[int]:
        return {row[0] for row in self.run(f"select distinct fiscal_year from {table}") if row[0] is not None}

    def _lake_select(self, table: LakeTable, years: Iterable[int] = ()) -> str:
        files = table.files(self._lake)
        if years:
            files = [file for file in files if not file.stem.isdigit() or int(file.stem) in years]
        if not files:
            nothing = ", ".join(f"cast(null as {kind}) as {identifier(column)}" for column, kind in table.types.items())
            return f"select {nothing} where false"
        listed = ", ".join(literal(str(file)) for file in files)
        source = f"read_parquet([{listed}], union_by_name = true)"
        try:
            present = {row[0] for row in self.run(f"describe select * from {source}")}
        except BuildError as error:
            raise BuildError(f"lake table {table.name} cannot be read: {error}") from error
        lacking = [column for column in table.types if column not in present and column not in table.may_lack]
        if lacking:
            raise BuildError(f"lake table {table.name} lacks {', '.join(lacking)}")
        shown = ", ".join(
            f"cast({identifier(column) if column in present else 'null'} as {kind}) as {identifier(column)}"
            for column, kind in table.types.items()
        )
        return f"select {shown} from {source}"


def memory_limit() -> str:
    """How much memory a build may take: 3 GB, less on a small machine, or what MIHARASHI_BUILD_MEMORY says."""
    if said := settings().build_memory:
        return said
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 8 * 1024**3
    return f"{min(3 * 1024, int(pages * 0.6 / 1024**2))}MiB"


def _bound(columns: Iterable[str], schools: Schools, years: Iterable[int]) -> str:
    """The WHERE that leaves these schools and 年度, of the columns a table has; empty where nothing is left out."""
    conditions = []
    if schools and "school_id" in columns:
        conditions.append(f"school_id between {schools[0]} and {schools[1]}")
    if years and "fiscal_year" in columns:
        conditions.append(among(years))
    return f" where {' and '.join(conditions)}" if conditions else ""
