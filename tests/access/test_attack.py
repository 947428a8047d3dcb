"""The attack: every role asks every question with every parameter it should not have."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from access import Refused, Role, Viewer, jurisdictions, use_district, viewers_of
from queries import ask, questions
from queries.catalogue import indicators
from records import engine, schema
from sample_data.cast import CAST
from tests.access.truth import Scope, Truth

TRIES, TRIES_ON_THE_WALL = 8, 3  # on a wall nobody sees a child whatever is asked: the same few questions are refused
NAMELESS = {Role.BOARD_OFFICER, Role.ADMINISTRATOR, Role.CLERK, Role.AIDE}
FEWEST_PEOPLE = 10
# Sasaki teaches English in other classes than his own: a second role with a scope of its own.
CAST_ROLES = [*(person.username for person in CAST if person.role), "sasaki/subject_teacher"]


@pytest.fixture(scope="module")
def truth(small_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Truth]:
    """The small district served through the gate, and beside it open for comparison."""
    before = jurisdictions.known()
    patch = pytest.MonkeyPatch()
    patch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path_factory.mktemp('records') / 'records.sqlite'}")
    schema.migrate()
    use_district(small_district / "district")
    yield Truth(small_district / "district")
    engine.forget()
    patch.undo()
    jurisdictions.use_jurisdictions(before)


def cast_viewers() -> list[tuple[str, bool]]:
    return [(username, masked) for username in CAST_ROLES for masked in (False, True)]


def viewer_named(username: str, *, masked: bool = False) -> Viewer:
    """A person of the cast in their first role, or after a slash in another one they hold."""
    name, _slash, role = username.partition("/")
    person = next(person for person in CAST if person.username == name)
    viewer = next(each for each in viewers_of(person.staff_number) if each.role == (role or person.role))
    return replace(viewer, masked=masked, username=username)


def forged(parameters: frozenset[str], truth: Truth, seed: str, tries: int = TRIES) -> Iterator[dict[str, Any]]:
    """Parameters of other schools, other classes and other children, nulls, wildcards and nonsense."""
    chance = random.Random(seed)
    candidates: dict[str, list[Any]] = {
        "school_id": [*sorted(truth.numbers("select school_id from school")), None, -1, 0, 32767],
        "class_id": [*sorted(truth.numbers("select class_id from class")), None, -1],
        "student_id": [*chance.sample(sorted(truth.numbers("select student_id from student")), 60), None, -1],
        "student_key": [
            *chance.sample(sorted(truth.numbers("select key from student")), 60),  # type: ignore[type-var]
            "%", "*", "", "' or 1=1 --", None,
        ],
        "place": ["district", "kind", "kind_grade", "school", "grade", "class", "%", None],
        "grade": [*range(1, 10), None],
        "indicator": [*indicators(), "%", None],
        "fiscal_year": [2025, 2026, 0, None],
        "days": [1, 20, 100_000],
        "from_day": [date(1900, 1, 1), date(2026, 11, 1)],
        "to_day": [date(2027, 3, 31), date(2026, 11, 1), None],
        "day": [date(2026, 11, 20), date(2025, 6, 2), None],
        "today": [date(2026, 11, 20), date(2027, 4, 1), date(1900, 1, 1), None],  # what a page calls today is no right
        "most_hours": [0.0, 45.0, None],
        "least_rows": [0, 10, None],
    }  # fmt: skip
    asked = [{name: chance.choice(candidates[name]) for name in parameters} for _try in range(tries if parameters else 1)]
    yield from (each for position, each in enumerate(asked) if each not in asked[:position])


def tells_of_classes_in_reach(rows: pl.DataFrame, name: str, viewer: Viewer, scope: Scope) -> bool:
    """To check totals the administrator is told which class differs; no figure or day that is about its children."""
    if name.startswith("reconciliation_") and viewer.role is Role.ADMINISTRATOR:
        figures = rows.select(pl.col("^(told|counted|children)$"))
        about_children = rows.filter(pl.col("measure") != "school_days").select(pl.col("^(more|day)$"))
        return all(column.null_count() == len(column) for column in (*figures, *about_children))
    if "student_id" in rows.columns:
        return set(rows["class_id"].drop_nulls()) <= scope.classes | scope.earlier_classes
    return set(rows["class_id"].drop_nulls()) <= scope.classes


def tells_of_own_children(rows: pl.DataFrame, were_there: frozenset[int]) -> bool:
    """Of a place out of reach nothing is told but what a child in reach, who was there once, brings along."""
    return rows.is_empty() or ("student_id" in rows.columns and set(rows["student_id"]) <= were_there)


@pytest.mark.parametrize(("username", "masked"), cast_viewers())
def test_no_forged_question_reaches_beyond_the_scope(truth: Truth, shown_once: None, username: str, masked: bool) -> None:
    viewer = viewer_named(username, masked=masked)
    scope = truth.scope(viewer)
    staff_names = {"staff_family_name", "staff_given_name"}
    child_names = {"family_name", "given_name", "family_name_kana", "given_name_kana", "student_key", "student_id"}
    for name, question in questions().items():
        tries = TRIES_ON_THE_WALL if masked else TRIES
        for parameters in forged(question.parameters, truth, f"{username}-{masked}-{name}", tries):
            try:
                rows = ask(viewer, name, **parameters)
            except Refused:
                continue
            what = f"{name} {parameters}"
            if masked or viewer.role in NAMELESS:
                assert not child_names & set(rows.columns) or rows.is_empty(), what
                # to give accounts the administrator sees staff by name, at a desk only
                may_name_staff = name == "staff_directory" and viewer.role is Role.ADMINISTRATOR and not masked
                assert may_name_staff or not staff_names & set(rows.columns) or rows.is_empty(), what
            if "student_id" in rows.columns:
                assert set(rows["student_id"]) <= scope.students, what
            if "class_id" in rows.columns:
                assert tells_of_classes_in_reach(rows, name, viewer, scope), what
            if "school_id" in rows.columns:
                schools = scope.schools | scope.earlier_schools if "student_id" in rows.columns else scope.schools
                assert set(rows["school_id"].drop_nulls()) <= schools, what
            if "staff_id" in rows.columns and viewer.role is not Role.PRINCIPAL:
                assert set(rows["staff_id"]) <= {viewer.staff_id}, what
            if "people" in rows.columns and (masked or viewer.role in NAMELESS):
                assert rows.filter(pl.col("people") < FEWEST_PEOPLE).is_empty(), what
            for place, reached in (("school_id", scope.schools), ("class_id", scope.classes)):
                number = parameters.get(place)
                if number is not None and number not in reached:
                    assert tells_of_own_children(rows, truth.were_at(place, number) & scope.students), what


@pytest.mark.parametrize("username", CAST_ROLES)
def test_the_gate_lets_through_what_the_roster_says_and_no_less(truth: Truth, shown_once: None, username: str) -> None:
    viewer = viewer_named(username)
    scope = truth.scope(viewer)
    places = ask(viewer, "places")
    assert set(places["school_id"]) == scope.schools
    assert set(places["class_id"].drop_nulls()) == scope.classes
    seen: set[int] = set()
    for place in places.filter(pl.col("class_id").is_not_null()).rows(named=True):
        try:
            seen |= set(
                ask(viewer, "children_of_class", school_id=place["school_id"], class_id=place["class_id"])["student_id"]
            )
        except Refused:
            assert viewer.role in NAMELESS
    assert seen == scope.students


def test_what_tanaka_saw_is_recorded(truth: Truth) -> None:
    from records import viewings  # noqa: PLC0415

    viewer = viewer_named("tanaka")
    place = ask(viewer, "places").row(0, named=True)
    children = ask(viewer, "children_of_class", school_id=place["school_id"], class_id=place["class_id"])["student_id"]
    for student_id in children:
        latest = viewings.of_student(student_id)[0]
        assert (latest.username, latest.question, latest.students) == ("tanaka", "children_of_class", children.len())
    assert truth.scope(viewer).students == set(children)


def test_the_board_gets_no_answer_with_a_string_that_is_a_childs_name(truth: Truth, shown_once: None) -> None:
    names = {
        name
        for row in truth.connection.sql(
            "select family_name || ' ' || given_name, family_name || given_name from student_name"
        ).fetchall()
        for name in row
    }
    viewer = viewer_named("sato")
    for name, question in questions().items():
        for parameters in forged(question.parameters, truth, f"names-{name}"):
            try:
                rows = ask(viewer, name, **parameters)
            except Refused:
                continue
            for column in rows.select(pl.col(pl.String)).get_columns():
                assert not names & set(column.drop_nulls()), (name, column.name)
