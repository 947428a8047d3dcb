"""A board officer at the desk: no child anywhere in what arrives, schools put side by side by keyboard, and a pack in one press."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from access import Role
from pages import pages_for
from sample_data.cast import member
from tests.browser.conftest import SignedIn
from tests.browser.serving import ServedApp
from tests.browser.test_projector import children, named_in, text_of  # noqa: F401 - a fixture
from tests.cast import CAST

# addresses and places a board officer has no business at: a page says a sentence, and that sentence names nobody either
FORGED = ("student?student=zzzzzzzzzz", "class?class=x", "today", "handover", "meeting", "compare?schools=x", "school?school=x", "accounts")


@pytest.fixture(scope="session")
def student_keys(sample_district: Path) -> list[str]:
    return pl.read_parquet(sample_district / "lake" / "student" / "all.parquet").get_column("key").to_list()


def test_nothing_that_reaches_sato_names_a_child(
    signed_in: SignedIn, served_app: ServedApp, children: set[str], student_keys: list[str]  # noqa: F811
) -> None:
    visit = signed_in("sato", anew=True)
    told: list[str] = []
    visit.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: told.append(text_of(frame))))
    for entry in pages_for(Role(CAST["sato"])):
        if entry.section != "about":
            visit.open(entry.path)
            assert visit.errors_shown() == []
            told.append(visit.page.content())
    for path in FORGED:
        visit.page.goto(f"{visit.origin}/{path}")
        visit.settle()
        told.append(visit.page.content())
    words = " ".join(told)
    own = member("sato").family_name + member("sato").given_name
    assert named_in(words, children) - {own} == set()
    assert [key for key in student_keys if key in words] == []
    assert len(words) > 500_000, "something was heard"
    assert visit.complaints + served_app.traces() == []


def test_a_press_on_two_points_puts_two_schools_side_by_side(signed_in: SignedIn) -> None:
    visit = signed_in("sato")
    visit.open("compare")
    for number in (1, 2):
        point = visit.page.locator(".js-plotly-plot .scatterlayer .trace .points path.point").nth(number)
        point.hover(force=True)
        point.click(force=True)
        visit.page.locator(".st-key-card-side-by-side h3", has_text=f"{number}校").wait_for()
        visit.settle()
    assert visit.page.locator(".st-key-card-side-by-side").get_by_text("区間").count() > 0
    assert visit.complaints + visit.errors_shown() == []


def test_schools_side_by_side_and_a_pack_by_keyboard_alone(
    signed_in: SignedIn, record_property: Callable[[str, object], None]
) -> None:
    visit = signed_in("sato")
    visit.open("compare")
    visit.tab_to(visit.page.locator(".st-key-card-side-by-side button", has_text="見晴小学校"))
    for number, steps in enumerate((0, 2), start=1):  # the schools are one stop; arrows go from one to the next
        for _step in range(steps):
            visit.page.keyboard.press("ArrowRight")
        visit.page.keyboard.press("Enter")
        visit.page.locator(".st-key-card-side-by-side h3", has_text=f"{number}校").wait_for()
        visit.settle()
    assert visit.page.get_by_text("見晴小学校 と 港小学校").count() == 1
    assert visit.errors_shown() == []
    begun = time.perf_counter()
    visit.open("district")
    make = visit.page.locator(".st-key-pack-make button")
    visit.tab_to(make)
    visit.page.keyboard.press("Enter")
    visit.page.locator(".st-key-pack-pdf button").wait_for(timeout=60_000)
    visit.settle()
    record_property("walk", f"the board's pack: one press, {time.perf_counter() - begun:.1f} s with the page")
    paper = Path(visit.downloaded(visit.page.locator(".st-key-pack-pdf button")).path()).read_bytes()
    assert paper.startswith(b"%PDF-")
    assert visit.complaints == []
