"""Accounts: found, imported without losing anybody's password, closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit_authenticator.utilities.hasher import Hasher

from records import accounts, passwords, sessions
from tests.accounts import QUICK_HASH, written
from tests.cast import PASSWORD

NEW = "correct horse battery"


def test_suzuki_is_found_and_a_stranger_is_not() -> None:
    found = accounts.find("suzuki")
    assert found is not None
    assert (found.username, found.staff_number, found.is_cast) == ("suzuki", "T000001", True)
    assert accounts.find("nobody") is None
    assert accounts.password_hash("nobody") is None


def test_an_account_printed_shows_no_hash() -> None:
    assert QUICK_HASH not in repr(accounts.find("suzuki"))


@pytest.mark.parametrize("typed", ["suzuki", " Suzuki ", "ＳＵＺＵＫＩ", "ｓｕｚｕｋｉ"])
def test_a_name_is_known_however_the_keyboard_was_set(typed: str) -> None:
    assert accounts.plain_username(typed) == "suzuki"


def test_credentials_have_the_form_the_widget_of_streamlit_authenticator_reads() -> None:
    listed = accounts.credentials()["usernames"]
    assert Hasher.check_pw(PASSWORD, listed["tanaka"]["password"])
    assert {"email", "first_name", "last_name", "password", "roles"} <= set(listed["tanaka"])


def test_the_cast_comes_in_the_order_of_the_file() -> None:
    assert [person.username for person in accounts.cast()] == ["suzuki", "tanaka", "sato", "takahashi", "mori"]


def test_importing_again_adds_only_who_is_new_and_keeps_passwords(tmp_path: Path) -> None:
    accounts.set_password("tanaka", NEW)
    newcomer = {"first_name": "新", "last_name": "任", "password": QUICK_HASH, "staff_number": "T000777"}
    assert accounts.import_credentials(written(tmp_path / "again.yaml", newcomer=newcomer)) == 1
    assert passwords.matches(NEW, accounts.password_hash("tanaka"))
    found = accounts.find("newcomer")
    assert found is not None
    assert not found.is_cast


def test_a_sample_district_made_anew_renews_the_staff_number_of_its_people(tmp_path: Path) -> None:
    post = {"ja": "校長", "en": "Principal"}
    moved = {"first_name": "美咲", "last_name": "鈴木", "password": QUICK_HASH, "staff_number": "T000500", "cast": post}
    accounts.import_credentials(written(tmp_path / "anew.yaml", suzuki=moved))
    found = accounts.find("suzuki")
    assert found is not None
    assert found.staff_number == "T000500"


@pytest.mark.parametrize(
    ("username", "entry"),
    [("with space", {"password": QUICK_HASH}), ("plain", {"password": "not hashed"}), ("empty", {})],
)
def test_a_bad_entry_stops_the_import_and_nothing_of_it_is_kept(
    tmp_path: Path, username: str, entry: dict[str, object]
) -> None:
    fine = {"first_name": "a", "last_name": "b", "password": QUICK_HASH}
    with pytest.raises(ValueError, match=r"name|hash"):
        accounts.import_credentials(written(tmp_path / "bad.yaml", fine=fine, **{username: entry}))
    assert accounts.find("fine") is None


def test_a_new_password_ends_every_sitting_but_the_one_it_was_set_in() -> None:
    here, elsewhere = sessions.start("tanaka"), sessions.start("tanaka")
    accounts.set_password_hash("tanaka", passwords.hashed(NEW), keep=here)
    assert sessions.find(here) is not None
    assert sessions.find(elsewhere) is None
    accounts.set_password("tanaka", NEW)
    assert sessions.find(here) is None


def test_a_closed_account_is_out_at_once_and_cannot_come_back_in() -> None:
    token = sessions.start("tanaka")
    accounts.disable("tanaka")
    assert sessions.find(token) is None
    assert accounts.password_hash("tanaka") is None
    assert "tanaka" not in accounts.credentials()["usernames"]
    accounts.enable("tanaka")
    assert accounts.password_hash("tanaka") == QUICK_HASH
    assert sessions.find(token) is None


def test_a_stranger_gets_no_password() -> None:
    with pytest.raises(LookupError):
        accounts.set_password("nobody", NEW)
