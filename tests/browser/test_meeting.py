"""A whole meeting in two browsers: the head's console, and a projector nobody signs in on, whose every byte is read for a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import polars as pl
import pytest
from playwright.sync_api import BrowserContext, Page, Route
from playwright.sync_api import Error as Unanswered

from tests.browser.conftest import SignedIn
from tests.browser.serving import ServedApp
from tests.browser.signing import Doorkeeper
from tests.browser.test_projector import children, named_in  # noqa: F401 - a fixture
from tests.browser.visit import Visit

SIZES = ((1920, 1080), (1280, 720))
SMALLEST_TYPE = 28  # px at 1080p
CHART_POINTS = 22  # of type in a chart for a wall
FITS = """() => {
    const stage = document.getElementById('stage');
    const root = document.documentElement;
    return root.scrollHeight <= innerHeight && root.scrollWidth <= innerWidth && stage.scrollHeight <= stage.clientHeight + 1
        && [...stage.querySelectorAll('*')].every(part => part.getBoundingClientRect().bottom <= innerHeight + 1);
}"""
TYPE = """() => Math.min(...[...document.body.querySelectorAll('*')]
    .filter(part => [...part.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()) && part.offsetParent)
    .map(part => parseFloat(getComputedStyle(part).fontSize)))"""
CHART_TYPE = """type => Math.min(...[...document.images].map(image =>
    type * Math.min(image.clientWidth / image.naturalWidth, image.clientHeight / image.naturalHeight)), 1000)"""
CONTRAST = """() => {
    const light = colour => { const [r, g, b] = colour.match(/\\d+/g).map(Number).map(c => c / 255)
        .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const under = part => { const colour = getComputedStyle(part).backgroundColor;
        return colour === 'rgba(0, 0, 0, 0)' ? under(part.parentElement) : colour; };
    return Math.min(...[...document.querySelectorAll('#stage h1, #stage li, #stage p:not(.code), #stage td b')].map(part => {
        const [ink, ground] = [light(getComputedStyle(part).color), light(under(part))];
        return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05); }));
}"""
FORGED = [
    "/", "/meeting", "/student", "/school", "/class?class=x", "/handover", "/_stcore/host-config", "/media/a.pdf",
    "/projector/picture/1/dark.svg", "/projector/picture/99999/dark.svg", "/projector/../meeting", "/projector/now?item=1",
    "/signin/../student",
]  # fmt: skip


class Wall:
    """A projector's browser, and everything it was told."""

    def __init__(self, context: BrowserContext) -> None:
        self.told: list[str] = []
        self.sockets: list[str] = []
        self.seconds: int | None = None  # as if the head had chosen that slides follow by themselves
        context.route("**/*", self._heard)
        self.page: Page = context.new_page()
        self.page.clock.install()  # runs on as ever, and can be put forward
        self.page.on("websocket", lambda socket: self.sockets.append(socket.url))

    def _heard(self, route: Route) -> None:
        try:
            answer = route.fetch(max_redirects=0)
        except Unanswered:
            route.abort()
            return
        self.told.append(f"{answer.url} {answer.headers}")
        self.told.append(answer.body().decode("utf-8", "replace"))
        if self.seconds and answer.ok and urlsplit(answer.url).path == "/projector/now":
            route.fulfill(response=answer, json=answer.json() | {"seconds": self.seconds})
        else:
            route.fulfill(response=answer)

    def shows(self, place: int) -> None:
        """Wait until the item of this place is on."""
        self.page.wait_for_function("place => document.getElementById('page').textContent.startsWith(`${place} /`)", arg=place)
        image = self.page.locator(".picture img")
        if self.page.locator(".picture").count():
            image.wait_for()
            self.page.wait_for_function("() => [...document.images].every(image => image.complete && image.naturalWidth)")


    def goes_on_by_itself(self, place: int) -> None:
        """The next item comes when its time is over, and not before."""
        self.seconds = 30
        with self.page.expect_response("**/projector/now"):
            pass
        self.page.clock.fast_forward(20_000)
        with self.page.expect_response("**/projector/now"):
            pass
        self.shows(place)
        self.page.clock.fast_forward(20_000)
        self.shows(place + 1)
        self.seconds = None

    def is_readable(self, look: str) -> None:
        """Words stand out from the wall by 7 to 1 and more (WCAG 1.4.6), and the chart is the one of this look."""
        self.page.wait_for_function(
            "look => document.documentElement.classList.contains('light') === (look === 'light')", arg=look
        )
        if self.page.locator(".picture").count():
            self.page.wait_for_function(
                "look => [...document.images].every(image => image.src.endsWith(`${look}.svg`) && image.complete)", arg=look
            )
        assert self.page.evaluate(CONTRAST) >= 7, look


