"""保健室: who came when, with what, and what was done."""

import numpy as np
import polars as pl

from sample_data.attendance import Attendance
from sample_data.school_year import SchoolYear
from sample_data.staff import StaffYear
from sample_data.stories import STORIES, curve
from sample_data.traits import Traits

_REASONS = ["内科", "外科", "相談"]
_SYMPTOMS = [
    ["頭痛", "腹痛", "気分不良", "発熱", "吐き気", "だるさ", "のどの痛み", "寒気"],
    ["すり傷", "打撲", "ねんざ", "切り傷", "突き指", "鼻血", "虫さされ"],
    ["友だちのこと", "学習のこと", "家庭のこと", "疲れた", "話を聞いてほしい"],
]
_ACTIONS = [
    ["教室復帰", "休養後教室復帰", "休養", "保護者連絡"],
    ["手当後教室復帰", "手当後教室復帰", "冷却", "受診"],
    ["話を聞いて教室復帰", "休養", "担任へ連絡"],
]


# long: the seed is drawn from in this order; parted, every later file would change
def health_room_rows(year: SchoolYear, traits: Traits, happened: Attendance, staff: StaffYear) -> pl.DataFrame:
    """The visits of one 年度: about two per hundred children and day, more before leaving early and while withdrawing."""
    rng = year.stream("health room")
    shape = year.open.shape
    by_grade = np.array([1.1, 1.1, 1.0, 1.0, 1.05, 1.0, 1.1, 1.0, 0.8])[year.grade - 1]
    own = 0.0185 * by_grade * np.minimum(traits.visits[year.child], 9)
    weekday = np.array([1.18, 1.0, 0.95, 0.95, 0.98, 0.8, 1.0])[year.weekday]
    chance = own[:, None] * weekday + 0.06 * happened.chance_away + 0.4 * happened.early
    for row, story in year.told():
        chance[row] *= curve(STORIES[story], "visit", year.days, 1.0)
    comes = (rng.random(shape) < chance) & happened.at_school
    for row, column, _ in year.contradictions():
        comes[row, column] = True
    row, day = np.nonzero(comes)
    count = len(row)
    troubled = happened.chance_away[row, day] > 0.1
    reason = np.where(rng.random(count) < np.where(troubled, 0.35, 0.06), 2, (rng.random(count) < 0.37).astype(int))
    leaves_early = happened.early[row, day]
    reason[leaves_early & (reason == 1)] = 0
    symptom, action = np.full(count, "", object), np.full(count, "", object)
    for kind in range(3):
        of_kind = reason == kind
        symptom[of_kind] = rng.choice(np.array(_SYMPTOMS[kind], object), int(of_kind.sum()))
        action[of_kind] = rng.choice(np.array(_ACTIONS[kind], object), int(of_kind.sum()))
    action[leaves_early] = "早退"
    fever = (symptom == "発熱") * 0.9 + leaves_early * 0.4
    temperature = np.round(rng.normal(36.6, 0.3, count) + fever * rng.uniform(0.4, 1.6, count), 1)
    measured = (reason == 0) & (rng.random(count) < 0.93)
    enters = np.where(rng.random(count) < 0.4, rng.integers(505, 640, count), rng.integers(640, 925, count))
    stays = np.where(reason == 1, rng.integers(4, 16, count), rng.integers(8, 60, count))
    order = np.lexsort((row, enters, day, year.school[row]))
    row, day, reason, enters, stays = row[order], day[order], reason[order], enters[order], stays[order]
    nurses = np.array([staff.nurse(s) for s in range(len(year.schools))], object)
    clock = np.array([f"{m // 60}:{m % 60:02d}" for m in range(24 * 60)], object)
    return pl.DataFrame({
        "学校コード": np.array([school.code for school in year.schools], object)[year.school[row]],
        "児童生徒番号": np.array(year.children.student_number, object)[year.child[row]],
        "来室日": year.day_texts("reiwa")[day],
        "来室時刻": clock[enters],
        "退室時刻": clock[enters + stays],
        "来室理由": np.array(_REASONS, object)[reason],
        "症状": symptom[order],
        "体温": np.where(measured, temperature.astype(str), "")[order].astype(object),
        "処置": action[order],
        "記録者": nurses[year.school[row]],
    })  # fmt: skip
