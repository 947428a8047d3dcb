"""The card of notes: what was begun about one child never lands on another, and who may not read restricted notes is not told of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access import children_of, jurisdictions, viewers_of
from records import engine, notes, schema
from sample_data.cast import member
from tests.house import words


@pytest.fixture(scope="module", autouse=True)
def small(small_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = jurisdictions.known()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path_factory.mktemp('records') / 'records.sqlite'}")
        schema.migrate()
        jurisdictions.use_district(small_district / "district")
        yield
        engine.forget()
    jurisdictions.use_jurisdictions(before)


def drawn() -> None:
    """The card alone."""
    import streamlit as st  # noqa: PLC0415

    from pages.child.notes_card import notes_card  # noqa: PLC0415

    notes_card(st.session_state["viewer"], 1, "見晴小学校", st.session_state["children"])


def card(username: str, *children: int) -> AppTest:
    page = AppTest.from_function(drawn, default_timeout=60)
    page.session_state["viewer"] = viewers_of(member(username).staff_number)[0]
    page.session_state["children"] = {child: f"子 {child}" for child in children}
    return page.run()


def two_children() -> list[int]:
    return sorted(children_of(viewers_of(member("tanaka").staff_number)[0]))[:2]


def test_what_was_begun_about_one_child_does_not_land_on_another() -> None:
    first, second = two_children()
    page = card("tanaka", first)
    page.text_area[0].input("まだ書きかけ").run()
    page.session_state["children"] = {second: "子"}
    page.run()
    assert page.text_area[0].value == ""
    page.button("note-tag-talked").click().run()
    viewer = viewers_of(member("tanaka").staff_number)[0]
    assert [(note.student_id, note.body) for note in notes.of_children(viewer, 1, [first, second])] == [(second, "")]


def test_only_who_may_read_restricted_notes_is_offered_one() -> None:
    first, _second = two_children()
    assert not card("tanaka", first).toggle
    assert [toggle.label for toggle in card("watanabe", first).toggle] == [words()["note.restricted"]["ja"]]
