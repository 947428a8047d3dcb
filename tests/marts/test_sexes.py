"""Girls and boys counted over a kind of school and the district, and never where it would tell of a few."""

from __future__ import annotations

import random
from collections import defaultdict
from math import inf

import pytest

from marts.building import build_district
from marts.sexes import UNKNOWN, Counts, Where, suppressed_by_sex
from queries.catalogue import indicators
from tests.marts.attack import EXACT, Published, widths
from tests.marts.conftest import SCHOOLS, District, calendar, students, write_lake

LEAST, DISTRICTS = 10, 100
KINDS = ("elementary", "junior_high", "special_needs")
SEXES = ("female", "male", UNKNOWN)
LENGTHS = ("long_absence", "long_absence_50", "long_absence_90")  # each a part of the one before


def counts(kind: str | None = "elementary", name: str = "long_absence", **sexes: tuple[int, int]) -> Counts:
    return {(kind, name): {"year": {"female": (20, 400), "male": (20, 400), UNKNOWN: (0, 0)} | sexes}}


def kept(made: Counts, hidden: frozenset[Where] = frozenset()) -> set[Where]:
    return set(suppressed_by_sex(made, indicators(), hidden))


@pytest.mark.parametrize(
    ("sexes", "is_kept"),
    [
        ({}, False),
        ({"female": (10, 400)}, False),
        ({"female": (9, 400)}, True),
        ({"male": (0, 400)}, True),
        ({"male": (390, 400)}, False),
        ({"male": (391, 400)}, True),
        ({UNKNOWN: (0, 3)}, True),
        ({UNKNOWN: (2, 40)}, True),
        ({UNKNOWN: (12, 40)}, False),
    ],
)
def test_neither_sex_is_told_where_one_or_the_rest_is_few(sexes: dict[str, tuple[int, int]], is_kept: bool) -> None:
    assert (("elementary", "long_absence") in kept(counts(**sexes))) is is_kept


def test_a_part_is_told_where_the_whole_is_and_leaves_ten() -> None:
    whole = counts()
    assert kept(whole | counts(name="long_absence_50", female=(10, 400), male=(10, 400))) == set()
    part = counts(name="long_absence_50", female=(11, 400), male=(10, 400))
    assert kept(whole | part) == {("elementary", "long_absence_50")}
    small = counts(female=(9, 400)) | counts(name="long_absence_50", female=(9, 400))
    assert kept(small) == {("elementary", "long_absence"), ("elementary", "long_absence_50")}


def test_the_kinds_that_are_summed_are_told_together_and_the_district_by_itself() -> None:
    made = counts(female=(9, 400)) | counts("junior_high") | counts("special_needs") | counts(None, female=(29, 800), male=(40, 800))
    assert kept(made) == {("elementary", "long_absence"), ("junior_high", "long_absence")}
    assert kept(counts() | counts("junior_high"), frozenset({("junior_high", "long_absence")})) == {
        ("elementary", "long_absence"), ("junior_high", "long_absence"),
    }  # fmt: skip


