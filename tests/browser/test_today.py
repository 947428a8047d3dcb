"""Thirty seconds before the bell: who needs me, and why; seen with one tap, and taken back with another."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from tests.browser.conftest import SignedIn
from tests.browser.serving import ServedApp
from tests.browser.visit import Visit


def waiting(visit: Visit) -> int:
    """How many children the title says nobody has looked at."""
    found = re.search(r"(\d+)人います", visit.finding())
    return int(found[1]) if found else 0


def test_tanaka_knows_who_needs_him_as_soon_as_he_is_in(signed_in: SignedIn, record_property: Callable[[str, object], None]) -> None:
    """No click after sign-in: the page he lands on names the child, the rule's finding, its days and the child's own usual."""
    visit = signed_in("tanaka", anew=True)
    begun = time.perf_counter()
    visit.open("")
    hana = visit.page.locator('[class*="st-key-flagged-"]', has_text="佐藤 はな")
    hana.wait_for()
    record_property("walk", f"from sign-in to who needs me, and why: 0 clicks, {time.perf_counter() - begun:.1f} s")
    assert visit.page.url.split("?")[0].endswith("/today")
    said = hana.inner_text()
    assert "ふだんは" in said
    assert re.search(r"\d+日つづけて欠席", said)
    assert "11/20" in said
    assert visit.complaints == []


def test_seen_with_one_tap_and_undone_with_another(signed_in: SignedIn, served_app: ServedApp) -> None:
    visit = signed_in("tanaka", size="tablet", anew=True)
    visit.open("today")
    before = waiting(visit)
    child = visit.page.locator('[class*="st-key-flagged-"]', has_text="佐藤 はな")
    child.get_by_role("button", name=visit.word("today.seen")).click()
    child.wait_for(state="detached")
    visit.settle()
    assert waiting(visit) == before - 1
    visit.page.locator(".st-key-just-seen").get_by_role("button", name=visit.word("today.undo")).click()
    child.wait_for()
    visit.settle()
    assert waiting(visit) == before
    assert visit.complaints + visit.errors_shown() + served_app.traces() == []
    assert "佐藤" not in visit.page.url
