"""The administrator's commands for accounts."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from records import accounts, events, passwords, sessions
from records.__main__ import commands
from tests.accounts import QUICK_HASH, written

NEW = "correct horse battery"


def told(*words: str, typed: str = "") -> tuple[int, str]:
    """Exit code and words of one command."""
    run = CliRunner().invoke(commands, list(words), input=typed)
    return run.exit_code, run.output


def test_a_password_is_set_without_being_shown_and_ends_all_sittings() -> None:
    token = sessions.start("suzuki")
    code, said = told("password", "Suzuki", typed=f"{NEW}\n{NEW}\n")
    assert code == 0
    assert NEW not in said
    assert passwords.matches(NEW, accounts.password_hash("suzuki"))
    assert sessions.find(token) is None
    assert events.latest()[0].kind == "password_set"


def test_a_password_that_is_too_short_is_not_set() -> None:
    code, said = told("password", "suzuki", typed="short\nshort\n")
    assert (code, "too short" in said) == (1, True)
    assert accounts.password_hash("suzuki") == QUICK_HASH


@pytest.mark.parametrize("command", ["close", "reopen", "sign-out", "password"])
def test_a_stranger_is_named_and_nothing_happens(command: str) -> None:
    code, said = told(command, "nobody", typed=f"{NEW}\n{NEW}\n")
    assert (code, "no account" in said) == (1, True)
    assert events.latest() == []


def test_an_account_is_closed_and_opened_again() -> None:
    token = sessions.start("suzuki")
    assert told("close", "suzuki")[0] == 0
    assert sessions.find(token) is None
    assert told("reopen", "suzuki")[0] == 0
    assert accounts.password_hash("suzuki") == QUICK_HASH


def test_everybodys_sittings_can_be_ended() -> None:
    sessions.start("suzuki")
    sessions.start("suzuki")
    assert told("sign-out", "suzuki") == (0, "2 ended.\n")


def test_accounts_come_from_a_file(tmp_path: Path) -> None:
    newcomer = {"first_name": "新", "last_name": "任", "password": QUICK_HASH}
    assert told("import", str(written(tmp_path / "new.yaml", newcomer=newcomer))) == (0, "1 added.\n")
    bad = written(tmp_path / "bad.yaml", other={"password": "plain"})
    code, said = told("import", str(bad))
    assert (code, "not a bcrypt hash" in said, "plain" in said) == (1, True, False)


def test_what_happened_is_listed() -> None:
    events.record("signed_in", username="suzuki", address="192.0.2.1")
    assert "signed_in" in told("events")[1]
