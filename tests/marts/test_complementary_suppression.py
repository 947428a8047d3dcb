"""What is suppressed, attacked: no figure of few people can be pinned down by subtracting what is shown, not even after two loads."""

from __future__ import annotations

import random
from math import inf
from pathlib import Path

import duckdb
import pytest

from marts.building import build_district
from marts.publish import publish
from marts.suppression import DISTRICT, Figure, Place, suppressed_places
from tests.marts.attack import EXACT, Published, widths
from tests.marts.conftest import CLASSES, SCHOOLS, calendar, students, write_lake

LEAST = 10
DISTRICTS = 200


def grade(school: int, number: int) -> Place:
    return ("grade", school, number, None, None)


def school(number: int) -> Place:
    return ("school", number, None, None, None)


def kind_of(level: int | None) -> str:
    return "elementary" if (level or 0) <= 6 else "junior_high"


def kinds_of(parts: dict[Place, tuple[float, ...]]) -> dict[int, str]:
    return {place[1]: kind_of(place[2]) for place in parts if place[1] is not None}


def wholes(place: Place) -> list[Place]:
    """Every figure a grade of a school counts in, itself first."""
    _height, number, level, _class, _kind = place
    kind = kind_of(level)
    return [place, school(number or 0), ("kind_grade", None, level, None, kind), ("kind", None, None, None, kind), DISTRICT]


def figures_of(parts: dict[Place, tuple[float, ...]], *, is_cases: bool = False) -> list[Figure]:
    """Every figure of a district whose grades have these people (and counts)."""
    sums: dict[Place, list[tuple[float, ...]]] = {}
    for place, values in parts.items():
        for each in wholes(place):
            sums.setdefault(each, []).append(values)
    found = []
    for place, values in sums.items():
        people, *counts = map(sum, zip(*values, strict=True))
        is_small = people < LEAST or (is_cases and (counts[0] < LEAST or people - counts[0] < LEAST))
        found.append(Figure(place, people, (counts[0] if is_cases else people,), is_small, tuple(counts)))
    return found


def test_nothing_is_suppressed_where_nobody_is_few() -> None:
    parts = {grade(number, level): (40.0, 200.0) for number in (1, 2) for level in (1, 2, 3)}
    assert suppressed_places(figures_of(parts), LEAST, kinds=kinds_of(parts)) == frozenset()


def test_one_small_grade_takes_three_others_with_it() -> None:
    """Its school and its grade are shown: it, one beside it, one below and the one across are suppressed, and nothing else."""
    parts = {grade(number, level): (40.0 + number + level, 200.0) for number in (1, 2, 3) for level in (1, 2, 3)}
    parts[grade(1, 1)] = (4.0, 200.0)
    kept = suppressed_places(figures_of(parts), LEAST, kinds=kinds_of(parts))
    assert grade(1, 1) in kept
    assert len(kept) == 4
    assert {place[0] for place in kept} == {"grade"}
    assert kept == {grade(1, 1), grade(1, 2), grade(2, 1), grade(2, 2)}, "the smallest that will do"


def test_a_figure_between_two_small_ones_needs_no_third() -> None:
    parts = {grade(number, level): (40.0, 200.0) for number in (1, 2) for level in (1, 2)}
    for place in ((1, 1), (1, 2), (2, 1), (2, 2)):
        parts[grade(*place)] = (9.0, 200.0)
    parts |= {grade(3, level): (40.0, 200.0) for level in (1, 2)}
    kept = suppressed_places(figures_of(parts), LEAST, kinds=kinds_of(parts))
    assert kept == {grade(number, level) for number in (1, 2) for level in (1, 2)}, "nine up and nine down are wide enough"


def test_a_small_district_tells_nothing_at_all() -> None:
    parts = {grade(1, level): (3.0, 30.0) for level in (1, 2, 3)}
    figures = figures_of(parts)
    assert suppressed_places(figures, LEAST, kinds=kinds_of(parts)) == {figure.place for figure in figures}


def test_a_class_of_few_takes_another_of_its_grade_with_it() -> None:
    classes = {
        ("class", 1, 1, 11, None): 32.0, ("class", 1, 1, 12, None): 30.0, ("class", 1, 2, 21, None): 31.0, ("class", 1, 2, 22, None): 33.0,
    }  # fmt: skip
    figures = [Figure(place, people, (people,), people < LEAST, (200.0, 200.0)) for place, people in classes.items()]
    figures += [Figure(("class", 1, None, 99, None), 6.0, (6.0,), True, (20.0, 20.0))]
    figures += figures_of({grade(1, 1): (65.0, 200.0), grade(1, 2): (67.0, 200.0)})
    kept = suppressed_places(figures, LEAST, mixed={99: (1, frozenset({1, 2}))}, kinds={1: "elementary"})
    assert kept == {("class", 1, None, 99, None), ("class", 1, 1, 12, None)}


def test_what_was_suppressed_stays_so() -> None:
    parts = {grade(number, level): (40.0, 200.0) for number in (1, 2) for level in (1, 2)}
    before = frozenset({grade(1, 1), grade(1, 2), grade(2, 1), grade(2, 2)})
    assert suppressed_places(figures_of(parts), LEAST, before, kinds=kinds_of(parts)) == before


