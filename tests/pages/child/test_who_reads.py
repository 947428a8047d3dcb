"""Who reads a note, a restricted note, an evaluation in words and what the health room wrote: on the page, on paper, in a package.

Each role of the cast is tried in all three places against one table, written here by hand from the board's decisions.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import typst
from streamlit.testing.v1 import AppTest

import queries
from access import Refused, Viewer, jurisdictions, viewers_of
from components.documents import pdf
from pages.child import document as child_paper
from pages.child import handover
from pages.child.document import SECTIONS, Wanted, at_first, document
from pages.choice import Period
from queries.handover import members
from records import engine, exports, notes
from sample_data.cast import member
from tests.accounts import opened_store

NOTE, RESTRICTED = "朝の会で歌をうたった", "家のことを相談室で話した"
WORDS = ("note", "restricted_note", "narrative", "health_room_text")
READS = {
    "suzuki": set(WORDS),
    "ito": set(WORDS),
    "tanaka": {"note", "narrative"},
    "nakamura": {"note", "narrative"},
    "yamamoto": {"note"},
    "watanabe": {"note", "restricted_note", "health_room_text"},
    "kato": {"note", "narrative"},
    "kobayashi": {"note", "restricted_note"},
    "yoshida": set(),
    "yamada": set(),
    "sato": set(),
    "takahashi": set(),
    "sasaki": set(),
}
NOBODYS = {"yoshida", "yamada", "sato", "takahashi", "sasaki"}
YEAR = (date(2026, 4, 1), date(2026, 11, 20))
MOMENT = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Child:
    """A child of 5年2組 who has been to the health room and has an evaluation in words, with what is written about it."""

    key: str
    student_id: int
    school_id: int
    class_key: str
    written: dict[str, str]


@pytest.fixture(scope="module", autouse=True)
def small(small_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before, store = jurisdictions.known(), tmp_path_factory.mktemp("records")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MIHARASHI_RECORDS", f"sqlite:///{store / 'records.sqlite'}")
        patched.setenv("MIHARASHI_TODAY", "2026-11-20")
        opened_store(store)
        jurisdictions.use_district(small_district / "district")
        yield
        engine.forget()
    jurisdictions.use_jurisdictions(before)


@pytest.fixture(scope="module")
def child(small: None) -> Child:
    head = viewer_of("suzuki")
    place = queries.ask(head, "places").filter(pl.col("class_name") == "5年2組").row(0, named=True)
    at = {"school_id": place["school_id"], "class_id": place["class_id"]}
    for row in queries.ask(head, "children_of_class", **at).rows(named=True):
        one = {"school_id": place["school_id"], "student_id": row["student_id"]}
        visits = queries.ask(head, "visits_of_child", **one).filter(pl.col("day") >= YEAR[0])
        # a symptom that says more than a word found all over the page
        visits = visits.filter(pl.col("symptom").is_not_null(), pl.col("action").is_not_null()).head(1)
        texts = queries.ask(head, "narratives_of_child", **one).filter(pl.col("fiscal_year") == 2026)
        if visits.height and texts.height:
            notes.write(head, one["school_id"], one["student_id"], "talked", NOTE)
            notes.write(head, one["school_id"], one["student_id"], "talked", RESTRICTED, is_restricted=True)
            written = {
                "note": NOTE,
                "restricted_note": RESTRICTED,
                "narrative": texts.item(0, "text"),
                "health_room_text": visits.item(0, "action"),
            }
            return Child(row["student_key"], one["student_id"], one["school_id"], place["class_key"], written)
    pytest.fail("nobody in 5年2組 has been to the health room")


def viewer_of(username: str) -> Viewer:
    return replace(viewers_of(member(username).staff_number)[0], username=username)


def drawn() -> None:
    """The page, as the frame calls it."""
    import streamlit as st  # noqa: PLC0415

    from access import Refused  # noqa: PLC0415
    from pages.child import student  # noqa: PLC0415

    try:
        student.page(st.session_state["viewer"])
    except Refused:
        st.text("refused")


def everything_on(page: AppTest) -> str:
    texts = [str(each.value) for kind in ("title", "subheader", "text", "markdown") for each in getattr(page, kind)]
    frames = [str(each.value.to_dict()) for each in (*page.dataframe, *page.table)]
    charts = [each.proto.SerializeToString().decode("utf-8", "ignore") for each in page.get("vega_lite_chart")]
    return " ".join([*texts, *frames, *charts, *(each.proto.body for each in page.get("html"))])


@pytest.mark.parametrize("username", READS)
def test_on_the_page(username: str, child: Child) -> None:
    page = AppTest.from_function(drawn, default_timeout=60)
    page.session_state["viewer"] = viewer_of(username)
    page.session_state["pages"] = {}
    page.query_params["class"], page.query_params["student"] = child.class_key, child.key
    page.run()
    assert not page.exception
    said = everything_on(page)
    assert {kind for kind, text in child.written.items() if text in said} == READS[username]
    assert ("refused" in said) == (username in NOBODYS)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is handed to the setter of type, paper by paper."""
    kept: list[dict[str, Any]] = []
    monkeypatch.setattr(pdf, "compiled", lambda _template, words: kept.append(words) or b"%PDF-")
    return kept


