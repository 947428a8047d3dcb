"""The register of attendance: a day without a row is a day present."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from sample_data.school_year import SchoolYear
from sample_data.schools import ELEMENTARY
from sample_data.stories import STORIES, curve, improvement_factor
from sample_data.traits import Traits, away

PRESENT, SICK, OTHER, SUSPENDED, BEREAVEMENT, EXCUSED = range(6)
STATUS_WORDS = ["", "病欠", "事故欠", "出席停止", "忌引", "公欠"]
REASONS = [
    "", "発熱", "頭痛", "腹痛", "かぜ", "胃腸炎", "体調不良", "家庭の都合", "不明", "インフルエンザA型", "インフルエンザB型",
    "新型コロナウイルス感染症", "溶連菌感染症", "学級閉鎖", "忌引", "大会参加", "寝坊", "通院", "交通事情",
]  # fmt: skip
_CODE = {word: code for code, word in enumerate(REASONS)}

# Middle and width in days of the winter waves of influenza, with the share of children they reach.
_WAVES = {
    2024: [("2024-12-18", 15, 0.15, "インフルエンザA型"), ("2025-02-12", 18, 0.04, "インフルエンザB型")],
    2025: [("2025-11-27", 14, 0.17, "インフルエンザA型"), ("2026-02-09", 16, 0.06, "インフルエンザB型")],
    2026: [("2026-12-03", 15, 0.16, "インフルエンザA型")],
}


@dataclass(frozen=True)
class Attendance:
    """What happened on each child's school day, [enrolment, day]; `chance_away` is the hidden pull to stay at home."""

    status: np.ndarray
    late: np.ndarray
    early: np.ndarray
    reason: np.ndarray
    at_school: np.ndarray
    chance_away: np.ndarray


# long: the seed is drawn from in this order; parted, every later file would change
def attendance(year: SchoolYear, traits: Traits) -> Attendance:
    """Draw the attendance of one 年度: colds, influenza with 学級閉鎖, families' reasons, slow withdrawal, late mornings."""
    rng = year.stream("attendance")
    shape = year.open.shape
    elementary = np.array([school.kind == ELEMENTARY for school in year.schools])[year.school]
    status, reason = np.zeros(shape, np.int8), np.zeros(shape, np.int8)
    better = np.array([improvement_factor(school.name, "absence_rate", year.days) for school in year.schools])
    place = (better * traits.school_absence[:, None]).astype(np.float32)
    chance = away(traits, year.child, year.days)

    sick = _colds(rng, year, traits, place)
    status[sick] = SICK
    reason[sick] = rng.choice([1, 1, 1, 2, 3, 4, 4, 5, 6, 6], int(sick.sum()))
    near_weekend = np.where(np.isin(year.weekday, (0, 4)), 1.6, 0.8)
    stays = rng.random(shape, np.float32) < chance * place[year.school] + 0.0012 * near_weekend
    for row, story in year.told():
        told = STORIES[story]
        if "absent" in told.curves:
            from_then = year.days >= np.datetime64(told.curves["absent"][0][0])
            absent = rng.random(shape[1]) < curve(told, "absent", year.days, 0.0) * np.where(
                year.weekday == 0, 1.35, 0.95
            )
            stays[row] = np.where(from_then, absent, stays[row])
            status[row, from_then] = PRESENT
            chance[row] = np.where(from_then, curve(told, "absent", year.days, 0.0), chance[row])
    stays &= status == PRESENT
    ill = rng.random(int(stays.sum())) < 0.3
    status[stays] = np.where(ill, SICK, OTHER)
    reason[stays] = np.where(ill, rng.choice([2, 3, 6, 6], len(ill)), rng.choice([0, 7, 7, 8], len(ill)))
    _excuses(rng, year, elementary, status, reason)
    _influenza(rng, year, status, reason)
    status[~year.open], reason[~year.open] = PRESENT, 0
    _close_classes(year, status, reason)
    for row, column, kind in year.contradictions():
        stopped = kind == "出席停止"
        status[row, column], reason[row, column] = (
            (SUSPENDED, _CODE["溶連菌感染症"]) if stopped else (SICK, _CODE["体調不良"])
        )
    at_school = year.open & (status == PRESENT)
    late, early = _late_and_early(rng, year, traits, chance, at_school)
    slow = late & ~early
    reason[slow] = rng.choice([0, 0, 16, 6, 17, 18], int(slow.sum()))
    reason[early] = rng.choice([0, 1, 2, 3, 6, 17, 7], int(early.sum()))
    return Attendance(status, late, early, reason, at_school, chance)


