"""Signing in and out in a real browser: by keyboard, with a wrong password, by a link somebody sent, and out again."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import SignedIn
from tests.browser.signing import sign_in
from tests.browser.visit import Visit
from tests.cast import NO_ROLE, PASSWORD


def test_tanaka_signs_in_without_a_mouse(signed_in: SignedIn) -> None:
    visit = signed_in(None)
    visit.page.goto(visit.address("signin"))
    for _ in range(8):
        if visit.page.evaluate("document.activeElement.name") == "username":
            break
        visit.page.keyboard.press("Tab")
    visit.page.keyboard.type("tanaka")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.type(PASSWORD)
    visit.page.keyboard.press("Enter")
    visit.settle()
    assert visit.finding()
    assert visit.complaints == []


def test_a_wrong_password_is_told_politely_and_opens_nothing(signed_in: SignedIn) -> None:
    visit = signed_in(None)
    visit.page.goto(visit.address("signin"))
    visit.page.fill('input[name="username"]', "kimura")
    visit.page.fill('input[name="password"]', "wrong")
    visit.page.press('input[name="password"]', "Enter")
    visit.page.get_by_role("alert").wait_for()
    assert visit.page.locator('input[name="username"]').input_value() == "kimura"
    assert visit.page.locator('input[name="password"]').input_value() == ""
    visit.page.goto(visit.address("class"))
    assert urlsplit(visit.page.url).path == "/signin"


def test_a_link_somebody_sent_survives_sign_in(signed_in: SignedIn) -> None:
    suzuki = signed_in("suzuki")
    suzuki.open("class")
    suzuki.choose("choice.class", -1)
    wanted, said = suzuki.page.url, suzuki.finding()
    assert "class=" in wanted

    later = signed_in(None)
    later.page.goto(wanted)
    assert urlsplit(later.page.url).path == "/signin"
    sign_in(later.page, "suzuki")
    later.settle()
    assert urlsplit(later.page.url).path == "/class"
    assert parse_qs(urlsplit(later.page.url).query)["class"] == parse_qs(urlsplit(wanted).query)["class"]
    assert later.finding() == said


def test_signing_out_ends_every_window_of_that_session(signed_in: SignedIn) -> None:
    visit = signed_in("yoshida", anew=True)
    visit.open("sharing")
    other = Visit(visit.page.context.new_page(), visit.origin)
    other.open("sharing")
    visit.sign_out()
    other.page.wait_for_url("**/signin**")  # by itself: nobody leaves a class on a screen behind them
    other.page.goto(visit.address("sharing"))
    assert urlsplit(other.page.url).path == "/signin"
    assert [cookie["name"] for cookie in visit.page.context.cookies() if "session" in cookie["name"]] == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_mori_has_no_role_and_reads_a_polite_page(signed_in: SignedIn, language: str) -> None:
    visit = signed_in(None, language)
    visit.page.goto(visit.address("signin"))
    sign_in(visit.page, NO_ROLE)
    assert visit.finding()
    assert visit.page.locator('[data-testid="stApp"]').count() == 0
    assert visit.page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_says_which_language_it_is_in(signed_in: SignedIn, language: str) -> None:
    visit = signed_in("suzuki", language)
    visit.open("sharing")
    assert visit.page.locator("html").get_attribute("lang") == language
