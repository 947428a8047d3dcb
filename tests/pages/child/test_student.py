"""One child's page: years at two schools, tests and evaluations as they were given, words before numbers in 特別支援."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

import access.sharing
import queries
from access import Viewer
from access.sharing import sharing
from pages.child import learning_cards, months_card
from pages.child.record_cards import where_counted
from tests.pages.conftest import viewer_of

pytestmark = pytest.mark.usefixtures("small_pages")


def drawn() -> None:
    """The page, as the frame calls it."""
    import streamlit as st  # noqa: PLC0415

    from pages.child import student  # noqa: PLC0415

    student.page(st.session_state["viewer"])


def shown(viewer: Viewer, **address: str) -> AppTest:
    page = AppTest.from_function(drawn, default_timeout=60)
    page.session_state["viewer"] = viewer
    page.session_state["pages"] = {}
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def headings(page: AppTest) -> list[str]:
    return [each.value for each in page.subheader]


@pytest.fixture(scope="module")
def newcomer(small_pages: None) -> dict[str, str]:
    """A first-year of 見晴中学校 who was at 見晴小学校 the year before: the keys in the address."""
    viewer = viewer_of("matsumoto")
    for place in queries.ask(viewer, "places").filter(pl.col("class_id").is_not_null()).rows(named=True):
        children = queries.ask(viewer, "children_of_class", school_id=place["school_id"], class_id=place["class_id"])
        for child in children.rows(named=True):
            years = queries.ask(viewer, "years_of_child", student_id=child["student_id"])
            if set(years["school_name"]) == {"見晴小学校", "見晴中学校"}:
                return {"class": place["class_key"], "student": child["student_key"]}
    pytest.fail("nobody has come up from the elementary school")


def test_matsumoto_looks_back_into_the_elementary_school(newcomer: dict[str, str]) -> None:
    page = shown(viewer_of("matsumoto"), **newcomer, year="2025")
    assert any(heading.startswith("2025年度の毎日（見晴小学校 6年") for heading in headings(page))
    assert page.title[0].value.count("今年度") == 1, "the tiles and the finding stay with this year and this school"
    [tests] = [each for each in page.dataframe if "テスト" in each.value.columns]
    assert any("2025年" in day for day in tests.value["日"])
    assert {"算数", "数学"} <= set(tests.value.columns)


def test_before_the_day_the_board_sets_each_school_sees_its_own_period(
    newcomer: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_by_board = replace(sharing(), earlier_schools_from=None)
    monkeypatch.setattr(access.sharing, "sharing", lambda: set_by_board)
    page = shown(viewer_of("matsumoto"), **newcomer)
    assert "今年度の毎日" in headings(page)
    assert not any("2025" in str(each.value.to_dict()) for each in page.dataframe)


def test_kimura_reads_words_before_anything_else_and_no_marks() -> None:
    page = shown(viewer_of("kimura"))
    assert headings(page)[0].startswith("文章による評価が")
    assert not any("評定" in heading or "テスト" in heading for heading in headings(page))
    assert any(text.value.startswith("【特別支援の記録】") for text in page.text)


def test_the_head_reads_who_looked_and_the_teacher_does_not() -> None:
    assert any("見た職員" in heading for heading in headings(shown(viewer_of("suzuki"))))
    assert not any("見た職員" in heading for heading in headings(shown(viewer_of("tanaka"))))


def cards() -> None:
    """The cards of learning alone, over rows the test has written."""
    from datetime import date  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    from pages.child.learning_cards import evaluation_card, tests_card  # noqa: PLC0415
    from pages.choice import Period  # noqa: PLC0415

    now = Period(date(2026, 11, 20), 2026, date(2026, 4, 1), date(2027, 3, 31))
    child = {"student_id": 1, "school_id": 2}
    for each in (tests_card, evaluation_card):
        each(st.session_state["viewer"], child, [1, 2], now)


def with_rows(monkeypatch: pytest.MonkeyPatch, rows: dict[tuple[str, int], list[dict[str, Any]]]) -> AppTest:
    words, numbers = ("subject", "title", "knowledge", "thinking", "attitude"), ("fiscal_year", "term", "overall_mark")
    kinds = dict.fromkeys(words, pl.String) | dict.fromkeys(numbers, pl.Int16) | dict.fromkeys(("score", "full_score"), pl.Float64)
    kinds["day"] = pl.Date
    columns = {
        "tests_of_child": ("fiscal_year", "day", "subject", "title", "score", "full_score"),
        "evaluations_of_child": ("fiscal_year", "term", "subject", "knowledge", "thinking", "attitude", "overall_mark"),
    }

    def asked(_viewer: Viewer, question: str, *, school_id: int, student_id: int) -> pl.DataFrame:
        assert student_id == 1
        return pl.DataFrame(rows.get((question, school_id), []), schema={name: kinds[name] for name in columns[question]})

    monkeypatch.setattr(learning_cards, "ask", asked)
    monkeypatch.setattr(learning_cards, "origin", lambda *_: None)
    page = AppTest.from_function(cards, default_timeout=60)
    page.session_state["viewer"] = viewer_of("matsumoto")
    page.run()
    assert not page.exception
    return page


def one_test(fiscal_year: int, day: date, subject: str, title: str, score: float | None, full_score: float = 100) -> dict[str, Any]:
    return {"fiscal_year": fiscal_year, "day": day, "subject": subject, "title": title, "score": score, "full_score": full_score}


def test_a_test_is_a_line_and_one_not_taken_is_no_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {
        ("tests_of_child", 1): [one_test(2025, date(2026, 3, 2), "算数", "学年末", 40, 50)],
        ("tests_of_child", 2): [
            one_test(2026, date(2026, 7, 1), "数学", "期末", 87.5),
            one_test(2026, date(2026, 7, 2), "国語", "期末", None),
            one_test(2026, date(2026, 7, 9), "数学", "期末", 90),
        ],
    }
    page = with_rows(monkeypatch, rows)
    [table] = [each.value for each in page.dataframe]
    assert headings(page) == ["テストは今年度 2回です。直近は「期末」（2026年7月9日（木））"]
    assert table["数学"].fillna("").to_list() == ["90 / 100", "87.5 / 100", ""]
    assert table["国語"].fillna("").to_list() == ["", "受けていない", ""]
    assert table["算数"].fillna("").to_list() == ["", "", "40 / 50"]


def test_marks_stand_by_term_and_nothing_is_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def mark(fiscal_year: int, subject: str, aspects: str | None, overall: int | None) -> dict[str, Any]:
        knowledge, thinking, attitude = aspects or (None, None, None)
        told = {"knowledge": knowledge, "thinking": thinking, "attitude": attitude, "overall_mark": overall}
        return {"fiscal_year": fiscal_year, "term": 1, "subject": subject, **told}

    rows = {
        ("evaluations_of_child", 1): [mark(2025, "国語", "AAB", None)],
        ("evaluations_of_child", 2): [mark(2026, "国語", "BBA", 4), mark(2026, "道徳", None, None)],
    }
    [table] = [each.value for each in with_rows(monkeypatch, rows).dataframe]
    assert list(table.columns) == ["教科", "2026年度 1学期", "2025年度 1学期"]
    assert table.set_index("教科").loc["国語"].to_list() == ["B・B・A　評定 4", "A・A・B"]
    assert json.dumps(table.to_dict(), ensure_ascii=False).count("評定") == 1


def test_nothing_written_is_nothing_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert headings(with_rows(monkeypatch, {})) == []


def months() -> None:
    """The card of months alone, over rows the test has written."""
    from datetime import date  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    from pages.child.months_card import months_card  # noqa: PLC0415
    from pages.choice import Period  # noqa: PLC0415

    now = Period(date(2026, 11, 20), 2026, date(2026, 4, 1), date(2027, 3, 31))
    months_card(st.session_state["viewer"], {"student_id": 1, "school_id": 2}, now)


def test_months_a_schools_system_has_counted_stand_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {"required_days": [18, 16, 15], "suspended_days": [0, 1, 0], "absent_days": [2, 3, 9], "late_days": [0, 1, 0]}
    told = pl.DataFrame({
        "fiscal_year": [2026, 2026, 2025], "month": [date(2026, 5, 1), date(2026, 4, 1), date(2026, 3, 1)],
        **counts, "early_leave_days": pl.Series([None] * 3, dtype=pl.Int32),
    })
    monkeypatch.setattr(months_card, "ask", lambda *_, **__: told)
    monkeypatch.setattr(months_card, "origin", lambda *_: None)
    page = AppTest.from_function(months, default_timeout=60)
    page.session_state["viewer"] = viewer_of("tanaka")
    page.run()
    assert not page.exception
    assert headings(page) == ["月ごとの集計では、今年度の欠席は 5日です（2か月分）"]
    [table] = [each.value for each in page.dataframe]
    assert table[["月", "欠席日数"]].to_numpy().tolist() == [["5月", 2], ["4月", 3]]


def year_of(*days: tuple[int, int, bool]) -> pl.DataFrame:
    """Days of a 年度: school, ordinal, absent."""
    return pl.DataFrame(days, {"school_id": pl.Int32, "ordinal": pl.Int16, "is_absent": pl.Boolean}, orient="row")


@pytest.mark.parametrize(
    ("days", "added"),
    [
        (year_of((1, 1, True), (1, 2, False)), ""),
        (year_of((1, 1, True), (1, 2, False), (1, 3, True), (2, 4, True)), "（うち前の学校で欠席 2日、授業日 3日）"),
        (year_of((2, 4, True), (2, 5, False)), "（この学校での日数です）"),  # came in April's fourth day, and nothing before may be seen
        (year_of((2, 1, True), (2, 3, False)), "（この学校での日数です）"),  # away at another school on the second
        (year_of(), ""),
    ],
    ids=["here all the time", "came from another school", "what was before is not shared", "came back", "no day yet"],
)
def test_a_count_of_days_says_where_they_were_counted(days: pl.DataFrame, added: str) -> None:
    assert where_counted({"school_id": 2 if added else 1}, days) == added
