"""The page that compares schools, pressed: schools side by side, weights of the recipe, and what a head shares."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

import queries
from access import Viewer
from records import practices
from tests.pages.conftest import viewer_of

pytestmark = pytest.mark.usefixtures("small_pages")


def compared() -> None:
    import streamlit as st  # noqa: PLC0415

    from pages.board import compare  # noqa: PLC0415

    st.session_state["is_masked"] = st.session_state["viewer"].masked
    compare.page(st.session_state["viewer"])


def own_school() -> None:
    import streamlit as st  # noqa: PLC0415

    from pages.school import school  # noqa: PLC0415

    st.session_state["is_masked"] = st.session_state["viewer"].masked
    school.page(st.session_state["viewer"])


def shown(script: object, viewer: Viewer, **address: str) -> AppTest:
    page = AppTest.from_function(script, default_timeout=60)  # type: ignore[arg-type]
    page.session_state["viewer"] = viewer
    page.session_state["pages"] = {}
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def words_of(page: AppTest) -> str:
    return "\n".join(each.value for each in (*page.title, *page.subheader, *page.text))


def test_an_address_with_an_unknown_school_is_refused() -> None:
    page = AppTest.from_function(compared, default_timeout=60)
    page.session_state["viewer"] = viewer_of("sato")
    page.session_state["pages"] = {}
    page.query_params["schools"] = "nobody"
    page.run()
    assert [each.value for each in page.exception] or not page.title, "the frame turns a refusal into a sentence"


def test_no_page_of_the_board_ranks_or_judges() -> None:
    page = shown(compared, viewer_of("sato"))
    words = words_of(page)
    for word in ("位：", "1位", "ランキング", "偏差値", "最下位", "ワースト", "ベスト"):
        assert word not in words


def test_the_mirror_is_not_for_a_wall() -> None:
    assert "様子を聞きたい学校" in words_of(shown(compared, viewer_of("sato")))
    assert "様子を聞きたい学校" not in words_of(shown(compared, viewer_of("sato").as_masked()))


def test_what_a_head_shares_is_read_by_the_board_and_a_childs_name_is_not_taken() -> None:
    head = viewer_of("suzuki")
    page = shown(own_school, head)
    child = queries.ask(head, "children_of_school", school_id=1).row(0, named=True)
    page.text_area("practice-what").input(f"{child['family_name']}{child['given_name']}さんに声をかけた")
    [share] = [each for each in page.button if each.label == "共有する"]
    share.click().run()
    assert practices.shared(head) == []
    assert any("名前" in each.value for each in page.error)
    page.text_area("practice-what").input("朝、門で一人ずつ声をかけるようにした")
    [share] = [each for each in page.button if each.label == "共有する"]
    share.click().run()
    assert [each.school_name for each in practices.shared(head)] == ["見晴小学校"]
    assert "朝、門で一人ずつ声をかけるようにした" in words_of(shown(compared, viewer_of("sato")))
    [practice] = practices.shared(head)
    practices.withdraw(head, practice.practice_id)
