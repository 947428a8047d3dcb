"""アシストログ on a tablet: a child, a word, kept; and taken back."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.browser.conftest import SignedIn
from tests.browser.serving import ServedApp


def test_a_note_is_two_taps_and_can_be_taken_back(
    signed_in: SignedIn, served_app: ServedApp, record_property: Callable[[str, object], None]
) -> None:
    visit = signed_in("tanaka", size="tablet", anew=True)
    visit.open("class")
    card = visit.page.locator(".st-key-card-notes")
    begun = time.perf_counter()
    card.get_by_text("9 佐藤 はな", exact=True).click()
    card.locator(".st-key-note-tag-talked button:enabled").click()
    kept = card.locator(".st-key-note-written")
    kept.wait_for()
    record_property("walk", f"a note on a tablet: 2 taps, {time.perf_counter() - begun:.1f} s")
    visit.settle()
    assert "佐藤 はな" in card.locator('[class*="st-key-note-line-"]').first.inner_text()
    assert visit.word("note.restricted") not in visit.page.content(), "a teacher is not told of restricted notes"
    kept.get_by_role("button", name=visit.word("today.undo")).click()
    kept.wait_for(state="detached")
    visit.settle()
    assert card.locator('[class*="st-key-note-line-"]').count() == 0
    assert visit.complaints + visit.errors_shown() + served_app.traces() == []
    assert "佐藤" not in visit.page.url


def test_what_was_being_typed_when_the_session_ended_is_there_at_the_next(signed_in: SignedIn) -> None:
    visit = signed_in("tanaka", anew=True)
    visit.open("student")
    field = visit.page.get_by_role("textbox", name=visit.word("note.body"))
    field.press_sequentially("朝から元気がない")
    # nobody leaves the field: a pause is enough
    hint = visit.page.locator('.st-key-card-notes [data-testid="InputInstructions"]')
    hint.get_by_text("Ctrl").wait_for()
    hint.get_by_text("Ctrl").wait_for(state="detached")
    visit.settle()
    visit.sign_out()
    again = signed_in("tanaka", anew=True)
    again.open("student")
    field = again.page.get_by_role("textbox", name=again.word("note.body"))
    assert field.input_value() == "朝から元気がない"
    field.fill("")
    field.blur()
    again.settle()
