"""Decided at load: which figures nobody sees who sees no names, once for the whole district, whatever page or filter asks.

A figure is suppressed in itself where it is of fewer people than its indicator allows (queries/rollup/cell.sql); others are kept
back so that no such figure can be got by subtraction (marts/complementary_suppression.py). Both hold for a whole 年度: a place is
shown in every month and to date, or in none, so that no two periods can be subtracted; and what was suppressed in a 年度 stays so, so
that no two loads can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

import numpy as np

from marts.complementary_suppression import Numbers, suppressed, table_of
from marts.engines import DuckDB
from marts.quoting import literal
from queries.catalogue import Indicator

SUPPRESSION_FOLDER = Path(__file__).parents[1] / "queries" / "suppression"

Place = tuple[str, int | None, int | None, int | None, str | None]  # place, school, grade, class, kind of school
DISTRICT: Place = ("district", None, None, None, None)
# what it costs to suppress one person's part of a figure; the district as a whole is always shown
PRICES = {"grade": 1.0, "class": 1.0, "school": 20.0, "kind_grade": 50.0, "kind": 100.0}
APART = ("special_needs", "high")  # kinds of schools whose people are not among those counted over the district
BOTTOMS = ("grade", "kind_grade", "school", "kind")  # what the rest is summed of: the first there is
PRICE_OF_PEOPLE = 1e-3  # of two groups the smaller one is suppressed
# p%-rule of τ-ARGUS with p = 10: what is left of a sum without its two largest parts must be a tenth of the largest
DOMINANCE = 0.1


@dataclass(frozen=True)
class Figure:
    """One place over a 年度 as one group of indicators knows it.

    `people` is how many there are at least. `layers` is what must stay unknown, once for each stretch of the 年度 in which the same
    places are there: people, or where people are counted that count; None where the place is not there then. `sums` is the least
    its indicators have summed to date and over the 年度.
    """

    place: Place
    people: float
    layers: tuple[float | None, ...]
    is_small: bool
    sums: tuple[float, ...] = ()


def suppress(engine: DuckDB, indicators: Mapping[str, Indicator], served: Path | None = None) -> None:
    """Marks in table cell what is suppressed, and notes it in table withheld, one row for each indicator, 年度 and place.

    What the file served so far suppresses in a 年度 stays so, also where the new file is built from nothing.
    Raises BuildError where the tables it reads are not there.
    """
    before = _suppressed_before(engine, served)
    _make_table(engine)
    kinds = dict(engine.run(rule("school_kinds")))
    years = [row[0] for row in engine.run(rule("years"))]
    for names in groups(indicators):
        first = indicators[names[0]]
        for year in years:
            figures = _figures(engine, names, year, is_cases=first.is_numerator_people)
            if figures:
                mixed = _mixed_classes(engine, year) if any(figure.place[0] == "class" for figure in figures) else {}
                already = before.get((names[0], year), frozenset())
                if first.kind == "staff_hours":
                    already |= _of_few_hands(engine, year)
                if first.within:
                    already |= _of_nearly_all(engine, first, year)
                places = suppressed_places(figures, first.suppress_below, already, mixed, kinds, is_cases=first.is_numerator_people)
                _note(engine, names, year, places, {figure.place for figure in figures if figure.is_small})
    engine.run(rule("marked"))


@cache
def rule(name: str) -> str:
    """What suppression asks of the counted figures, or marks in them: one file of queries/suppression."""
    return (SUPPRESSION_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def groups(indicators: Mapping[str, Indicator]) -> list[tuple[str, ...]]:
    """Indicators that are suppressed together: those of one kind of data, for one may be the sum of others; a count of people alone."""
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, indicator in indicators.items():
        together[(indicator.kind, name if indicator.is_numerator_people else "")].append(name)
    return [tuple(names) for names in together.values()]


def suppressed_places(
    figures: Iterable[Figure], least: int, already: frozenset[Place] = frozenset(),
    mixed: Mapping[int, tuple[int, frozenset[int]]] | None = None, kinds: Mapping[int, str] | None = None, *, is_cases: bool = False,
) -> frozenset[Place]:  # fmt: skip
    """The places whose figures are suppressed for a 年度, small ones and those that would give them away.

    Args:
        figures: every place of the 年度 that is counted.
        least: below how many people a figure is small.
        already: places suppressed by an earlier load of the same 年度.
        mixed: of each class of several grades its school and those grades.
        kinds: of each school its kind.
        is_cases: whether what is counted is people, so that the count itself must stay hidden.
    """
    known = {figure.place: figure for figure in figures}
    hidden = {place for place, figure in known.items() if figure.is_small or (is_cases and place[0] == "grade")}
    hidden |= already & known.keys()
    if DISTRICT in hidden:
        return frozenset(known)
    hidden |= _of_district(known, hidden, least, kinds or {}, is_cases)
    for _school, classes in groupby(sorted(_classes(known), key=lambda place: place[1] or 0), key=lambda place: place[1]):
        hidden |= _of_school(known, list(classes), hidden, least, mixed or {})
    return frozenset(hidden)


def _of_district(
    known: Mapping[Place, Figure], hidden: set[Place], least: int, kinds: Mapping[int, str], is_cases: bool
) -> set[Place]:
    """Schools and grades: every school the sum of its grades, every kind of school and every grade the sum over schools."""
    ordered = sorted(known, key=str)
    # staff have no grades, and some figures are of the district alone
    bottom = next(parts for parts in ([place for place in ordered if place[0] == kind] for kind in BOTTOMS) if parts)
    places = [*bottom, *(place for place in ordered if place[0] not in ("class", "district") and place not in bottom)]
    rows = [[part for part, each in enumerate(bottom) if _holds(place, each, kinds)] for place in places]
    rows.append([part for part, each in enumerate(bottom) if not (is_cases and _kind_of(each, kinds) in APART)])
    prices = np.array([PRICES[place[0]] * (1 + PRICE_OF_PEOPLE * known[place].people) for place in places] + [np.nan])
    marks = np.array([place in hidden for place in places] + [False])
    table = table_of(rows, prices)
    parts = [known[place] for place in bottom]
    # how many there are of a few is not told either, so that it bounds nothing
    most = np.array([figure.people if is_cases and figure.people >= least else np.inf for figure in parts])
    for layer in _layers(parts):
        is_there = ~np.isnan(layer)
        marks, hopeless = suppressed(table, np.nan_to_num(layer), np.where(is_there, most, 0.0), marks, least)
        if hopeless.any():  # what is left of the district is too small itself
            return set(places)
    if not is_cases:  # days, visits and minutes as well, where there are enough of them: in the first weeks of a 年度 there are not
        sums = np.array([min((figure.people, *figure.sums)) for figure in parts])
        marks, _hopeless = suppressed(table, sums, most, marks, least)
    return {place for place, mark in zip(places, marks, strict=False) if mark}


def _of_school(
    known: Mapping[Place, Figure], classes: list[Place], hidden: set[Place], least: int, mixed: Mapping[int, tuple[int, frozenset[int]]]
) -> set[Place]:
    """Classes of one school: every grade stays the sum of its classes, and the children it has in classes of several grades."""
    if not any(place in hidden for place in classes):
        return set()
    parts: list[tuple[Place, int | None]] = []
    for place in classes:
        _height, _school, grade, number, _kind = place
        parts += [(place, each) for each in sorted(mixed[number][1])] if grade is None and number in mixed else [(place, grade)]
    grades = sorted({grade for _place, grade in parts if grade is not None})
    alone = {grade for grade in grades if sum(each == grade for _place, each in parts) == 1}
    rows = [[at for at, (each, _grade) in enumerate(parts) if each == place] for place in classes]
    # a grade of one class that is suppressed moves with it, as has been seen to above
    free = {grade for grade in alone if ("grade", classes[0][1], grade, None, None) in hidden}
    rows += [[at for at, (_place, each) in enumerate(parts) if each == grade] for grade in grades if grade not in free]
    prices = [PRICES["class"] * (1 + PRICE_OF_PEOPLE * known[place].people) for place in classes]
    table = table_of(rows, np.array(prices + [np.nan] * (len(rows) - len(classes))))
    marks = np.array([place in hidden for place in classes] + [False] * (len(rows) - len(classes)))
    # nobody says how a class of several grades divides: nothing is taken from it
    mixed_parts = np.array([place[2] is None for place, _grade in parts])
    for layer in _layers([known[place] for place, _grade in parts]):
        held = np.where(mixed_parts, 0.0, np.nan_to_num(layer))
        marks, hopeless = suppressed(table, held, np.where(np.isnan(layer), 0.0, np.inf), marks, least)
        if hopeless.any():
            return set(classes)
    return {place for place, mark in zip(classes, marks, strict=False) if mark}


def _layers(parts: list[Figure]) -> Iterator[Numbers]:
    """The layers of these figures, each once: nan where one is not there."""
    layers = dict.fromkeys(zip(*(figure.layers for figure in parts), strict=True))
    for layer in layers:
        if any(value is not None for value in layer):
            yield np.array([np.nan if value is None else value for value in layer], dtype=np.float64)


def _holds(place: Place, part: Place, kinds: Mapping[int, str]) -> bool:
    """Whether a part (a grade of a school or of a kind of school, or a school) counts in a place."""
    height, school, grade, _class, kind = place
    if height == "school":
        return part[1] == school
    if height == "kind":
        return _kind_of(part, kinds) == kind
    if height == "kind_grade":
        return part[2] == grade and _kind_of(part, kinds) == kind
    return place == part


def _kind_of(part: Place, kinds: Mapping[int, str]) -> str | None:
    return part[4] if part[1] is None else kinds.get(part[1])


def _classes(known: Mapping[Place, Figure]) -> list[Place]:
    return sorted((place for place in known if place[0] == "class"), key=lambda place: place[3] or 0)


def _figures(engine: DuckDB, names: tuple[str, ...], year: int, *, is_cases: bool) -> list[Figure]:
    rows = engine.run(rule("figures"), {"names": list(names), "year": year, "is_cases": is_cases})
    told: dict[Place, dict[tuple[str, date], tuple[float, float, float, bool]]] = defaultdict(dict)
    for height, school, grade, number, kind, period, on, *values in rows:
        told[(height, school, grade, number, kind)][(period, on)] = (values[0], values[1], values[2], values[3])
    stretches: dict[tuple[str, frozenset[Place]], list[tuple[str, date]]] = defaultdict(list)
    for when in {when for periods in told.values() for when in periods}:
        # a count of people is known to date and over the 年度, each for itself; people are the same where the same places are there
        there = frozenset(place for place, periods in told.items() if when in periods)
        stretches[(when[0] if is_cases else "", there)].append(when)
    layers = sorted(sorted(stretch) for stretch in stretches.values())
    column = 1 if is_cases else 0
    return [
        Figure(
            place,
            min(values[0] for values in periods.values()),
            tuple(min((periods[when][column] for when in stretch if when in periods), default=None) for stretch in layers),
            any(values[3] for values in periods.values()),
            tuple(values[2] for (period, _on), values in periods.items() if period in ("to_date", "year")),
        )
        for place, periods in told.items()
    ]


def _mixed_classes(engine: DuckDB, year: int) -> dict[int, tuple[int, frozenset[int]]]:
    """Of each class of several grades its school and the grades of its children."""
    rows = engine.run(rule("mixed_classes"), {"year": year})
    return {number: (school, frozenset(grade for grade in grades if grade is not None)) for number, school, grades in rows}


def _of_few_hands(engine: DuckDB, year: int) -> frozenset[Place]:
    """Schools where one person makes up so much of the hours of a month that the second one could tell them within a tenth."""
    rows = engine.run(rule("few_hands"), {"year": year, "share": DOMINANCE})
    return frozenset(("school", school, None, None, None) for (school,) in rows)


def _of_nearly_all(engine: DuckDB, indicator: Indicator, year: int) -> frozenset[Place]:
    """Places where a count is not told because the one it is part of is not, or is larger by a few: the few would be told."""
    asked = {"whole": indicator.within, "part": indicator.name, "year": year, "least": indicator.suppress_below}
    rows = engine.run(rule("nearly_all"), asked)
    return frozenset((place, school, grade, number, kind) for place, school, grade, number, kind in rows)


def _suppressed_before(engine: DuckDB, served: Path | None) -> dict[tuple[str, int], frozenset[Place]]:
    """What the file served so far suppresses; nothing where there is none, or one older than this table."""
    if served is None:
        return {}
    found: dict[tuple[str, int], set[Place]] = defaultdict(set)
    engine.run(f"attach {literal(str(served))} as served (read_only)")
    try:
        if engine.run("select 1 from duckdb_columns() where database_name = 'served' and table_name = 'withheld' limit 1"):
            for name, year, *place in engine.run(rule("withheld_before")):
                found[(name, year)].add((place[0], place[1], place[2], place[3], place[4]))
    finally:
        engine.run("detach served")
    return {key: frozenset(places) for key, places in found.items()}


def _make_table(engine: DuckDB) -> None:
    engine.run(
        "create or replace table withheld (indicator varchar, fiscal_year smallint, place varchar, school_id integer,"
        " grade smallint, class_id integer, school_kind varchar, is_small boolean)"
    )


def _note(engine: DuckDB, names: tuple[str, ...], year: int, places: frozenset[Place], small: set[Place]) -> None:
    rows = [(name, year, *place, place in small) for name in names for place in sorted(places, key=str)]
    if rows:
        columns = [f"c{number}" for number in range(len(rows[0]))]
        values = dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True))
        engine.run(f"insert into withheld select {', '.join(f'unnest(${column})' for column in columns)}", values)
