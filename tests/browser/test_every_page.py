"""Each of the cast, on every page of their role, in both languages: it says something and complains of nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from access import Role
from pages import PAGES, pages_for
from tests.browser.conftest import SignedIn
from tests.browser.serving import ServedApp
from tests.cast import CAST
from tests.house import JAPANESE

# Everybody reads Japanese; in English one person of each set of pages, for the words do not depend on who reads them.
READERS = [
    *((username, "ja") for username in CAST),
    *((username, "en") for username in ("tanaka", "suzuki", "sato", "takahashi")),
]


@pytest.mark.parametrize(("username", "language"), READERS)
def test_every_page_shows_its_finding(signed_in: SignedIn, served_app: ServedApp, username: str, language: str) -> None:
    visit = signed_in(username, language, at_a_shared_desk=True)
    wrong = {}
    for number, entry in enumerate(pages_for(Role(CAST[username]))):
        visit.complaints.clear()
        if number:
            visit.go(entry.path)
        elif urlsplit(visit.page.url).path != f"/{entry.path}":  # who has just signed in is there already
            visit.open(entry.path)
        if not visit.finding():
            visit.complaints.append("no finding")
        if trouble := visit.errors_shown() + visit.complaints:
            wrong[entry.path] = list(trouble)
    assert wrong == {}
    assert served_app.traces() == []


@pytest.mark.parametrize("username", ["tanaka", "yamada", "sato", "takahashi"])
def test_a_page_of_another_role_does_not_open_by_its_address(signed_in: SignedIn, username: str) -> None:
    mine = {entry.path for entry in pages_for(Role(CAST[username]))}
    theirs = sorted({entry.path for entry in PAGES} - mine)
    visit = signed_in(username, at_a_shared_desk=True)
    said = {}
    for path in theirs:
        visit.open(path)
        said[path] = visit.finding()
    assert said == dict.fromkeys(theirs, visit.word("state.not_shared"))


@pytest.mark.parametrize(("username", "path"), [("tanaka", "class"), ("suzuki", "school"), ("sato", "district")])
def test_the_finding_speaks_the_chosen_language(signed_in: SignedIn, username: str, path: str) -> None:
    said = {}
    for language in ("ja", "en"):
        visit = signed_in(username, language, at_a_shared_desk=True)
        visit.open(path)
        said[language] = visit.finding()
    assert JAPANESE.search(said["ja"])
    assert said["ja"] != said["en"]
    assert sum(character.isascii() for character in said["en"]) > len(said["en"]) / 2
