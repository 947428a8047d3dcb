"""A store of its own for every test, and a clock that can be turned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from records import engine, sessions, throttle
from tests.accounts import opened_store


class Clock:
    """The time the records believe it is."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 20, 8, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, **span: float) -> None:
        self.moment += timedelta(**span)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty store with the cast's accounts; its file."""
    file = tmp_path / "records.sqlite"
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{file}")
    opened_store(tmp_path)
    yield file
    engine.forget()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    turned = Clock()
    monkeypatch.setattr(sessions, "now", turned)
    monkeypatch.setattr(throttle, "now", turned)
    return turned
