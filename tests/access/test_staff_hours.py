"""Hours of a person: for that person and the head of the school; of groups and answers only where there are ten."""

from __future__ import annotations

from datetime import date

import pytest

from access import Refused, Viewer
from access.gate import answer
from queries.ask import questions
from tests.access.conftest import SASAKI, SATO, STRANGER, SUZUKI, TAKAHASHI, TANAKA, WATANABE, YAMADA, YAMAMOTO

pytestmark = pytest.mark.usefixtures("tiny_district")

OCTOBER = {"school_id": 1, "fiscal_year": 2026}


def people(viewer: Viewer, school_id: int = 1) -> list[tuple[int, str]]:
    rows = answer(viewer, questions()["hours_of_staff"], {"school_id": school_id, "fiscal_year": 2026, "most_hours": 45.0})
    return rows.select("staff_id", "staff_family_name").rows()


def own(viewer: Viewer) -> list[float]:
    return answer(viewer, questions()["hours_of_viewer"], {})["overtime_hours"].to_list()


def test_the_head_reads_each_persons_months_of_her_school_and_no_other() -> None:
    assert people(SUZUKI) == [(1, "鈴木"), (2, "田中")]
    assert people(SUZUKI, 2) == []


@pytest.mark.parametrize(
    "viewer", [SUZUKI.as_masked(), TANAKA, WATANABE, YAMAMOTO, SATO, TAKAHASHI, YAMADA, SASAKI, STRANGER]
)
def test_nobody_else_reads_another_persons(viewer: Viewer) -> None:
    assert people(viewer) == []


@pytest.mark.parametrize(
    ("viewer", "hours"),
    [(SUZUKI, [50.0]), (TANAKA, [45.5]), (SASAKI, [60.0]), (WATANABE, []), (SATO, []), (TANAKA.as_masked(), []), (STRANGER, [])],
)
def test_everybody_reads_their_own_and_nobody_on_a_wall(viewer: Viewer, hours: list[float]) -> None:
    assert own(viewer) == hours


@pytest.mark.parametrize(
    ("viewer", "sees"),
    [(SUZUKI, True), (SUZUKI.as_masked(), True), (TANAKA, True), (SATO, True), (YAMADA, False), (TAKAHASHI, False), (SASAKI, False)],
)
def test_who_sees_groups_and_answers_of_a_school(viewer: Viewer, sees: bool) -> None:
    for question in ("hours_of_groups", "pulse_of_school"):
        try:
            rows = answer(viewer, questions()[question], {"school_id": 1})
        except Refused:
            assert not sees
            continue
        assert (rows.height > 0) == sees, question


def test_answers_of_fewer_than_ten_are_only_said_to_be_fewer() -> None:
    rows = answer(TANAKA, questions()["pulse_of_school"], {"school_id": 1})
    assert rows.select("month", "level", "answers", "answered", "is_hidden").rows() == [
        (rows["month"][0], 5, None, None, True),
        (rows["month"][1], 4, 9, 11, False),
        (rows["month"][1], 5, 2, 11, False),
    ]


def test_answers_that_are_heavy_stand_beside_each_answer() -> None:
    rows = answer(SATO, questions()["pulse_of_school"], {"school_id": 2})
    october = rows.filter(month=date(2026, 10, 1))
    assert dict(october.select("question", "heavy_answers").iter_rows()) == {"会議が多い": 10, "校務が多い": None, "電話が多い": None}
    assert october.filter(question="会議が多い").select("level", "answers", "answered", "heavy_answers").rows() == [
        (1, 3, 20, 10), (3, 7, 20, 10), (4, 6, 20, 10), (5, 4, 20, 10),
    ]  # fmt: skip
    assert rows.filter(month=date(2026, 5, 1))["heavy_answers"].to_list() == [20]


@pytest.mark.parametrize(
    ("viewer", "counts"),
    [(SUZUKI, [3]), (SUZUKI.as_masked(), []), (TANAKA, []), (WATANABE, []), (SATO, []), (TAKAHASHI, []), (SASAKI, []), (STRANGER, [])],
)
def test_incidents_are_counted_for_the_head_at_a_desk(viewer: Viewer, counts: list[int]) -> None:
    rows = answer(viewer, questions()["incidents_of_school"], OCTOBER)
    assert rows["incidents"].to_list() == counts
