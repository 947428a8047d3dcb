"""Who reads and writes support plans, for every role; nothing is written over; of two who change one at once the second is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from access import Refused, Viewer
from records import engine, plans
from records.plans import Draft
from records.tables import support_plan
from tests.access.conftest import SASAKI, SATO, SUZUKI, TAKAHASHI, TANAKA, WATANABE, YAMADA, YAMAMOTO
from tests.accounts import opened_store

pytestmark = pytest.mark.usefixtures("tiny_district")

HANA = 102
TANAKA_HIMSELF = replace(TANAKA, username="tanaka")
SUZUKI_HERSELF = replace(SUZUKI, username="suzuki")
MORNING = Draft(
    "朝、教室に入れるようになる", "昇降口で声をかける", "担任・養護教諭", date(2026, 9, 7), None, date(2026, 10, 5)
)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    opened_store(tmp_path)
    yield
    engine.forget()


def read(viewer: Viewer, school_id: int = 1) -> list[str]:
    return [plan.said.aim for plan in plans.of_children(viewer, school_id, [HANA])]


# everybody who sees child 102 by name, and those who do not
READERS = [
    *((viewer, True) for viewer in (TANAKA, YAMAMOTO, WATANABE, SUZUKI)),
    *((viewer, False) for viewer in (SASAKI, SATO, TAKAHASHI, YAMADA, TANAKA.as_masked(), SUZUKI.as_masked())),
]


@pytest.mark.parametrize(("viewer", "reads"), READERS)
def test_who_reads_and_writes_a_plan(viewer: Viewer, reads: bool) -> None:
    plans.write(TANAKA_HIMSELF, 1, HANA, MORNING)
    assert read(viewer) == ([MORNING.aim] if reads else [])
    if reads:
        plans.write(viewer, 1, HANA, MORNING)
        return
    with pytest.raises(Refused):
        plans.write(viewer, 1, HANA, MORNING)
    with pytest.raises(Refused):
        plans.change(viewer, 1, 1, MORNING)


def test_a_colleague_goes_on_with_a_plan_and_the_old_one_stays_in_the_store() -> None:
    number = plans.write(TANAKA_HIMSELF, 1, HANA, MORNING)
    plans.change(SUZUKI_HERSELF, 1, number, replace(MORNING, review_on=date(2026, 11, 2), outcome="週4日は入れた"))
    [plan] = plans.of_children(TANAKA, 1, [HANA])
    assert (plan.said.outcome, plan.username, plan.revisions) == ("週4日は入れた", "suzuki", 1)
    with engine.reading() as connection:
        assert connection.execute(select(support_plan.c.review_on)).scalars().all() == [date(2026, 10, 5), date(2026, 11, 2)]


def test_of_two_who_change_a_plan_at_once_the_second_is_told() -> None:
    number = plans.write(TANAKA_HIMSELF, 1, HANA, MORNING)
    plans.change(SUZUKI_HERSELF, 1, number, replace(MORNING, aim="鈴木の案"))
    with pytest.raises(Refused, match="overtaken"):
        plans.change(TANAKA_HIMSELF, 1, number, replace(MORNING, aim="田中の案"))
    assert read(TANAKA) == ["鈴木の案"]


def test_only_who_wrote_a_plan_withdraws_it() -> None:
    number = plans.write(TANAKA_HIMSELF, 1, HANA, MORNING)
    with pytest.raises(Refused):
        plans.withdraw(SUZUKI_HERSELF, 1, number)
    plans.withdraw(TANAKA_HIMSELF, 1, number)
    assert read(SUZUKI) == []


def test_a_plan_of_one_school_is_neither_read_nor_changed_at_another() -> None:
    number = plans.write(TANAKA_HIMSELF, 1, HANA, MORNING)
    assert read(TANAKA, 2) == []
    with pytest.raises(Refused):
        plans.change(TANAKA_HIMSELF, 2, number, MORNING)


@pytest.mark.parametrize(
    ("wrong", "flaw"),
    [
        ({"aim": " "}, "no_aim"),
        ({"aim": "あ" * 201}, "too_long"),
        ({"measures": "あ" * 2001}, "too_long"),
        ({"ends_on": date(2026, 9, 6)}, "ends_before_start"),
        ({"review_on": date(2026, 9, 6)}, "review_before_start"),
    ],
)
def test_what_cannot_be_a_plan_is_named_and_not_kept(wrong: dict[str, object], flaw: str) -> None:
    draft = replace(MORNING, **wrong)  # type: ignore[arg-type]
    assert draft.flaw() == flaw
    with pytest.raises(ValueError, match=flaw):
        plans.write(TANAKA_HIMSELF, 1, HANA, draft)
    assert read(TANAKA) == []


@pytest.mark.parametrize(
    ("ends_on", "day", "runs", "due"),
    [
        (None, date(2026, 9, 6), False, False),
        (None, date(2026, 9, 7), True, False),
        (None, date(2026, 10, 4), True, False),
        (None, date(2026, 10, 5), True, True),
        (date(2026, 10, 4), date(2026, 10, 4), True, False),
        (date(2026, 10, 4), date(2026, 10, 5), False, False),  # it ended before its review
        (date(2026, 10, 9), date(2026, 10, 10), False, True),  # it ended, and nobody has looked back yet
    ],
)
def test_when_a_plan_runs_and_when_it_is_due(ends_on: date | None, day: date, runs: bool, due: bool) -> None:
    plans.write(TANAKA_HIMSELF, 1, HANA, replace(MORNING, ends_on=ends_on))
    [plan] = plans.of_children(TANAKA, 1, [HANA])
    assert (plan.runs_on(day), plan.is_due(day)) == (runs, due)
