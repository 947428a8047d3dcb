"""Who tells what a school did, and who reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from access import Refused, Viewer
from records import engine, practices
from records.tables import practice
from tests.access.conftest import SATO, STRANGER, SUZUKI, TAKAHASHI, TANAKA, WATANABE, YAMADA
from tests.accounts import opened_store

pytestmark = pytest.mark.usefixtures("tiny_district")

HEAD = replace(SUZUKI, username="suzuki")
SCHOOL = (1, "見晴小学校")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    opened_store(tmp_path)
    yield
    engine.forget()


def told() -> int:
    return practices.write(HEAD, SCHOOL, "absence_rate", "朝の声かけを始めた", ["greeting"], "教務 045-000-0000")


@pytest.mark.parametrize(
    ("viewer", "reads"),
    [(SUZUKI, True), (SUZUKI.as_masked(), True), (TANAKA, True), (WATANABE, True), (SATO, True), (SATO.as_masked(), True),
     (YAMADA, False), (TAKAHASHI, False), (STRANGER, False)],
)  # fmt: skip
def test_who_reads_what_a_school_did(viewer: Viewer, reads: bool) -> None:
    told()
    assert [each.what for each in practices.shared(viewer)] == (["朝の声かけを始めた"] if reads else [])


@pytest.mark.parametrize("viewer", [SUZUKI.as_masked(), TANAKA, WATANABE, SATO, YAMADA, TAKAHASHI, STRANGER])
def test_nobody_but_the_head_tells_or_takes_back(viewer: Viewer) -> None:
    number = told()
    with pytest.raises(Refused):
        practices.write(viewer, SCHOOL, "absence_rate", "別のこと", [], "")
    with pytest.raises(Refused):
        practices.withdraw(viewer, number)
    assert len(practices.shared(HEAD)) == 1


def test_a_head_speaks_for_the_own_school_alone() -> None:
    with pytest.raises(Refused):
        practices.write(HEAD, (2, "よその学校"), "absence_rate", "別のこと", [], "")


def test_what_is_taken_back_is_shared_no_longer_and_its_row_stays() -> None:
    number = told()
    practices.withdraw(HEAD, number)
    assert practices.shared(SATO) == []
    with pytest.raises(Refused):
        practices.withdraw(HEAD, number)
    with engine.reading() as connection:
        assert connection.execute(select(func.count()).select_from(practice)).scalar() == 2


@pytest.mark.parametrize(("what", "tags"), [("  ", []), ("長" * 601, []), ("よいこと", ["nonsense"])])
def test_what_cannot_be_shared_is_not_kept(what: str, tags: list[str]) -> None:
    with pytest.raises(ValueError, match="characters"):
        practices.write(HEAD, SCHOOL, "absence_rate", what, tags, "")
