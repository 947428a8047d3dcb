"""Each of the cast, on every page of their role, in both languages: it says something, complains of nothing, can be used by everyone."""

from __future__ import annotations

import pytest

from access import Role
from pages import PAGES, PageEntry, pages_for
from tests.browser.conftest import SignedIn
from tests.browser.serving import ServedApp
from tests.cast import CAST
from tests.house import JAPANESE

# Everybody reads Japanese; in English every page is opened once, for its words do not depend on who reads them.
IN_ENGLISH = ("tanaka", "suzuki", "sato", "takahashi")
# One of each height, in both languages: their figures are looked at by axe as well (WCAG 2.x, A and AA).
EXAMINED: dict[str, set[str]] = {
    "tanaka": {"today", "class", "student"},
    "suzuki": {"school", "workload", "meeting"},
    "sato": {"district", "compare", "staff-plan", "surveys", "equity", "dx"},
    "takahashi": set(),
}
READERS = [*((username, "ja") for username in CAST), *((username, "en") for username in IN_ENGLISH)]


@pytest.mark.parametrize(("username", "language"), READERS)
def test_every_page_shows_its_finding(signed_in: SignedIn, served_app: ServedApp, username: str, language: str) -> None:
    visit = signed_in(username, language)
    wrong = {}
    for number, entry in enumerate(pages_read(username, language)):
        visit.complaints.clear()
        if number:
            visit.go(entry.path)
        else:
            visit.open(entry.path)
        if not is_said_in(visit.finding(), language):
            visit.complaints.append(f"no finding in this language: {visit.finding()}")
        if entry.path in EXAMINED.get(username, ()):
            visit.complaints += visit.violations()
        if trouble := visit.errors_shown() + visit.complaints:
            wrong[entry.path] = list(trouble)
    assert wrong == {}
    assert served_app.traces() == []


@pytest.mark.parametrize("username", ["yamada", "takahashi"])  # who has fewest pages, and who has the most power
def test_a_page_of_another_role_does_not_open_by_its_address(signed_in: SignedIn, username: str) -> None:
    mine = {entry.path for entry in pages_for(Role(CAST[username]))}
    theirs = sorted({entry.path for entry in PAGES} - mine)
    visit = signed_in(username)
    said = {}
    for path in theirs:
        visit.open(path)
        said[path] = visit.finding()
    assert said == dict.fromkeys(theirs, visit.word("state.not_shared"))


def pages_read(username: str, language: str) -> list[PageEntry]:
    """A person's pages; in English those nobody before them reads."""
    entries = list(pages_for(Role(CAST[username])))
    if language == "ja":
        return entries
    before = IN_ENGLISH[: IN_ENGLISH.index(username)]
    read = {entry.path for earlier in before for entry in pages_for(Role(CAST[earlier]))} - EXAMINED[username]
    return [entry for entry in entries if entry.path not in read]


def is_said_in(finding: str, language: str) -> bool:
    """Whether a finding speaks the language; a name of a school or a child may stand in it as it is written."""
    if language == "ja":
        return bool(JAPANESE.search(finding))
    return sum(character.isascii() for character in finding) > len(finding) / 2
