"""A page that is left open notices that another district file serves or another day has begun, and otherwise does nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pages import shell

YESTERDAY, TODAY = date(2027, 3, 31), date(2027, 4, 1)


@pytest.mark.parametrize(
    ("serving", "day", "reruns"),
    [("district-1.duckdb", YESTERDAY, 0), ("district-2.duckdb", YESTERDAY, 1), ("district-1.duckdb", TODAY, 1)],
)
def test_an_open_page_draws_itself_anew_once_another_file_serves_or_another_day_begins(
    monkeypatch: pytest.MonkeyPatch, serving: str, day: date, reruns: int
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(shell, "district_path", lambda: Path(serving))
    monkeypatch.setattr(shell, "today", lambda: day)
    monkeypatch.setattr(shell.st, "rerun", lambda: asked.append("again"))
    monkeypatch.setattr(shell.st, "session_state", {"shown_of": ("district-1.duckdb", YESTERDAY)})
    shell._notice_news.__wrapped__()
    assert len(asked) == reruns