@pytest.fixture
def wall(doorkeeper: Doorkeeper, served_app: ServedApp) -> Iterator[Wall]:
    context = doorkeeper.browser.new_context(viewport={"width": 1920, "height": 1080}, base_url=served_app.origin)
    yield Wall(context)
    context.unroute_all(behavior="ignoreErrors")
    context.close()


@pytest.fixture(scope="session")
def source_ids(sample_district: Path) -> set[str]:
    """How the district's own systems call its children."""
    numbers = pl.read_parquet(sample_district / "lake" / "student_identifier" / "all.parquet")
    return {value for name in ("student_number", "master_id") for value in numbers.get_column(name).drop_nulls()}


@pytest.fixture(scope="session")
def readings(sample_district: Path) -> set[str]:
    names = pl.read_parquet(sample_district / "lake" / "student_name" / "all.parquet")
    return set(names.select(pl.concat_str("family_name_kana", "given_name_kana")).to_series().drop_nulls())


def press(visit: Visit, key: str, until: str, has_text: str = "") -> None:
    """Press a button of the console and wait for what it brings."""
    visit.page.locator(f".st-key-{key} button").first.click()
    visit.page.locator(until, has_text=has_text).first.wait_for(timeout=60_000)
    visit.settle()


def prepared(console: Visit) -> int:
    """An agenda out of every kind of card, a case and a plain item; how many items it has."""
    console.open("meeting")
    press(console, "meeting-prepare", ".st-key-meeting-begin")
    console.open("school")
    for card in ("findings--", "grid-absence_rate", "trend-absence_rate", "xmr-absence_rate"):
        press(console, f"to-meeting-{card}", f".st-key-beside-to-meeting-{card}", console.word("meeting.added"))
    console.open("workload")
    hours = "to-meeting-xmr-overtime_hours"
    press(console, hours, f".st-key-beside-{hours}", console.word("meeting.added"))
    console.open("student")
    console.page.get_by_role("button", name=console.word("meeting.add_case")).click()
    console.page.get_by_role("button", name=console.word("meeting.topic_health")).click()
    console.page.get_by_text(console.word("meeting.added")).wait_for()
    console.settle()
    console.open("meeting")
    console.page.locator("details summary", has_text=console.word("meeting.more")).click()
    field = console.page.get_by_label(console.word("meeting.text"))
    field.fill("佐藤 はなさんのこと")
    press(console, "agenda-add-text", '[data-testid="stAlertContentError"]', console.word("meeting.named"))
    field.fill("運動会のふりかえり")
    press(console, "agenda-add-text", '[data-testid="stText"]', "運動会のふりかえり")
    assert console.errors_shown() == []
    return console.page.locator('[class*="st-key-agenda-remove-"] button').count()


