"""Accounts of the cast in a records store of their own, for tests that need somebody to sign in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import bcrypt
import pytest
import yaml
from sqlalchemy import make_url

from records import accounts, engine, schema
from tests.cast import PASSWORD

# cheap on purpose: what is tested is who gets in, not how long the hash holds out
QUICK_HASH = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
STAFF_NUMBERS = {"suzuki": "T000001", "tanaka": "T000002", "sato": "T000003", "takahashi": "T000004", "mori": "T000099"}


def listed(**more: dict[str, object]) -> dict[str, object]:
    """The cast as a credentials file lists it."""
    usernames = {
        name: {
            "first_name": "名", "last_name": "姓", "email": f"{name}@miharashi.example", "password": QUICK_HASH,
            "roles": [], "staff_number": number, "cast": {"ja": "役割", "en": "role"},
        }
        for name, number in STAFF_NUMBERS.items()
    }  # fmt: skip
    return {"credentials": {"usernames": usernames | more}}


def written(place: Path, **more: dict[str, object]) -> Path:
    """The same as a file."""
    place.write_text(yaml.safe_dump(listed(**more), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return place


def opened_store(folder: Path) -> None:
    """The store in use (`MIHARASHI_RECORDS`), which is not there yet, with the cast in it: a copy of one brought up to date once."""
    engine.forget()
    file = Path(str(make_url(engine.store_url()).database))
    with file.open("xb") as copy:
        copy.write(store_with_the_cast())
    written(folder / "accounts.yaml")


@cache
def store_with_the_cast() -> bytes:
    """Its file; the migrations take longer than most tests that want a store."""
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patched:
        file = Path(place) / "records.sqlite"
        patched.setenv("MIHARASHI_RECORDS", f"sqlite:///{file}")
        schema.migrate()
        accounts.import_credentials(written(file.with_name("accounts.yaml")))
        engine.forget()
        return file.read_bytes()
