"""Flags raised at load: for each signal the days on which its rule held for a child, of this 年度 only.

A flag is a piece of work for somebody now; those of a closed 年度 are history nobody acts on, and are not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from marts.counting import ROLLUP_FOLDER
from marts.declared import write_table
from marts.engines import DuckDB
from marts.shared_scans import parsed, with_parameters
from marts.steps import BuildError, step_of, tables_read
from marts.verify import check_key
from queries.rules import WORDS, Signal, listing

COLUMNS = (
    "school_id", "class_id", "student_id", "fiscal_year", "day", "ordinal", "holds", "is_evidence", "since",
    "found", "usual", "out_of", "missing", "elsewhere",
)  # fmt: skip
SIGNAL_COLUMNS = {
    "name": "varchar", "list_order": "smallint", "kinds": "varchar[]", "decimals": "smallint",
    **{f"{word}_{language}": "varchar" for word in WORDS for language in ("ja", "en")},
    "shown_days": "smallint", "again_days": "smallint", "thresholds_version": "smallint", "decided_on": "date",
}  # fmt: skip


def raise_flags(engine: DuckDB, signals: Mapping[str, Signal], progress: Callable[[str], None]) -> None:
    """Makes the tables signal, flag and flag_day from what the district file already holds.

    progress hears the name of each signal before it is looked for.
    Raises BuildError when a signal does not fit its table.
    """
    write_table(engine, "signal", SIGNAL_COLUMNS, [_glossary_row(place, signal) for place, signal in enumerate(signals.values())])
    flag, flag_day = (step_of(ROLLUP_FOLDER / f"{name}.sql") for name in ("flag", "flag_day"))
    year = engine.run("select fiscal_year from main.as_of")[0][0]
    for signal in signals.values():
        progress(signal.name)
        rows = rows_of(signal)
        reads = tables_read(rows, signal.name)[0]
        for schools in engine.school_chunks():
            try:
                with engine.part(reads, (), schools, [year] if year is not None else ()):
                    engine.run(f"create or replace temp table signal_row as {rows}")
                engine.append("flag_part", flags_from(signal))
                engine.append("flag_day_part", f"{flag_day.sql} and flag_part.signal = '{signal.name}'")
            except BuildError as error:
                raise BuildError(f"signals/{signal.name}.sql: {error}") from error
    engine.run("drop table if exists signal_row")
    for step in (flag, flag_day):
        engine.make(replace(step, sql=f"select * from {step.name}_part"))
        check_key(engine.run, step)
        engine.run(f"drop table {step.name}_part")


def rows_of(signal: Signal) -> str:
    """The SELECT of a signal with its thresholds in it.

    Raises BuildError when it does not hand over the columns every signal has, or asks for a threshold that is not set.
    """
    text = signal.sql_file.read_text(encoding="utf-8")
    columns = tuple(parsed(text).named_selects)
    if columns != COLUMNS:
        raise BuildError(f"signals/{signal.name}.sql hands over {', '.join(columns)}; it needs {', '.join(COLUMNS)}")
    return filled(text, tuple(signal.placeholders.items()))


def flags_from(signal: Signal) -> str:
    """The SELECT that takes the days on which a signal's rule held together into flags."""
    return filled(step_of(ROLLUP_FOLDER / "flag.sql").sql, (("signal", signal.name), ("quiet_days", signal.quiet_days)))


@lru_cache
def filled(sql: str, parameters: tuple[tuple[str, int | float | str], ...]) -> str:
    """A SELECT with its $names replaced; the same for every load of a process."""
    return with_parameters(parsed(sql), dict(parameters)).sql(dialect="duckdb", comments=False)


def _glossary_row(place: int, signal: Signal) -> dict[str, Any]:
    row = {"name": signal.name, "list_order": place, "kinds": list(signal.kinds), "decimals": signal.decimals}
    row |= {
        f"{word}_{language}": getattr(signal, word)[language]
        for word in WORDS
        for language in ("ja", "en")
    }
    set_for_all = listing()
    return row | {
        "shown_days": set_for_all.shown_days, "again_days": set_for_all.again_days,
        "thresholds_version": set_for_all.version, "decided_on": set_for_all.decided_on,
    }  # fmt: skip
