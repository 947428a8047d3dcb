"""Signing in as one of the cast, once per person, and opening as many windows as are wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.visit import SIZES, Visit
from tests.cast import PASSWORD

LOCALES = {"ja": "ja-JP", "en": "en-GB"}


class Doorkeeper:
    """Opens windows for people, and remembers who has signed in already.

    A window is opened where the person before has just left, as on a school's shared Chromebook: only the cookies are gone, and the
    browser need not read all of Streamlit again, which takes seconds.
    """

    def __init__(self, browser: Browser, origin: str) -> None:
        self.browser = browser
        self.origin = origin
        self._cookies: dict[str, Any] = {}
        self._left: dict[str, list[BrowserContext]] = defaultdict(list)

    @contextmanager
    def visit(
        self,
        username: str | None,
        language: str = "ja",
        size: str = "chromebook",
        *,
        projector: bool = False,
        height: int | None = None,
        anew: bool = False,
    ) -> Iterator[Visit]:
        """A window of one person (nobody: not signed in).

        `anew` and `projector` are sessions of their own.
        """
        anew = anew or projector
        with self._desk(language) as context:
            page = context.new_page()
            width, usual_height = SIZES["chromebook" if projector else size]
            page.set_viewport_size({"width": width, "height": height or usual_height})
            visit = Visit(page, self.origin, language)
            if username in self._cookies and not anew:
                context.add_cookies(self._cookies[username])
            elif username is not None:
                send_form(context, self.origin, username)
                if not anew:
                    self._cookies[username] = context.cookies()
            if projector:
                visit.open("account")
                visit.turn_to_the_wall()
                width, usual_height = SIZES[size]
                page.set_viewport_size({"width": width, "height": height or usual_height})
            yield visit

    @contextmanager
    def _desk(self, language: str) -> Iterator[BrowserContext]:
        """A place at which nobody sits; the one who leaves leaves no window open and no cookie."""
        left = self._left[language]
        if left:
            context = left.pop()
        else:
            context = self.browser.new_context(
                locale=LOCALES[language], timezone_id="Asia/Tokyo", reduced_motion="reduce"
            )
            context.new_page()  # with its last page the whole window would go, and the next one would have to be built
        try:
            yield context
        finally:
            for page in context.pages[1:]:
                page.close()
            context.clear_cookies()
            left.append(context)


def send_form(context: BrowserContext, origin: str, username: str) -> None:
    """Sign in as the form does, without drawing it; filling it in by hand is test_door's."""
    form = {"username": username, "password": PASSWORD}
    ours = {"origin": origin, "sec-fetch-site": "same-origin"}
    answer = context.request.post(f"{origin}/signin", form=form, headers=ours, max_redirects=0)
    if answer.status != 303:
        raise AssertionError(f"{username} could not sign in: {answer.status}")


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Fill the sign-in form and send it."""
    page.fill('input[name="username"]', username)
    page.fill('input[name="password"]', password)
    page.press('input[name="password"]', "Enter")
    page.wait_for_url(lambda url: "/signin" not in url)
