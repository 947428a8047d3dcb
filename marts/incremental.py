"""What of the district file before may stay: the 年度 of each table for which nothing has changed.

A day's files touch one 年度. A table whose header says `carry: fiscal_year` rests, 年度 by 年度, on what the lake and the tables it is
made from hold of that 年度; the other 年度 are kept as they lie in a copy of the file before. Two things reach across: the clocks, which
cut their own 年度 and later ones only, and is_to_date, which says how far an older 年度 is compared with this one and moves with every
school day. Where nothing but is_to_date has moved, that column alone is mended (queries/carry/) and the figures to date are counted anew.
What comes of it is equal, row by row, to a district file built from nothing: a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marts.engines import DuckDB
from marts.quoting import identifiers
from marts.steps import BUILD_FOLDER, Step
from marts.verify import check_key

CARRY_FOLDER = BUILD_FOLDER.parent / "carry"
TO_DATE = "is_to_date"
CLOCKS = ("clock", "as_of")  # tables of one day: another day cuts its own 年度 and later ones only
Years = frozenset[int]
NONE: Years = frozenset()


@dataclass(frozen=True)
class Before:
    """A district file built by this very house, and the lake it was built from: part → fingerprint."""

    path: Path
    parts: dict[str, str]


@dataclass(frozen=True)
class TableState:
    """What a table holds of one 年度, as two fingerprints: without is_to_date and with it."""

    rows: int
    lasting: int
    whole: int


class IncrementalBuild:
    """One build upon a copy of the file before; without one, everything is made."""

    def __init__(self, engine: DuckDB, steps: Iterable[Step], before: Before | None, parts: dict[str, str]) -> None:
        self.engine = engine
        self.before = before
        self.incremental = frozenset(step.name for step in steps if step.is_incremental)
        self.stale: dict[str, Years] = {}  # table → 年度 whose rows have changed
        self.restated: dict[str, Years] = {}  # table → 年度 of which is_to_date alone has changed
        if before is None:
            return
        self.years = engine.years(self.incremental)
        self.states = {step.name: self.state(step.name) for step in steps if not step.is_incremental}
        self.days = {clock: self.day_of(clock) for clock in CLOCKS}
        changed = {part for part in parts.keys() | before.parts.keys() if parts.get(part) != before.parts.get(part)}
        self.changed: dict[str, Years] = {}
        for part in changed:
            table, _, year = part.partition("/")
            self.changed[table] = self.changed.get(table, NONE) | ({int(year)} if year.isdigit() else self.years)

    def make(self, step: Step) -> None:
        """The table of a step as a whole file would have it.

        Raises:
            BuildError: where two rows share its key.
        """
        years = self.years_of(step)
        if years is None:
            self.engine.make(step)
            check_key(self.engine.run, step)
            self.compare(step)
            return
        self.stale[step.name] = years
        self.restated[step.name] = frozenset().union(*(self.restated.get(table, NONE) for table in step.reads)) - years
        if years:
            self.engine.make(step, years)
            check_key(self.engine.run, step, years)
        if self.restated[step.name]:
            self.engine.amend(step, (CARRY_FOLDER / f"{step.name}.sql").read_text(encoding="utf-8"), TO_DATE)

    def years_of(self, step: Step) -> Years | None:
        """The 年度 of a step's table to be made; None where it is made as a whole."""
        if self.before is None or not step.is_incremental:
            return None
        years = frozenset().union(
            *(self.stale.get(table, NONE) for table in step.reads), *(self.changed.get(table, NONE) for table in step.reads_lake)
        )
        if not (CARRY_FOLDER / f"{step.name}.sql").is_file():  # nobody has said how its is_to_date would be mended
            years = years.union(*(self.restated.get(table, NONE) for table in step.reads))
        return years

    def figures_of(self, tables: Iterable[str]) -> tuple[Years, Years] | None:
        """Of figures counted from these tables: the 年度 to count anew, and those of which only the figures to date; None: all."""
        if self.before is None:
            return None
        years = frozenset().union(*(self.stale.get(table, NONE) for table in tables))
        return years, frozenset().union(*(self.restated.get(table, NONE) for table in tables)) - years

    def compare(self, step: Step) -> None:
        """Note in which 年度 a table that is made as a whole has become another."""
        if self.before is None:
            return
        if step.name in CLOCKS:
            (_, was), (_, now) = before, after = self.days[step.name], self.day_of(step.name)
            self.stale[step.name] = frozenset(year for year in self.years if year >= min(was, now)) if before != after else NONE
            return
        was_state, state = self.states[step.name], self.state(step.name)
        stale, restated = set(), set()
        for year in was_state.keys() | state.keys():
            was_then, is_now = was_state.get(year), state.get(year)
            if was_then is None or is_now is None or (was_then.rows, was_then.lasting) != (is_now.rows, is_now.lasting):
                stale |= {year} if year is not None else self.years
            elif was_then.whole != is_now.whole:
                restated |= {year} if year is not None else self.years
        self.stale[step.name] = frozenset(stale)
        self.restated[step.name] = frozenset(restated - stale)

    def state(self, table: str) -> dict[int | None, TableState]:
        """What a table holds, 年度 by 年度; under None, what is of no 年度."""
        columns = self.engine.columns(table)
        if not columns:
            return {}
        year = "fiscal_year" if "fiscal_year" in columns else "null"
        lasting = identifiers(column for column in columns if column != TO_DATE)
        whole = identifiers(columns)
        # hashed twice: the last column enters the first hash as it is, and the same change of two rows would cancel itself out
        rows: list[tuple[Any, ...]] = self.engine.run(
            f'select {year}, count(*), sum(hash(hash({lasting}))), sum(hash(hash({whole}))) from main."{table}" group by 1'
        )
        return {row[0]: TableState(*row[1:]) for row in rows}

    def day_of(self, clock: str) -> tuple[Any, int]:
        """The day a clock of the district file shows, and its 年度."""
        day, year = self.engine.run(f"select day, fiscal_year from main.{clock}")[0]
        return day, year