def _colds(rng: np.random.Generator, year: SchoolYear, traits: Traits, place: np.ndarray) -> np.ndarray:
    """Days ill at home, in spells of one to three school days: more in winter and on Mondays, more in the youngest grades."""
    by_grade = np.array([1.25, 1.1, 1.0, 0.95, 0.9, 0.95, 1.15, 1.2, 1.1])[year.grade - 1] * traits.sick[year.child]
    around = 2 * np.pi * ((year.days - np.datetime64("2024-01-25")).astype(int) / 365.25)
    season = (1 + 0.38 * np.cos(around)) * np.where(year.weekday == 0, 1.3, 0.95)
    start = rng.random(year.open.shape, np.float32) < 0.0098 * by_grade[:, None] * season * place[year.school]
    length = rng.random(year.open.shape, np.float32)
    sick = start.copy()
    sick[:, 1:] |= start[:, :-1] & (length[:, :-1] > 0.5)
    sick[:, 2:] |= start[:, :-2] & (length[:, :-2] > 0.85)
    return sick


def _excuses(
    rng: np.random.Generator, year: SchoolYear, elementary: np.ndarray, status: np.ndarray, reason: np.ndarray
) -> None:
    """忌引 of one to three days, and 公欠 for tournaments in 中学校."""
    begin = rng.random(status.shape, np.float32) < 0.00025
    length = rng.integers(1, 4, len(status))
    mourning = begin.copy()
    for more in (1, 2):
        mourning[length > more, more:] |= begin[length > more, :-more]
    status[mourning], reason[mourning] = BEREAVEMENT, _CODE["忌引"]
    month = (year.days.astype("datetime64[M]").astype(int)) % 12 + 1
    games = np.isin(month, (6, 7, 9, 10)) * 0.004
    plays = (rng.random(status.shape, np.float32) < games) & ~elementary[:, None] & (status == PRESENT)
    status[plays], reason[plays] = EXCUSED, _CODE["大会参加"]


def _influenza(rng: np.random.Generator, year: SchoolYear, status: np.ndarray, reason: np.ndarray) -> None:
    """出席停止 for influenza and the like: waves that reach schools and classes at different times and strengths."""
    room = year.enrolled.room
    rooms = len(year.enrolled.rooms)
    day = year.days.astype(int)
    school_of_room = np.array([r.school for r in year.enrolled.rooms])
    waves = [
        *_WAVES[year.fiscal_year],
        ("2024-06-01", 0, 0.02, "新型コロナウイルス感染症"),
        ("2024-06-01", 0, 0.012, "溶連菌感染症"),
    ]
    for middle, width, reach, word in waves:
        if width:
            late = rng.normal(0, 5, len(year.schools))[school_of_room] + rng.normal(0, 4, rooms)
            strength = rng.gamma(1.1, 1 / 1.1, rooms)
            apart = (day - np.datetime64(middle).astype(int) - late[:, None]) / (width * rng.uniform(0.45, 1.0, rooms))[
                :, None
            ]
            spread = np.exp(-(apart**2) / 2)
            spread *= 1.9 * reach * strength[:, None] / (width * 2.5 * 0.72)
        else:
            spread = np.full((rooms, len(day)), reach / 200)
        onset = (rng.random(status.shape, np.float32) < spread[room].astype(np.float32)) & year.open
        rows = np.flatnonzero(onset.any(1))
        since = day[None, :] - day[onset[rows].argmax(1)][:, None]
        ill = (since >= 0) & (since <= rng.integers(4, 7, len(rows))[:, None]) & year.open[rows]
        where = np.zeros(status.shape, bool)
        where[rows] = ill
        status[where], reason[where] = SUSPENDED, _CODE[word]


