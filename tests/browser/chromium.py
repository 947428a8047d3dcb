"""A Chromium to test with: one already here, or one that can be had without asking anybody."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--js-flags=--no-maglev --no-turbofan",  # a page is drawn once here: optimising its scripts takes longer than it saves
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MINUTES_TO_FETCH = 5


class NoChromium(Exception):
    """No Chromium is here and none could be had; the message says what was tried."""


def launched(playwright: Playwright) -> Browser:
    """A running Chromium without a window.

    Raises NoChromium with one line for each way that was tried.
    """
    tried = []
    for way, executable in ways(playwright):
        if executable is None:
            tried.append(f"{way}: nothing found")
            continue
        try:
            return playwright.chromium.launch(executable_path=executable, args=FLAGS)
        except Error as error:
            tried.append(f"{way}: {error.message.splitlines()[0]}")
    raise NoChromium("; ".join(tried))


def ways(playwright: Playwright) -> Iterator[tuple[str, str | None]]:
    """How a Chromium may be had, nearest first; a later way is not begun while an earlier one serves."""
    yield "on the machine", on_path()
    own = playwright.chromium.executable_path
    yield "Playwright's own", own if Path(own).exists() else None
    told = ran([sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"])
    yield f"playwright install chromium ({told})", own if Path(own).exists() else None
    if shutil.which("apt-get") and is_root():
        told = ran(["apt-get", "update"])
        told = ran(["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"])
        yield f"apt-get install chromium ({told})", on_path()
    else:
        yield "apt-get install chromium (needs root on Debian or Ubuntu)", None


def on_path() -> str | None:
    """The first Chromium a shell would find."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def is_root() -> bool:
    """Whether this process may install packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def ran(command: list[str]) -> str:
    """What a command came to, in a word or its last line."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=60 * MINUTES_TO_FETCH,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    lines = [line.strip() for line in (run.stdout + run.stderr).splitlines() if line.strip()]
    return "done" if run.returncode == 0 else (lines or ["failed"])[-1][:200]
