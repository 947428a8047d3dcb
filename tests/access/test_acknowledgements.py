"""Looks: written by who sees the child, read by who sees the child, taken back by who looked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from access import Refused
from records import acknowledgements, engine
from records.acknowledgements import Seen
from tests.access.conftest import SASAKI, SATO, SUZUKI, TANAKA, WATANABE
from tests.accounts import opened_store

pytestmark = pytest.mark.usefixtures("tiny_district")

TANAKA_HIMSELF = replace(TANAKA, username="tanaka")
WATANABE_HERSELF = replace(WATANABE, username="watanabe")
RUN = Seen(101, "absence_run", date(2026, 11, 18), date(2026, 11, 20))
MOOD = Seen(101, "mood_run", date(2026, 11, 18), date(2026, 11, 19))


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    opened_store(tmp_path)
    yield
    engine.forget()


def test_a_look_is_kept_with_who_looked_and_what_at() -> None:
    acknowledgements.record(TANAKA_HIMSELF, 1, [RUN, MOOD])
    first, second = acknowledgements.of_children(SUZUKI, 1, [101])
    assert (first.username, first.name, first.seen) == ("tanaka", "姓 名", RUN)
    assert second.seen == MOOD


def test_a_look_taken_back_stands_no_longer_but_its_row_stays() -> None:
    from sqlalchemy import func, select  # noqa: PLC0415

    from records.tables import acknowledgement  # noqa: PLC0415

    numbers = acknowledgements.record(TANAKA_HIMSELF, 1, [RUN, MOOD])
    acknowledgements.take_back(TANAKA_HIMSELF, numbers[:1])
    assert [each.seen for each in acknowledgements.of_children(TANAKA, 1, [101])] == [MOOD]
    with engine.reading() as connection:
        assert connection.execute(select(func.count()).select_from(acknowledgement)).scalar_one() == 2


def test_nobody_takes_back_what_another_has_looked_at() -> None:
    numbers = acknowledgements.record(TANAKA_HIMSELF, 1, [RUN])
    acknowledgements.take_back(WATANABE_HERSELF, numbers)
    assert [each.seen for each in acknowledgements.of_children(TANAKA, 1, [101])] == [RUN]


@pytest.mark.parametrize("viewer", [SASAKI, SATO, TANAKA.as_masked()])
def test_who_does_not_see_the_child_neither_looks_nor_is_told_who_has(viewer) -> None:
    acknowledgements.record(TANAKA_HIMSELF, 1, [RUN])
    with pytest.raises(Refused):
        acknowledgements.record(viewer, 1, [RUN])
    assert acknowledgements.of_children(viewer, 1, [101]) == []


def test_one_child_out_of_reach_and_nothing_at_all_is_written() -> None:
    with pytest.raises(Refused):
        acknowledgements.record(TANAKA_HIMSELF, 1, [RUN, Seen(104, "absence_run", RUN.begins_on, RUN.last_on)])
    assert acknowledgements.of_children(SUZUKI, 1, [101, 104]) == []
