"""What the signals say, made ready to be read: in words, with days, and looked at or not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from components.children import flags as made
from components.children.flags import days_text, figure_text, goes_on, lines_of
from queries.rules import signals
from records.acknowledgements import Acknowledgement, Seen

HELD = [date(2026, 11, 2) + timedelta(days=offset) for offset in range(19) if (date(2026, 11, 2) + timedelta(days=offset)).weekday() < 5]
FLAG = {
    "student_id": 101, "student_key": "kid101", "class_key": "cls11", "class_name": "5年2組", "number": 9, "family_name": "佐藤",
    "given_name": "はな", "signal": "mood_run", "label_ja": "雨・雷の続き", "rule_ja": "3回以上つづけて雨か雷", "decimals": 0,
    "said_ja": "{found}回つづけて雨か雷（ふだんは10回に{usual}回）", "again_days": 10, "begins_on": date(2026, 11, 4),
    "last_on": date(2026, 11, 6), "since": date(2026, 11, 2), "found": 4.0, "usual": 1.0, "out_of": None, "missing": 1,
    "elsewhere": 0,
}  # fmt: skip
DAYS = pl.DataFrame({
    "student_id": [101] * 4, "signal": ["mood_run"] * 4, "begins_on": [date(2026, 11, 4)] * 4,
    "day": [date(2026, 11, day) for day in (2, 4, 5, 6)],
})  # fmt: skip


def looked(last_on: date) -> Acknowledgement:
    return Acknowledgement(1, datetime(2026, 11, 6, tzinfo=UTC), "tanaka", "田中 健", Seen(101, "mood_run", date(2026, 11, 4), last_on))


def test_a_flag_is_said_with_its_figures_its_days_and_what_is_missing() -> None:
    [child], seen = lines_of(pl.DataFrame([FLAG]), DAYS, [], HELD)
    [line] = child.lines
    assert (child.name, child.number, seen) == ("佐藤 はな", 9, [])
    assert line.said == "4回つづけて雨か雷（ふだんは10回に1回）"
    assert line.days == "11/2、11/4、11/5、11/6"
    assert "1" in line.missing


def test_days_at_an_earlier_school_are_said_as_such() -> None:
    rule = signals()["absence_days"]
    row = FLAG | {"said_ja": rule.said_elsewhere["ja"], "found": 20.0, "elsewhere": 18, "usual": None, "out_of": 61.0}
    [child], _seen = lines_of(pl.DataFrame([row]), DAYS, [], HELD)
    assert child.lines[0].said == "今年度の欠席が20日に（うち前の学校で18日。61授業日で。目安は年30日）"
    [child], _seen = lines_of(pl.DataFrame([row | {"said_ja": rule.said_here["ja"], "found": 10.0, "elsewhere": None}]), DAYS, [], HELD)
    assert child.lines[0].said == "この学校での今年度の欠席が10日に（61授業日で。前の学校の日数は含みません。目安は年30日）"


def test_somebody_has_looked_and_it_waits_no_longer() -> None:
    waiting, [child] = lines_of(pl.DataFrame([FLAG]), DAYS, [looked(date(2026, 11, 6))], HELD)
    assert (waiting, child.lines[0].acknowledgements[0].name) == ([], "田中 健")


@pytest.mark.parametrize(("last_on", "again"), [(date(2026, 11, 13), False), (date(2026, 11, 16), True)])
def test_what_has_gone_on_for_ten_school_days_since_waits_again(last_on: date, again: bool) -> None:
    look = looked(date(2026, 11, 2))
    assert sum(date(2026, 11, 2) < day <= last_on for day in HELD) == (10 if again else 9)
    assert goes_on(look, last_on, 10, HELD) is again
    waiting, _seen = lines_of(pl.DataFrame([FLAG | {"last_on": last_on}]), DAYS, [look], HELD)
    assert bool(waiting) is again


def test_a_look_at_an_earlier_flag_is_no_look_at_this_one() -> None:
    seen = Seen(101, "mood_run", date(2026, 6, 1), date(2026, 6, 1))
    earlier = Acknowledgement(1, datetime(2026, 6, 1, tzinfo=UTC), "tanaka", "田中 健", seen)
    waiting, seen = lines_of(pl.DataFrame([FLAG]), DAYS, [earlier], HELD)
    assert (len(waiting), seen) == (1, [])


def test_figures_and_days_are_short() -> None:
    assert [figure_text(value, 0) for value in (3.0, 0.4, 2.02, None)] == ["3", "0.4", "2", ""]
    assert made.MOST_DAYS == 5
    assert days_text(HELD[:7]).startswith("11/4、11/5、11/6、11/9、11/10")
    assert "2" in days_text(HELD[:7]).removeprefix("11/4、11/5、11/6、11/9、11/10")
