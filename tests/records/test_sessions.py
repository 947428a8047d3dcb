"""Sessions: open only as long as they should be, and gone at once when they are ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from records import accounts, sessions
from tests.records.conftest import Clock


def test_a_token_opens_its_own_sitting_and_no_other() -> None:
    token = sessions.start("suzuki", "192.0.2.1", "a browser")
    found = sessions.find(token)
    assert found is not None
    assert found.username == "suzuki"
    assert sessions.find(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    for nothing in (None, "", "x" * 5000, "ﾄｰｸﾝ", "\udcff"):
        assert sessions.find(nothing) is None


def test_the_store_holds_no_token_in_the_clear(store: Path) -> None:
    token = sessions.start("suzuki", "192.0.2.1", "a browser of a kind")
    kept = b"".join(file.read_bytes() for file in store.parent.glob("records.sqlite*"))
    assert b"suzuki" in kept
    assert token.encode() not in kept
    assert b"a browser of a kind" not in kept


def test_an_hour_without_activity_ends_it(clock: Clock) -> None:
    token = sessions.start("suzuki")
    clock.pass_by(minutes=59)
    assert sessions.find(token) is not None
    clock.pass_by(minutes=2)
    assert sessions.find(token) is None
    sessions.touch(token)
    assert sessions.find(token) is None, "a session that has run out must not be woken"


def test_activity_keeps_it_open_but_not_beyond_a_school_day(clock: Clock) -> None:
    token = sessions.start("suzuki")
    for _ in range(11):
        clock.pass_by(minutes=50)
        sessions.touch(token)
        assert sessions.find(token) is not None
    clock.pass_by(minutes=51)
    sessions.touch(token)
    assert sessions.find(token) is None


def test_the_limits_can_be_set(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIHARASHI_IDLE_MINUTES", "5")
    monkeypatch.setenv("MIHARASHI_SESSION_HOURS", "0.1")
    token = sessions.start("suzuki")
    clock.pass_by(minutes=4)
    sessions.touch(token)
    assert sessions.find(token) is not None
    clock.pass_by(minutes=3)
    assert sessions.find(token) is None


def test_activity_is_written_at_most_once_a_minute(clock: Clock) -> None:
    token = sessions.start("suzuki")
    began = clock.moment
    clock.pass_by(seconds=50)
    sessions.touch(token)
    assert seen_at(token) == began
    clock.pass_by(seconds=20)
    sessions.touch(token)
    assert seen_at(token) == clock.moment


def seen_at(token: str) -> object:
    found = sessions.find(token)
    assert found is not None
    return found.seen_at


def test_signing_out_ends_one_sitting_and_an_administrator_all() -> None:
    first, second = sessions.start("suzuki"), sessions.start("suzuki")
    other = sessions.start("tanaka")
    sessions.end(first)
    assert sessions.find(first) is None
    assert sessions.find(second) is not None
    assert sessions.end_all("suzuki") == 1
    assert sessions.find(second) is None
    assert sessions.find(other) is not None


def test_the_wall_is_remembered_by_the_sitting_and_by_no_other() -> None:
    wall, desk = sessions.start("suzuki"), sessions.start("suzuki")
    sessions.set_masked(wall, masked=True)
    assert [sessions.find(token).is_masked for token in (wall, desk)] == [True, False]  # type: ignore[union-attr]
    sessions.set_masked(wall, masked=False)
    assert sessions.find(wall).is_masked is False  # type: ignore[union-attr]


def test_the_last_sign_in_of_each_person_is_known(clock: Clock) -> None:
    sessions.end(sessions.start("suzuki"))
    clock.pass_by(days=2)
    sessions.start("suzuki")
    assert sessions.last_started() == {"suzuki": clock.moment}


def test_old_sittings_are_forgotten_and_open_ones_are_not(clock: Clock) -> None:
    sessions.end(sessions.start("suzuki"))
    clock.pass_by(days=91)
    token = sessions.start("suzuki")
    assert sessions.forget_older_than(days=90) == 1
    assert sessions.find(token) is not None


def test_nobody_has_a_sitting_without_an_account() -> None:
    assert accounts.find("nobody") is None
    with pytest.raises(Exception, match="FOREIGN KEY"):
        sessions.start("nobody")


def test_somebody_is_new_once() -> None:
    sessions.start("suzuki", "192.0.2.1", "a browser")
    assert sessions.is_first("suzuki")
    sessions.start("suzuki", "192.0.2.1", "a browser")
    assert not sessions.is_first("suzuki")
