"""Classes of a 年度 and the children in them, with 出席番号."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from sample_data.calendar_days import THIS_YEAR
from sample_data.population import Children
from sample_data.schools import ELEMENTARY, SPECIAL, School
from sample_data.seeds import stream, uuids
from sample_data.stories import STORIES

_LARGEST_CLASS = {"elementary": 35, "junior_high": 38, "special_needs": 12}
_SPECIAL_CLASS_NAME = {"elementary": "なかよし学級", "junior_high": "ひまわり学級"}


@dataclass(frozen=True)
class ClassRoom:
    """A class of one 年度; `grade` is None in a 特別支援学級, which spans grades."""

    school: int
    grade: int | None
    title: str
    sourced_id: str

    @property
    def is_special_needs(self) -> bool:
        """Whether it is a 特別支援学級."""
        return self.grade is None


@dataclass(frozen=True)
class Enrolled:
    """The enrolments of one 年度, as arrays: child, school, room (index of the class), grade, number, first and last day."""

    fiscal_year: int
    rooms: list[ClassRoom]
    child: np.ndarray
    school: np.ndarray
    room: np.ndarray
    grade: np.ndarray
    number: np.ndarray
    begin: np.ndarray
    end: np.ndarray

    def __len__(self) -> int:
        return len(self.child)


def class_title(school: School, grade: int, nth: int) -> str:
    """The name on the classroom door: 5年2組, 2年1組, 小学部3年1組."""
    if school.kind == SPECIAL:
        part = "小学部" if grade <= 6 else "中学部"
        return f"{part}{grade if grade <= 6 else grade - 6}年{nth}組"
    return f"{grade if school.kind == ELEMENTARY else grade - 6}年{nth}組"


def enrolled(schools: list[School], children: Children, fiscal_year: int, seed: int) -> Enrolled:
    """Who sat in which class in that 年度: classes are formed anew each April, late-comers join the smallest."""
    rng = stream(seed, "enrollment", fiscal_year)
    first, last = np.datetime64(date(fiscal_year, 4, 1)), np.datetime64(date(fiscal_year + 1, 3, 31))
    grade = fiscal_year - children.cohort + 1
    here = (grade >= 1) & (grade <= 9) & (children.joined <= last) & (children.left >= first)
    begin, end = np.maximum(children.joined, first), np.minimum(children.left, last)
    moves = here & (children.moved > begin) & (children.moved <= end)
    stay = np.flatnonzero(here)
    change = np.flatnonzero(moves)
    child = np.concatenate([stay, change])
    begins = np.concatenate([begin[stay], children.moved[change]])
    ends = np.concatenate([np.where(moves, children.moved - 1, end)[stay], end[change]])
    at_begin = children.school_on(np.maximum(begin, first), fiscal_year)
    school = np.concatenate([at_begin[stay], children.school_on(last, fiscal_year)[change]])
    grades = grade[child]
    rooms, room = _rooms(rng, schools, children, fiscal_year, child, school, grades, begins > first)
    kana = np.array([f"{f} {g}" for f, g in zip(children.family_kana, children.given_kana, strict=True)])
    order = np.lexsort((child, kana[child], begins, room))
    number = np.empty(len(child), int)
    number[order] = np.arange(len(child)) - np.searchsorted(room[order], room[order]) + 1
    place = np.lexsort((number, room))
    columns = [column[place] for column in (child, school, room, grades, number, begins, ends)]
    return Enrolled(fiscal_year, rooms, *columns)


def _rooms(rng: np.random.Generator, schools: list[School], children: Children, fiscal_year: int, child: np.ndarray,
           school: np.ndarray, grade: np.ndarray, late: np.ndarray) -> tuple[list[ClassRoom], np.ndarray]:  # fmt: skip
    """The classes of the 年度 and the class index of every enrolment; story children sit where their story is told."""
    names: list[tuple[int, int | None, str]] = []
    room = np.full(len(child), -1)
    story = children.story[child]
    for s, where in enumerate(schools):
        special = (
            children.in_special_class[child] & (school == s) if where.kind != SPECIAL else np.zeros(len(child), bool)
        )
        for g in where.grades:
            members = np.flatnonzero((school == s) & (grade == g) & ~special)
            in_april = members[~late[members]]
            members = np.concatenate([rng.permutation(in_april), members[late[members]]])
            classes = max(1, -(-len(in_april) // _LARGEST_CLASS[where.kind]))
            titles = [class_title(where, g, n + 1) for n in range(classes)]
            seats = (np.arange(len(members)) % classes).tolist()
            told = members[story[members] >= 0] if fiscal_year == THIS_YEAR else members[:0]
            for member in told.tolist():
                title = STORIES[story[member]].class_title
                seat = titles.index(title) if title in titles else 0
                room[member] = len(names) + seat
                seats.remove(seat)
            room[members[~np.isin(members, told)]] = len(names) + np.array(seats, int)
            names += [(s, g, title) for title in titles]
        if special.any():
            room[special] = len(names)
            names.append((s, None, _SPECIAL_CLASS_NAME[where.kind]))
    ids = uuids(rng, len(names))
    return [ClassRoom(s, g, title, i) for (s, g, title), i in zip(names, ids, strict=True)], room
