"""Digital drills: one line per child, day and subject, as the drill's summary export gives it."""

import numpy as np
import polars as pl

from sample_data.attendance import Attendance
from sample_data.calendar_days import TODAY
from sample_data.school_year import SchoolYear, day_texts
from sample_data.stories import STORIES, curve
from sample_data.traits import Traits

SUBJECTS = ["国語", "算数", "数学", "理科", "社会", "英語"]
# Share of each subject in the drills of 小1–2, 小3–4, 小5–6 and 中学校.
_SHARES = np.array([
    [0.45, 0.55, 0, 0, 0, 0], [0.32, 0.44, 0, 0.12, 0.12, 0], [0.26, 0.4, 0, 0.12, 0.12, 0.1], [0.18, 0, 0.32, 0.13, 0.13, 0.24],
])  # fmt: skip
_EASE = np.array([1.35, 1.2, 0.85, 1.1, 1.1, 0.95])


# long: the seed is drawn from in this order; parted, every later file would change
def drill_rows(year: SchoolYear, traits: Traits, happened: Attendance) -> pl.DataFrame:
    """The drill days of one 年度: by habit of the class on certain weekdays, by a child's own habit at weekends and in holidays."""
    rng = year.stream("drill")
    dates = year.calendar.dates[year.calendar.dates <= np.datetime64(TODAY)]
    weekday = (dates.astype(int) + 3) % 7
    at_school = np.zeros((len(year.child), len(dates)), bool)
    at_school[:, np.searchsorted(dates, year.days)] = happened.at_school
    uses = np.array([school.has_drill for school in year.schools])[year.school]
    inside = (dates >= year.enrolled.begin[:, None]) & (dates <= year.enrolled.end[:, None]) & uses[:, None]
    # 朝学習: each class has its drill mornings.
    habit = rng.uniform(0.12, 0.52, (len(year.enrolled.rooms), 7)).astype(np.float32)
    keen = np.minimum(traits.drill[year.child], 3) ** 0.55
    at_home = (0.045 * traits.drill[year.child])[:, None] * np.where(
        np.isin(dates.astype("datetime64[M]").astype(int) % 12, (7,)), 0.7, 1
    )
    chance = np.where(at_school, habit[year.enrolled.room][:, weekday] * keen[:, None], at_home)
    ease = np.zeros((len(year.child), 1)) + (traits.ability[year.child] - 0.1 * (year.grade >= 7))[:, None]
    shift: dict[int, np.ndarray] = {}
    for row, story in year.told():
        chance[row] *= curve(STORIES[story], "drill", dates, 1.0)
        shift[row] = curve(STORIES[story], "accuracy", dates, 0.0)
    row, day = np.nonzero((rng.random(chance.shape, np.float32) < chance) & inside)
    count = len(row)
    band = np.array([0, 0, 0, 1, 1, 2, 2, 3, 3, 3])[year.grade[row]]
    subject = (rng.random(count)[:, None] > np.cumsum(_SHARES, 1)[band][:, :-1]).sum(1)
    length = rng.lognormal(np.log(1090), 0.5, count) * np.minimum(traits.drill[year.child[row]], 3) ** 0.3
    liking = rng.normal(0, 0.3, (len(traits.drill), len(SUBJECTS)))
    right = ease[row, 0] + _EASE[subject] + liking[year.child[row], subject] + rng.normal(0, 0.35, count)
    for told, change in shift.items():
        lines = np.flatnonzero(row == told)
        right[lines] += change[day[lines]]
        length[lines] *= 1 + 0.25 * np.clip(change[day[lines]], -1.6, 0)
    seconds = np.clip(length, 45, 5400).astype(int)
    answers = rng.poisson(seconds / rng.uniform(28, 60, count))
    answers[rng.random(count) < 0.015] = 0
    correct = rng.binomial(answers, 1 / (1 + np.exp(-right)))
    percent = pl.Series(np.round(correct * 100 / np.maximum(answers, 1), 1))
    return pl.DataFrame({
        "学習者ID": pl.Series(year.children.sourced_id).gather(year.child[row]),
        "日付": pl.Series(day_texts(dates, "iso")).gather(day),
        "教科": pl.Series(SUBJECTS).gather(subject),
        "学習時間(秒)": seconds,
        "解答数": answers,
        "正答数": correct,
        "正答率": pl.select(pl.when(pl.Series(answers > 0)).then(percent)).to_series(),
    })  # fmt: skip
