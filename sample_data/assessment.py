"""Unit tests with points, and the term's 観点別 marks and 評定, both drawn from the same hidden ability."""

import numpy as np
import polars as pl

from sample_data.attendance import Attendance
from sample_data.calendar_days import TERMS, TODAY
from sample_data.school_year import SchoolYear, day_texts
from sample_data.schools import JUNIOR_HIGH, SPECIAL
from sample_data.stories import STORIES, curve
from sample_data.traits import Traits

_ELEMENTARY_TESTS, _JUNIOR_HIGH_TESTS = ["国語", "算数", "理科", "社会"], ["国語", "数学", "理科", "社会", "英語"]
_ELEMENTARY_SUBJECTS = {
    1: ["国語", "算数", "生活", "音楽", "図画工作", "体育"],
    3: ["国語", "社会", "算数", "理科", "音楽", "図画工作", "体育"],
    5: ["国語", "社会", "算数", "理科", "音楽", "図画工作", "家庭", "体育", "外国語"],
}
_JUNIOR_HIGH_SUBJECTS = ["国語", "社会", "数学", "理科", "音楽", "美術", "保健体育", "技術・家庭", "外国語"]
ASPECTS = ["知識・技能", "思考・判断・表現", "主体的に学習に取り組む態度"]


def _ends_of_terms(fiscal_year: int) -> list[np.datetime64]:
    """Last day of each term that is over."""
    ends = [np.datetime64(day) for day in TERMS[fiscal_year][1::2]]
    return [end for end in ends if end <= np.datetime64(TODAY)]


def _graded(year: SchoolYear) -> np.ndarray:
    """Children marked with numbers and letters: in ordinary classes, not at 特別支援学校."""
    special = np.array(
        [year.schools[room.school].kind == SPECIAL or room.is_special_needs for room in year.enrolled.rooms]
    )
    return ~special[year.enrolled.room]


def _ability(year: SchoolYear, traits: Traits, day: np.datetime64) -> np.ndarray:
    """Hidden ability of every enrolment around that day, with what its story does to it."""
    ability = traits.ability[year.child].copy()
    for row, story in year.told():
        ability[row] += curve(STORIES[story], "accuracy", np.array([day]), 0.0)[0]
    return ability


def test_rows(year: SchoolYear, traits: Traits, happened: Attendance) -> pl.DataFrame:
    """Points of one test a term and subject; a child absent on the day has a row without points."""
    rng = year.stream("tests")
    junior = np.array([school.kind == JUNIOR_HIGH for school in year.schools])[year.school]
    elementary = _graded(year) & ~junior
    usual = np.flatnonzero(year.open.mean(0) > 0.6)
    frames = []
    running = [np.datetime64(TODAY)] if year.days[-1] == np.datetime64(TODAY) else []
    for term, end in enumerate([*_ends_of_terms(year.fiscal_year), *running], start=1):
        for of, subjects in ((elementary, _ELEMENTARY_TESTS), (_graded(year) & junior, _JUNIOR_HIGH_TESTS)):
            for turn, subject in enumerate(subjects):
                column = int(usual[np.searchsorted(year.days[usual], end - 16 + turn)])
                day = year.days[column]
                taught = (year.grade >= 3) | (turn < 2)
                rows = np.flatnonzero(of & taught & year.open[:, column])
                if not len(rows):  # a school's own holiday
                    continue
                logit = (
                    1.35
                    - 0.06 * year.grade[rows]
                    + 0.9 * _ability(year, traits, day)[rows]
                    + rng.normal(0, 0.5, len(rows))
                )
                points = rng.binomial(20, 1 / (1 + np.exp(-logit))) * 5
                taken = happened.at_school[rows, column]
                frames.append(pl.DataFrame({
                    "学校コード": np.array([s.code for s in year.schools], object)[year.school[rows]],
                    "児童生徒番号": np.array(year.children.student_number, object)[year.child[rows]],
                    "教科": [subject] * len(rows),
                    "テスト名": [f"{term}学期 まとめのテスト"] * len(rows),
                    "実施日": [day_texts(np.array([day]), "iso")[0]] * len(rows),
                    "得点": np.where(taken, points.astype(str), "").astype(object),
                    "満点": [100] * len(rows),
                }))  # fmt: skip
    return pl.concat(frames)


def evaluation_rows(year: SchoolYear, traits: Traits) -> pl.DataFrame:
    """観点別学習状況 A/B/C for each subject and finished term, with 評定 where the grade has one."""
    rng = year.stream("evaluation")
    junior = np.array([school.kind == JUNIOR_HIGH for school in year.schools])[year.school]
    frames = []
    for term, end in enumerate(_ends_of_terms(year.fiscal_year), start=1):
        at_end = _graded(year) & (year.enrolled.begin <= end) & (year.enrolled.end >= end)
        for low, high, subjects in ((1, 2, _ELEMENTARY_SUBJECTS[1]), (3, 4, _ELEMENTARY_SUBJECTS[3]), (5, 6, _ELEMENTARY_SUBJECTS[5]),
                                    (7, 9, _JUNIOR_HIGH_SUBJECTS)):  # fmt: skip
            rows = np.flatnonzero(at_end & (year.grade >= low) & (year.grade <= high))
            ability = _ability(year, traits, end)[rows]
            for subject in subjects if len(rows) else []:
                felt = 0.9 * ability + rng.normal(0, 0.45, len(rows))
                marks = felt[:, None] + rng.normal(0, 0.4, (len(rows), 3))
                letters = (marks < 0.55).astype(int) + (marks < -0.95)
                total = marks.mean(1)
                if junior[rows].all():
                    mark = 1 + sum((total > border).astype(int) for border in (-1.35, -0.7, 0.25, 0.95))
                else:
                    mark = 1 + (total > -0.95).astype(int) + (total > 0.5)
                # 小学校の評定は3年以上、学年末だけ。
                has_mark = low == 7 or (low >= 3 and term == 3)
                frames.append(pl.DataFrame({
                    "学校コード": np.array([s.code for s in year.schools], object)[year.school[rows]],
                    "児童生徒番号": np.array(year.children.student_number, object)[year.child[rows]],
                    "学期": [term] * len(rows),
                    "教科": [subject] * len(rows),
                    **{aspect: np.array(["A", "B", "C"], object)[letters[:, i]] for i, aspect in enumerate(ASPECTS)},
                    "評定": mark.astype(str).astype(object) if has_mark else [""] * len(rows),
                }))  # fmt: skip
    return pl.concat(frames)
