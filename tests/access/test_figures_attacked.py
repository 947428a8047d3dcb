"""Everything a board officer can be told of the whole district, put into one system of equations: nothing small comes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import Any

import duckdb
import pytest

from access import gate, jurisdictions, viewers_of
from access.gate import answer
from access.sql_allowlist import allowed
from queries.catalogue import indicators
from sample_data.cast import member
from tests.marts.attack import EXACT, Published, widths

LEAST = 10
# whatever question asks it, this is all there is to ask: every figure behind the gate
EVERY_FIGURE = allowed(
    "every_figure",
    "select cell.indicator, cell.fiscal_year, cell.period, cell.period_on, cell.place, cell.school_id, cell.grade, cell.school_kind,"
    " cell.is_hidden from cell",
)
SHRINKING = ("scarce_attendance", "no_attendance")  # whoever comes an eleventh day is no longer counted; nothing is told of them anyway
Key = tuple[str, int | None, int | None, str | None]


@pytest.fixture
def truth(sample_district: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    before = jurisdictions.known()
    jurisdictions.use_district(sample_district / "district")
    with duckdb.connect(str(gate.district_path()), read_only=True) as connection:
        yield connection
    jurisdictions.use_jurisdictions(before)


def tables(truth: duckdb.DuckDBPyConnection) -> dict[tuple[Any, ...], dict[Key, dict[str, float]]]:
    """What is really behind each figure: indicator and period → place → people, cases and sums."""
    found: dict[tuple[Any, ...], dict[Key, dict[str, float]]] = defaultdict(dict)
    for name, year, period, on, place, school, grade, kind, *values in truth.sql(
        "select indicator, fiscal_year, period, period_on, place, school_id, grade, school_kind, people, cases, numerator, denominator"
        " from cell where place <> 'class'"
    ).fetchall():
        found[(name, year, period, on)][(place, school, grade, kind)] = dict(
            zip(("people", "cases", "numerator", "denominator"), map(float, values), strict=True)
        )
    return found


def published(
    table: dict[Key, dict[str, float]], hidden: set[Key], quantity: str, most: dict[Key, float], kinds: dict[int, str]
) -> Published:
    heights = ("grade", "kind_grade", "school")
    bottom = next(parts for parts in (sorted((place for place in table if place[0] == each), key=str) for each in heights) if parts)
    places = sorted(table, key=str)
    sums = [
        [
            at
            for at, (height, school, grade, kind) in enumerate(bottom)
            if place == (height, school, grade, kind)
            or (place[0] == "school" and place[1] == school)
            or (place[0] == "kind" and place[3] == (kind if school is None else kinds[school]))
            or (place[0] == "kind_grade" and (place[2], place[3]) == (grade, kind if school is None else kinds[school]))
            # over the district people are counted at ordinary schools
            or (place[0] == "district" and not (quantity == "cases" and (kind if school is None else kinds[school]) == "special_needs"))
        ]
        for place in places
    ]
    # people are added as members of each place: whoever attacks is taken to know who moved
    values = [sum(table[bottom[at]][quantity] for at in members) for members in sums]
    return Published(sums, values, [place not in hidden for place in places], [most.get(place, inf) for place in bottom])


def test_no_figure_suppressed_from_sato_can_be_worked_out(
    truth: duckdb.DuckDBPyConnection, record_property: Any
) -> None:
    sato = viewers_of(member("sato").staff_number)[0]
    hidden: dict[tuple[Any, ...], set[Key]] = defaultdict(set)
    told = answer(sato, EVERY_FIGURE, {})
    assert set(told.get_column("place")) == {"district", "kind", "kind_grade", "school", "grade"}, "no class"
    for name, year, period, on, place, school, grade, kind, is_hidden in told.rows():
        if is_hidden:
            hidden[(name, year, period, on)].add((place, school, grade, kind))
    kinds = dict(truth.sql("select school_id, kind from school").fetchall())
    weeks = told.filter(told.get_column("period") == "week")
    assert weeks.get_column("is_hidden").all(), "weeks and months could be subtracted"
    everything = tables(truth)
    narrowest: dict[str, float] = defaultdict(lambda: inf)
    attacked: dict[Any, list[float]] = {}
    for key, table in everything.items():
        name, year, period, _on = key
        if period == "week" or not hidden[key]:
            continue
        is_cases = indicators()[name].is_numerator_people
        quantities = ["cases"] if is_cases else ["people"] if period == "month" else ["people", "numerator", "denominator"]
        most: dict[Key, float] = {}
        if is_cases:  # how many there are is told beside another figure, where that is shown
            beside = ("absence_rate", *key[1:])
            most = {place: values["people"] for place, values in everything[beside].items() if place not in hidden[beside]}
        for quantity in quantities:
            attack = published(table, hidden[key], quantity, most, kinds)
            once = (tuple(map(tuple, attack.sums)), tuple(attack.values), tuple(attack.shown), tuple(attack.most))
            if once not in attacked:
                attacked[once] = widths(attack, enough=LEAST)
            narrowest[quantity] = min(narrowest[quantity], *attacked[once])
            assert min(attacked[once]) >= LEAST - EXACT, (key, quantity)
    # a 年度 as far as the 20th of November and the whole of it are what two loads would have told, one after the other
    for (name, year, period, on), table in everything.items():
        whole = everything.get((name, year, "year", on))
        if period != "to_date" or whole is None or year == 2026 or not hidden[(name, year, period, on)] or name in SHRINKING:
            continue
        for quantity in ("cases",) if indicators()[name].is_numerator_people else ("people", "numerator", "denominator"):
            both = set(table) & set(whole)
            loads = [
                published({place: each[place] for place in both}, hidden[(name, year, span, on)], quantity, {}, kinds)
                for each, span in ((table, "to_date"), (whole, "year"))
            ]
            attacked[(name, year, quantity)] = widths(*loads, enough=LEAST)
            assert min(attacked[(name, year, quantity)]) >= LEAST - EXACT, (name, year, quantity)
    asked_for = told.filter(told.get_column("period") != "week")
    share = asked_for.get_column("is_hidden").mean()
    record_property("walk", f"suppressed from the board {share:.1%} of {asked_for.height} figures; {len(attacked)} tables attacked")
    assert narrowest["people"] >= LEAST


def test_a_place_is_shown_in_every_period_of_a_year_or_in_none(truth: duckdb.DuckDBPyConnection) -> None:
    mixed = truth.sql(
        "select indicator, fiscal_year, place, school_id, grade, class_id, school_kind from cell where period <> 'week'"
        " group by all having bool_or(is_withheld) and not bool_and(is_withheld)"
    ).fetchall()
    assert mixed == []


def test_indicators_that_add_up_to_one_another_are_suppressed_together(truth: duckdb.DuckDBPyConnection) -> None:
    """晴れ＋くもり＋雨＋雷 is what was answered: one of them shown and three suppressed would tell the fourth's rest."""
    differing = truth.sql(
        "select fiscal_year, place, school_id, grade, class_id, school_kind, period, period_on from cell"
        " where indicator in ('mood_sunny', 'mood_cloudy', 'mood_rain', 'mood_thunder', 'mood_answered')"
        " group by all having bool_or(is_withheld) and not bool_and(is_withheld)"
    ).fetchall()
    assert differing == []
