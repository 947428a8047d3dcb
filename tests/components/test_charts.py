"""Charts say what they show: units, gaps, one scale, no rank."""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest

from components.charts.grid import grid
from components.charts.lanes import lanes
from components.charts.multiples import multiples
from components.charts.register import register
from components.charts.trend import trend
from components.children.lanes import lane_rows
from components.tables.register_marks import known_days, marked_days, register_finding

MONTHS = tuple(f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3))


def test_a_trend_names_its_unit_and_starts_at_zero() -> None:
    drawn = json.dumps(trend("欠席率 (%)", MONTHS, 15.0, ".1f", projector=False), ensure_ascii=False)
    assert "欠席率 (%)" in drawn
    assert '"domain": [0, 15.0]' in drawn
    assert '"data"' not in drawn.replace('"data": {"name": "rows"}', "")


def test_a_specification_is_made_once() -> None:
    assert trend("欠席率 (%)", MONTHS, 15.0, ".1f", projector=False) is trend(
        "欠席率 (%)", MONTHS, 15.0, ".1f", projector=False
    )


def test_type_is_larger_on_the_wall() -> None:
    desk, wall = (
        trend("欠席率 (%)", MONTHS, 15.0, ".1f", projector=where)["config"]["axis"]["labelFontSize"]
        for where in (False, True)
    )
    assert wall > desk


def test_schools_stand_in_the_order_of_the_list_on_one_scale() -> None:
    drawn = multiples(("見晴小", "青葉小", "港小"), MONTHS, "欠席率", 15.0, ".1f", 6, projector=False)
    assert drawn["facet"]["sort"] == ["見晴小", "青葉小", "港小"]
    assert "resolve" not in drawn


def test_a_class_that_does_not_exist_is_a_gap() -> None:
    figure = grid(
        ["5年", "6年"], ["1組目", "2組目"], [[1.0, 2.0], [3.0, None]], [["a", "b"], ["c", ""]], 15.0, projector=False
    )
    assert figure.data[0].z[1][1] is None
    assert (figure.data[0].zmin, figure.data[0].zmax) == (0, 15.0)
    assert len(figure.data[1].x) == 3


def class_days() -> pl.DataFrame:
    """Two children over two days: one sick then late, one present and unanswered."""
    return pl.DataFrame(
        {
            "student_id": [1, 1, 2, 2],
            "number": [1, 1, 2, 2],
            "family_name": ["佐藤", "佐藤", "伊藤", "伊藤"],
            "given_name": ["はな", "はな", "れん", "れん"],
            "day": [date(2026, 11, 19), date(2026, 11, 20)] * 2,
            "attendance": ["absent_sick", "present", "present", "present"],
            "is_absent": [True, False, False, False],
            "is_excused": [False] * 4,
            "is_late": [False, True, False, False],
            "is_early_leave": [False, True, False, False],
            "is_mood_asked": [True, True, True, False],
            "mood_level": pl.Series([None, 4, None, None], dtype=pl.Int8),
            "is_health_room_covered": [True] * 4,
            "health_room_visits": [0, 2, 0, 0],
            "is_study_covered": [True] * 4,
            "study_minutes": [0.0, 12.4, 0.0, 3.0],
            "study_answers": [0, 10, 0, 2],
            "study_correct": [0, 8, 0, 1],
        }
    )


@pytest.mark.parametrize(
    ("lens", "marks", "tones"),
    [
        ("attendance", ["病", "チソ", "·", "·"], ["absent", "late", "present", "present"]),
        ("mood", ["", "⚡", "", "／"], ["none", "mood_4", "none", "unknown"]),
        ("health_room", ["", "2", "", ""], ["none", "visit", "none", "none"]),
        ("study", ["", "12", "", "3"], ["none", "study_2", "none", "study_1"]),
    ],
)
def test_a_register_bears_the_marks_teachers_write(lens: str, marks: list[str], tones: list[str]) -> None:
    drawn = marked_days(class_days(), lens)
    assert drawn["mark"].to_list() == marks
    assert drawn["tone"].to_list() == tones
    assert drawn["day_label"].to_list() == ["11/19", "11/20"] * 2


