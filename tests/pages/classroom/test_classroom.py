"""A class by child: twenty days or the term, only children with something, months on one scale; nobody by name on a wall."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

import queries
from access import Viewer
from pages.classroom import class_figures, register_cards
from tests.house import words
from tests.pages.conftest import viewer_of

pytestmark = pytest.mark.usefixtures("small_pages")


def drawn() -> None:
    """The page, as the frame calls it."""
    import streamlit as st  # noqa: PLC0415

    from pages.classroom import classroom  # noqa: PLC0415

    st.session_state["is_masked"] = st.session_state["viewer"].masked
    classroom.page(st.session_state["viewer"])


def shown(viewer: Viewer, **address: str) -> AppTest:
    page = AppTest.from_function(drawn, default_timeout=60)
    page.session_state["viewer"] = viewer
    page.session_state["pages"] = {}
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def refused() -> None:
    """The page, where the frame would say that there is no such thing."""
    import streamlit as st  # noqa: PLC0415

    from access import Refused  # noqa: PLC0415
    from pages.classroom import classroom  # noqa: PLC0415

    try:
        classroom.page(st.session_state["viewer"])
    except Refused as refusal:
        st.text(refusal.code)


def headings(page: AppTest) -> str:
    return " ".join(each.value for each in page.subheader)


def told(page: AppTest) -> str:
    return " ".join(each.proto.body for each in page.get("html"))


def said(key: str, **values: object) -> str:
    return words()[key]["ja"].format(**values)


def test_twenty_days_at_first_and_the_term_when_asked() -> None:
    assert "この 20授業日に欠席があったのは" in headings(shown(viewer_of("tanaka")))
    term = headings(shown(viewer_of("tanaka"), span="term"))
    assert "この 20授業日" not in term
    assert "授業日に欠席があったのは" in term


def test_only_days_whose_register_is_in_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(viewer: Viewer, question: str, **parameters: object) -> pl.DataFrame:
        rows = queries.ask(viewer, question, **parameters)
        return rows.with_columns(is_absent=pl.when(pl.col("day") < date(2026, 11, 18)).then("is_absent"))

    monkeypatch.setattr(register_cards, "ask", asked)
    assert "この 17授業日に欠席があったのは" in headings(shown(viewer_of("tanaka")))


def test_children_with_something_are_shown_alone_and_it_says_how_many() -> None:
    page = shown(viewer_of("tanaka"))
    heading = headings(page)
    page.pills("register-filter").select("absent").run()
    assert not page.exception
    absent, everybody = (int(heading.split(before)[1].split("人")[0]) for before in ("人のうち ", "があったのは、"))
    assert said("class.filtered", children=absent, all=everybody) in told(page)
    assert headings(page) == heading, "the finding stays that of the whole class"


def test_the_months_follow_the_kind_of_record_chosen() -> None:
    assert "月ごとの欠席日数" in headings(shown(viewer_of("tanaka")))
    assert "「雨・雷」の割合" in headings(shown(viewer_of("tanaka"), lens="mood"))


def test_a_subject_teacher_is_offered_neither_mood_nor_health_room() -> None:
    page = shown(viewer_of("yamamoto"))
    offered = page.pills("register-filter").options
    assert said("class.happened_absent") in str(offered)
    assert said("class.happened_stormy") not in str(offered)


def test_on_a_wall_no_child_is_shown() -> None:
    page = shown(viewer_of("tanaka").as_masked())
    assert said("state.no_children_on_projector") in told(page)
    assert "出席番号順" not in headings(page)


@pytest.mark.parametrize("choice", ["lens", "span", "indicator"])
def test_an_address_with_an_unknown_choice_is_refused_before_a_child_is_asked_for(choice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answered: list[str] = []

    def asked(viewer: Viewer, question: str, **parameters: object) -> pl.DataFrame:
        rows = queries.ask(viewer, question, **parameters)
        answered.extend([question] if "student_id" in rows.columns else [])
        return rows

    for module in (class_figures, register_cards):
        monkeypatch.setattr(module, "ask", asked)
    shown(viewer_of("tanaka"))
    assert set(answered) == {"months_of_children", "children_of_class", "register_of_class"}
    answered.clear()
    page = AppTest.from_function(refused, default_timeout=60)
    page.session_state["viewer"] = viewer_of("tanaka")
    page.query_params[choice] = "unheard-of"
    assert [each.value for each in page.run().text] == ["not_found"]
    assert answered == []


@pytest.mark.parametrize("lens", ["attendance", "mood", "health_room", "study"])
@pytest.mark.parametrize("is_alone", [True, False], ids=["a class of one", "nobody answered"])
def test_a_class_of_one_and_a_class_in_which_nobody_answered(lens: str, is_alone: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(viewer: Viewer, question: str, **parameters: object) -> pl.DataFrame:
        rows = queries.ask(viewer, question, **parameters)
        if "student_id" not in rows.columns:
            return rows
        if is_alone:
            return rows.filter(pl.col("student_id") == pl.col("student_id").min())
        silent = {"mood_level": None, "mood_answers": 0, "stormy_answers": 0, "sunny_days": 0, "cloudy_days": 0, "rain_days": 0}
        return rows.with_columns(
            pl.lit(value).cast(rows.schema[name]).alias(name) for name, value in silent.items() if name in rows.columns
        )

    for module in (class_figures, register_cards):
        monkeypatch.setattr(module, "ask", asked)
    page = shown(viewer_of("tanaka"), lens=lens, span="term")
    if lens == "mood" and not is_alone:
        assert "「雨」「雷」の回答はありません" in headings(page)
        assert said("lens.mood_no_months") in told(page), "no empty panels"
    elif is_alone:
        assert "（1人、" in headings(page) or "、1人、" in headings(page)
