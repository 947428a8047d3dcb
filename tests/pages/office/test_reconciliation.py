"""What is said of a difference: days grouped by what they could explain, the likeliest first, and honesty where there are none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pages.office import reconciliation as shown


@pytest.fixture(autouse=True)
def in_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "language", lambda: "ja")
    monkeypatch.setattr(shown, "_", lambda key, **words: f"{key}({'|'.join(str(word) for word in words.values())})")


def day(why: str, number: int, event: str | None = None, children: int | None = None) -> dict[str, Any]:
    return {"day": date(2026, 9, number), "why": why, "event": event, "children": children}


def test_a_closure_stands_before_a_holiday_and_names_what_it_was() -> None:
    said = shown.explanation({"more": 1}, [day("closed", 21, "敬老の日"), day("closure", 11, "台風")])
    assert said.index("why_closure(9月11日（金） 台風)") < said.index("why_closed(9月21日（月） 敬老の日)")


def test_days_with_children_say_how_many() -> None:
    assert "of_children(9月4日（金）|2)" in shown.explanation({"more": -1}, [day("counted", 4, children=2)])


def test_where_no_day_explains_it_the_page_says_so() -> None:
    assert shown.explanation({"more": 2}, []) == "reconciliation.why_missing()"
    assert shown.explanation({"more": -2}, []) == "reconciliation.why_unknown()"


def test_whoever_may_not_know_the_size_is_sent_to_the_head() -> None:
    assert shown.explanation({"more": None}, []) == "reconciliation.why_head()"
    assert (shown._signed(None), shown._signed(2), shown._signed(-2)) == ("", "＋2", "−2")


def test_a_long_list_of_days_is_cut_and_says_how_many_more() -> None:
    said = shown.explanation({"more": -1}, [day("counted", number) for number in range(1, 16)])
    assert f"and_more({15 - shown.MOST_DAYS})" in said


def test_without_totals_nothing_is_said_to_agree() -> None:
    assert shown._finding(0, 0) == "reconciliation.finding_none()"
    assert "finding_agrees" in shown._finding(5, 0)
    assert "finding_differs" in shown._finding(5, 2)
