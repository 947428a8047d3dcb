"""The 年度 turns while four people's pages stay open: on 31 March, on 1 April, and when the first register of the new 年度 is in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, WebSocket

from sample_data.accounts import write_accounts
from tests.browser.serving import ServedApp, serving
from tests.browser.signing import Doorkeeper
from tests.browser.visit import Visit
from tests.replay import spring
from tests.replay.exports import Folder, read_folder
from tests.replay.replaying import live

LAST, TURN, REGISTER = date(2026, 3, 31), date(2026, 4, 1), spring.FIRST_DAY
# 4年 goes on as 5年; 6年 goes to the junior high school
GRADES = {2025: ("P4", "P6"), 2026: ("P5", "J1")}
OPEN = {"tanaka": "class", "suzuki": "class", "watanabe": "class", "sato": "district"}  # the page each has left open
TOUCHED = {"tanaka": "today", "suzuki": "school", "watanabe": "today", "sato": "compare"}  # and the one each goes to next
FORMER = {"tanaka": "4年2組", "suzuki": "4年1組", "watanabe": "4年1組"}  # what stands on it of the 年度 that ends
GONE = "former => !document.body.innerText.includes(former)"
BOUND = os.environ.get("MIHARASHI_PICTURES", "")  # a folder for pictures of each, to be looked at


@dataclass
class Year:
    """A board whose 年度 turns: its folder, its app, and who sits in front of it."""

    home: Path
    folder: Folder
    app: ServedApp
    visits: dict[str, Visit] = field(default_factory=dict)
    requests: dict[str, int] = field(default_factory=dict)  # sent by each open page since it was last set to nought

    def names(self, year: int, *titles: str) -> set[str]:
        """The children of some classes of a 年度, as pages call them."""
        roster = next(each for each in self.folder.rosters if each.year == year)
        classes = {row["sourcedId"] for row in roster.tables["classes"] if row["title"] in titles}
        links = (row for row in roster.tables["enrollments"] if row["role"] == "student")
        inside = {row["userSourcedId"] for row in links if row["classSourcedId"] in classes}
        return {f"{row['familyName']} {row['givenName']}" for row in roster.tables["users"] if row["sourcedId"] in inside}

    def sits_down(self, username: str, visit: Visit) -> None:
        """Somebody signs in; what the page asks the server for from now on is counted."""
        self.visits[username] = visit

        def sent(_frame: object) -> None:
            self.requests[username] = self.requests.get(username, 0) + 1

        def begun(socket: WebSocket) -> None:
            socket.on("framesent", sent)

        visit.page.on("websocket", begun)
        visit.open(OPEN[username])


@pytest.fixture(scope="module")
def year(small_district: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The board on 31 March, the new 年度's roster loaded ahead, four people at their pages."""
    home = tmp_path_factory.mktemp("turn")
    folder = read_folder(small_district / "inbox", spring.SOURCES, GRADES, spring.SINCE, date(2026, 4, 30))
    for roster in folder.rosters:
        roster.comes_on = date.min
    assert live(home, folder, LAST) == "loaded"
    write_accounts(home / "accounts.yaml")
    with serving(home, tmp_path_factory.mktemp("served") / "app.log") as app, ExitStack() as windows:
        turning = Year(home, folder, app)
        keeper = Doorkeeper(browser, app.origin)
        for username in OPEN:
            turning.sits_down(username, windows.enter_context(keeper.visit(username)))
        yield turning


def text_of(visit: Visit) -> str:
    """All a page says, its menu too."""
    return visit.page.locator("body").inner_text()


def pictured(year: Year, day: date) -> None:
    """Keep a picture of each open page, where somebody wants to look at them."""
    for username, visit in year.visits.items():
        if BOUND:
            Path(BOUND).mkdir(parents=True, exist_ok=True)
            visit.page.screenshot(path=Path(BOUND) / f"{day}-{username}.png")


def wrong(year: Year) -> list[str]:
    return [said for visit in year.visits.values() for said in (*visit.errors_shown(), *visit.complaints)] + year.app.traces()


def test_a_right_is_gone_at_the_next_request_and_the_new_class_is_there(
    year: Year, record_property: Callable[[str, object], None]
) -> None:
    former, coming = year.names(2025, "4年2組"), year.names(2026, "5年2組")
    leavers, everyone = year.names(2025, "6年1組", "6年2組", "6年3組"), year.names(2025, "4年1組", "4年2組") | coming
    teacher, head, nurse, officer = (year.visits[name] for name in OPEN)
    assert "4年2組" in teacher.finding()
    assert sum(name in text_of(teacher) for name in former) > 0
    pictured(year, LAST)

    (year.home / "DEMO").write_text(f"{TURN}\n", encoding="utf-8")
    for username, former_class in FORMER.items():
        year.requests[username] = 0
        year.visits[username].page.locator(f'[data-testid="stSidebarNav"] a[href$="/{TOUCHED[username]}"]').click()
        year.visits[username].page.wait_for_function(GONE, arg=former_class)
        record_property("walk", f"{username}: a right that ended at midnight was gone after {year.requests[username]} request(s)")
        year.visits[username].settle()
    officer.go(TOUCHED["sato"])
    assert teacher.finding() == teacher.word("recording.no_records_yet").format(name="5年2組")
    assert [name for name in former - coming if name in text_of(teacher)] == []
    assert "4年2組" not in text_of(teacher)
    for visit in (head, nurse):
        assert [name for name in leavers if name in text_of(visit)] == []
    assert nurse.finding() == nurse.word("recording.no_records_yet").format(name="見晴小学校")
    assert [name for name in leavers | everyone if name in text_of(officer)] == []
    pictured(year, TURN)
    teacher.go("class")
    assert teacher.finding() == teacher.word("recording.no_records_yet").format(name="5年2組")
    assert teacher.word("class.before_first") in text_of(teacher)
    assert any(name in text_of(teacher) for name in coming)
    assert wrong(year) == []

    assert live(year.home, year.folder, REGISTER) == "loaded"
    for username, visit in year.visits.items():
        visit.open(TOUCHED[username])
        assert "4月7日" in text_of(visit)
    pictured(year, REGISTER)
    assert wrong(year) == []
