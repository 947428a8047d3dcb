"""axe against WCAG 2.x A and AA on the sign-in page, in both languages; test_every_page has it look at every height."""

from __future__ import annotations

import pytest

from tests.browser.conftest import SignedIn


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_door_can_be_used_by_everyone(signed_in: SignedIn, language: str) -> None:
    visit = signed_in(None, language)
    visit.page.goto(visit.address("signin"))
    assert visit.violations() == []
    visit.page.fill('input[name="username"]', "nobody")
    visit.page.fill('input[name="password"]', "wrong")
    visit.page.press('input[name="password"]', "Enter")
    visit.page.get_by_role("alert").wait_for()
    assert visit.violations() == []


def test_axe_is_really_looking(signed_in: SignedIn) -> None:
    """A page with a plain fault in it, so that an empty list above means something."""
    visit = signed_in(None)
    visit.page.set_content(
        "<html lang='ja'><title>x</title><body><main><h1>x</h1><img src='data:,'></main></body></html>"
    )
    assert any(violation.startswith("image-alt") for violation in visit.violations())
