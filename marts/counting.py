"""Indicators counted into cells: every place, every period, once, at load."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from marts.engines import DuckDB
from marts.incremental import IncrementalBuild
from marts.quoting import among
from marts.sexes import Sexes
from marts.shared_scans import SharedScan, narrowed, shared_scans, widened
from marts.steps import BuildError, step_of
from marts.verify import check_key
from queries.catalogue import Indicator

ROLLUP_FOLDER = Path(__file__).parents[1] / "queries" / "rollup"

INDICATOR_COLUMNS = {
    "name": "varchar", "kind": "varchar", "source": "varchar", "label_ja": "varchar", "label_en": "varchar",
    "meaning_ja": "varchar", "meaning_en": "varchar", "unit_ja": "varchar", "unit_en": "varchar", "per": "double",
    "decimals": "smallint", "better": "varchar", "expected_low": "double", "expected_high": "double",
    "suppress_below": "integer", "is_numerator_people": "boolean", "is_compared_across_years": "boolean",
}


def count_cells(engine: DuckDB, indicators: Mapping[str, Indicator], progress: Callable[[str], None], tables: IncrementalBuild) -> None:
    """Makes the tables indicator and cell from what the district file already holds.

    Figures of a 年度 that has not changed stay; of one that is only compared up to another day, those to date are counted anew.
    progress hears the name of each indicator before it is counted.
    Raises BuildError when an indicator does not fit its table.
    """
    write_glossary(engine, indicators)
    engine.run("drop table if exists part")
    sexes = Sexes(engine, indicators, tables)
    cell = step_of(ROLLUP_FOLDER / "cell.sql")
    for scan in shared_scans(indicators.values()):
        progress(scan.names[0])
        due = tables.figures_of(scan.reads | cell.reads)
        if due is not None and sexes.counts(scan.names):
            due = (due[0] | sexes.changed, due[1] - sexes.changed)
        if due == (frozenset(), frozenset()):
            continue
        try:
            _count_scan(engine, scan, *(due or ((), ())), sexes)
        except BuildError as error:
            raise BuildError(f"indicators {', '.join(scan.names)}: {error}") from error
        if due:
            for table in ("cell", sexes.table) if sexes.counts(scan.names) else ("cell",):
                engine.run(_outdated(table, scan.names, *due))
    progress("cell")
    if tables.before is None:
        engine.make(cell)
    elif engine.is_there("part"):
        engine.add(cell)
    check_key(engine.run, cell)
    sexes.add_up()
    engine.run("drop table if exists part")


def write_glossary(engine: DuckDB, indicators: Mapping[str, Indicator]) -> None:
    """Table indicator: the glossary as the file knew it when it was counted; and which places and periods are wanted."""
    engine.run(f"create or replace table indicator ({', '.join(f'{name} {kind}' for name, kind in INDICATOR_COLUMNS.items())})")
    engine.run("create temp table indicator_place (indicator varchar, place varchar, period varchar)")
    marks = ", ".join(f"${column}" for column in INDICATOR_COLUMNS)
    for indicator in indicators.values():
        engine.run(f"insert into indicator values ({marks})", _glossary_row(indicator))
    wanted = [
        (indicator.name, place, period)
        for indicator in indicators.values()
        for place in indicator.places
        for period in indicator.periods
    ]
    columns = dict(zip(("indicator", "place", "period"), map(list, zip(*wanted, strict=True)), strict=True))
    engine.run("insert into indicator_place select unnest($indicator), unnest($place), unnest($period)", columns)


def _count_scan(engine: DuckDB, scan: SharedScan, years: Collection[int], restated: Collection[int], sexes: Sexes) -> None:
    due = sorted({*years, *restated})
    rows = _up_to_date(scan.sql, restated) if due else scan.sql
    # who moved is asked of the whole district, before the schools are taken some at a time
    with engine.part(scan.reads, (), None, due):
        engine.run(f"create or replace temp view indicator_row as {rows}")
        engine.run(f"create or replace temp table mover as {_rollup('mover')}")
    for schools in engine.school_chunks() if scan.is_by_school else [None]:
        with engine.part(scan.reads, (), schools, due):
            engine.run(f"create or replace temp view indicator_row as {rows}")
            engine.run(f"create or replace temp table span as {widened(_rollup('span'), scan.names)}")
        engine.run(f"create or replace temp table person as {_periods(widened(_rollup('person'), scan.names), restated)}")
        sexes.note(scan.names)
        engine.run(f"create or replace temp table scan_part as {widened(_rollup('part'), scan.names)}")
        for name in scan.names:
            engine.append("part", narrowed(_rollup("indicator_part"), name))
    for table in ("span", "person", "scan_part", "mover"):
        engine.run(f"drop table {table}")


def _up_to_date(rows: str, restated: Collection[int]) -> str:
    """An indicator's rows of these 年度; of those only restated, the rows to date, all on one day: nothing but their sum is asked."""
    if not restated:
        return rows
    return (
        f"select * replace (case when {among(restated)} then make_date(cast(fiscal_year as integer), 4, 1) else day end"
        f" as day) from ({rows}) where not {among(restated)} or is_to_date"
    )


def _periods(persons: str, restated: Collection[int]) -> str:
    """Every period of a person's figures; of a restated 年度 the one to date."""
    return f"select * from ({persons}) where not {among(restated)} or period = 'to_date'" if restated else persons


def _outdated(table: str, names: Collection[str], years: Collection[int], restated: Collection[int]) -> str:
    """The statement that takes away the figures which are counted anew."""
    figures = ", ".join(f"'{name}'" for name in names)
    return (
        f"delete from {table} where indicator in ({figures}) and ({among(years)}"
        f" or ({among(restated)} and period = 'to_date'))"
    )


def _glossary_row(indicator: Indicator) -> dict[str, Any]:
    words = {
        f"{field}_{language}": getattr(indicator, field)[language]
        for field in ("label", "meaning", "unit")
        for language in ("ja", "en")
    }
    low, high = indicator.expected
    row = {column: getattr(indicator, column, None) for column in INDICATOR_COLUMNS}
    return row | words | {"expected_low": low, "expected_high": high}


def _rollup(name: str) -> str:
    return (ROLLUP_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
