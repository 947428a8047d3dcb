"""Any one source may be missing: every page says what it knows, and a sentence stands where the rest would be."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import access
import ingest
from access import Viewer, jurisdictions
from ingest.registry import flows
from pages import pages_for
from records import engine, schema
from sample_data.cast import CAST
from tests.house import words

# everyone's pages that rest on what schools send: those of a class, of a school, of all schools, and of the one who loads
PAGES = {
    "tanaka": ("today", "class", "student", "school", "dictionary", "sharing"),
    "suzuki": ("today", "school", "handover", "reconciliation"),
    "sato": ("district",),
    "takahashi": ("loads", "reconciliation", "accounts"),
}
# pages whose tiles rest on several sources, and which of them each reader's page must miss aloud
MISSED = {
    ("tanaka", "today"): {"attendance", "mood"},
    ("tanaka", "class"): {"attendance", "mood", "health_room", "study_log"},
    ("suzuki", "school"): {"attendance", "mood", "health_room", "study_log", "staff_hours"},
    ("sato", "district"): {"attendance", "mood", "health_room", "study_log", "staff_hours"},
}
SOURCES = frozenset(flow.source for flow in flows())
EARLIER = "2025"  # left out in every case: what is missing shows as well in one 年度 as in several
ON_PAGES = ("attendance", "calendar", "mood", "health_room", "study_log", "staff_hours")
LEFT: dict[str, frozenset[str]] = {f"without {source}": SOURCES - {source} for source in ON_PAGES}
LEFT |= {
    "with what pages rest on": frozenset({"roster", *ON_PAGES}),  # every other source is missing at once
    "attendance alone": frozenset({"roster", "calendar", "attendance"}),
    "roster alone": frozenset({"roster"}),
}


@pytest.fixture(scope="module", autouse=True)
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Accounts and what was looked at, empty."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path_factory.mktemp('records') / 'records.sqlite'}")
        schema.migrate()
        yield
        engine.forget()


@pytest.fixture(scope="module", params=LEFT)
def missing(request: pytest.FixtureRequest, small_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[frozenset[str]]:
    """The sources that have never lain in the inbox the small district was loaded from."""
    home = tmp_path_factory.mktemp("district")
    for folder in (small_district / "inbox").iterdir():
        if folder.name in LEFT[request.param]:
            shutil.copytree(folder, home / "inbox" / folder.name, ignore=shutil.ignore_patterns(f"*{EARLIER}*"))
    report = ingest.load(home)
    assert report.outcome == "loaded"
    before = jurisdictions.known()
    jurisdictions.use_district(home / "district")
    yield SOURCES - LEFT[request.param]
    jurisdictions.use_jurisdictions(before)
    shutil.rmtree(home)


def drawn() -> None:
    """The script of a page, as the frame calls it."""
    import streamlit as st  # noqa: PLC0415

    st.session_state["page"].page(st.session_state["viewer"])


def viewer_of(username: str) -> Viewer:
    """One of the cast, in the role they are in after signing in."""
    number = next(member.staff_number for member in CAST if member.username == username)
    return access.viewers_of(number)[0]


def shown(username: str, path: str) -> AppTest:
    """A page of somebody's."""
    viewer = viewer_of(username)
    page = AppTest.from_function(drawn, default_timeout=60)
    page.session_state["viewer"] = viewer
    page.session_state["page"] = next(entry for entry in pages_for(viewer.role) if entry.path == path)
    page.session_state["pages"] = {}
    return page.run()


def test_every_page_speaks_and_misses_aloud(missing: frozenset[str]) -> None:
    wrong = {}
    for username, paths in PAGES.items():
        for path in paths:
            page = shown(username, path)
            said = [each.value for each in (*page.exception, *page.error)]
            if not page.title or page.title[0].value in ("", words()["state.broken"]["ja"]):
                said.append("no finding")
            told = " ".join(each.proto.body for each in page.get("html"))
            missed = MISSED.get((username, path), set()) & missing
            said += [source for source in sorted(missed) if words()[f"source.{source}"]["ja"] not in told]
            if missing == {"calendar"} and (username, path) in MISSED and words()["state.no_school_days"]["ja"] not in told:
                said.append("calendar")
            if said:
                wrong[username, path] = said
    assert wrong == {}
