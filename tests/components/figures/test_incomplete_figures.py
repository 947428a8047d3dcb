"""Nothing is found in a figure with gaps, and nothing compared with it. Hand-worked."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from components.cards.tiles import indicator_tile
from components.figures.bright import spots_of
from components.figures.figures import Figure, direction
from components.figures.funnel import funnel_of, interval_of, overlaps
from components.figures.xmr import series_finding, series_of, strength
from components.figures.xmr_rows import month_rows
from components.tables.report import count_of, value_of, words_of
from pages.months import trend_finding, trend_rows
from queries.catalogue import indicators

ABSENCE = indicators()["absence_rate"]
WHOLE = Figure(ABSENCE, 300, 10_000, 90)
GAPS = Figure(ABSENCE, 200, 10_000, 90, is_incomplete=True)


def school(number: int, absent: float, year: int = 2026, *, has_gaps: bool = False) -> dict[str, Any]:
    return {
        "school_id": number, "school_key": f"key{number}", "school_name": f"学校{number}", "school_kind": "elementary",
        "list_order": number, "fiscal_year": year, "numerator": absent, "denominator": 10_000.0, "people": 100,
        "is_hidden": False, "is_incomplete": has_gaps,
    }


def test_it_is_held_against_no_other_and_says_so() -> None:
    assert direction(GAPS, WHOLE) is None
    assert direction(WHOLE, GAPS) is None
    assert direction(WHOLE, Figure(ABSENCE, 400, 10_000, 90)) == "lower"
    assert (GAPS.text, GAPS.value, WHOLE.mark) == ("2.0%※", 2.0, "")
    assert "比べません" in trend_finding(ABSENCE, GAPS, WHOLE)
    assert "比べません" in trend_finding(ABSENCE, WHOLE, GAPS)
    assert interval_of(GAPS, 1.0) is None


def test_its_tile_bears_the_mark_and_no_other_years_figure() -> None:
    tile = indicator_tile(GAPS, WHOLE, "昨年同期")
    assert (tile.value, tile.unit) == ("2.0", "%※")
    assert not [note for note in tile.notes if "昨年同期" in note]
    assert not [note for note in indicator_tile(WHOLE, GAPS, "昨年同期").notes if "昨年同期" in note]


@pytest.mark.parametrize("told", [value_of, count_of, words_of])
def test_no_report_tells_it(told: Any) -> None:
    assert told(GAPS) == "※"
    assert told(WHOLE) != "※"


def test_a_school_with_gaps_is_no_point_of_the_funnel_and_moves_no_limit() -> None:
    five = [school(number, 300.0 + number) for number in range(1, 6)]
    odd = school(6, 10.0, has_gaps=True)
    found, without = funnel_of(pl.DataFrame([*five, odd]), ABSENCE), funnel_of(pl.DataFrame(five), ABSENCE)
    assert found is not None
    assert without is not None
    assert (found.share, found.phi, found.tau_squared) == (without.share, without.phi, without.tau_squared)
    assert [place.school_id for place in found.shown] == [1, 2, 3, 4, 5]
    assert found.places[-1].standing == "incomplete"
    assert overlaps([found.places[0], found.places[-1]], 1.0) == []
    assert funnel_of(pl.DataFrame([*five[:4], odd]), ABSENCE) is None


def test_a_school_with_gaps_is_no_bright_spot() -> None:
    """Ten schools stay as they were; of one 100 days are missing, and it seems to have become better by a point."""
    rows = [school(number, 300.0 + number % 3, year) for number in range(1, 11) for year in (2025, 2026)]
    better = [school(11, 300.0, 2025), school(11, 200.0)]
    assert [spot.school_id for spot in spots_of(pl.DataFrame([*rows, *better]), ABSENCE, 2026).better] == [11]
    better[1]["is_incomplete"] = True
    found = spots_of(pl.DataFrame([*rows, *better]), ABSENCE, 2026)
    assert (found.better, found.worse, found.changes, found.levels) == ((), (), 10, 10)


def test_a_month_with_gaps_is_drawn_in_no_trend_and_judged_in_no_series() -> None:
    months = pl.DataFrame({
        "period_on": [date(2026, month, 1) for month in range(4, 12)], "fiscal_year": [2026] * 8,
        "numerator": [30.0, 31.0, 29.0, 30.0, 31.0, 30.0, 29.0, 5.0], "denominator": [1000.0] * 8,
        "is_incomplete": [False] * 7 + [True],
    })
    series = series_of(months, ABSENCE)
    assert series is not None
    assert series.judged.height == 7
    assert strength(series) == 0
    assert "10月" in series_finding(series)
    assert "一部届いていません" in month_rows(series).row(-1, named=True)["said"]
    falling = series_of(months.with_columns(is_incomplete=False), ABSENCE)
    assert falling is not None
    assert strength(falling) > 1
    assert trend_rows(months, 2026, 100, "今年度", "this").get_column("value").to_list()[-2:] == [pytest.approx(2.9), None]
