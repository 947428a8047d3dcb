"""Who may read who has looked at a child: the head of the school the child is at, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from access import Refused, Viewer
from records import engine, schema, viewings
from tests.access.conftest import SASAKI, SATO, STRANGER, SUZUKI, TAKAHASHI, TANAKA, WATANABE, YAMADA, YAMAMOTO

pytestmark = pytest.mark.usefixtures("tiny_district", "records")


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    schema.migrate()
    yield
    engine.forget()


def test_the_head_reads_who_saw_a_child_of_her_school_the_last_one_first() -> None:
    viewings.record(TANAKA, "tanaka", "children_of_class", [101, 102], 2)
    viewings.record(WATANABE, "watanabe", "child", [101], 1)
    viewings.record(TANAKA, "tanaka", "child", [101], 1)
    seen = viewings.who_saw(SUZUKI, 101)
    assert [(each.name, each.role) for each in seen] == [("tanaka", "teacher"), ("watanabe", "school_nurse")]
    assert seen[0].first_at < seen[1].first_at < seen[0].last_at
    assert viewings.who_saw(SUZUKI, 103) == []


@pytest.mark.parametrize(
    "viewer", [TANAKA, WATANABE, YAMAMOTO, YAMADA, SATO, TAKAHASHI, SASAKI, STRANGER, SUZUKI.as_masked()]
)
def test_nobody_else_reads_it(viewer: Viewer) -> None:
    viewings.record(TANAKA, "tanaka", "child", [101], 1)
    with pytest.raises(Refused):
        viewings.who_saw(viewer, 101)


@pytest.mark.parametrize("student_id", [105, 201])
def test_not_even_the_head_of_a_child_who_is_not_at_her_school(student_id: int) -> None:
    with pytest.raises(Refused):
        viewings.who_saw(SUZUKI, student_id)
