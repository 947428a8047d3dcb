"""Counts of people by sex, as the national survey asks for them: over all schools of a kind and over the district, and nowhere smaller.

Who is of which sex stays in the lake. Here people are told apart while they are counted, and only the counts go into the district file.
Of them, too, those are suppressed that would tell of a few (see docs/disclosure.md): a count of one sex, of the other, or of those of whom
the roster says neither; whatever is left of one count when another that is part of it is taken away; and where the schools of one kind
are suppressed, those of every kind that is summed with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path

from marts.engines import DuckDB
from marts.incremental import IncrementalBuild
from marts.quoting import literal
from marts.shared_scans import narrowed
from marts.suppression import APART, rule
from queries.catalogue import Indicator

TABLE = "absence_by_sex"
ROLLUP_FOLDER = Path(__file__).parents[1] / "queries" / "rollup"
ROLLUP_FILE, NOTED_FILE = ROLLUP_FOLDER / f"{TABLE}.sql", ROLLUP_FOLDER / "person_noted.sql"
COLUMNS = (
    "indicator varchar, school_kind varchar, sex varchar, fiscal_year smallint, period varchar, cases integer, people integer,"
    " is_withheld boolean"
)
UNKNOWN = "unknown"

Sex = str
Where = tuple[str | None, str]  # a kind of school (None: the district), an indicator
Counts = Mapping[Where, Mapping[str, Mapping[Sex, tuple[int, int]]]]  # where → period → sex → counted, and out of how many


class Sexes:
    """The counting of one load: notes each person's figures of indicators that count people, and adds them up by sex in the end."""

    table = TABLE

    def __init__(self, engine: DuckDB, indicators: Mapping[str, Indicator], tables: IncrementalBuild) -> None:
        self._engine = engine
        self._names = {name for name, indicator in indicators.items() if indicator.is_numerator_people}
        self.changed = frozenset() if tables.before is None else tables.changed.get("student_sex", frozenset())
        if tables.before is None:
            engine.run(f"create or replace table {TABLE} ({COLUMNS})")
        engine.run(
            "create or replace temp table person_noted (indicator varchar, school_id integer, person_id integer, fiscal_year smallint,"
            " period varchar, numerator double, denominator double)"
        )

    def counts(self, names: Collection[str]) -> bool:
        """Whether these indicators count people."""
        return bool(self._names & set(names))

    def note(self, names: Collection[str]) -> None:
        """Keep what the temporary table `person` knows of each person, for those of these indicators that count people."""
        for name in sorted(self._names & set(names)):
            self._engine.run(f"insert into person_noted {narrowed(NOTED_FILE.read_text(encoding='utf-8'), name)}")

    def add_up(self) -> None:
        """Add what has been noted to the table."""
        self._engine.run("create or replace temp view student_sex as select student_id, fiscal_year, sex from lake.student_sex")
        self._engine.run(f"insert into {TABLE} {ROLLUP_FILE.read_text(encoding='utf-8')}")
        self._engine.run("drop table person_noted")
        self._engine.run("drop view student_sex")


def suppress_sexes(engine: DuckDB, indicators: Mapping[str, Indicator], served: Path | None = None) -> None:
    """Marks which counts by sex nobody is told; what the file served so far suppresses in a 年度 stays so."""
    before = _suppressed_before(engine, served)
    engine.run(f"update {TABLE} set is_withheld = false")
    hidden = defaultdict(set)
    for name, kind, year in engine.run(rule("sexes_hidden")):
        hidden[year].add((kind, name))
    years = [row[0] for row in engine.run(rule("sexes_years"))]
    for year in years:
        counts: dict[Where, dict[str, dict[Sex, tuple[int, int]]]] = defaultdict(lambda: defaultdict(dict))
        for name, kind, sex, period, cases, people in engine.run(rule("sexes_counted"), {"year": year}):
            counts[(kind, name)][period][sex] = (cases, people)
        for kind, name in suppressed_by_sex(counts, indicators, hidden[year] | before[year]):
            engine.run(rule("sexes_marked"), {"year": year, "name": name, "kind": kind})


def suppressed_by_sex(counts: Counts, indicators: Mapping[str, Indicator], hidden: Collection[Where]) -> frozenset[Where]:
    """Where the sexes are not told apart in a 年度.

    Args:
        counts: of every kind of school and of the district each indicator, by period and sex.
        indicators: the glossary: below how many people a count is small, and which count another is part of.
        hidden: where the figure itself is not told, or was not told apart by an earlier load.
    """
    kept: set[Where] = set()
    for name in _outer_first({name for _kind, name in counts}, indicators):
        least, whole = indicators[name].suppress_below, indicators[name].within
        for kind in {kind for kind, each in counts if each == name}:
            where = (kind, name)
            is_small = any(_is_small(counts[where], period, sex, least) for period in counts[where] for sex in counts[where][period])
            if where in hidden or is_small or (whole and (
                (kind, whole) in kept or (kind, whole) not in counts or _is_nearly_all(counts[where], counts[(kind, whole)], least)
            )):  # fmt: skip
                kept.add(where)
        summed = {(kind, each) for kind, each in counts if each == name and kind is not None and kind not in APART}
        if summed & kept:  # the district's, less those of the other kinds, would be the one suppressed
            kept |= summed
    return frozenset(kept)


def _is_small(periods: Mapping[str, Mapping[Sex, tuple[int, int]]], period: str, sex: Sex, least: int) -> bool:
    """Whether a count of one sex, or of those it leaves out, is of few. Where the roster says everybody's sex, none is unknown."""
    cases, people = periods[period][sex]
    if sex == UNKNOWN and people == 0:
        return False
    return cases < least or people - cases < least


def _is_nearly_all(
    part: Mapping[str, Mapping[Sex, tuple[int, int]]], whole: Mapping[str, Mapping[Sex, tuple[int, int]]], least: int
) -> bool:
    """Whether what a count leaves of the one it is part of is of few."""
    return any(
        whole.get(period, {}).get(sex, (0, 0))[0] - cases < least
        for period, sexes in part.items()
        for sex, (cases, people) in sexes.items()
        if people or sex != UNKNOWN
    )


def _outer_first(names: Collection[str], indicators: Mapping[str, Indicator]) -> list[str]:
    """The indicators, each after the one it is part of."""

    def depth(name: str) -> int:
        within = indicators[name].within
        return 1 + depth(within) if within else 0

    return sorted(names, key=lambda name: (depth(name), name))


def _suppressed_before(engine: DuckDB, served: Path | None) -> dict[int, set[Where]]:
    found: dict[int, set[Where]] = defaultdict(set)
    if served is None:
        return found
    engine.run(f"attach {literal(str(served))} as served (read_only)")
    try:
        if engine.run(f"select 1 from duckdb_tables() where database_name = 'served' and table_name = {literal(TABLE)}"):
            for kind, name, year in engine.run(rule("sexes_before")):
                found[year].add((kind, name))
    finally:
        engine.run("detach served")
    return found
