"""Who is signed in: the session a browser's token opens, its account, and the role the roster gives that person today."""

from __future__ import annotations

from dataclasses import dataclass

from access import viewer_of
from access.jurisdictions import is_chosen
from records import accounts, sessions
from records.accounts import Account
from records.sessions import Session


@dataclass(frozen=True, slots=True)
class Person:
    """Whose session it is; without a role there is nothing to see."""

    account: Account | None
    role: str | None


def open_session(token: str | None) -> Session | None:
    """The session a token opens now; none where no board of education is chosen: nobody is signed in nowhere."""
    return sessions.find(token) if is_chosen() else None


def person_of(session: Session) -> Person:
    """Whose session it is, and in which role."""
    account = accounts.find(session.username)
    return Person(account, None if account is None else role_of(account.staff_number))


def role_of(staff_number: str | None) -> str | None:
    """The role the roster gives this member of staff today."""
    viewer = viewer_of(staff_number) if staff_number else None
    return None if viewer is None else str(viewer.role)
