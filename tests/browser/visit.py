"""One person at one screen: where they are, what they see, and what went wrong on the way."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Download, Locator, Page, Request, Response
from playwright.sync_api import TimeoutError as TookTooLong

from tests.house import words

SIZES = {"chromebook": (1366, 768), "tablet": (820, 1180), "projector": (1920, 1080)}
SETTLED_MS = 30_000
SETTLED = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app || app.getAttribute('data-test-script-state') !== 'notRunning') return false;
    if (document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')) return false;
    return [...document.querySelectorAll('h1')].some(h => h.textContent.trim());
}"""
BOXES = 'body, [data-testid="stMain"], [data-testid="stAppScrollToBottomContainer"]'
TALLEST = f"Math.max(...[...document.querySelectorAll('{BOXES}')].map(box => box.scrollHeight)) + 16"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Violations in markup Streamlit writes and no page can change: rule → where on the page, and why
STREAMLITS_OWN: dict[str, tuple[str, str]] = {
    "list": ('[data-testid="stSidebarNav"]', "a menu with sections wraps its entries in a div inside the list"),
    "listitem": ('[data-testid="stSidebarNav"]', "the same div, seen from the entries"),
}


@dataclass
class Visit:
    """A page of the app in a browser, with everything it complained about."""

    page: Page
    origin: str
    language: str = "ja"
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"exception: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != urlsplit(self.origin).netloc:
            self.complaints.append(f"other host: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status}: {response.url}")

    def open(self, path: str, **state: str) -> None:
        """Go to a page of the app in this visit's language and wait until it has been drawn."""
        self.page.goto(self.address(path, **state))
        self.settle()

    def go(self, path: str) -> None:
        """Press a page's entry in the menu and wait until the page speaks."""
        before = self.finding()
        self.page.locator(f'[data-testid="stSidebarNav"] a[href$="/{path}"]').click()
        self.page.wait_for_function("before => document.querySelector('h1')?.innerText.trim() !== before", arg=before)
        self.settle()

    def address(self, path: str, **state: str) -> str:
        """A page's address with its state, the language among it."""
        return f"{self.origin}/{path.lstrip('/')}?{urlencode({'lang': self.language} | state)}"

    def settle(self) -> None:
        """Wait until the script has ended and the page has its title."""
        self.page.wait_for_function(SETTLED, timeout=SETTLED_MS)

    def word(self, key: str) -> str:
        """What the screen says for a key, in this visit's language."""
        return words()[key][self.language]

    def sign_out(self) -> None:
        """Leave by the link every page has."""
        self.page.get_by_role("link", name=self.word("menu.sign_out")).click()
        self.page.wait_for_url("**/signin**")

    def turn_to_the_wall(self) -> None:
        """Switch the projector on, as somebody does who is about to show this to a room."""
        self.page.get_by_text(self.word("menu.projector"), exact=True).click()
        self.page.get_by_role("button", name=self.word("menu.leave_projector")).wait_for()
        self.settle()

    def choose(self, key: str, position: int) -> None:
        """Take another of the classes, schools or children offered, and wait for the page to speak of it."""
        before = self.finding()
        self.options_of(key).nth(position).click()
        self.page.wait_for_function("before => document.querySelector('h1')?.innerText.trim() !== before", arg=before)
        self.settle()

    def options_of(self, key: str) -> Locator:
        """What a choice offers, opened. A press while the page is being drawn anew closes again: pressed once more."""
        options = self.page.get_by_role("option")
        for _press in range(5):
            self.page.get_by_role("combobox", name=self.word(key)).click()
            with suppress(TookTooLong):
                options.first.wait_for(timeout=5_000)
                return options
        raise AssertionError("no press opened the choice")

    def downloaded(self, button: Locator) -> Download:
        """What a press saves. Chromium 156 without a window lets about one press in four come to nothing: pressed again."""
        for _press in range(5):
            with suppress(TookTooLong), self.page.expect_download(timeout=5_000) as taken:
                button.click()
            if taken.is_done():
                with suppress(TookTooLong):
                    return taken.value
        raise AssertionError("no press saved a file")

    def tab_to(self, goal: Locator, most: int = 120) -> int:
        """Go to something by the Tab key alone; how many presses it took. What cannot be reached so is a defect."""
        for pressed in range(most + 1):
            if goal.evaluate("goal => goal === document.activeElement"):
                return pressed
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not reached with {most} presses of Tab")

    def finding(self) -> str:
        """The first thing the page says."""
        return self.page.locator("h1").first.inner_text().strip()

    def errors_shown(self) -> list[str]:
        """Stack traces and error boxes on the screen, as text."""
        shown = self.page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]')
        return shown.all_inner_texts()

    def content_height(self) -> int:
        """How tall a window would have to be to show the whole page: Streamlit scrolls an inner box."""
        return int(self.page.evaluate(f"() => {TALLEST}"))

    def violations(self) -> list[str]:
        """What axe finds against WCAG 2.x A and AA that is ours to mend: rule, place, why."""
        # only violations are asked for in full: the rest, told of every node, took six times as long
        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
        return [
            f"{violation['id']}: {target_of(node)} — {node['failureSummary'].splitlines()[-1].strip()}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
            if not self.is_streamlits_own(violation["id"], node)
        ]

    def is_streamlits_own(self, rule: str, node: dict[str, Any]) -> bool:
        """Whether a violation is on the short list of what only Streamlit could mend."""
        if rule not in STREAMLITS_OWN:
            return False
        place, _why = STREAMLITS_OWN[rule]
        return bool(self.page.locator(node["target"][0]).first.evaluate(f"it => !!it.closest('{place}')"))


def target_of(node: dict[str, Any]) -> str:
    """Where on the page a violation stands."""
    return " ".join(str(step) for step in node["target"])
