"""Signing in as one of the cast, once per person, and opening as many windows as are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.visit import SIZES, Visit
from tests.cast import PASSWORD

LOCALES = {"ja": "ja-JP", "en": "en-GB"}


class Doorkeeper:
    """Opens windows for people, and remembers who has signed in already."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self.browser = browser
        self.origin = origin
        self._cookies: dict[str, Any] = {}

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
    ) -> Iterator[Visit]:
        """A window of one person (nobody: not signed in).

        `may_inspect` lets axe in past the content policy; `anew` and `projector` are sittings of their own.
        """
        anew = anew or projector
        width, usual_height = SIZES["chromebook" if projector else size]
        context = self.browser.new_context(
            viewport={"width": width, "height": height or usual_height},
            locale=LOCALES[language],
            timezone_id="Asia/Tokyo",
            bypass_csp=may_inspect,
            reduced_motion="reduce",
            storage_state=None if anew or username is None else self._cookies.get(username),
        )
        try:
            visit = Visit(context.new_page(), self.origin, language)
            if username is not None and (anew or username not in self._cookies):
                visit.page.goto(visit.address("signin"))
                sign_in(visit.page, username)
                visit.settle()
                if not anew:
                    self._cookies[username] = context.storage_state()
            if projector:
                visit.turn_to_the_wall()
                width, usual_height = SIZES[size]
                visit.page.set_viewport_size({"width": width, "height": height or usual_height})
            yield visit
        finally:
            context.close()


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Fill the sign-in form and send it."""
    page.fill('input[name="username"]', username)
    page.fill('input[name="password"]', password)
    page.press('input[name="password"]', "Enter")
    page.wait_for_url(lambda url: "/signin" not in url)