def wanted(*sections: str, purpose: str = "child_talk") -> Wanted:
    return Wanted(purpose, sections, *YEAR, "ja")


@pytest.mark.parametrize("username", READS)
def test_on_paper(username: str, child: Child, told: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.child.document.MOST_NOTES", 1000)
    days = wanted("note", "restricted_note")
    monkeypatch.setattr(child_paper, "here", lambda moment: moment.replace(year=2026, month=11, day=20))
    found = set()
    for name in SECTIONS:
        try:
            document(viewer_of(username), child.key, replace(days, sections=(name,)), MOMENT)
        except Refused:
            continue
        said = json.dumps(told[-1], ensure_ascii=False)
        found |= {kind for kind, text in child.written.items() if text in said}
    assert found == READS[username]
    assert bool(told) == (username not in NOBODYS)


@pytest.mark.parametrize("username", sorted(set(READS) - NOBODYS))
def test_a_paper_for_parents_holds_at_first_nothing_colleagues_wrote(username: str, child: Child, told: list[dict[str, Any]]) -> None:
    viewer = viewer_of(username)
    document(viewer, child.key, wanted(*at_first(viewer, "child_talk")), MOMENT)
    said = json.dumps(told[-1], ensure_ascii=False)
    assert not [kind for kind in ("note", "restricted_note", "health_room_text") if child.written[kind] in said]
    assert "restricted_note" not in at_first(viewer, "year_end")


def test_nobody_makes_one_on_a_projector(child: Child, told: list[dict[str, Any]]) -> None:
    with pytest.raises(Refused):
        document(viewer_of("tanaka").as_masked(), child.key, wanted("attendance"), MOMENT)
    assert told == []


def test_a_section_one_may_not_read_stops_the_whole_paper_and_nothing_is_written_down(child: Child) -> None:
    before = exports.of_student(child.student_id)
    with pytest.raises(Refused):
        document(viewer_of("tanaka"), child.key, wanted("attendance", "restricted_note"), MOMENT)
    assert exports.of_student(child.student_id) == before


def test_the_paper_says_who_made_it_and_is_written_down(child: Child, told: list[dict[str, Any]]) -> None:
    document(viewer_of("tanaka"), child.key, wanted("attendance", "memo"), MOMENT)
    [paper] = told
    assert paper["mark"] == "姓 名　2026年11月20日（金） 15:30"
    assert "姓 名" in paper["footer"]
    made = exports.of_student(child.student_id)[0]
    assert (made.name, made.role, made.said.kind, made.said.parts) == ("姓 名", "teacher", "child_talk", ("attendance", "memo"))
    assert (made.said.starts_on, made.said.ends_on) == YEAR


def test_all_there_is_fits_two_pages(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    pages: list[int] = []
    setter = typst.compile

    def counted(template: Any, **how: Any) -> Any:
        made = setter(template, **how | {"format": "png", "ppi": 20.0})
        pages.append(len(made) if isinstance(made, list) else 1)
        return setter(template, **how)

    monkeypatch.setattr(pdf.typst, "compile", counted)
    for username in sorted(set(READS) - NOBODYS):
        viewer = viewer_of(username)
        made = document(viewer, child.key, wanted(*at_first(viewer, "child_talk")), MOMENT)
        assert made.startswith(b"%PDF-")
    assert max(pages) <= 2


@pytest.mark.parametrize("username", READS)
def test_in_a_package(username: str, child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package is the head's to make; notes are no part of it."""
    monkeypatch.setattr(handover, "ask", queries.ask)
    now = Period(YEAR[1], 2026, YEAR[0], date(2027, 3, 31))
    try:
        made = handover.made(viewer_of(username), child.school_id, child.student_id, list(members()), now)
    except Refused:
        assert username not in ("suzuki", "ito")
        return
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        said = " ".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    assert username in ("suzuki", "ito")
    assert {kind for kind, text in child.written.items() if text in said} == {"narrative", "health_room_text"}
