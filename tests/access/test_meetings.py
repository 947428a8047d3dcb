"""Who holds meetings, what stands on an agenda, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from access import Refused, Viewer
from records import decisions, engine, meetings, screens
from records.meetings import Slide
from tests.access.conftest import SASAKI, SATO, STRANGER, SUZUKI, TAKAHASHI, TANAKA, WATANABE, YAMADA
from tests.accounts import opened_store

pytestmark = pytest.mark.usefixtures("tiny_district")

HEAD = replace(SUZUKI, username="suzuki")
DAY = date(2026, 11, 20)
NOBODYS = [SUZUKI.as_masked(), TANAKA, WATANABE, SATO, YAMADA, TAKAHASHI, SASAKI, STRANGER]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    opened_store(tmp_path)
    yield
    engine.forget()


def prepared(*kinds: tuple[str, str, int | None]) -> int:
    number = meetings.prepare(HEAD, 1, "職員会議", DAY)
    for kind, topic, student_id in kinds:
        meetings.add(HEAD, number, kind, topic, student_id)
    return number


def begun(*kinds: tuple[str, str, int | None]) -> int:
    number = prepared(*kinds or (("tiles", "-", None),))
    meetings.begin(HEAD, number, {item.item_id: Slide("<h1>画面</h1>") for item in meetings.agenda(HEAD, number)})
    return number


@pytest.mark.parametrize("viewer", NOBODYS)
def test_nobody_but_the_head_at_a_desk_sees_or_touches_a_meeting(viewer: Viewer) -> None:
    number = begun(("case", "health", 101))
    made = decisions.write(HEAD, number, None, "声をかける", "担任", None)
    for forbidden in (
        lambda: meetings.of_school(viewer, 1),
        lambda: meetings.find(viewer, number),
        lambda: meetings.agenda(viewer, number),
        lambda: meetings.prepare(viewer, 1, "別の会議", DAY),
        lambda: meetings.step(viewer, number, 1),
        lambda: meetings.end(viewer, number),
        lambda: decisions.of_meeting(viewer, number),
        lambda: decisions.write(viewer, number, None, "別のこと", "", None),
        lambda: decisions.settle(viewer, made, "done", DAY),
    ):
        with pytest.raises(Refused):
            forbidden()


def test_children_are_called_by_the_next_code_of_this_meeting_alone() -> None:
    one = prepared(("case", "health", 101), ("text", "運動会", None), ("case", "plan", 102))
    assert [(item.kind, item.code) for item in meetings.agenda(HEAD, one)] == [("case", "A1"), ("text", None), ("case", "A2")]
    meetings.remove(HEAD, one, meetings.agenda(HEAD, one)[2].item_id)
    meetings.add(HEAD, one, "case", "plan", 103)
    other = prepared(("case", "plan", 103))
    assert meetings.agenda(HEAD, other)[0].code == "A1"


@pytest.mark.parametrize("student_id", [105, 201])
def test_a_child_who_is_not_ones_own_is_no_case(student_id: int) -> None:
    with pytest.raises(Refused):
        prepared(("case", "health", student_id))


@pytest.mark.parametrize(
    ("kind", "topic", "student_id"),
    [
        ("case", "health", None),
        ("case", "佐藤はなのこと", 101),
        ("text", "", None),
        ("text", "長" * 81, None),
        ("page", "-", None),
        ("text", "x", 101),
    ],
)
def test_what_is_no_item_is_not_kept(kind: str, topic: str, student_id: int | None) -> None:
    with pytest.raises(ValueError, match=r".*"):
        prepared((kind, topic, student_id))


def test_the_agenda_is_moved_and_stays_as_it_is_once_begun() -> None:
    number = prepared(("text", "一", None), ("text", "二", None), ("text", "三", None))
    third = meetings.agenda(HEAD, number)[2].item_id
    meetings.move(HEAD, number, third, -1)
    meetings.move(HEAD, number, third, -1)
    meetings.move(HEAD, number, third, -1)
    assert [item.topic for item in meetings.agenda(HEAD, number)] == ["三", "一", "二"]
    meetings.begin(HEAD, number, {third: Slide("<h1>三</h1>")})
    for forbidden in (
        lambda: meetings.move(HEAD, number, third, 1),
        lambda: meetings.remove(HEAD, number, third),
        lambda: meetings.add(HEAD, number, "text", "四"),
        lambda: meetings.begin(HEAD, number, {third: Slide("<h1>四</h1>")}),
    ):
        with pytest.raises(Refused):
            forbidden()


@pytest.mark.parametrize("removed", [0, 1, 2])
def test_an_item_taken_off_leaves_no_gap_for_the_wall_to_fall_into(removed: int) -> None:
    number = prepared(("text", "一", None), ("text", "二", None), ("text", "三", None))
    meetings.remove(HEAD, number, meetings.agenda(HEAD, number)[removed].item_id)
    left = meetings.agenda(HEAD, number)
    meetings.begin(HEAD, number, {item.item_id: Slide(f"<h1>{item.topic}</h1>") for item in left})
    token = screens.redeem(screens.new_code(number), "10.0.0.1")
    for item in left:
        shown = screens.shown(token)
        assert shown is not None
        assert (shown.markup, shown.items) == (f"<h1>{item.topic}</h1>", 2)
        meetings.step(HEAD, number, 1)


def test_the_wall_follows_the_console_and_the_console_the_wall() -> None:
    number = begun(("text", "一", None), ("text", "二", None))
    token = screens.redeem(screens.new_code(number), "10.0.0.1")
    meetings.step(HEAD, number, 1)
    shown = screens.shown(token)
    assert shown is not None
    assert (shown.place, shown.items) == (1, 2)
    assert screens.step(token, -1)
    assert meetings.find(HEAD, number).place == 0
    meetings.step(HEAD, number, -1)
    assert meetings.find(HEAD, number).place == 0
    meetings.end(HEAD, number)
    assert screens.shown(token) is None
    assert not screens.step(token, 1)


def test_the_next_meeting_opens_with_what_became_of_the_decisions() -> None:
    first = begun()
    done = decisions.write(HEAD, first, None, "電話をかける", "担任", date(2026, 11, 27))
    decisions.write(HEAD, first, None, "席をかえる", "担任", None)
    meetings.end(HEAD, first)
    second = begun()
    decisions.settle(HEAD, done, "done", date(2026, 11, 25))
    before = decisions.before(HEAD, meetings.find(HEAD, second))
    assert [(each.what, each.state, each.settled_on) for each in before] == [
        ("電話をかける", "done", date(2026, 11, 25)),
        ("席をかえる", "open", None),
    ]
    meetings.end(HEAD, second)
    third = meetings.find(HEAD, begun())
    assert [each.what for each in decisions.before(HEAD, third)] == ["席をかえる"], "what was settled two meetings ago is not told again"


def test_a_decision_belongs_to_an_item_of_its_own_meeting() -> None:
    first, second = begun(), begun()
    other = meetings.agenda(HEAD, second)[0].item_id
    with pytest.raises(Refused):
        decisions.write(HEAD, first, other, "よそのこと", "", None)
    with pytest.raises(ValueError, match="what"):
        decisions.write(HEAD, first, None, "  ", "", None)
    with pytest.raises(ValueError, match="half"):
        decisions.settle(HEAD, decisions.write(HEAD, first, None, "こと", "", None), "half", DAY)
