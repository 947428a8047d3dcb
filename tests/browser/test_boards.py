"""Two towns and their prefecture in one app, in a real browser: each sees its own, and the prefecture sees sums."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, BrowserContext

from access import Role
from pages import pages_for
from tests.boards import prefecture_above
from tests.browser.serving import ServedApp, serving
from tests.browser.signing import sign_in
from tests.browser.test_projector import named_in, text_of
from tests.browser.visit import SIZES, Visit

BOARDS = """
[midori]
label = { ja = "みどり市教育委員会", en = "Midori City Board of Education" }
[hinode]
label = { ja = "ひので町教育委員会", en = "Hinode Town Board of Education" }
[broken]
label = { ja = "こわれた村教育委員会", en = "Broken Village Board of Education" }
[ken]
label = { ja = "みはらし県教育委員会", en = "Miharashi Prefecture Board of Education" }
"""
# everybody and every school of the other town is called by another name there, at the same numbers
RENAMED = (
    "update student_name set family_name = '日野' || family_name, given_name = '丘' || given_name",
    "update school set name = '日野' || name",
)


@pytest.fixture(scope="module")
def towns(small_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory of three boards."""
    place = tmp_path_factory.mktemp("towns")
    (place / "jurisdictions.toml").write_text(BOARDS, encoding="utf-8")
    for key in ("midori", "hinode"):
        (place / key).mkdir()
        shutil.copytree(small_district / "district", place / key / "district")
        for name in ("accounts.yaml", "DEMO"):
            shutil.copy(small_district / name, place / key)
    (place / "broken").mkdir()  # somebody has made a slip of the pen there: nobody else is kept out by it
    (place / "broken" / "sharing.toml").write_text("version = 1\n", encoding="utf-8")
    folder = place / "hinode" / "district"
    with duckdb.connect(str(folder / (folder / "CURRENT").read_text(encoding="utf-8").strip())) as connection:
        for statement in RENAMED:
            connection.execute(statement)
    prefecture_above(place, small_district / "district", {"131999": "みどり市", "131998": "ひので町"})
    return place


@pytest.fixture(scope="module")
def app(towns: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedApp]:
    with serving(towns, tmp_path_factory.mktemp("served") / "app.log") as served:
        yield served


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", reduced_motion="reduce")
    yield context
    context.close()


def seated(desk: BrowserContext, app: ServedApp, board: str, username: str, language: str = "ja") -> Visit:
    """A window at a board, signed in by hand from the page on which one chooses it."""
    page = desk.new_page()
    page.set_viewport_size(dict(zip(("width", "height"), SIZES["chromebook"], strict=True)))
    page.goto(f"{app.origin}/signin?board=&lang={language}")
    page.locator(f'.boards a[href*="board={board}"]').click()
    sign_in(page, username)
    visit = Visit(page, app.origin, language)
    visit.settle()
    return visit


def names_of(home: Path) -> tuple[set[str], set[str]]:
    """The children and the schools of a town, as they are called."""
    folder = home / "district"
    with duckdb.connect(str(folder / (folder / "CURRENT").read_text(encoding="utf-8").strip()), read_only=True) as truth:
        children = truth.sql("select family_name || given_name from student_name").fetchall()
        schools = truth.sql("select name from school").fetchall()
    return {row[0] for row in children}, {row[0] for row in schools}


def test_the_same_teacher_at_two_boards_sees_two_classes(desk: BrowserContext, app: ServedApp, towns: Path) -> None:
    """One person after the other in one browser: what is on the screen is always of the board signed in at last."""
    ours, theirs = names_of(towns / "midori")[0], names_of(towns / "hinode")[0]
    visit = seated(desk, app, "midori", "tanaka")
    visit.open("class")
    shown = visit.page.content()
    assert len(named_in(shown, ours)) > 20
    assert "日野" not in shown
    assert "みどり市教育委員会" in shown
    first = visit.page
    other = seated(desk, app, "hinode", "tanaka")
    other.open("class")
    shown = other.page.content()
    assert len(named_in(shown, theirs)) > 20
    assert "ひので町教育委員会" in shown
    # the window left open was of the first board, whose session has ended: the next touch leads to sign-in, and on to the other board
    Visit(first, app.origin).open("class")
    assert "日野" in first.content()
    assert "みどり市教育委員会" not in first.content()
    other.open("student")
    saved = other.downloaded(other.page.get_by_test_id("stDownloadButton").locator("button").last)
    assert saved.suggested_filename.endswith(".pdf"), "a paper made when asked for knows its board"
    assert other.complaints + app.traces() == []


def test_nothing_that_reaches_the_prefecture_names_a_child_or_a_school(desk: BrowserContext, app: ServedApp, towns: Path) -> None:
    told: list[str] = []
    visit = seated(desk, app, "ken", "okada")
    visit.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: told.append(text_of(frame))))
    for entry in pages_for(Role.PREFECTURE_OFFICER):
        if entry.section != "about":
            visit.open(entry.path)
            assert visit.errors_shown() == []
            told.append(visit.page.content())
    for path in ("district", "compare?schools=x", "school?school=x", "student?student=zzzz", "class", "today", "loads", "equity", "dx"):
        visit.page.goto(f"{app.origin}/{path}")
        visit.settle()
        told.append(visit.page.content())
    words = " ".join(told)
    for town in ("midori", "hinode"):
        children, schools = names_of(towns / town)
        assert named_in(words, children) == set()
        assert {school for school in schools if school in words} == set()
    assert "みどり市" in words
    assert len(words) > 100_000, "something was heard"
    assert visit.complaints + app.traces() == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_choice_of_a_board_and_the_page_of_municipalities_can_be_used_by_everybody(
    desk: BrowserContext, app: ServedApp, language: str
) -> None:
    page = desk.new_page()
    page.goto(f"{app.origin}/signin?board=&lang={language}")
    choice = Visit(page, app.origin, language)
    assert choice.violations() == []
    choice.tab_to(page.locator('.boards a[href*="board=ken"]'))
    page.keyboard.press("Enter")
    page.locator('input[name="board"][value="ken"]').first.wait_for(state="attached")
    assert choice.violations() == []
    visit = seated(desk, app, "ken", "okada", language)
    visit.open("municipalities")
    assert visit.violations() == []
    hours = visit.page.get_by_role("radio").nth(3)
    visit.tab_to(visit.page.get_by_role("radio").first)
    for _step in range(3):
        visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("Enter")
    visit.settle()
    assert hours.get_attribute("aria-checked") == "true"
    assert visit.errors_shown() == []
