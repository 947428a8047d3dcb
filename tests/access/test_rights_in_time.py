"""Rights end on their day, for whoever asks, in an open session as at a sign-in, with the very same district file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from access import Refused, children_of, schools_of, viewer_of, viewers_of
from queries import ask
from records import schema
from tests.access.conftest import SATO, SUZUKI, TAKAHASHI, TANAKA, WATANABE

pytestmark = pytest.mark.usefixtures("tiny_district")
CAST = {"T000001": SUZUKI, "T000002": TANAKA, "T000003": SATO, "T000005": WATANABE}


@pytest.fixture(autouse=True)
def own_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    schema.migrate()


def is_today(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIHARASHI_TODAY", day)


def test_on_the_first_of_april_last_years_staff_see_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    is_today("2027-03-31", monkeypatch)
    assert {number: viewer_of(number) for number in CAST} == CAST
    assert children_of(TANAKA) == {101, 102, 103}
    is_today("2027-04-01", monkeypatch)
    assert {number: viewers_of(number) for number in CAST} == dict.fromkeys(CAST, ())
    for viewer in CAST.values():  # a viewer made yesterday, as an open page holds one
        assert children_of(viewer) == frozenset()
        assert schools_of(viewer) == frozenset()
        assert ask(viewer, "places").is_empty()
    assert viewer_of("T000004") == TAKAHASHI, "who loads the next roster stays"


def test_an_answer_kept_by_nobody_outlives_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {"school_id": 1, "class_id": 11, "day": date(2026, 11, 20)}
    is_today("2027-03-31", monkeypatch)
    assert ask(TANAKA, "day_of_place", **asked).height == 3
    is_today("2027-04-01", monkeypatch)
    assert ask(TANAKA, "day_of_place", **asked).is_empty()


def test_a_child_who_left_in_june_is_seen_until_its_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    is_today("2026-06-30", monkeypatch)
    assert 105 in children_of(TANAKA)
    is_today("2026-07-01", monkeypatch)
    assert children_of(TANAKA) == {101, 102, 103}


def test_an_aide_to_september_is_nobody_in_october(monkeypatch: pytest.MonkeyPatch) -> None:
    """The contract of 山田 幸子 ends on 30 September, within the 年度; the directory of accounts says so, too."""
    is_today("2026-09-30", monkeypatch)
    named = ask(TAKAHASHI, "staff_directory").filter(pl.col("staff_number") == "T000007")
    assert named.get_column("role").to_list() == ["aide"]
    is_today("2026-10-01", monkeypatch)
    named = ask(TAKAHASHI, "staff_directory").filter(pl.col("staff_number") == "T000007")
    assert named.get_column("role").to_list() == [None]


def test_before_its_first_day_a_right_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    is_today("2026-03-31", monkeypatch)
    assert viewers_of("T000002") == ()
    with pytest.raises(Refused):
        ask(TANAKA.as_masked(), "children_of_class", school_id=1, class_id=11)
