"""The form of a support plan: what is wrong is said where it was typed, and what was typed stays when a colleague was quicker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import queries
from access import Viewer, jurisdictions, viewers_of
from records import engine, plans, schema
from records.plans import Draft
from sample_data.cast import member
from tests.house import words

MORNING = Draft("朝、教室に入れる", "", "担任", date(2026, 10, 1), None, date(2026, 12, 1))


@pytest.fixture(autouse=True)
def small(small_district: Path, tmp_path: Path) -> Iterator[None]:
    before = jurisdictions.known()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
        schema.migrate()
        jurisdictions.use_district(small_district / "district")
        yield
        engine.forget()
    jurisdictions.use_jurisdictions(before)


def viewer_of(username: str) -> Viewer:
    return replace(viewers_of(member(username).staff_number)[0], username=username)


def children() -> list[dict[str, Any]]:
    tanaka = viewer_of("tanaka")
    place = next(row for row in queries.ask(tanaka, "places").rows(named=True) if row["class_id"] is not None)
    rows = queries.ask(tanaka, "children_of_class", school_id=place["school_id"], class_id=place["class_id"])
    return [row | {"school_id": place["school_id"]} for row in rows.head(2).rows(named=True)]


def drawn() -> None:
    """The card alone."""
    from datetime import date  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    from components.session_answers import ask  # noqa: PLC0415
    from pages.child.plans_card import plans_card  # noqa: PLC0415

    viewer, child = st.session_state["viewer"], st.session_state["child"]
    days = ask(viewer, "days_of_child", school_id=child["school_id"], student_id=child["student_id"])
    plans_card(viewer, child, days, frozenset({"mood"}), date(2026, 11, 20))


def card(child: dict[str, Any], username: str = "tanaka") -> AppTest:
    page = AppTest.from_function(drawn, default_timeout=60)
    page.session_state["viewer"] = viewer_of(username)
    page.session_state["child"] = child
    page.run()
    assert not page.exception
    return page


def said(key: str) -> str:
    return words()[key]["ja"]


def test_a_plan_without_an_aim_is_not_kept_and_only_its_own_form_says_so() -> None:
    one, other = children()
    page = card(one)
    page.button(f"plan-{one['student_key']}-0-keep").click().run()
    assert [error.value for error in page.error] == [said("plan.no_aim")]
    page.session_state["child"] = other
    page.run()
    assert not page.error
    assert plans.of_children(viewer_of("tanaka"), one["school_id"], [one["student_id"]]) == []


def test_a_plan_is_written_and_the_form_is_empty_again() -> None:
    one, _other = children()
    page, name = card(one), f"plan-{one['student_key']}-0"
    page.text_input(f"{name}-aim").input(MORNING.aim)
    page.button(f"{name}-keep").click().run()
    [plan] = plans.of_children(viewer_of("suzuki"), one["school_id"], [one["student_id"]])
    assert (plan.said.aim, plan.said.starts_on, plan.said.review_on) == (MORNING.aim, date(2026, 11, 20), date(2027, 1, 1))
    assert page.text_input(f"{name}-aim").value == ""


def test_who_comes_second_is_told_keeps_the_text_and_can_go_on() -> None:
    one, _other = children()
    number = plans.write(viewer_of("tanaka"), one["school_id"], one["student_id"], MORNING)
    page, name = card(one), f"plan-{one['student_key']}-{number}"
    plans.change(viewer_of("suzuki"), one["school_id"], number, replace(MORNING, measures="鈴木の手だて"))
    page.text_area(f"{name}-measures").input("田中の手だて")
    page.button(f"{name}-keep").click().run()
    assert [error.value for error in page.error] == [said("plan.overtaken")]
    assert any("鈴木の手だて" in text.value for text in page.text)
    assert page.text_area(f"{name}-measures").value == "田中の手だて"
    page.button(f"{name}-keep").click().run()
    [plan] = plans.of_children(viewer_of("tanaka"), one["school_id"], [one["student_id"]])
    assert (plan.said.measures, plan.revisions, page.error.len) == ("田中の手だて", 2, 0)
