"""Months of the children of a class: gaps, one scale, the child's own last year, and no order but that of numbers."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from components.charts.children import children
from components.charts.register import register
from components.children.months import month_rows, top_of
from components.tables.register_marks import happened

MONTHS = tuple(f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3))


def months() -> pl.DataFrame:
    """Hana in two months of this 年度 and one of the last; Ren, who has no number, in a month nobody asked about moods."""
    return pl.DataFrame(
        {
            "student_id": [2, 2, 2, 1],
            "number": pl.Series([9, 9, 9, None], dtype=pl.Int16),
            "family_name": ["佐藤", "佐藤", "佐藤", "伊藤"],
            "given_name": ["はな", "はな", "はな", "れん"],
            "fiscal_year": [2025, 2026, 2026, 2026],
            "month": [date(2026, 1, 1), date(2026, 4, 1), date(2026, 10, 1), date(2026, 10, 1)],
            "school_days": [15, 17, 20, 20],
            "absent_days": [1, 0, 9, 2],
            "mood_answers": [0, 10, 8, 0],
            "stormy_answers": [0, 1, 6, 0],
            "health_room_visits": pl.Series([None, 1, 5, 0], dtype=pl.Int32),
            "study_school_days": [0, 17, 20, 20],
            "study_minutes": [None, 34.0, 250.0, 0.0],
        }
    )


@pytest.mark.parametrize(
    ("lens", "values", "top"),
    [
        ("attendance", [1.0, 0.0, 9.0, 2.0], 10.0),
        ("mood", [10.0, 75.0], 100.0),
        ("health_room", [1.0, 5.0, 0.0], 6.0),
        ("study", [2.0, 12.5, 0.0], 20.0),
    ],
)
def test_a_month_nobody_recorded_is_a_gap_and_one_scale_holds_them_all(lens: str, values: list[float], top: float) -> None:
    rows = month_rows(months(), lens, 2026)
    assert rows["value"].to_list() == values
    assert top_of(rows, lens) == top


def test_a_quiet_class_is_not_blown_up() -> None:
    rows = month_rows(months().with_columns(absent_days=pl.lit(0)), "attendance", 2026)
    assert top_of(rows, "attendance") == 4.0
    assert top_of(rows.clear(), "study") == 10.0


def test_last_year_is_the_childs_own_and_who_has_no_number_comes_last() -> None:
    rows = month_rows(months(), "attendance", 2026)
    assert rows.select("child", "child_order", "month_order", "role").rows() == [
        ("9 佐藤 はな", 1, 9, "last"),
        ("9 佐藤 はな", 1, 0, "this"),
        ("9 佐藤 はな", 1, 6, "this"),
        ("– 伊藤 れん", 2, 6, "this"),
    ]
    assert rows["said"][2] == "佐藤 はな　2026 10月　欠席 9日"


def test_the_specification_is_shared_and_sorts_by_number_never_by_value() -> None:
    spec = children(MONTHS, 10.0, 5, projector=False)
    assert spec is children(MONTHS, 10.0, 5, projector=False)
    assert spec["facet"]["sort"] == {"field": "child_order", "op": "min"}
    assert "佐藤" not in str(spec)


def test_a_term_is_read_by_its_ground() -> None:
    assert [layer["mark"]["type"] for layer in register(projector=False)["layer"]] == ["rect", "text"]
    assert register(projector=False, dense=True)["mark"]["type"] == "rect"


def test_what_is_not_seen_cannot_be_searched_for() -> None:
    assert list(happened(frozenset({"attendance"}))) == ["absent", "late"]
    assert list(happened(frozenset({"attendance", "mood", "health_room"}))) == ["absent", "late", "stormy", "visit"]