def invented(chance: random.Random) -> dict[str, dict[str, list[int]]]:
    """Of each kind and sex: people in all, and how many of them were away long, longer, longest."""
    made: dict[str, dict[str, list[int]]] = {}
    unsaid = chance.choice([0, 0, 0, 3, 40])
    for kind in KINDS:
        size = chance.randint(12, chance.choice([200, 2000]))
        made[kind] = {}
        for sex in SEXES:
            people = chance.choice([0, unsaid]) if sex == UNKNOWN else size
            away = chance.randint(0, max(1, min(people, round(people * chance.choice([0.03, 0.1, 0.2])))))
            longer = chance.randint(away // 3, away)
            made[kind][sex] = [people, min(away, people), min(longer, people), min(chance.randint(0, longer), people)]
    return made


def summed(made: dict[str, dict[str, list[int]]], period: str) -> Counts:
    found: dict[Where, dict[str, dict[str, tuple[int, int]]]] = defaultdict(lambda: {period: {}})
    for at, name in enumerate(LENGTHS, start=1):
        for sex in SEXES:
            for kind in KINDS:
                found[(kind, name)][period][sex] = (made[kind][sex][at], made[kind][sex][0])
            ordinary = [made[kind][sex] for kind in KINDS if kind != "special_needs"]
            found[(None, name)][period][sex] = (sum(each[at] for each in ordinary), sum(each[0] for each in ordinary))
    return dict(found)


def told(made: dict[str, dict[str, list[int]]], both: Counts) -> tuple[set[Where], set[Where]]:
    """Where the whole count is not told (as withholding would have it: one kind is small, no kind of its sum is told), and the sexes."""
    hidden: set[Where] = set()
    for name in LENGTHS:
        for kind in (*KINDS, None):
            for period in both[(kind, name)].values():
                cases, people = (sum(each[at] for each in period.values()) for at in (0, 1))
                whole = indicators()[name].within
                inner = bool(whole) and sum(each[0] for each in both[(kind, whole)][next(iter(both[(kind, whole)]))].values()) - cases
                if cases < LEAST or people - cases < LEAST or (whole and ((kind, whole) in hidden or inner < LEAST)):
                    hidden.add((kind, name))
        if {("elementary", name), ("junior_high", name)} & hidden:
            hidden |= {("elementary", name), ("junior_high", name)}
    return hidden, set(suppressed_by_sex(both, indicators(), hidden))


def published(made: dict[str, dict[str, list[int]]], hidden: set[Where], suppressed: set[Where]) -> Published:
    """Everything a board is told, as sums of children of one kind, one sex and one stretch of days."""
    parts = [(kind, sex, band) for kind in KINDS for sex in SEXES for band in range(len(LENGTHS))]
    size = {
        (kind, sex, band): made[kind][sex][band + 1] - (made[kind][sex][band + 2] if band + 1 < len(LENGTHS) else 0)
        for kind, sex, band in parts
    }
    sums, values, shown = [], [], []
    for at, name in enumerate(LENGTHS):
        for kind in (*KINDS, None):
            for sex in (None, "female", "male"):
                members = [
                    number
                    for number, (each, own, band) in enumerate(parts)
                    if (each == kind or (kind is None and each != "special_needs")) and sex in (None, own) and band >= at
                ]
                sums.append(members)
                values.append(float(sum(size[parts[number]] for number in members)))
                shown.append((kind, name) not in (hidden if sex is None else hidden | suppressed))
    # how many there are of whom the roster says nothing is no secret
    most = [float(made[kind][sex][0]) if sex == UNKNOWN else inf for kind, sex, _band in parts]
    return Published(sums, values, shown, most)


def test_no_count_of_a_sex_that_is_suppressed_can_be_worked_out(record_property: object) -> None:
    """Invented districts, each over two loads of one 年度."""
    attacked = apart = 0
    for seed in range(DISTRICTS):
        chance = random.Random(seed)
        later = invented(chance)
        share = chance.random()
        early = {
            kind: {sex: [people, *(round(count * share) for count in lengths)] for sex, (people, *lengths) in sexes.items()}
            for kind, sexes in later.items()
        }
        both = {
            where: {"to_date": first["to_date"], "year": summed(later, "year")[where]["year"]}
            for where, first in summed(early, "to_date").items()
        }
        hidden, suppressed = told(later, both)
        apart += sum((kind, name) not in suppressed for kind in (*KINDS, None) for name in LENGTHS)
        first, then = published(early, hidden, suppressed), published(later, hidden, suppressed)
        of_sexes = [at for at, is_shown in enumerate(first.shown) if not is_shown and at % 3]
        for found, order in ((widths(then, enough=LEAST), then), (widths(first, enough=LEAST), first)):
            not_shown = [at for at, is_shown in enumerate(order.shown) if not is_shown]
            narrow = [at for at, width in zip(not_shown, found, strict=True) if width < LEAST - EXACT and at in of_sexes]
            assert not narrow, (seed, narrow)
            attacked += len(not_shown)
    assert apart > DISTRICTS / 2, "some are told apart"
    record_property("walk", f"sexes: {attacked} counts attacked, {apart} of {DISTRICTS * 12} told apart")  # type: ignore[operator]


def test_the_counts_are_of_children_and_whose_sex_is_which_is_nowhere_in_the_file(tmp_path) -> None:
    children = list(range(101, 141))
    away = [f"2026-{month:02d}-{day:02d}" for month in (4, 5) for day in range(6, 31)]
    absences = [f"{child} 1 {day} absent_sick" for child in (101, 102, 121) for day in away]
    sexes = [f"{child} 2026 {'female' if child <= 120 else 'male'}" for child in children[:-1]]
    lake = write_lake(
        tmp_path / "lake",
        school=SCHOOLS, student=students(*children), calendar_day=calendar("school 1 grade 5: 2026-04-06..2026-06-30"),
        **{"class": "class_id school_id fiscal_year grade name is_special_needs\n51 1 2026 5 5年1組 false\n"},
        enrollment="\n".join(["student_id class_id school_id grade begins_on ends_on",
                              *(f"{child} 51 1 5 2026-04-01 2027-03-31" for child in children)]),
        attendance="\n".join(["student_id school_id day status", *absences]),
        student_sex="\n".join(["student_id fiscal_year sex", *sexes]),
    )  # fmt: skip
    built = District(build_district(lake, tmp_path / "district", 1))
    rows = built.rows(
        "select school_kind, sex, cases, people, is_withheld from absence_by_sex"
        " where indicator = 'long_absence' and period = 'year' order by all"
    )
    assert rows == [
        ("elementary", "female", 2, 20, True), ("elementary", "male", 1, 19, True), ("elementary", "unknown", 0, 1, True),
        (None, "female", 2, 20, True), (None, "male", 1, 19, True), (None, "unknown", 0, 1, True),
    ]  # fmt: skip
    whole = built.rows("select place, cases, people from cell where indicator = 'long_absence' and period = 'year' and place = 'kind'")
    assert whole == [("kind", 3, 40)], "the sexes add up to what is counted without them"
    tables = built.rows("select table_name from duckdb_columns() where column_name ilike '%sex%' and schema_name = 'main'")
    assert tables == [("absence_by_sex",)]
    built.close()
