"""Before and since a support began: the same number of 授業日 on either side, counted by hand here."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from components.figures.plan_phases import before_and_since, phase_table

FIRST = date(2026, 9, 1)


def year(attendance: str, moods: str = "", visits: str = "") -> pl.DataFrame:
    """Days in a row: . present, x absent, l late, - not recorded; moods 1–4 or - ; visits as digits."""
    length = len(attendance)
    moods, visits = moods or "-" * length, visits or "0" * length
    return pl.DataFrame(
        {
            "day": [FIRST + timedelta(days=number) for number in range(length)],
            "is_absent": [None if each == "-" else each == "x" for each in attendance],
            "is_late": [None if each == "-" else each == "l" for each in attendance],
            "mood_level": [None if each == "-" else int(each) for each in moods],
            "health_room_visits": [int(each) for each in visits],
        },
        schema_overrides={"mood_level": pl.Int8},
    )


def cells(days: pl.DataFrame, starts_on: date, ends_on: date | None = None) -> list[tuple[str, str]]:
    found = before_and_since(days, starts_on, ends_on)
    assert found is not None
    return [(row[1], row[2]) for row in phase_table(*found, frozenset({"mood", "health_room"})).rows()]


def test_as_many_days_before_as_since_and_what_was_not_recorded_is_not_counted() -> None:
    #            7 before   | 5 since
    days = year("x.xx.l." + "..l-x", "1-34-41" + "1-2-4", "1020001" + "00003")
    # of the seven before, the last five are compared: x x . l . → 2 absent, 1 late; moods 3 4 – 4 1 → 3 of 4; visits 2+1
    assert cells(days, FIRST + timedelta(days=7)) == [("2日", "1日"), ("1日", "1日"), ("3 / 4", "1 / 3"), ("3回", "3回")]


def test_a_support_that_has_ended_is_compared_up_to_its_end() -> None:
    days = year("....." + "....." + "xxxxx")
    assert cells(days, FIRST + timedelta(days=5), FIRST + timedelta(days=9))[0] == ("0日", "0日")


@pytest.mark.parametrize(("days_since", "is_compared"), [(4, False), (5, True)])
def test_a_few_days_are_no_phase(days_since: int, is_compared: bool) -> None:
    found = before_and_since(year("." * (20 + days_since)), FIRST + timedelta(days=20), None)
    assert (found is not None) == is_compared


def test_no_more_than_sixty_days_are_looked_at() -> None:
    found = before_and_since(year("." * 200), FIRST + timedelta(days=100), None)
    assert found is not None
    compared, before, since = found
    assert (compared, before.row(0)[0], since.row(-1)[0]) == (60, FIRST + timedelta(days=40), FIRST + timedelta(days=159))
