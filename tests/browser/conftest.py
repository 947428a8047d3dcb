"""One browser and one served app for all browser tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import NoChromium, launched
from tests.browser.serving import ServedApp, serving
from tests.browser.signing import Doorkeeper
from tests.browser.visit import Visit


class SignedIn(Protocol):
    """signed_in("tanaka", "ja", "tablet") → a Visit."""

    def __call__(self, username: str | None, language: str = "ja", size: str = "chromebook", **how: bool) -> Visit: ...


@pytest.fixture(scope="session")
def browser(shared_folder: Path) -> Iterator[Browser]:
    """A Chromium; without one the tests are skipped with the reason, or fail where CI is true."""
    with sync_playwright() as playwright:
        try:
            with FileLock(shared_folder / "chromium.lock"):  # one process fetches it for all
                running = launched(playwright)
        except NoChromium as reason:
            if os.environ.get("CI", "").lower() == "true":
                pytest.fail(f"no Chromium for the browser tests: {reason}", pytrace=False)
            pytest.skip(f"no Chromium for the browser tests: {reason}")
        yield running
        running.close()


@pytest.fixture(scope="session")
def served_app(sample_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedApp]:
    """The app on the whole sample district."""
    with serving(sample_district, tmp_path_factory.mktemp("served") / "app.log") as app:
        yield app


@pytest.fixture(scope="session")
def doorkeeper(browser: Browser, served_app: ServedApp) -> Doorkeeper:
    return Doorkeeper(browser, served_app.origin)


@pytest.fixture
def signed_in(doorkeeper: Doorkeeper) -> Iterator[SignedIn]:
    """Opens windows for people; they are closed after the test."""
    with ExitStack() as windows:

        def opened(username: str | None, language: str = "ja", size: str = "chromebook", **how: bool) -> Visit:
            return windows.enter_context(doorkeeper.visit(username, language, size, **how))

        yield opened
