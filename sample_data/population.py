"""The children of the district over the years: who entered which school when, moved, or left."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from sample_data.names import people
from sample_data.schools import ELEMENTARY, JUNIOR_HIGH, SPECIAL, School
from sample_data.seeds import stream, uuids
from sample_data.stories import STORIES

ALWAYS = np.datetime64("2000-01-01")
NEVER = np.datetime64("2100-01-01")

# 5年 of 2026年度 at 見晴小学校 is a grade of two classes.
SMALL_COHORT, SMALL_COHORT_SIZE = ("見晴小学校", 2022), 60

# When families move: starts of terms and of months, as (month, day), with weight.
_ARRIVALS = [((4, 7), 4), ((5, 11), 1), ((6, 1), 1), ((9, 1), 4), ((10, 1), 1), ((11, 2), 1), ((1, 8), 2), ((2, 2), 1)]
_DEPARTURES = [
    ((4, 30), 1),
    ((5, 29), 1),
    ((7, 17), 4),
    ((9, 30), 1),
    ((10, 30), 1),
    ((12, 24), 2),
    ((1, 30), 1),
    ((3, 31), 6),
]


@dataclass(frozen=True)
class Children:
    """One row per child, as arrays. `first` and `second`: index of the elementary and junior high school.

    `cohort` is the 年度 of entering 小1; `joined`, `left`, `moved` are days; `moved_to` the school after a move.
    `story` is the index of the child's story, −1 for nearly all.
    """

    cohort: np.ndarray
    first: np.ndarray
    second: np.ndarray
    in_special_class: np.ndarray
    joined: np.ndarray
    left: np.ndarray
    moved: np.ndarray
    moved_to: np.ndarray
    story: np.ndarray
    family_name: list[str]
    given_name: list[str]
    family_kana: list[str]
    given_kana: list[str]
    sourced_id: list[str]
    student_number: list[str]

    def __len__(self) -> int:
        return len(self.cohort)

    def school_on(self, day: np.datetime64, fiscal_year: int) -> np.ndarray:
        """Index of the school of each child on that day (whether or not the child is in the district then)."""
        elementary = fiscal_year - self.cohort < 6
        moved_early = fiscal_year_of(self.moved) - self.cohort < 6
        usual = np.where(elementary, self.first, self.second)
        # A child who moved in 小学校 goes on to the junior high school of the new district.
        return np.where((self.moved <= day) & (elementary | ~moved_early), self.moved_to, usual)


def fiscal_year_of(days: np.ndarray) -> np.ndarray:
    """The 年度 of each day."""
    return (days.astype("datetime64[M]") - 3).astype("datetime64[Y]").astype(int) + 1970


def _day_in(fiscal_year: np.ndarray, choice: np.ndarray, days: list[tuple[tuple[int, int], int]]) -> np.ndarray:
    """The chosen month and day inside the 年度."""
    month = np.array([month for (month, _), _ in days])[choice]
    day = np.array([day for (_, day), _ in days])[choice]
    year = fiscal_year + (month < 4)
    return (
        (year - 1970).astype("datetime64[Y]").astype("datetime64[M]") + (month - 1) + (day - 1).astype("timedelta64[D]")
    )


def _weights(days: list[tuple[tuple[int, int], int]]) -> np.ndarray:
    weight = np.array([weight for _, weight in days], float)
    return weight / weight.sum()


# long: the seed is drawn from in this order; parted, every later file would change
def children(schools: list[School], years: list[int], seed: int) -> Children:
    """All children who are in the district at some time in these years."""
    rng = stream(seed, "children")
    index = {school.name: i for i, school in enumerate(schools)}
    junior_high = [i for i, school in enumerate(schools) if school.kind == JUNIOR_HIGH]
    parts: list[tuple[np.ndarray, ...]] = []
    for cohort in range(years[0] - 8, years[-1] + 1):
        for s, school in enumerate(schools):
            if school.kind == JUNIOR_HIGH:
                continue
            if (school.name, cohort) == SMALL_COHORT:
                count = SMALL_COHORT_SIZE
            else:
                fewer = 1 - 0.012 * (cohort - years[-1] + 3)
                count = max(3, round(school.size / len(school.grades) * fewer + rng.normal(0, school.size**0.5 * 0.2)))
            second = np.full(count, s if school.kind == SPECIAL else index[school.leads_to or ""])
            if school.kind == ELEMENTARY:
                elsewhere = rng.random(count) < 0.015
                second[elsewhere] = rng.choice(junior_high, int(elsewhere.sum()))
            # Six grades in a row always make the same small class: never alone, never crowded.
            special = school.special_class // 6 + ((cohort + s) % 6 < school.special_class % 6)
            parts.append((np.full(count, cohort), np.full(count, s), second, np.arange(count) < special))
    cohort, first, second, in_special = (np.concatenate(column) for column in zip(*parts, strict=True))
    count = len(cohort)
    joined, left = np.full(count, ALWAYS), np.full(count, NEVER)
    # Some go on to a private or prefectural junior high school.
    away = (rng.random(count) < 0.08) & (first != second)
    left[away] = ((cohort[away] + 6 - 1970) * 12 + 3).astype("datetime64[M]").astype("datetime64[D]") - 1
    moves = rng.random(count)
    when = rng.choice(years, count)
    depart = _day_in(when, rng.choice(len(_DEPARTURES), count, p=_weights(_DEPARTURES)), _DEPARTURES)
    arrive = _day_in(when, rng.choice(len(_ARRIVALS), count, p=_weights(_ARRIVALS)), _ARRIVALS)
    leaving, joining, moving = moves < 0.04, (moves > 0.04) & (moves < 0.085), (moves > 0.085) & (moves < 0.097)
    left[leaving] = np.minimum(left[leaving], depart[leaving])
    joined[joining] = arrive[joining]
    moved, moved_to = np.full(count, NEVER), np.full(count, -1)
    kinds = np.array([school.kind for school in schools])
    for child in np.flatnonzero(moving & (kinds[first] == ELEMENTARY)):
        grade = int(when[child] - cohort[child]) + 1
        same = [
            i
            for i in np.flatnonzero(kinds == (ELEMENTARY if grade <= 6 else JUNIOR_HIGH))
            if i not in (first[child], second[child])
        ]
        if same and 1 <= grade <= 9:
            moved[child], moved_to[child] = arrive[child], rng.choice(same)
            if grade <= 6:
                second[child] = index[schools[moved_to[child]].leads_to or ""]
    present = (left >= np.datetime64(date(years[0], 4, 1))) & (joined <= left)
    columns = [column[present] for column in (cohort, first, second, in_special, joined, left, moved, moved_to)]
    return _with_names(columns, schools, seed)


def _with_names(columns: list[np.ndarray], schools: list[School], seed: int) -> Children:
    """The children with names, numbers and identifiers; the story children come last, under their own names."""
    index = {school.name: i for i, school in enumerate(schools)}
    stories = [(i, story) for i, story in enumerate(STORIES) if story.school in index]
    rng = stream(seed, "names")
    rows = []
    for _, story in stories:
        here = index[story.school]
        first = next((i for i, school in enumerate(schools) if school.leads_to == story.school), here)
        second = index[schools[here].leads_to or story.school]
        rows.append((2026 - story.grade + 1, first, second, story.class_title == "なかよし学級",
                     np.datetime64(story.joins_on) if story.joins_on else ALWAYS,
                     np.datetime64(story.leaves_on) if story.leaves_on else NEVER,
                     np.datetime64(story.moves_on) if story.moves_on else NEVER,
                     index[story.moves_to] if story.moves_to else -1))  # fmt: skip
    ordinary = len(columns[0])
    for i, column in enumerate(columns):
        columns[i] = np.concatenate([column, np.array([row[i] for row in rows], column.dtype)])
    cohort = columns[0]
    taken = frozenset((s.family_name, s.given_name) for s in STORIES)
    named = people(rng, ordinary, taken=taken) + [
        (s.family_name, s.given_name, s.family_kana, s.given_kana) for _, s in stories
    ]
    family, given, family_kana, given_kana = (list(part) for part in zip(*named, strict=True))
    # 児童生徒番号: 入学年度4桁と、その年度の通し番号4桁。
    order = np.argsort(cohort, kind="stable")
    serial = np.empty(len(cohort), int)
    starts = np.searchsorted(cohort[order], cohort[order])
    serial[order] = np.arange(len(cohort)) - starts + 1
    numbers = [f"{c:04d}{n:04d}" for c, n in zip(cohort.tolist(), serial.tolist(), strict=True)]
    story = np.concatenate([np.full(ordinary, -1), np.array([i for i, _ in stories], int)])
    return Children(*columns, story, family, given, family_kana, given_kana, uuids(rng, len(cohort)), numbers)
