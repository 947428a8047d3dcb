"""市区町村の様子: what a prefecture sees of towns, of which one sends less and one came late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ingest
from access import Viewer, jurisdictions, use_district, viewers_of
from ingest.release import release
from records import engine, schema
from sample_data.prefecture import OFFICERS
from tests.boards import prefecture_above, releasing
from tests.ingest.test_release import granting

TOWNS = {"131997": "あおい町", "131998": "ひので町", "131999": "みどり市"}


@pytest.fixture(scope="module", autouse=True)
def ken(small_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """ひので町 sends hours alone; of あおい町 the last 年度 has not come."""
    place = tmp_path_factory.mktemp("towns")
    granting(releasing(place / "131998", small_district / "district", "131998", "ひので町"), "staff_hours")
    home = prefecture_above(place, small_district / "district", TOWNS)
    (home / "inbox" / "municipality_figures" / "figures-131997-2025.csv").unlink()
    with (home / "inbox" / "municipality_figures" / "figures-131998-2026.csv").open("a", encoding="utf-8") as file:  # has kinds, too
        file.write("131998,ひので町,overtime_hours,,中学校,,今日まで,2026-04-01,700,20,12,2026-11-20\n"
                   "131998,ひので町,overtime_hours,,小学校,,今日まで,2026-04-01,900,30,15,2026-11-20\n")  # fmt: skip
    assert ingest.load(home).outcome == "loaded"
    before = jurisdictions.known()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MIHARASHI_RECORDS", f"sqlite:///{home / 'records.sqlite'}")
        schema.migrate()
        use_district(home / "district", home)
        yield home
        engine.forget()
    jurisdictions.use_jurisdictions(before)


def okada() -> Viewer:
    number = next(each.staff_number for each in OFFICERS if each.username == "okada")
    return replace(viewers_of(number)[0], username="okada")


def drawn() -> None:
    import streamlit as st

    from pages.board import municipalities

    municipalities.page(st.session_state["viewer"])


def shown(viewer: Viewer, language: str = "ja") -> AppTest:
    page = AppTest.from_function(drawn, default_timeout=30)
    page.session_state["viewer"], page.session_state["language"] = viewer, language
    page.session_state["is_masked"] = viewer.masked
    page.run()
    assert not page.exception, page.exception
    return page


def words_of(page: AppTest) -> str:
    return "\n".join(
        [*(each.value for each in (*page.title, *page.subheader, *page.text)), *(each.proto.body for each in page.get("html"))]
    )


def test_the_towns_in_the_order_of_their_codes_and_what_each_sends() -> None:
    page = shown(okada())
    words = words_of(page)
    assert "3市区町村：欠席率は" in words
    assert "2市区町村の欠席率を、同じ目盛りで" in words
    assert "3市区町村のうち 2" in words, "of the tile of absence, that one town is not in it"
    [table] = [each.value for each in page.dataframe if "教職員の勤務時間" in each.value.columns]
    assert list(table["市区町村"]) == ["あおい町", "ひので町", "みどり市"]
    assert list(table["出欠"]) == ["届いています", "送っていません", "届いています"]


def test_a_sum_is_compared_only_with_the_same_towns() -> None:
    """あおい町 has no last 年度: then the sum of this one has nothing to be compared with."""
    assert "昨年" not in shown(okada()).title[0].value


def test_the_paper_has_the_whole_first_and_then_its_kinds_of_schools() -> None:
    def table() -> None:
        import streamlit as st

        from pages.board.municipalities import tables_of
        from pages.choice import period

        viewer = st.session_state["viewer"]
        [made] = tables_of(viewer, ["overtime_hours"], period(viewer))
        st.session_state["rows"] = [row[:2] for row in made.rows]

    page = AppTest.from_function(table, default_timeout=30)
    page.session_state["viewer"], page.session_state["language"] = okada(), "ja"
    page.run()
    of_one = [kind for town, kind in page.session_state["rows"] if town == "ひので町"]
    assert of_one == ["全体", "小学校", "中学校"]
    assert [town for town, kind in page.session_state["rows"] if kind == "全体"] == ["あおい町", "ひので町", "みどり市"]


def test_english_and_the_wall() -> None:
    assert "3 municipalities" in shown(okada(), "en").title[0].value
    wall = shown(okada().as_masked())
    assert "3市区町村" in wall.title[0].value
    assert not [each for each in wall.get("download_button") if "report" in each.key], "no paper is taken from a wall"


def test_nothing_has_been_sent_yet_is_said(ken: Path, small_district: Path, tmp_path: Path) -> None:
    from access.viewer import Role

    use_district(small_district / "district")
    try:
        page = shown(Viewer(1, Role.PREFECTURE_OFFICER, None))
        assert page.title[0].value == "市区町村からの集計は、まだ届いていません"
    finally:
        use_district(ken / "district", ken)
    assert release(tmp_path) is None