def test_a_whole_meeting_and_no_name_on_the_wall(
    signed_in: SignedIn, served_app: ServedApp, wall: Wall, children: set[str], readings: set[str], source_ids: set[str]  # noqa: F811
) -> None:
    console = signed_in("suzuki", anew=True)
    items = prepared(console)
    assert items == 8
    press(console, "meeting-begin", ".st-key-meeting-next")
    press(console, "meeting-new-code", ".pairing-code")
    code = console.page.locator(".pairing-code").inner_text()

    wall.page.goto("/projector")
    wall.page.get_by_role("textbox").fill(code)
    wall.page.keyboard.press("Enter")
    for place in range(1, items + 1):
        wall.shows(place)
        for width, height in SIZES:
            wall.page.set_viewport_size({"width": width, "height": height})
            assert wall.page.evaluate(FITS), f"item {place} is cut off at {width}×{height}"
        wall.page.set_viewport_size({"width": 1920, "height": 1080})
        assert wall.page.evaluate(TYPE) >= SMALLEST_TYPE, place
        assert wall.page.evaluate(CHART_TYPE, CHART_POINTS) >= SMALLEST_TYPE, place
        for look in ("dark", "light"):
            wall.is_readable(look)
            wall.page.keyboard.press("l")
        if place == 1:
            wall.goes_on_by_itself(place)
        elif place < items:
            wall.page.keyboard.press("ArrowRight")
    assert not wall.page.evaluate("document.documentElement.classList.contains('light')"), "pressed twice: dark again"

    # the console has followed the arrow keys, and shows what the wall does not
    console.page.wait_for_function("items => document.querySelector('h1')?.innerText.startsWith(`${items} /`)", arg=items)
    while "A1" not in console.finding():
        before = console.finding()
        console.page.keyboard.press("ArrowLeft")
        console.page.wait_for_function("before => document.querySelector('h1')?.innerText.trim() !== before", arg=before)
    wall.page.locator(".code", has_text="A1").wait_for()
    assert named_in(console.page.content(), children) - {"鈴木美咲"}, "the console says who A1 is"
    console.page.get_by_label(console.word("meeting.what")).fill("金曜日に保護者と話す")
    press(console, "decision-keep", '[data-testid="stText"]', "金曜日に保護者と話す")

    for path in FORGED:
        window = wall.page.context.new_page()
        with suppress(Unanswered):  # a refusal without a page is an error to a browser
            window.goto(path)
        window.close()
    wall.page.reload()
    wall.page.locator(".code").wait_for()
    wall.page.evaluate("""async () => {
        for (const by of ['2', '-9', 'A1', '']) await fetch('/projector/step', {method: 'POST', body: new URLSearchParams({by})});
        await new Promise(done => { const tried = new WebSocket(location.origin.replace('http', 'ws') + '/_stcore/stream');
            tried.onclose = tried.onerror = done; });
    }""")

    console.page.get_by_role("button", name=console.word("meeting.end")).click()
    press(console, "meeting-end", ".st-key-meeting-prepare")
    wall.page.get_by_text(console_word("over", console.language)).wait_for()
    told = " ".join(wall.told)
    assert len(wall.told) > items * 2
    assert named_in(told, children) == set()
    assert named_in(told, readings) == set()
    assert set(re.findall(r"[A-Za-z0-9_-]{4,}", told)) & source_ids == set()
    assert "金曜日に保護者と話す" not in told, "what was decided is the console's"
    assert all(socket.endswith("/_stcore/stream") for socket in wall.sockets)
    held_by_keyboard(console)
    assert console.complaints + console.errors_shown() + served_app.traces() == []


def held_by_keyboard(console: Visit) -> None:
    """A head prepares, holds and ends a meeting without a mouse. After the other one: a school has one meeting at a time."""

    def by_key(key: str, until: str) -> None:
        console.tab_to(console.page.locator(f".st-key-{key} button").first, most=200)
        console.page.keyboard.press("Enter")
        console.page.locator(until).first.wait_for(timeout=60_000)
        console.settle()

    console.open("meeting")
    by_key("meeting-prepare", ".st-key-meeting-begin")
    console.open("school")
    by_key("to-meeting-findings--", f".st-key-beside-to-meeting-findings-- >> text={console.word('meeting.added')}")
    console.open("meeting")
    by_key("meeting-begin", ".st-key-meeting-next")
    first = console.finding()
    console.page.keyboard.press("ArrowRight")
    console.page.wait_for_function("before => document.querySelector('h1')?.innerText.trim() !== before", arg=first)
    console.settle()
    end = console.page.get_by_role("button", name=console.word("meeting.end"))
    console.tab_to(end, most=200)
    console.page.keyboard.press("Enter")
    by_key("meeting-end", ".st-key-meeting-prepare")


def console_word(key: str, language: str) -> str:
    """A word of the plain pages."""
    from web import html_pages  # noqa: PLC0415

    return html_pages.said("projector", key, language)
