"""Who can sign in: names, password hashes, and the staff number by which the roster knows the person."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from sqlalchemy import insert, select, update

from records import passwords, sessions
from records.engine import reading, writing
from records.tables import account
from records.utc_datetime import now

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")


@dataclass(frozen=True, slots=True)
class Account:
    """One person who can sign in. The password hash stays out of every printed form of it."""

    username: str
    staff_number: str | None
    family_name: str
    given_name: str
    email: str | None
    is_cast: bool
    cast_label_ja: str | None
    cast_label_en: str | None
    language: str | None
    disabled_at: datetime | None

    @property
    def name(self) -> str:
        """The full name, family name first."""
        return f"{self.family_name} {self.given_name}".strip()


_SHOWN = tuple(account.c[name] for name in Account.__slots__)


def plain_username(typed: str) -> str:
    """What was typed as a user name, as it is stored: full-width letters and capitals are forgiven."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def find(username: str) -> Account | None:
    """The account of that name, in use or disabled; None for a stranger."""
    with reading() as connection:
        row = connection.execute(select(*_SHOWN).where(account.c.username == username)).one_or_none()
    return None if row is None else Account(*row)


def password_hash(username: str) -> str | None:
    """The stored bcrypt hash of an account in use; None for strangers and disabled accounts."""
    question = select(account.c.password_hash).where(account.c.username == username, account.c.disabled_at.is_(None))
    with reading() as connection:
        return connection.execute(question).scalar_one_or_none()


def cast() -> list[Account]:
    """The people of the sample district, in the order they were added."""
    question = (
        select(*_SHOWN)
        .where(account.c.is_cast, account.c.disabled_at.is_(None))
        .order_by(account.c.created_at, account.c.username)
    )
    with reading() as connection:
        return [Account(*row) for row in connection.execute(question)]


def everyone() -> list[Account]:
    """Every account, in use or closed, by name."""
    with reading() as connection:
        return [Account(*row) for row in connection.execute(select(*_SHOWN).order_by(account.c.username))]


def credentials(username: str | None = None) -> dict[str, dict[str, dict[str, Any]]]:
    """Accounts in use, in streamlit-authenticator's form: {"usernames": {name: {email, …}}}.

    With a name only that person's, for a page that has no business with other people's hashes.
    """
    question = select(*_SHOWN, account.c.password_hash).where(account.c.disabled_at.is_(None))
    if username is not None:
        question = question.where(account.c.username == username)
    with reading() as connection:
        return {
            "usernames": {
                row.username: {
                    "email": row.email or "",
                    "first_name": row.given_name,
                    "last_name": row.family_name,
                    "password": row.password_hash,
                    "roles": [],
                    "staff_number": row.staff_number,
                }
                for row in connection.execute(question)
            }
        }


def import_credentials(path: Path) -> int:
    """Add the accounts of a credentials file that the store does not know yet; returns how many.

    Known accounts keep their password; the sample district's people get the file's names and staff numbers
    again, because their district may have been made anew. A bad entry stops the import with ValueError, and
    nothing of the file is kept.
    """
    listed = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("credentials", {}).get("usernames", {})
    entries = [_entry(str(username), told or {}) for username, told in listed.items()]
    added = 0
    with writing() as connection:
        known = {row.username: row.is_cast for row in connection.execute(select(account.c.username, account.c.is_cast))}
        for entry in entries:
            if entry["username"] not in known:
                connection.execute(insert(account).values(**entry))
                added += 1
            elif known[entry["username"]] and entry["is_cast"]:
                connection.execute(
                    update(account).where(account.c.username == entry["username"]).values(**_renewed(entry))
                )
    return added


def set_password(username: str, password: str) -> None:
    """Give an account a new password and end all its sessions.

    Raises passwords.Unfit for one that is too short or that bcrypt cannot hold, LookupError for a stranger.
    """
    set_password_hash(username, passwords.hashed(password))


def set_password_hash(username: str, hashed: str, keep: str | None = None) -> None:
    """Give an account a password already hashed, and end all its sessions but the one of the token `keep`.

    Raises ValueError for what is no bcrypt hash, LookupError for a stranger.
    """
    if not passwords.is_hash(hashed):
        raise ValueError("not a bcrypt hash")
    with writing() as connection:
        changed = connection.execute(
            update(account).where(account.c.username == username).values(password_hash=hashed, password_set_at=now())
        ).rowcount
    if not changed:
        raise LookupError("no such account")
    sessions.end_all(username, by="password", keep=keep)


def set_language(username: str, language: str) -> None:
    """Remember the language a person chose."""
    with writing() as connection:
        connection.execute(update(account).where(account.c.username == username).values(language=language))


def disable(username: str) -> None:
    """Close an account: nobody can sign in with it, and whoever is signed in is out at once."""
    with writing() as connection:
        connection.execute(update(account).where(account.c.username == username).values(disabled_at=now()))
    sessions.end_all(username, by="administrator")


def enable(username: str) -> None:
    """Open a closed account again."""
    with writing() as connection:
        connection.execute(update(account).where(account.c.username == username).values(disabled_at=None))


def _entry(username: str, told: dict[str, Any]) -> dict[str, Any]:
    name = plain_username(username)
    if not USERNAME.fullmatch(name):
        raise ValueError("a user name may have a-z, 0-9 and . _ @ + - (at most 64 characters)")
    hashed = str(told.get("password") or "")
    if not passwords.is_hash(hashed):
        raise ValueError(f"the password of {name} is not a bcrypt hash")
    label = told.get("cast") or {}
    return {
        "username": name,
        "staff_number": told.get("staff_number"),
        "password_hash": hashed,
        "family_name": str(told.get("last_name") or ""),
        "given_name": str(told.get("first_name") or ""),
        "email": told.get("email"),
        "is_cast": bool(label),
        "cast_label_ja": label.get("ja"),
        "cast_label_en": label.get("en"),
        "created_at": now(),
        "password_set_at": now(),
    }


def _renewed(entry: dict[str, Any]) -> dict[str, Any]:
    kept = ("username", "password_hash", "created_at", "password_set_at")
    return {column: value for column, value in entry.items() if column not in kept}
