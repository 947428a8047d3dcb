"""A school's page: changes beyond noise in words, and a head's events in the chart."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from access import Viewer
from pages.choice import Period
from pages.school import school_figures
from records import school_events
from tests.pages.conftest import viewer_of

pytestmark = pytest.mark.usefixtures("small_pages")


def drawn() -> None:
    """The page, as the frame calls it."""
    import streamlit as st  # noqa: PLC0415

    from pages.school import school  # noqa: PLC0415

    st.session_state["is_masked"] = st.session_state["viewer"].masked
    school.page(st.session_state["viewer"])


def shown(viewer: Viewer) -> AppTest:
    page = AppTest.from_function(drawn, default_timeout=60)
    page.session_state["viewer"] = viewer
    page.session_state["pages"] = {}
    page.run()
    assert not page.exception
    return page


def test_the_head_writes_an_event_that_all_who_see_the_school_read() -> None:
    head = viewer_of("suzuki")
    page = shown(head)
    page.text_input("event-title").input("登校時刻を10分おそくした")
    page.date_input("event-day").set_value(date(2026, 4, 6))
    page.button("event-keep").click().run()
    assert not page.exception
    [event] = school_events.of_school(head, 1)
    assert (event.title, event.happened_on, event.kind) == ("登校時刻を10分おそくした", date(2026, 4, 6), "system")
    for viewer in (head.as_masked(), viewer_of("tanaka"), viewer_of("sato")):
        assert "登校時刻を10分おそくした" in " ".join(text.value for text in shown(viewer).text), viewer
    assert not [each for each in shown(viewer_of("tanaka")).text_input if each.key == "event-title"]
    school_events.withdraw(head, 1, event.event_id)


def test_counts_of_bullying_are_for_the_head_with_the_reminder_and_never_on_a_wall() -> None:
    page = shown(viewer_of("suzuki"))
    [card] = [each.value for each in page.subheader if each.value.startswith("いじめの認知")]
    assert "件" in card
    assert any("悪いことではありません" in text.value for text in page.text)
    for viewer in (viewer_of("suzuki").as_masked(), viewer_of("tanaka"), viewer_of("sato")):
        assert not any("いじめ" in each.value for each in shown(viewer).subheader), viewer


CALENDAR = pl.date_range(date(2025, 4, 1), interval="1mo", end=date(2026, 11, 1), eager=True)
QUIET = [20.0, 22.0, 19.0, 21.0] * 5


def findings() -> None:
    """The card of findings alone."""
    from datetime import date  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    from pages.choice import Period  # noqa: PLC0415
    from pages.school.findings_card import findings_card  # noqa: PLC0415
    from pages.school.school_figures import series_of_school  # noqa: PLC0415

    now = Period(date(2026, 11, 20), 2026, date(2026, 4, 1), date(2027, 3, 31))
    chosen = {"school_id": 1, "school_kind": "elementary"}
    looked_at = series_of_school(st.session_state["viewer"], chosen, ["absence_rate", "late_rate"])
    findings_card(looked_at, now, None)


def with_months(monkeypatch: pytest.MonkeyPatch, told: dict[tuple[str, int | None], list[float]]) -> AppTest:
    def of(indicator: str, grade: int | None) -> pl.DataFrame:
        counts = told.get((indicator, grade), QUIET)
        rows = pl.DataFrame({"period_on": CALENDAR, "numerator": counts, "denominator": [1000.0] * len(counts)})
        return rows.with_columns(grade=pl.lit(grade, dtype=pl.Int16))

    def grades(_viewer: Viewer, _question: str, *, school_id: int, indicator: str) -> pl.DataFrame:
        assert school_id == 1
        return pl.concat([of(indicator, grade) for grade in (5, 6)])

    monkeypatch.setattr(school_figures, "months_of", lambda _viewer, indicator, at: of(indicator, at["grade"]))
    monkeypatch.setattr(school_figures, "ask", grades)
    page = AppTest.from_function(findings, default_timeout=60)
    page.session_state["viewer"] = viewer_of("suzuki")
    page.run()
    assert not page.exception
    return page


def test_where_nothing_changed_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    page = with_months(monkeypatch, {})
    assert [each.value for each in page.subheader] == ["ふだんのゆれを超えた変化は見られません"]
    assert not any(each.value.startswith("・") for each in page.text)


def test_what_goes_furthest_beyond_noise_comes_first_and_every_figure_stands_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    page = with_months(
        monkeypatch, {("absence_rate", 5): [*QUIET[:-1], 40.0], ("late_rate", None): [*QUIET[:-1], 90.0]}
    )
    assert page.subheader[0].value == "ふだんのゆれを超えた変化が 2つあります"
    first, second = page.text[0].value.splitlines()
    assert first.startswith("・遅刻率：2026年11月は 9.0%で")
    assert second.startswith("・5年の欠席率：2026年11月は 4.0%で")
    [table] = [each.value for each in page.dataframe]
    assert len(table) == 6, "two figures of the school, two of each grade"


def test_a_change_that_has_passed_is_no_finding_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    page = with_months(monkeypatch, {("absence_rate", None): [*QUIET[:8], 30.0, *QUIET[9:]]})
    assert page.subheader[0].value == "ふだんのゆれを超えた変化は見られません"


def test_the_period_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Period(date(2026, 11, 20), 2026, date(2026, 4, 1), date(2027, 3, 31)).until_text in " ".join(
        text.value for text in with_months(monkeypatch, {}).text
    )