def test_a_day_of_which_nothing_has_come_is_hatched_and_no_day_at_school() -> None:
    said = {"is_absent": [True, None, None, False], "attendance": ["absent_sick", None, None, "present"]}
    unknown = class_days().with_columns(**{name: pl.Series(values) for name, values in said.items()})
    drawn = marked_days(unknown, "attendance")
    assert drawn["mark"].to_list() == ["病", "／", "／", "·"]
    assert drawn["said"].str.ends_with("記録が届いていません").to_list() == [False, True, True, False]
    lanes_of_one = lane_rows(unknown.filter(pl.col("student_id") == 1), pl.DataFrame(schema={"day": pl.Date}), ("attendance",))
    assert lanes_of_one.select("lane", "day", "until").rows() == [
        ("unknown", date(2026, 11, 20), date(2026, 11, 21)), ("attendance", date(2026, 11, 19), None),
    ]


def test_only_days_of_which_something_has_come_are_counted() -> None:
    days = class_days()
    assert [known_days(days, lens) for lens in ("attendance", "mood")] == [2, 2]
    late = days.with_columns(is_absent=pl.when(pl.col("day") < date(2026, 11, 20)).then("is_absent"), is_mood_asked=pl.lit(value=False))
    assert [known_days(late, lens) for lens in ("attendance", "mood", "study")] == [1, 0, 2]
    assert register_finding(late, "mood", known_days(late, "mood")) == "この期間の記録は、まだ届いていません"


def test_what_the_days_say_names_no_child() -> None:
    assert register_finding(class_days(), "attendance", 20) == "この 20授業日に欠席があったのは、2人のうち 1人です"
    assert register_finding(class_days().with_columns(mood_level=pl.lit(None, dtype=pl.Int8)), "mood", 20).endswith(
        "回答はありません"
    )


def test_a_register_keeps_the_order_of_numbers_and_days_and_knows_no_child() -> None:
    drawn = marked_days(class_days().with_columns(number=pl.Series([10, 10, 9, 9])), "attendance")
    assert drawn["child_order"].to_list() == [2, 2, 1, 1]
    assert drawn["day_order"].to_list() == [1, 2, 1, 2]
    spec = register(projector=False)
    assert spec["layer"][0]["encoding"]["y"]["sort"] == {"field": "child_order", "op": "min"}
    assert spec is register(projector=False)


def test_a_day_without_a_record_is_a_gap_in_its_lane() -> None:
    breaks = pl.DataFrame(
        {"day": [date(2026, 7, day) for day in range(20, 31)] + [date(2026, 9, 12)], "kind": "holiday", "event": ""}
    )
    rows = lane_rows(
        class_days().filter(pl.col("student_id") == 1),
        breaks,
        ("attendance", "mood", "health_room", "study", "accuracy"),
    )
    counted = dict(rows.group_by("lane").len().iter_rows())
    assert counted == {"attendance": 2, "mood": 1, "health_room": 1, "study": 1, "accuracy": 1, "holiday": 1}
    band = rows.filter(pl.col("lane") == "holiday").row(0, named=True)
    assert (band["day"], band["until"]) == (date(2026, 7, 20), date(2026, 7, 31))
    # sunny is up and thunder is down; no value is invented for the day that was not answered
    assert rows.filter(pl.col("lane") == "mood")["value"].to_list() == [1.0]


def test_lanes_not_shared_are_not_drawn() -> None:
    both = lanes(
        ("出欠", "心の天気"), "2026-04-01", "2026-11-20", "''", 40.0, projector=False, shown=("attendance", "mood")
    )
    one = lanes(("出欠",), "2026-04-01", "2026-11-20", "''", 40.0, projector=False, shown=("attendance",))
    assert (len(both["vconcat"]), len(one["vconcat"])) == (2, 1)


def test_last_year_is_a_thinner_line_below_this_year() -> None:
    layers = multiples(("見晴小",), MONTHS, "欠席率", 10.0, ".1f", 6, projector=False)["spec"]["layer"]
    assert [layer["transform"][0]["filter"] for layer in layers] == ["datum.role === 'last'", "datum.role === 'this'"]
    assert layers[0]["mark"]["strokeWidth"] < layers[1]["mark"]["strokeWidth"]
