"""On the wall: large, bare, and not one child by name, because the page was never told one."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from access import Role
from pages import pages_for
from sample_data.cast import member
from tests.browser.conftest import SignedIn
from tests.cast import CAST

LONGEST_NAME = 8


@pytest.fixture(scope="session")
def children(sample_district: Path) -> set[str]:
    """Every child of the district, family and given name without the space."""
    names = pl.read_parquet(sample_district / "lake" / "student_name" / "all.parquet")
    return set(names.select(pl.concat_str("family_name", "given_name")).to_series())


def named_in(text: str, children: set[str]) -> set[str]:
    """The children whose whole name stands somewhere in a text, with or without a space in it."""
    runs = re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]+", re.sub(r"\s", "", text))
    return {
        run[start:end]
        for run in runs
        for start in range(len(run))
        for end in range(start + 2, min(start + LONGEST_NAME, len(run)) + 1)
        if run[start:end] in children
    }


@pytest.mark.parametrize("username", ["tanaka", "suzuki", "watanabe"])
def test_no_child_of_the_district_is_named_on_the_wall(signed_in: SignedIn, children: set[str], username: str) -> None:
    visit = signed_in(username, "ja", "projector", projector=True)
    told: list[str] = []
    visit.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: told.append(text_of(frame))))
    seen = []
    for entry in pages_for(Role(CAST[username])):
        if entry.section == "about" and username != "suzuki":
            continue  # the same for everybody, and about nobody
        visit.open(entry.path)
        seen.append(visit.page.content())
    own_name = member(username).family_name + member(username).given_name
    assert named_in(" ".join(seen), children) - {own_name} == set()
    assert named_in(" ".join(told), children) - {own_name} == set()
    assert visit.finding() in " ".join(told)


def test_tanaka_sees_names_at_his_desk(signed_in: SignedIn, children: set[str]) -> None:
    """So that finding none on the wall means something."""
    visit = signed_in("tanaka")
    visit.open("student")
    assert named_in(visit.page.content(), children) - {"田中健"}


def test_the_wall_is_readable_from_the_back_row_and_has_a_way_back(signed_in: SignedIn) -> None:
    visit = signed_in("suzuki", "ja", "projector", projector=True)
    visit.open("school")
    assert visit.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 24
    assert visit.page.locator('[data-testid="stSidebar"]').is_hidden()
    visit.page.get_by_role("button", name=visit.word("menu.leave_projector")).click()
    visit.page.get_by_text(visit.word("menu.projector"), exact=True).wait_for()


def text_of(frame: str | bytes) -> str:
    """What a message of the server says, as far as it is text."""
    return frame if isinstance(frame, str) else frame.decode("utf-8", errors="ignore")