def _close_classes(year: SchoolYear, status: np.ndarray, reason: np.ndarray) -> None:
    """学級閉鎖: where a fifth of a class is ill in an influenza week, the class stays at home for the next days of school."""
    room, rooms = year.enrolled.room, len(year.enrolled.rooms)
    size = np.zeros((rooms, len(year.days)), int)
    ill = np.zeros_like(size)
    np.add.at(size, room, year.open.astype(int))
    np.add.at(ill, room, ((status == SUSPENDED) | (status == SICK)).astype(int))
    crowded = (size >= 12) & (ill >= 0.22 * np.maximum(size, 1)) & (ill >= 5)
    for r in np.flatnonzero(crowded.any(1)).tolist():
        reopened = -1
        for day in np.flatnonzero(crowded[r]).tolist():
            if day < reopened:
                continue
            members = np.flatnonzero(room == r)
            closed = [d for d in range(day + 1, min(day + 4, len(year.days))) if size[r, d]]
            cells = np.ix_(members, closed)
            home = year.open[cells] & (status[cells] != SUSPENDED)
            status[cells] = np.where(home, SUSPENDED, status[cells])
            reason[cells] = np.where(home, _CODE["学級閉鎖"], reason[cells])
            reopened = day + 15


def _late_and_early(rng: np.random.Generator, year: SchoolYear, traits: Traits, chance: np.ndarray,
                    at_school: np.ndarray) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Late mornings (few children, often; Mondays more) and early leaving."""
    better = np.array([improvement_factor(school.name, "late_rate", year.days) for school in year.schools])
    place = better * traits.school_late[:, None] * np.where(year.weekday == 0, 1.4, 0.92)
    older = np.where(year.grade >= 7, 1.2, 0.95) * 0.0095
    often = (older * np.minimum(traits.late[year.child], 12))[:, None] * place[year.school]
    often += np.minimum(chance, 0.3) * 0.35 * better[year.school]
    goes = 0.0055 * traits.sick[year.child][:, None] + chance * 0.08
    for row, story in year.told():
        late = curve(STORIES[story], "late", year.days, -1.0)
        often[row] = np.where(late >= 0, late * np.where(year.weekday == 0, 1.4, 0.9), often[row])
        goes[row] += np.where(late >= 0, late * 0.3, 0)
    return (rng.random(often.shape) < often) & at_school, (rng.random(goes.shape) < goes) & at_school


def attendance_rows(year: SchoolYear, happened: Attendance) -> pl.DataFrame:
    """The register as exported: one row per exception, in the order of school, day and child."""
    rng = year.stream("attendance rows")
    row, day = np.nonzero((happened.status != PRESENT) | happened.late | happened.early)
    order = np.lexsort((row, day, year.school[row]))
    row, day = row[order], day[order]
    status, late, early = happened.status[row, day], happened.late[row, day], happened.early[row, day]
    words = np.array([*STATUS_WORDS, "遅刻", "早退", "遅刻早退"], object)
    code = np.where(status > 0, status, np.where(late & early, 8, np.where(late, 6, 7)))
    told = np.where(rng.random(len(row)) < 0.12, "保護者より電話連絡", "").astype(object)
    return pl.DataFrame({
        "学校コード": np.array([school.code for school in year.schools], object)[year.school[row]],
        "児童生徒番号": np.array(year.children.student_number, object)[year.child[row]],
        "日付": year.day_texts("slash")[day],
        "出欠区分": words[code],
        "理由": np.array(REASONS, object)[happened.reason[row, day]],
        "備考": told,
    }, schema=dict.fromkeys(("学校コード", "児童生徒番号", "日付", "出欠区分", "理由", "備考"), pl.String))  # fmt: skip
