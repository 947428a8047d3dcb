"""A child's paper before a talk with the parents, in few clicks; and a morning without a mouse."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from tests.browser.conftest import SignedIn
from tests.browser.serving import ServedApp


def test_a_childs_paper_is_four_clicks_away_from_signing_in(
    signed_in: SignedIn, served_app: ServedApp, record_property: Callable[[str, object], None]
) -> None:
    visit = signed_in("tanaka", anew=True)
    visit.open("")
    begun = time.perf_counter()
    visit.go("student")  # one
    visit.choose("choice.student", 3)  # two and three
    button = visit.page.get_by_role("button", name=visit.word("document.save"))
    taken = visit.downloaded(button)  # four
    record_property("walk", f"a child's paper: 4 clicks, {time.perf_counter() - begun:.1f} s")
    assert Path(taken.path()).read_bytes().startswith(b"%PDF-")
    child = visit.finding().split(" さん")[0]
    assert taken.suggested_filename.startswith("miharashi-")
    assert not any(part in taken.suggested_filename for part in child.split(" "))
    visit.settle()
    assert visit.complaints + visit.errors_shown() + served_app.traces() == []


def test_a_morning_by_keyboard_alone(signed_in: SignedIn, served_app: ServedApp) -> None:
    """Seen and undone, a note written and taken back, the paper within reach: Tab, Enter, space and arrows."""
    visit = signed_in("tanaka", anew=True)
    visit.open("today")
    child = visit.page.locator('[class*="st-key-flagged-"]').first
    name = child.inner_text().splitlines()[0]
    visit.tab_to(child.get_by_role("button", name=visit.word("today.seen")))
    visit.page.keyboard.press("Enter")
    undo = visit.page.locator(".st-key-just-seen").get_by_role("button", name=visit.word("today.undo"))
    undo.wait_for()
    visit.settle()
    visit.tab_to(undo)
    visit.page.keyboard.press("Enter")
    undo.wait_for(state="detached")
    visit.settle()
    assert name in visit.page.locator('[class*="st-key-flagged-"]').first.inner_text()

    visit.open("student")
    card = visit.page.locator(".st-key-card-notes")
    visit.tab_to(card.locator(".st-key-note-tag-talked button"))
    visit.page.keyboard.press("Enter")
    kept = card.locator(".st-key-note-written")
    kept.wait_for()
    visit.settle()
    visit.tab_to(kept.get_by_role("button", name=visit.word("today.undo")))
    visit.page.keyboard.press("Enter")
    kept.wait_for(state="detached")
    visit.settle()
    visit.tab_to(visit.page.get_by_role("button", name=visit.word("document.save")))
    assert visit.complaints + visit.errors_shown() + served_app.traces() == []
