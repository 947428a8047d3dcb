"""What people read on a day: every page of some of the cast is drawn, speaks, and says until when its figures reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from access import Viewer, viewers_of
from components.dates import day_text
from pages import PageEntry, pages_for
from sample_data.cast import member
from tests.house import words
from tests.replay.invariants import opened

READERS = ("tanaka", "suzuki", "watanabe", "sato")
RESTS_ON = {"staff-plan": "staff_hours", "dx": "dx_checklist"}  # pages of one source: where it does not come, they hold no figure
NEEDS_A_MEETING = "meeting"  # it speaks of one that somebody has set up


def drawn() -> None:
    """The script of a page, as the frame calls it."""
    import streamlit as st  # noqa: PLC0415

    st.session_state["page"].page(st.session_state["viewer"])


def shown(viewer: Viewer, entry: PageEntry) -> AppTest:
    """A page of somebody's, in Japanese."""
    page = AppTest.from_function(drawn, default_timeout=120)
    page.session_state["viewer"] = viewer
    page.session_state["page"] = entry
    page.session_state["pages"] = {}
    return page.run()


def words_of(page: AppTest) -> str:
    """Everything a page says outside its pictures and tables."""
    said = [each.proto.body for each in page.get("html")]
    return " ".join([*said, *(each.value for kind in (page.title, page.text, page.markdown, page.caption) for each in kind)])


def pages_without_a_day(
    home: Path, readers: tuple[str, ...] = READERS, only: frozenset[str] | None = None
) -> tuple[list[str], int]:
    """Pages that cannot be drawn, and pages with figures that do not say until when these reach; pages drawn."""
    with opened(home) as district:
        through = dict(district.execute(
            "select school_id, recorded_through from coverage where source = 'attendance' and recorded_through is not null"
        ).fetchall())
    faults, count = [], 0
    for username in readers:
        held = viewers_of(member(username).staff_number)
        for entry in pages_for(held[0].role) if held else ():
            if entry.path in RESTS_ON and not (home / "inbox" / RESTS_ON[entry.path]).exists():
                continue
            if entry.section != "figures" or entry.path == NEEDS_A_MEETING or (only and entry.path not in only):
                continue
            count += 1
            faults += [f"{username} on {entry.path}: {fault}" for fault in wrong_with(replace(held[0], username=username), entry, through)]
    return faults, count


def wrong_with(viewer: Viewer, entry: PageEntry, through: dict[int, date]) -> Iterator[str]:
    """What is wrong with one page: of a school it says until when that school's register reaches, of the district until when the newest."""
    page = shown(viewer, entry)
    yield from (each.value[:200] for each in (*page.exception, *page.error))
    if not page.title or page.title[0].value in ("", words()["state.broken"]["ja"]):
        yield f"no finding: {[each.value for each in page.title]}"
    else:
        until = through[viewer.school_id] if viewer.school_id is not None else max(through.values())
        if f"{day_text(until, 'ja')}まで" not in words_of(page):
            yield f"does not say that its figures end on {until}: {page.title[0].value}"
