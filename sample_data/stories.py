"""The story children: a dozen invented lives whose records change over weeks, so that pages have something to find.

A story is a set of curves: for each kind of record, values on given days, straight lines between them.
absent, late     chance of the day (replaces the child's own)
mood, accuracy   added to the child's own level (logits; below 0 = gloomier, fewer right answers)
visit, drill     factor on the child's own number of health-room visits and drill days
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

Curve = tuple[tuple[str, float], ...]

WITHDRAWAL, RECOVERY, QUIET_DROP, CONTRADICTION = "slow_withdrawal", "recovery", "quiet_drop", "contradictory_record"
TRANSFER_IN, TRANSFER_OUT, MOVE, LOW_MOOD = "transfer_in", "transfer_out", "move_between_schools", "low_mood"


@dataclass(frozen=True)
class Story:
    """One story child: who, in which school and class of 2026年度, what happens and from when.

    `joins_on`, `leaves_on`: first and last day in the district. `moves_on`: first day at `moves_to`.
    """

    kind: str
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    school: str
    class_title: str
    grade: int
    begins_on: date
    what: str
    curves: dict[str, Curve] = field(default_factory=dict)
    joins_on: date | None = None
    leaves_on: date | None = None
    moves_on: date | None = None
    moves_to: str | None = None
    contradicts_on: tuple[date, ...] = ()
    contradicts_as: str = "病欠"


def curve(story: Story, name: str, days: np.ndarray, otherwise: float) -> np.ndarray:
    """The value of one of the story's curves on each day; `otherwise` before its first point and where it has none."""
    points = story.curves.get(name)
    if not points:
        return np.full(len(days), otherwise)
    known = np.array([point[0] for point in points], "datetime64[D]").astype(int)
    values = np.interp(days.astype(int), known, [point[1] for point in points])
    return np.where(days.astype(int) < known[0], otherwise, values)


def _withdrawal(first: str, middle: str, last: str, deep: float) -> dict[str, Curve]:
    """Mondays and mornings first, the health room next, then whole days; mood sinks before absence rises."""
    return {
        "absent": ((first, 0.03), (middle, 0.2), (last, deep)),
        "late": ((first, 0.05), (middle, 0.4), (last, 0.25)),
        "mood": ((first, -0.6), (middle, -2.0), (last, -2.6)),
        "visit": ((first, 2.0), (middle, 10.0), (last, 8.0)),
        "drill": ((first, 0.9), (middle, 0.4), (last, 0.1)),
    }


def _recovery(deep: float, first: str, support: str, last: str) -> dict[str, Curve]:
    return {
        "absent": ((first, 0.05), (support, deep), (last, 0.05)),
        "late": ((first, 0.1), (support, 0.4), (last, 0.04)),
        "mood": ((first, -0.5), (support, -2.2), (last, 0.4)),
        "visit": ((first, 2.0), (support, 8.0), (last, 1.5)),
        "drill": ((first, 0.6), (support, 0.15), (last, 1.1)),
    }


def _quiet_drop(first: str, last: str) -> dict[str, Curve]:
    return {
        "absent": ((first, 0.005), (last, 0.01)),
        "accuracy": (("2026-04-06", 0.5), (first, 0.4), (last, -1.6)),
        "drill": (("2026-04-06", 1.6), (first, 1.4), (last, 0.4)),
        "mood": ((first, 0.0), (last, -0.5)),
    }


_E, _J, _S = "見晴小学校", "見晴中学校", "見晴特別支援学校"
_D = date.fromisoformat

