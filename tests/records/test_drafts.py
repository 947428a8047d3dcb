"""What somebody has begun to write outlasts the session, for them alone, for a week."""

from __future__ import annotations

from dataclasses import replace

import pytest

from access import Role, Viewer
from records import drafts, engine
from records.tables import draft
from tests.records.conftest import Clock

TANAKA = Viewer(11, Role.TEACHER, 1, username="tanaka")


def test_the_last_typed_is_kept_child_by_child_for_who_typed_it() -> None:
    drafts.save(TANAKA, 1, 5, "朝から")
    drafts.save(TANAKA, 1, 5, "朝から元気がない")
    drafts.save(TANAKA, 1, 6, "別の子")
    assert (drafts.of(TANAKA, 1, 5), drafts.of(TANAKA, 1, 6)) == ("朝から元気がない", "別の子")
    assert drafts.of(replace(TANAKA, username="suzuki"), 1, 5) == ""
    assert drafts.of(TANAKA, 2, 5) == ""


def test_an_emptied_field_keeps_nothing() -> None:
    drafts.save(TANAKA, 1, 5, "朝から")
    drafts.save(TANAKA, 1, 5, "  ")
    assert drafts.of(TANAKA, 1, 5) == ""


def test_a_draft_goes_after_a_week(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "now", clock)
    drafts.save(TANAKA, 1, 5, "古い")
    drafts.save(TANAKA, 1, 6, "これも古い")
    clock.pass_by(days=7)
    assert drafts.of(TANAKA, 1, 5) == "古い"
    clock.pass_by(minutes=1)
    assert drafts.of(TANAKA, 1, 5) == ""
    drafts.save(TANAKA, 1, 7, "新しい")
    with engine.reading() as connection:
        assert [row.body for row in connection.execute(draft.select())] == ["新しい"]
