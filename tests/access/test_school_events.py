"""Who writes into a school's charts, and who reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from access import Refused, Viewer
from records import engine, school_events
from records.tables import school_event
from tests.access.conftest import SASAKI, SATO, STRANGER, SUZUKI, TAKAHASHI, TANAKA, WATANABE, YAMADA
from tests.accounts import opened_store

pytestmark = pytest.mark.usefixtures("tiny_district")

HEAD = replace(SUZUKI, username="suzuki")
APRIL = date(2026, 4, 7)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    opened_store(tmp_path)
    yield
    engine.forget()


@pytest.mark.parametrize(
    ("viewer", "reads"),
    [
        (SUZUKI, True),
        (SUZUKI.as_masked(), True),
        (TANAKA, True),
        (WATANABE, True),
        (SATO, True),
        (YAMADA, False),
        (TAKAHASHI, False),
        (SASAKI, False),
        (STRANGER, False),
    ],
)
def test_who_reads_an_event(viewer: Viewer, reads: bool) -> None:
    school_events.write(HEAD, 1, APRIL, "rule", "登校時刻を10分おそくした")
    assert [event.title for event in school_events.of_school(viewer, 1)] == (["登校時刻を10分おそくした"] if reads else [])


@pytest.mark.parametrize("viewer", [SUZUKI.as_masked(), TANAKA, WATANABE, SATO, YAMADA, TAKAHASHI, SASAKI, STRANGER])
def test_nobody_but_the_head_writes_or_takes_back(viewer: Viewer) -> None:
    number = school_events.write(HEAD, 1, APRIL, "rule", "登校時刻を10分おそくした")
    with pytest.raises(Refused):
        school_events.write(viewer, 1, APRIL, "rule", "別のこと")
    with pytest.raises(Refused):
        school_events.withdraw(viewer, 1, number)
    assert len(school_events.of_school(HEAD, 1)) == 1


def test_the_head_of_one_school_does_not_write_into_another() -> None:
    with pytest.raises(Refused):
        school_events.write(HEAD, 2, APRIL, "rule", "よその学校")


def test_what_is_taken_back_stands_no_longer_and_its_row_stays() -> None:
    number = school_events.write(HEAD, 1, APRIL, "system", "ドリルを始めた")
    school_events.withdraw(HEAD, 1, number)
    assert school_events.of_school(HEAD, 1) == []
    with pytest.raises(Refused):
        school_events.withdraw(HEAD, 1, number)
    with engine.reading() as connection:
        assert connection.execute(select(func.count()).select_from(school_event)).scalar() == 2


def test_events_stand_in_the_order_of_their_days() -> None:
    school_events.write(HEAD, 1, date(2026, 9, 1), "other", "あと")
    school_events.write(HEAD, 1, APRIL, "other", "まえ")
    assert [event.title for event in school_events.of_school(HEAD, 1)] == ["まえ", "あと"]


@pytest.mark.parametrize(("kind", "title"), [("rule", "  "), ("rule", "長" * 101), ("nothing", "できごと")])
def test_what_cannot_be_an_event_is_not_kept(kind: str, title: str) -> None:
    with pytest.raises(ValueError, match="title"):
        school_events.write(HEAD, 1, APRIL, kind, title)
