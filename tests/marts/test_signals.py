"""Each signal: a worked example, both sides of its threshold, and that a day nobody knows of says nothing good or bad."""

from __future__ import annotations

import pytest

from queries.rules import signals
from tests.marts.signal_rows import Usual, found, held_on

LITTLE_RAIN = Usual("low_mood", 0.1, 0.05)
FEW_VISITS = Usual("health_room", 0.0, 0.0)
DAILY_DRILL = Usual("drill", 0.8, 0.1)
MOSTLY_RIGHT = Usual("accuracy", 0.8, 0.03)

# signal → (the days, the usual, the days on which it holds)
WORKED = {
    "absence_run": ("a x x x x a", None, [4, 5]),
    "absence_days": ("x " * 31, None, [10, 20, 30]),
    "late_run": ("l a l a l a a a l", None, [5]),
    "mood_run": ("a1 a3 a4 a3 a2 a3", LITTLE_RAIN, [4]),
    # 30 answers, 3 of them usually low; 0.1 + the larger of 2 × 0.05 and 0.2 = 0.3: from the ninth low answer on
    "mood_share": ("a1 " * 21 + "a3 " * 9, LITTLE_RAIN, [30]),
    "health_room_visits": ("a " * 17 + "av av av", FEW_VISITS, [20]),
    "drill_stopped": ("ad " * 3 + "a " * 15, DAILY_DRILL, [18]),
    # 0.8 − the larger of 2.5 × 0.03 and 0.15: at 65 % of 80 answers and below
    "accuracy_drop": ("ad8/10 " * 4 + "ad5/10 " * 4, MOSTLY_RIGHT, [8]),
    "return_after_absence": ("a x x x a a", None, [5]),
    "contradiction": ("a x xv x3 sv a3v", None, [3, 4, 5]),
}


def test_every_signal_is_worked_here() -> None:
    assert list(WORKED) == list(signals())


@pytest.mark.parametrize("name", WORKED)
def test_a_worked_example(name: str) -> None:
    line, usual, days = WORKED[name]
    assert held_on(name, line, usual) == days


JUST_BELOW = {
    "absence_run": ("a x x a x x", None),
    "absence_days": ("x " * 9, None),
    "late_run": ("l a a l a l a a l", None),
    "mood_run": ("a3 a4 a2 a3 a3", LITTLE_RAIN),
    "mood_share": ("a1 " * 22 + "a3 " * 8, LITTLE_RAIN),
    "health_room_visits": ("a " * 18 + "av av", FEW_VISITS),
    "drill_stopped": ("ad " * 3 + "a " * 14, DAILY_DRILL),
    "accuracy_drop": ("ad8/10 " * 5 + "ad5/10 " * 3, MOSTLY_RIGHT),
    "return_after_absence": ("a x x a a", None),
    "contradiction": ("av x a3 s xd", None),
}


@pytest.mark.parametrize("name", JUST_BELOW)
def test_just_below_the_threshold_nothing_is_said(name: str) -> None:
    line, usual = JUST_BELOW[name]
    assert held_on(name, line, usual) == []


# A day without a record stands where a day before would have decided: it must neither help nor hinder.
UNKNOWN = {
    "absence_run": ("x x ? s x", None, [5]),  # two days that do not count neither end the run nor lengthen it
    "absence_days": ("x " * 9 + "? ? ? s", None, []),
    "late_run": ("l ? x l s l", None, [6]),  # three of the last three days at school
    "mood_run": ("a3 a- a3 a- x a4", LITTLE_RAIN, [6]),
    "mood_share": ("a1 a- " * 21 + "a3 a- " * 9, LITTLE_RAIN, [59]),
    "health_room_visits": ("a ? x " * 17 + "av ? av x av", FEW_VISITS, [56]),
    "drill_stopped": ("ad " * 3 + "x ? " * 20 + "a " * 14, DAILY_DRILL, []),  # away or unknown: not stopped
    "accuracy_drop": ("ad8/10 " * 4 + "a x ? " * 20 + "ad5/10 " * 3, MOSTLY_RIGHT, []),
    "return_after_absence": ("a x ? x s x a", None, [7]),
    "contradiction": ("?v ?3", None, []),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_day_without_a_record_is_neither_good_nor_bad(name: str) -> None:
    line, usual, days = UNKNOWN[name]
    assert held_on(name, line, usual) == days


def test_missing_days_are_told() -> None:
    assert found("absence_run", "x x ? s x")[0]["missing"] == 2
    assert found("mood_run", "a3 a- a3 a- x a4", LITTLE_RAIN)[0]["missing"] == 3
    assert found("absence_days", "? ? " + "x " * 10)[0]["missing"] == 2


@pytest.mark.parametrize("name", ["mood_share", "health_room_visits", "drill_stopped", "accuracy_drop"])
def test_without_a_usual_nothing_is_compared(name: str) -> None:
    line, usual, days = WORKED[name]
    assert days
    assert usual is not None
    months = int(signals()[name].parameters["months"])
    assert held_on(name, line, Usual(usual.measure, usual.usual, usual.spread, months)) == days
    assert held_on(name, line, Usual(usual.measure, usual.usual, usual.spread, months - 1)) == []
    assert held_on(name, line, None) == []


def test_a_wide_spread_of_ones_own_asks_for_more() -> None:
    """Whoever often has gloomy weeks is not flagged for one more of them."""
    assert held_on("mood_share", WORKED["mood_share"][0], Usual("low_mood", 0.1, 0.11)) == []
    assert held_on("health_room_visits", WORKED["health_room_visits"][0], Usual("health_room", 0.05, 0.05)) == []
    assert held_on("accuracy_drop", WORKED["accuracy_drop"][0], Usual("accuracy", 0.8, 0.07)) == []


def test_few_answers_say_nothing() -> None:
    assert held_on("mood_share", "a3 " * 14, LITTLE_RAIN) == []
    assert held_on("mood_share", "a3 " * 15, LITTLE_RAIN) == [15]
    assert held_on("health_room_visits", "av " * 9, FEW_VISITS) == []
    assert held_on("accuracy_drop", "ad1/2 " * 8, MOSTLY_RIGHT) == []


def test_the_figures_of_a_flag_are_the_childs_own() -> None:
    [row] = found("mood_share", *WORKED["mood_share"][:2])
    assert (row["found"], row["usual"], row["out_of"]) == (9, pytest.approx(3.0), 30)
    [row] = found("accuracy_drop", *WORKED["accuracy_drop"][:2])
    assert (row["found"], row["usual"], row["out_of"]) == (pytest.approx(65.0), pytest.approx(80.0), 80)
    [row] = found("health_room_visits", "a " * 17 + "av av av", FEW_VISITS)
    assert (row["found"], row["usual"], row["out_of"]) == (3, 0, 20)
