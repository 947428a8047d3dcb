"""Rows that were rejected or remarked, as the administrator reads them: which, why, what to do; and nothing of what they say."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import viewer_of

pytestmark = pytest.mark.usefixtures("small_pages")


def drawn() -> None:
    """Both cards."""
    import streamlit as st  # noqa: PLC0415

    from pages.office.rejected_rows import rejected_card, remarked_card  # noqa: PLC0415

    rejected_card(st.session_state["viewer"])
    remarked_card(st.session_state["viewer"])


@pytest.fixture(scope="module")
def page(small_pages: None) -> AppTest:
    """The cards over the small district, whose exports have rows set aside and rows remarked."""
    screen = AppTest.from_function(drawn, default_timeout=60)
    screen.session_state["viewer"] = viewer_of("takahashi")
    return screen.run()


def logged(small_district: Path, table: str) -> pl.DataFrame:
    return pl.read_parquet(small_district / "lake" / table / "all.parquet")


@pytest.mark.parametrize(("place", "table"), [(0, "rejected_row"), (1, "remarked_row")])
def test_the_rows_stand_on_the_page_with_reason_and_remedy(page: AppTest, small_district: Path, place: int, table: str) -> None:
    assert [each.value for each in page.exception] == []
    shown = page.dataframe[place].value
    rows = logged(small_district, table)
    assert len(shown) == min(rows.height, 200)
    asked = {(row, remedy) for row, remedy in rows.select("file_row", "said_remedy_ja").iter_rows()}
    assert {(row, remedy) for row, remedy in zip(shown["ファイルの行"], shown["直し方"], strict=True)} <= asked
    assert shown["理由"].str.len().min() > 5


def test_no_value_of_a_row_is_on_the_page(page: AppTest, small_district: Path) -> None:
    text = " ".join(each.value.to_csv() for each in (*page.dataframe, *page.table))
    files = " ".join(logged(small_district, "load_source")["file"])  # a file may be called by the code of its school
    values = {value for value in logged(small_district, "rejected_row")["value"] if value and len(value) > 3 and value not in files}
    assert values
    assert [value for value in sorted(values) if value in text] == []


def test_a_remedy_names_the_mapping_and_no_blank_is_left(page: AppTest) -> None:
    text = " ".join(each.value.to_csv() for each in (*page.dataframe, *page.table))
    assert "mappings/attendance.toml の [codes.status]" in text
    assert "{" not in text

