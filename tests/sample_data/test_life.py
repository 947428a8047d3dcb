"""Life in the invented district: its levels, its winter, its two schools that improve."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

import sample_data
from sample_data.attendance import OTHER, SICK, SUSPENDED, Attendance
from sample_data.school_year import SchoolYear
from sample_data.schools import district_schools
from tests.sample_data.exports import roster, rows_of

Lived = dict[int, tuple[SchoolYear, Attendance]]


def absence_rate(year: SchoolYear, happened: Attendance, rows: np.ndarray) -> float:
    """Days absent out of days to attend, of the chosen enrolments."""
    must = year.open & (happened.status < SUSPENDED)
    return float(np.isin(happened.status, (SICK, OTHER))[rows].sum() / must[rows].sum())


def test_mood_is_asked_only_where_it_is_used_and_answers_are_as_usual(inbox: Path) -> None:
    moods = rows_of(inbox, "mood/mood-{}.csv")
    special = next(school.code for school in district_schools("small") if school.mood_from is None)
    orgs = roster(inbox, "orgs").filter(pl.col("identifier") == special)["sourcedId"].item()
    there = roster(inbox, "enrollments").filter(pl.col("schoolSourcedId") == orgs, pl.col("beginDate") == "2026-04-01")
    assert moods.filter(pl.col("学習者ID").is_in(there["userSourcedId"].to_list())).is_empty()
    answered = moods.filter(pl.col("心の天気").is_in(["晴れ", "くもり", "雨", "雷"]))
    assert 0.1 < 1 - answered.height / moods.height < 0.2
    assert 0.56 < (answered["心の天気"] == "晴れ").mean() < 0.68
    assert moods.filter(pl.col("心の天気") == "未回答")["回答時刻"].unique().to_list() == [""]


def test_levels_are_those_of_real_schools(lived_years: Lived) -> None:
    for year, happened in lived_years.values():
        elementary, junior = year.grade <= 6, year.grade >= 7
        assert 0.019 < absence_rate(year, happened, elementary) < 0.032
        assert 0.042 < absence_rate(year, happened, junior) < 0.065
        assert 0.008 < happened.late.sum() / happened.at_school.sum() < 0.016
    year, happened = lived_years[2025]
    away = (np.isin(happened.status, (SICK, OTHER, SUSPENDED)) & year.open).sum(1) >= 30
    assert 0.015 < away[year.grade <= 6].mean() < 0.035
    assert 0.045 < away[year.grade >= 7].mean() < 0.085


def test_two_schools_truly_improve(lived_years: Lived) -> None:
    def change(name: str, measure: Callable[[SchoolYear, Attendance, np.ndarray], float]) -> float:
        """Level of the school against the district, 2026 over 2024."""
        ratio = []
        for fiscal_year in (2024, 2026):
            year, happened = lived_years[fiscal_year]
            here = year.school == next(i for i, school in enumerate(year.schools) if school.name == name)
            ratio.append(measure(year, happened, here) / measure(year, happened, ~here))
        return ratio[1] / ratio[0]

    def late_rate(year: SchoolYear, happened: Attendance, rows: np.ndarray) -> float:
        return float(happened.late[rows].sum() / happened.at_school[rows].sum())

    assert change("青葉小学校", absence_rate) < 0.75
    assert change("桜台中学校", late_rate) < 0.6
    assert [i.school for i in sample_data.planted().improvements] == ["青葉小学校", "桜台中学校"]


def test_influenza_closes_classes_in_winter(lived_years: Lived) -> None:
    year, happened = lived_years[2025]
    month = year.days.astype("datetime64[M]").astype(str)
    suspended = [(happened.status[:, month == m] == SUSPENDED).sum() for m in ("2025-06", "2025-12")]
    assert suspended[1] > 8 * suspended[0]
    closed = happened.reason == 13
    assert closed.any()
    row, day = (int(place[0]) for place in np.nonzero(closed))
    classmates = (year.enrolled.room == year.enrolled.room[row]) & year.open[:, day]
    assert (happened.status[classmates, day] == SUSPENDED).all()
