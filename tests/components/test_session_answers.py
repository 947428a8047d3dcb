"""What a page keeps of its answers: for this viewer, this version, this tab, and not for long."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
import streamlit as st

from access import Role, Viewer
from components import session_answers

TANAKA = Viewer(2, Role.TEACHER, 1)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Viewer, str, dict[str, object]]]:
    """Every question that really went to the gate."""
    went: list[tuple[Viewer, str, dict[str, object]]] = []

    def gate(viewer: Viewer, question: str, **parameters: object) -> pl.DataFrame:
        went.append((viewer, question, parameters))
        return pl.DataFrame({"student_id": [len(went)]})

    monkeypatch.setattr("queries.ask", gate)
    monkeypatch.setattr(session_answers, "district_path", lambda: Path("district-1.duckdb"))
    monkeypatch.setattr(session_answers, "today", lambda: date(2026, 11, 20))
    monkeypatch.setattr(st, "session_state", {})
    return went


def test_the_same_question_is_asked_once(asked: list[object]) -> None:
    first = session_answers.ask(TANAKA, "children_of_class", school_id=1, class_id=11)
    assert session_answers.ask(TANAKA, "children_of_class", class_id=11, school_id=1) is first
    assert len(asked) == 1


def test_another_viewer_a_wall_or_another_class_is_another_question(asked: list[object]) -> None:
    session_answers.ask(TANAKA, "children_of_class", school_id=1, class_id=11)
    session_answers.ask(TANAKA.as_masked(), "children_of_class", school_id=1, class_id=11)
    session_answers.ask(Viewer(3, Role.TEACHER, 1), "children_of_class", school_id=1, class_id=11)
    session_answers.ask(TANAKA, "children_of_class", school_id=1, class_id=12)
    assert len(asked) == 4


def test_a_new_version_of_the_district_is_asked_anew(asked: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    session_answers.ask(TANAKA, "places")
    monkeypatch.setattr(session_answers, "district_path", lambda: Path("district-2.duckdb"))
    session_answers.ask(TANAKA, "places")
    assert len(asked) == 2


def test_after_some_minutes_a_look_is_a_new_look(asked: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, session_answers.SECONDS_KEPT - 1, session_answers.SECONDS_KEPT + 1])
    monkeypatch.setattr(session_answers.time, "monotonic", lambda: next(clock))
    for _look in range(3):
        session_answers.ask(TANAKA, "places")
    assert len(asked) == 2


def test_little_is_kept(asked: list[object]) -> None:
    for class_id in range(session_answers.MOST_KEPT + 5):
        session_answers.ask(TANAKA, "children_of_class", school_id=1, class_id=class_id)
    assert len(st.session_state["answers"]) == session_answers.MOST_KEPT
    session_answers.ask(TANAKA, "children_of_class", school_id=1, class_id=0)
    assert len(asked) == session_answers.MOST_KEPT + 6
