"""A page that is left open notices that another district file serves, and otherwise does nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages import shell


@pytest.mark.parametrize(("serving", "reruns"), [("district-1.duckdb", 0), ("district-2.duckdb", 1)])
def test_an_open_page_draws_itself_anew_once_another_file_serves(
    monkeypatch: pytest.MonkeyPatch, serving: str, reruns: int
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(shell, "district_path", lambda: Path(serving))
    monkeypatch.setattr(shell.st, "rerun", lambda: asked.append("again"))
    monkeypatch.setattr(shell.st, "session_state", {"district": "district-1.duckdb"})
    shell._notice_news.__wrapped__()
    assert len(asked) == reruns
