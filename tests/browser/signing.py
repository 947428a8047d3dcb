"""Signing in as one of the cast, once per person, and opening as many windows as are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.visit import SIZES, Visit
from tests.cast import PASSWORD

LOCALES = {"ja": "ja-JP", "en": "en-GB"}


class Doorkeeper:
    """Opens windows for people, and remembers who has signed in already."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self.browser = browser
        self.origin = origin
        self._cookies: dict[str, Any] = {}
        self._kept: dict[tuple[str, str], BrowserContext] = {}

    @contextmanager
    def visit(
        self,
        username: str | None,
        language: str = "ja",
        size: str = "chromebook",
        *,
        projector: bool = False,
        may_inspect: bool = False,
        height: int | None = None,
        anew: bool = False,
        at_a_shared_desk: bool = False,
    ) -> Iterator[Visit]:
        """A window of one person (nobody: not signed in).

        `may_inspect` lets axe in past the content policy; `anew` and `projector` are sittings of their own. `at_a_shared_desk`
        opens it where the person before has just signed out: the browser need not fetch Streamlit again, which takes seconds.
        """
        anew = anew or projector
        width, usual_height = SIZES["chromebook" if projector else size]
        context = self._kept.get((language, size)) if at_a_shared_desk else None
        if context is None:
            context = self.browser.new_context(
                viewport={"width": width, "height": height or usual_height},
                locale=LOCALES[language],
                timezone_id="Asia/Tokyo",
                bypass_csp=may_inspect,
                reduced_motion="reduce",
            )
        if at_a_shared_desk:
            self._kept[language, size] = context
            context.clear_cookies()
        if username in self._cookies and not anew:
            context.add_cookies(self._cookies[username])
        try:
            visit = Visit(context.new_page(), self.origin, language)
            if username is not None and (anew or username not in self._cookies):
                visit.page.goto(visit.address("signin"))
                sign_in(visit.page, username)
                visit.settle()
                if not anew:
                    self._cookies[username] = context.cookies()
            if projector:
                visit.turn_to_the_wall()
                width, usual_height = SIZES[size]
                visit.page.set_viewport_size({"width": width, "height": height or usual_height})
            yield visit
        finally:
            for page in context.pages if at_a_shared_desk else ():
                page.close()
            if not at_a_shared_desk:
                context.close()


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Fill the sign-in form and send it."""
    page.fill('input[name="username"]', username)
    page.fill('input[name="password"]', password)
    page.press('input[name="password"]', "Enter")
    page.wait_for_url(lambda url: "/signin" not in url)
