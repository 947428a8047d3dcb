"""A child's record: which kinds of it who reads, and from which day the school of today sees that of an earlier one."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

import access.sharing
from access import Viewer
from access.gate import answer
from access.sharing import SHARING_FILE, SharingError, sharing, sharing_from
from queries.ask import questions
from tests.access.conftest import SASAKI, STRANGER, SUZUKI, TANAKA, WATANABE, YAMAMOTO
from tests.access.test_gate import EVERY_DAY, asked

pytestmark = pytest.mark.usefixtures("tiny_district")


@pytest.mark.parametrize(
    ("shared_from", "schools"),
    [(None, {2}), (date(2026, 11, 21), {2}), (date(2026, 11, 20), {1, 2}), (date(2026, 4, 1), {1, 2})],
)
def test_sasaki_sees_the_days_a_child_spent_at_another_school_from_the_day_the_board_sets(
    monkeypatch: pytest.MonkeyPatch, shared_from: date | None, schools: set[int]
) -> None:
    set_by_board = replace(sharing(), earlier_schools_from=shared_from)
    monkeypatch.setattr(access.sharing, "sharing", lambda: set_by_board)
    monkeypatch.setenv("MIHARASHI_TODAY", "2026-11-20")
    days = asked(SASAKI, EVERY_DAY)
    assert set(days["student_id"]) == {201}
    assert set(days["school_id"]) == schools
    assert asked(SUZUKI, EVERY_DAY).filter(pl.col("student_id") == 201).is_empty(), (
        "who has left is not seen from behind"
    )


@pytest.mark.parametrize(
    ("shared_from", "said"),
    [(None, None), (date(2026, 11, 21), None), (date(2026, 11, 20), "{found}, {elsewhere}"), (date(2026, 4, 1), "{found}, {elsewhere}")],
)
def test_a_flag_that_counts_days_of_an_earlier_school_is_seen_while_the_board_lets_it(
    monkeypatch: pytest.MonkeyPatch, shared_from: date | None, said: str | None
) -> None:
    set_by_board = replace(sharing(), earlier_schools_from=shared_from)
    monkeypatch.setattr(access.sharing, "sharing", lambda: set_by_board)
    monkeypatch.setenv("MIHARASHI_TODAY", "2026-11-20")
    flags = answer(SASAKI, questions()["flags_of_place"], {"school_id": 2, "class_id": None})
    of_the_child = flags.filter(pl.col("student_id") == 201)
    assert of_the_child.filter(pl.col("signal") == "absence_run")["said_ja"].to_list() == ([said] if said else [])
    assert set(of_the_child.filter(pl.col("signal") != "absence_run")["said_ja"]) == {"{found}"}


def test_a_board_that_writes_no_day_but_a_word_stops_the_start() -> None:
    written = tomllib.loads(SHARING_FILE.read_text(encoding="utf-8"))
    assert sharing_from(written).earlier_schools_from == date(2026, 4, 1)
    with pytest.raises(SharingError, match="earlier_schools_from"):
        sharing_from(written | {"earlier_schools_from": "4月1日"})


@pytest.mark.parametrize(
    ("viewer", "kinds"),
    [
        (SUZUKI, {"tests_of_child", "evaluations_of_child", "narratives_of_child", "visits_of_child"}),
        (TANAKA, {"tests_of_child", "evaluations_of_child", "narratives_of_child", "visits_of_child"}),
        (YAMAMOTO, {"tests_of_child", "evaluations_of_child"}),
        (WATANABE, {"visits_of_child"}),
        (SASAKI, set()),
        (STRANGER, set()),
    ],
)
def test_who_reads_a_childs_tests_evaluation_and_narrative(viewer: Viewer, kinds: set[str]) -> None:
    place = {"school_id": 1, "student_id": 101}
    asked_for = ("tests_of_child", "evaluations_of_child", "narratives_of_child", "visits_of_child")
    assert {name for name in asked_for if answer(viewer, questions()[name], place).height} == kinds


@pytest.mark.parametrize(("viewer", "may"), [(SUZUKI, True), (TANAKA, True), (SASAKI, False), (STRANGER, False)])
def test_counts_of_months_are_read_by_whoever_reads_the_register(viewer: Viewer, *, may: bool) -> None:
    rows = answer(viewer, questions()["months_of_child"], {"school_id": 1, "student_id": 101})
    assert rows.get_column("absent_days").to_list() == ([1] if may else [])
