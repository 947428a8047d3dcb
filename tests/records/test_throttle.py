"""Guessing gets slower and slower; the owner of an account is never kept out by strangers."""

from __future__ import annotations

from records import throttle
from tests.records.conftest import Clock

SCHOOL, STRANGER = "192.0.2.10", "198.51.100.7"


def tries(count: int, username: str = "suzuki", address: str = STRANGER, device: str | None = None) -> list[int]:
    return [throttle.admit(username, address, device) for _ in range(count)]


def test_three_mistakes_are_free_and_then_the_wait_grows(clock: Clock) -> None:
    assert tries(3) == [0, 0, 0]
    waits = []
    for _ in range(12):
        wait = throttle.admit("suzuki", STRANGER)
        waits.append(wait)
        clock.pass_by(seconds=wait)
        assert throttle.admit("suzuki", STRANGER) == 0
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == 300


def test_a_try_made_while_waiting_does_not_lengthen_the_wait(clock: Clock) -> None:
    tries(3)
    assert tries(50) == [2] * 50
    clock.pass_by(seconds=2)
    assert throttle.admit("suzuki", STRANGER) == 0


def test_strangers_elsewhere_cannot_keep_suzuki_out(clock: Clock) -> None:
    """They may guess from as many places as they like: her first try from her own is heard, and so is the next."""
    for place in range(60):
        throttle.admit("suzuki", f"203.0.113.{place}")
    assert throttle.admit("suzuki", SCHOOL) == 0
    wait = throttle.admit("suzuki", SCHOOL)
    assert 0 < wait <= 60
    clock.pass_by(seconds=wait)
    for place in range(60):
        throttle.admit("suzuki", f"203.0.113.{place}")
    assert throttle.admit("suzuki", SCHOOL) == 0


def test_somebody_guessing_at_her_school_does_not_slow_the_browser_she_uses(clock: Clock) -> None:
    throttle.succeeded("suzuki", SCHOOL, "her browser")
    tries(10, address=SCHOOL)
    assert throttle.admit("suzuki", SCHOOL) > 0
    assert throttle.admit("suzuki", SCHOOL, "somebody's browser") > 0
    assert throttle.admit("suzuki", SCHOOL, "her browser") == 0


def test_her_browser_is_not_known_for_anybody_else(clock: Clock) -> None:
    throttle.succeeded("suzuki", SCHOOL, "her browser")
    assert throttle.is_known_device("suzuki", "her browser")
    assert not throttle.is_known_device("tanaka", "her browser")
    tries(3, "tanaka", SCHOOL)
    assert throttle.admit("tanaka", SCHOOL, "her browser") > 0


def test_success_wipes_the_slate_of_that_person_in_that_place(clock: Clock) -> None:
    tries(3, address=SCHOOL)
    tries(3)
    throttle.succeeded("suzuki", SCHOOL, None)
    assert tries(3, address=SCHOOL) == [0, 0, 0]
    assert throttle.admit("suzuki", STRANGER) > 0


def test_trying_many_names_from_one_address_is_slowed(clock: Clock) -> None:
    waits = [throttle.admit(f"name{number}", STRANGER) for number in range(80)]
    assert waits[: throttle.FREE_TRIES_OF_AN_ADDRESS] == [0] * throttle.FREE_TRIES_OF_AN_ADDRESS
    assert waits[-1] > 0
    assert throttle.admit("name1", SCHOOL) == 0


def test_a_staff_room_behind_one_address_signs_in_on_a_monday_morning(clock: Clock) -> None:
    for number in range(120):
        assert throttle.admit(f"teacher{number}", SCHOOL) == 0
        throttle.succeeded(f"teacher{number}", SCHOOL, None)


def test_tomorrow_everything_is_forgotten(clock: Clock) -> None:
    tries(3)
    clock.pass_by(days=1, seconds=1)
    assert throttle.forget_old() == 3
    assert tries(3) == [0, 0, 0]
