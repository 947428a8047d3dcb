"""Choosing some schools of a city: forty side by side, and of more than that by searching, with no word but ours."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def drawn() -> None:
    import streamlit as st

    from access import Refused
    from components.choices import several

    schools = st.session_state["schools"]
    try:
        st.text(",".join(several("schools", "学校を選ぶ", {f"s{number}": f"{number}番の学校" for number in range(schools)}, 3)))
    except Refused as refusal:
        st.text(refusal.code)


def page_of(schools: int, asked: str = "") -> AppTest:
    page = AppTest.from_function(drawn)
    page.session_state["schools"] = schools
    if asked:
        page.query_params["schools"] = asked
    return page.run()


def test_of_a_long_list_those_chosen_are_shown_and_another_is_searched() -> None:
    page = page_of(500)
    assert [len(each.options) for each in page.selectbox] == [500]
    assert not page.button_group, "nothing is chosen yet"
    page.selectbox[0].select("s499").run()
    page.selectbox[0].select("s7").run()
    assert set(page.text[0].value.split(",")) == {"s7", "s499"}
    assert page.selectbox[0].value is None, "the field is empty for the next"
    assert len(page.selectbox[0].options) == 498
    assert page_of(500, page.text[0].value).text[0].value == page.text[0].value, "the address brings them back"


def test_one_too_many_lets_the_first_go() -> None:
    page = page_of(500, "s1,s2,s3")
    page.selectbox[0].select("s4").run()
    assert set(page.text[0].value.split(",")) == {"s2", "s3", "s4"}


def test_a_short_list_is_all_there() -> None:
    page = page_of(24, "s3")
    assert not page.selectbox
    assert len(page.button_group[0].options) == 24
    assert page.text[0].value == "s3"


def early() -> None:
    import streamlit as st

    from access import Refused
    from components.choices import refuse_unknown, switched

    offered = {"a": "一", "b": "二"} | ({"c": "三"} if st.session_state["has_three"] else {})
    try:
        refuse_unknown("which", offered)
        st.text(switched("which", "選ぶ", offered))
    except Refused as refusal:
        st.text(refusal.code)


def test_an_address_may_be_refused_before_the_choice_is_drawn_and_what_is_no_longer_offered_is_not() -> None:
    page = AppTest.from_function(early)
    page.session_state["has_three"] = True
    page.query_params["which"] = "c"
    assert page.run().text[0].value == "c"
    page.session_state["has_three"] = False
    assert page.run().text[0].value == "a", "it was chosen here while it was offered"
    page = AppTest.from_function(early)
    page.session_state["has_three"] = False
    page.query_params["which"] = "c"
    page.run()
    assert page.text[0].value == "not_found"
    assert not page.button_group


@pytest.mark.parametrize("asked", ["s24", "s1,s2,s3,s4", "x"])
def test_what_is_not_offered_is_refused(asked: str) -> None:
    assert page_of(24, asked).text[0].value == "not_found"