STORIES = [
    Story(WITHDRAWAL, "佐藤", "はな", "サトウ", "ハナ", _E, "5年2組", 5, _D("2026-09-14"),
          "夏休み明けから月曜の遅刻が増え、保健室、欠席へと広がる",
          _withdrawal("2026-09-14", "2026-10-12", "2026-11-20", 0.65)),
    Story(RECOVERY, "伊藤", "れん", "イトウ", "レン", _E, "5年2組", 5, _D("2026-05-11"),
          "1学期に休みがちになり、9月の支援のあと登校が戻る",
          _recovery(0.6, "2026-05-11", "2026-09-07", "2026-10-26")),
    Story(QUIET_DROP, "小川", "みお", "オガワ", "ミオ", _E, "5年2組", 5, _D("2026-09-01"),
          "休まず登校しているが、ドリルの時間と正答率が静かに落ちる", _quiet_drop("2026-09-01", "2026-11-20")),
    Story(CONTRADICTION, "森田", "そうた", "モリタ", "ソウタ", _E, "5年2組", 5, _D("2026-10-05"),
          "欠席の日に保健室の来室や心の天気の回答がある（記録の食い違い）",
          contradicts_on=(_D("2026-10-08"), _D("2026-10-22"), _D("2026-11-05"), _D("2026-11-12"))),
    Story(TRANSFER_IN, "柏木", "りく", "カシワギ", "リク", _E, "5年2組", 5, _D("2026-09-01"),
          "9月に市外から転入", joins_on=_D("2026-09-01")),
    Story(LOW_MOOD, "三浦", "ひより", "ミウラ", "ヒヨリ", _E, "5年1組", 5, _D("2026-10-19"),
          "登校は変わらないが、雨と雷の回答が続く",
          {"mood": (("2026-10-19", -1.0), ("2026-11-02", -3.2)), "absent": (("2026-10-19", 0.01),)}),
    Story(MOVE, "大野", "かいと", "オオノ", "カイト", _E, "なかよし学級", 3, _D("2026-09-01"),
          "2学期から特別支援学校へ転学", moves_on=_D("2026-09-01"), moves_to=_S),
    Story(WITHDRAWAL, "原田", "悠真", "ハラダ", "ユウマ", _J, "2年1組", 8, _D("2026-06-08"),
          "部活動を離れてから遅刻が増え、欠席が30日に近づく",
          _withdrawal("2026-06-08", "2026-09-14", "2026-10-26", 0.55)),
    Story(QUIET_DROP, "青木", "凛", "アオキ", "リン", _J, "2年1組", 8, _D("2026-06-01"),
          "出席は安定、数学と英語の正答率が下がり続ける", _quiet_drop("2026-06-01", "2026-11-20")),
    Story(RECOVERY, "石井", "湊", "イシイ", "ミナト", _J, "2年1組", 8, _D("2025-10-06"),
          "1年の秋から長く休み、別室登校を経て2年の2学期に教室へ戻る",
          _recovery(0.85, "2025-10-06", "2026-04-20", "2026-09-28")),
    Story(TRANSFER_OUT, "今井", "栞", "イマイ", "シオリ", _J, "2年1組", 8, _D("2026-07-17"),
          "1学期末で市外へ転出", leaves_on=_D("2026-07-17")),
    Story(LOW_MOOD, "村上", "陸", "ムラカミ", "リク", _S, "小学部3年1組", 3, _D("2026-10-05"),
          "10月から早退と保健室の来室が増える",
          {"visit": (("2026-10-05", 4.0), ("2026-10-26", 12.0)), "late": (("2026-10-05", 0.05), ("2026-10-26", 0.2))}),
    Story(WITHDRAWAL, "清水", "拓海", "シミズ", "タクミ", "中央小学校", "6年1組", 6, _D("2026-05-18"),
          "連休明けから休みが増え、秋には長期欠席に", _withdrawal("2026-05-18", "2026-06-29", "2026-09-28", 0.8)),
    Story(RECOVERY, "安藤", "結菜", "アンドウ", "ユイナ", "桜台中学校", "1年1組", 7, _D("2026-05-11"),
          "入学後の不調から、2学期に持ち直す", _recovery(0.5, "2026-05-11", "2026-07-06", "2026-10-05")),
    Story(QUIET_DROP, "丸山", "樹", "マルヤマ", "イツキ", "奥山小学校", "4年1組", 4, _D("2026-09-01"),
          "小さな学校で、学習だけが静かに落ちる", _quiet_drop("2026-09-01", "2026-11-20")),
    Story(CONTRADICTION, "杉山", "澪", "スギヤマ", "ミオ", "光が丘中学校", "3年1組", 9, _D("2026-10-01"),
          "出席停止の日に保健室の来室がある",
          contradicts_on=(_D("2026-10-06"), _D("2026-10-21"), _D("2026-11-09")), contradicts_as="出席停止"),
]  # fmt: skip


@dataclass(frozen=True)
class Improvement:
    """A school that truly became better at one thing, and how the chance of the event falls over time."""

    school: str
    indicator: str
    what: str
    factor: Curve


IMPROVEMENTS = [
    Improvement("青葉小学校", "absence_rate", "2025年9月から始めた朝の声かけと支援員の配置で欠席が減り続けた",
                (("2024-04-01", 1.35), ("2025-09-01", 1.3), ("2026-03-01", 0.85), ("2026-11-20", 0.65))),
    Improvement("桜台中学校", "late_rate", "2025年4月に登校時刻と朝学習を見直し、遅刻が半分以下になった",
                (("2024-04-01", 1.9), ("2025-04-07", 1.8), ("2025-12-01", 1.0), ("2026-11-20", 0.6))),
]  # fmt: skip


def improvement_factor(school: str, indicator: str, days: np.ndarray) -> np.ndarray:
    """By how much the school's improvement multiplies the chance on each day (1 where there is none)."""
    for improvement in IMPROVEMENTS:
        if (improvement.school, improvement.indicator) == (school, indicator):
            known = np.array([point[0] for point in improvement.factor], "datetime64[D]").astype(int)
            return np.interp(days.astype(int), known, [point[1] for point in improvement.factor])
    return np.ones(len(days))