def random_district(chance: random.Random) -> dict[Place, tuple[float, ...]]:
    """Schools of six or of three grades, some of them with a handful of children; people, days and cases of each grade."""
    parts: dict[Place, tuple[float, ...]] = {}
    for number in range(1, chance.randint(3, 7)):
        levels = range(1, 7) if chance.random() < 0.6 else range(7, 10)
        usual = chance.choice((4, 8, 12, 25, 60, 110))
        for level in levels:
            people = float(max(1, round(chance.gauss(usual, usual / 4))))
            days = float(round(people * chance.uniform(1, 6)))
            cases = float(sum(chance.random() < chance.choice((0.01, 0.05, 0.2)) for _ in range(int(people))))
            parts[grade(number, level)] = (people, days, cases)
    return parts


def grown(parts: dict[Place, tuple[float, ...]], chance: random.Random) -> dict[Place, tuple[float, ...]]:
    """The same a while later: some children have come, more days were missed, more children have missed many."""
    later = {}
    for place, (people, days, cases) in parts.items():
        come = float(chance.choice((0, 0, 0, 0, 1, 2)))
        now = people + come
        later[place] = (now, days + float(chance.randint(0, int(people))), min(now, cases + float(chance.choice((0, 0, 0, 1)))))
    return later


def published(parts: dict[Place, tuple[float, ...]], figures: list[Figure], kept: frozenset[Place], column: int) -> Published:
    bottom = list(parts)
    sums = [[at for at, part in enumerate(bottom) if figure.place in wholes(part)] for figure in figures]
    values = [sum(parts[bottom[at]][column] for at in members) for members in sums]
    # where people are counted, the attacker knows how many there are, but for the few
    most = [parts[part][0] if column == 2 and parts[part][0] >= LEAST else inf for part in bottom]
    return Published(sums, values, [figure.place not in kept for figure in figures], most)


@pytest.mark.parametrize("tenth", range(10))
@pytest.mark.parametrize("is_cases", [False, True], ids=["rates", "people counted"])
def test_random_districts_are_attacked_over_two_loads(tenth: int, is_cases: bool, record_property) -> None:
    shown = suppressed = together = 0
    for seed in range(tenth * DISTRICTS // 10, (tenth + 1) * DISTRICTS // 10):
        chance = random.Random(seed)
        first = random_district(chance)
        second = grown(first, chance)
        counted = [
            {place: (values[0], values[2]) if is_cases else values[:2] for place, values in each.items()} for each in (first, second)
        ]
        figures = [figures_of(each, is_cases=is_cases) for each in counted]
        kinds = kinds_of(first)
        kept = [suppressed_places(figures[0], LEAST, kinds=kinds, is_cases=is_cases)]
        kept.append(suppressed_places(figures[1], LEAST, kept[0], kinds=kinds, is_cases=is_cases))
        assert kept[0] <= kept[1], "what was suppressed once stays so"
        for column in (2,) if is_cases else (0,):
            loads = [published(each, seen, held, column) for each, seen, held in zip((first, second), figures, kept, strict=True)]
            # what is first suppressed by a later load has been seen before; all else is safe from both loads together
            attacks = [widths(*loads, enough=LEAST)] if kept[0] == kept[1] else [widths(load, enough=LEAST) for load in loads]
            assert all(width >= LEAST - EXACT for found in attacks for width in found), (seed, column)
            together += kept[0] == kept[1]
        shown += len(figures[0]) - len(kept[0])
        suppressed += len(kept[0])
    assert together > DISTRICTS // 20
    record_property("suppressed", f"{suppressed / (shown + suppressed):.0%}")


def test_what_the_served_file_keeps_back_stays_so_in_one_built_from_nothing(tmp_path: Path) -> None:
    """Nine children in a class, later eleven: it stays suppressed for the 年度, and the other class with it."""
    def lake(children: int) -> Path:
        place = tmp_path / f"lake{children}"
        ids = [*range(101, 101 + children), *range(201, 213)]
        lines = [f"{child} {51 if child < 200 else 52} 1 5 2026-04-01 2027-03-31" for child in ids]
        return write_lake(
            place, school=SCHOOLS, **{"class": CLASSES}, student=students(*ids),
            calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-05-29"),
            enrollment="\n".join(["student_id class_id school_id grade begins_on ends_on", *lines]),
            attendance="student_id day status\n101 2026-04-06 absent_sick",
        )  # fmt: skip

    def kept(path: Path) -> list[tuple[int, bool, bool]]:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.sql(
                "select class_id, is_small, is_withheld from cell where indicator = 'absence_rate' and place = 'class' and period = 'year'"
                " order by class_id"
            ).fetchall()

    district = tmp_path / "district"
    publish(build_district(lake(9), district, 1), district, 1)
    assert kept(district / "district-1.duckdb") == [(51, True, True), (52, False, True)]
    publish(build_district(lake(11), district, 2), district, 2)
    assert kept(district / "district-2.duckdb") == [(51, False, True), (52, False, True)], "no longer small, still not told"
    alone = build_district(lake(11), tmp_path / "elsewhere", 1)
    assert kept(alone) == [(51, False, False), (52, False, False)], "so it is the memory that keeps them"
