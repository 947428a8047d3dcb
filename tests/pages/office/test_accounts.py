"""Roster and accounts side by side: nobody is forgotten, and nobody keeps an account after leaving."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest

from pages.office.accounts import Matched, matched
from records.accounts import Account

DIRECTORY = pl.DataFrame(
    [
        ("T000001", "鈴木", "美咲", "principal", "青葉小学校", 1),
        ("T000002", "田中", "健", "teacher", "青葉小学校", 1),
        ("T000002", "田中", "健", "grade_leader", "青葉小学校", 1),
        ("T000009", "中村", "久美", "clerk", "青葉小学校", 1),
        ("T000007", "山田", "幸子", None, None, 0),
    ],
    schema=["staff_number", "staff_family_name", "staff_given_name", "role", "school_name", "list_order"],
    orient="row",
)
LAST_FRIDAY = datetime(2026, 11, 20, 8, 5, tzinfo=UTC)


def account(username: str, staff_number: str | None, disabled_at: datetime | None = None) -> Account:
    return Account(username, staff_number, "姓", "名", None, False, None, None, None, disabled_at)


@pytest.fixture
def found() -> Matched:
    held = [
        account("suzuki", "T000001"),
        account("tanaka", "T000002"),
        account("yamada", "T000007"),
        account("nakamura.old", "T000009", disabled_at=LAST_FRIDAY),
        account("temp", None),
    ]
    return matched(DIRECTORY, held, {"suzuki": LAST_FRIDAY})


def test_the_clerk_without_an_account_is_named(found: Matched) -> None:
    assert found.people.height == 3
    assert found.without == 1
    assert found.missing.select("staff_number", "role").rows() == [("T000009", "clerk")]


def test_a_closed_account_is_no_account(found: Matched) -> None:
    assert "nakamura.old" not in set(found.held.get_column("username"))


def test_an_account_of_nobody_and_one_whose_office_has_ended_are_told_apart(found: Matched) -> None:
    assert dict(found.held.select("username", "standing").iter_rows()) == {
        "suzuki": "held", "tanaka": "held", "yamada": "idle", "temp": "stranger",
    }  # fmt: skip
    assert (found.odd("idle"), found.odd("stranger")) == (1, 1)


def test_roles_and_the_last_sign_in_stand_beside_the_account(found: Matched) -> None:
    rows = {row["username"]: row for row in found.held.rows(named=True)}
    assert rows["tanaka"]["roles"] == ["grade_leader", "teacher"]
    assert rows["suzuki"]["signed_in_at"] == LAST_FRIDAY
    assert rows["tanaka"]["signed_in_at"] is None


def test_a_district_without_accounts_is_all_missing() -> None:
    nobody = matched(DIRECTORY, [], {})
    assert (nobody.without, nobody.held.height) == (3, 0)
