"""The school calendar: which dates are school days, for every school and grade of a 年度."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from sample_data.schools import ELEMENTARY, JUNIOR_HIGH, School, grade_token
from sample_data.seeds import stream

TODAY = date(2026, 11, 20)
THIS_YEAR = 2026

HOLIDAY, SCHOOL_DAY, CLOSURE = 0, 1, 2
KIND_WORDS = ["休業日", "授業日", "臨時休業"]

# 国民の祝日 that fall on a weekday, 2024-04 to 2027-03.
_NATIONAL = """
2024-04-29 昭和の日 2024-05-03 憲法記念日 2024-05-06 振替休日 2024-07-15 海の日 2024-08-12 振替休日 2024-09-16 敬老の日
2024-09-23 振替休日 2024-10-14 スポーツの日 2024-11-04 振替休日 2025-01-13 成人の日 2025-02-11 建国記念の日
2025-02-24 振替休日 2025-03-20 春分の日
2025-04-29 昭和の日 2025-05-05 こどもの日 2025-05-06 振替休日 2025-07-21 海の日 2025-08-11 山の日 2025-09-15 敬老の日
2025-09-23 秋分の日 2025-10-13 スポーツの日 2025-11-03 文化の日 2025-11-24 振替休日 2026-01-12 成人の日
2026-02-11 建国記念の日 2026-02-23 天皇誕生日 2026-03-20 春分の日
2026-04-29 昭和の日 2026-05-04 みどりの日 2026-05-05 こどもの日 2026-05-06 振替休日 2026-07-20 海の日 2026-08-11 山の日
2026-09-21 敬老の日 2026-09-22 国民の休日 2026-09-23 秋分の日 2026-10-12 スポーツの日 2026-11-03 文化の日
2026-11-23 勤労感謝の日 2027-01-01 元日 2027-01-11 成人の日 2027-02-11 建国記念の日 2027-02-23 天皇誕生日 2027-03-22 振替休日
"""
_words = _NATIONAL.split()
NATIONAL_HOLIDAYS = {date.fromisoformat(day): name for day, name in zip(_words[::2], _words[1::2], strict=True)}

# First and last day of the three terms, by 年度.
TERMS = {
    2024: ("2024-04-08", "2024-07-19", "2024-08-28", "2024-12-24", "2025-01-08", "2025-03-24"),
    2025: ("2025-04-07", "2025-07-18", "2025-08-28", "2025-12-24", "2026-01-08", "2026-03-24"),
    2026: ("2026-04-07", "2026-07-17", "2026-08-27", "2026-12-24", "2027-01-08", "2027-03-24"),
}
STORMS = {2024: "2024-08-30", 2025: "2025-09-05", 2026: "2026-09-11"}
CITY_DAY = {2024: "2024-10-01", 2025: "2025-10-01", 2026: "2026-10-01"}


@dataclass(frozen=True)
class YearCalendar:
    """The calendar of one 年度: `kind` and `event` are [school, grade 1–9, date]."""

    fiscal_year: int
    dates: np.ndarray
    kind: np.ndarray
    event: np.ndarray


def _first_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


# long: one 年度 from its holidays to its storms, each over the one before
def year_calendar(schools: list[School], fiscal_year: int, seed: int) -> YearCalendar:
    """Every date of the 年度 for every school and grade, with events, exchanged days and closures."""
    rng = stream(seed, "calendar", fiscal_year)
    start = date(fiscal_year, 4, 1)
    dates = np.arange(np.datetime64(start), np.datetime64(date(fiscal_year + 1, 4, 1)))
    weekday = (dates.astype(int) + 3) % 7
    terms = [np.datetime64(day) for day in TERMS[fiscal_year]]
    in_term = np.zeros(len(dates), bool)
    for first, last in zip(terms[::2], terms[1::2], strict=True):
        in_term |= (dates >= first) & (dates <= last)
    ordinary = in_term & (weekday < 5)
    public = np.full(len(dates), "", object)

    def at(day: date | str | np.datetime64) -> int:
        return int((np.datetime64(day, "D") - dates[0]).astype(int))

    for day, name in NATIONAL_HOLIDAYS.items():
        if dates[0] <= np.datetime64(day) <= dates[-1]:
            public[at(day)], ordinary[at(day)] = name, False
    kind = np.where(ordinary, SCHOOL_DAY, HOLIDAY).astype(np.int8)[None, None, :].repeat(len(schools), 0).repeat(9, 1)
    event = public[None, None, :].repeat(len(schools), 0).repeat(9, 1)
    for first, name in ((0, "始業式"), (2, "始業式"), (4, "始業式"), (1, "終業式"), (3, "終業式"), (5, "修了式")):
        event[:, :, at(terms[first])] = name
    entrance, graduation = terms[0] + 1, terms[5] - 4
    for s, school in enumerate(schools):
        # 1年生は入学式から、卒業学年は卒業式まで。
        for grade in (1, 7):
            kind[s, grade - 1, at(terms[0])] = HOLIDAY
            event[s, grade - 1, at(terms[0])] = ""
        event[s, [0, 6], at(entrance)] = "入学式"
        for grade, latest in ((6, graduation), (9, graduation - 7)):
            last = int(np.flatnonzero(kind[s, grade - 1, : at(latest) + 1] == SCHOOL_DAY)[-1])
            kind[s, grade - 1, last + 1 :] = HOLIDAY
            event[s, grade - 1, last + 1 :] = public[last + 1 :]
            event[s, grade - 1, last] = "卒業式"
        # 開校記念日、運動会（土曜）と振替休業日、学校公開。
        founded = at(_first_weekday(fiscal_year, 6, 0, 1)) + 7 * (s % 3) + s % 5
        kind[s, :, founded], event[s, :, founded] = HOLIDAY, "開校記念日"
        sports = _first_weekday(fiscal_year, 5, 5, 4) if s % 2 else _first_weekday(fiscal_year, 10, 5, 3)
        show = _first_weekday(fiscal_year, 6, 5, 3) if s % 2 else _first_weekday(fiscal_year, 11, 5, 2)
        for saturday, name in ((sports, "体育祭" if school.kind == JUNIOR_HIGH else "運動会"), (show, "学校公開")):
            kind[s, :, at(saturday)], event[s, :, at(saturday)] = SCHOOL_DAY, name
            kind[s, :, at(saturday) + 2], event[s, :, at(saturday) + 2] = HOLIDAY, "振替休業日"
        event[s, 5, at(_first_weekday(fiscal_year, 10, 3, 1))] = "修学旅行"
        event[s, 8, at(_first_weekday(fiscal_year, 5, 3, 2))] = "修学旅行"
        if school.kind == ELEMENTARY:
            event[s, :5, at(_first_weekday(fiscal_year, 5, 2, 3)) + s % 3] = "遠足"
    city = at(CITY_DAY[fiscal_year])
    kind[:, :, city], event[:, :, city] = HOLIDAY, "市民の日"
    storm = at(STORMS[fiscal_year])
    struck = rng.permutation(len(schools))[: max(1, len(schools) * 2 // 3)]
    kind[struck, :, storm], event[struck, :, storm] = CLOSURE, "台風"
    _close_grades(rng, schools, fiscal_year, dates, kind, event)
    return YearCalendar(fiscal_year, dates, kind, event)


def _close_grades(rng: np.random.Generator, schools: list[School], fiscal_year: int, dates: np.ndarray,
                  kind: np.ndarray, event: np.ndarray) -> None:  # fmt: skip
    """学年閉鎖: a few whole grades stay at home in the influenza weeks; such days are no 授業日."""
    first = {2024: "2024-12-10", 2025: "2025-11-19", 2026: "2026-11-10"}[fiscal_year]
    for _ in range(max(1, len(schools) // 4)):
        s = int(rng.integers(len(schools)))
        grade = int(rng.choice(list(schools[s].grades)))
        begin = int((np.datetime64(first) - dates[0]).astype(int)) + int(rng.integers(0, 10))
        days = [
            d
            for d in range(begin, begin + 4)
            if kind[s, grade - 1, d] == SCHOOL_DAY and dates[d] <= np.datetime64(TODAY)
        ]
        kind[s, grade - 1, days], event[s, grade - 1, days] = CLOSURE, "学年閉鎖（インフルエンザ）"


def calendar_rows(schools: list[School], calendar: YearCalendar) -> pl.DataFrame:
    """The calendar as exported: one row per school, grade and date of the whole 年度."""
    places = [(s, grade) for s, school in enumerate(schools) for grade in school.grades]
    dates = calendar.dates.astype(str).tolist()
    s, g = np.array(places).T
    kind, event = calendar.kind[s, g - 1], calendar.event[s, g - 1]
    return pl.DataFrame({
        "学校コード": [schools[i].code for i, _ in places for _ in dates],
        "学年": [grade_token(grade) for _, grade in places for _ in dates],
        "日付": dates * len(places),
        "区分": np.array(KIND_WORDS, object)[kind.ravel()],
        "行事": event.ravel(),
    }, schema=dict.fromkeys(("学校コード", "学年", "日付", "区分", "行事"), pl.String))  # fmt: skip
