"""The adults: who works where in each 年度, in which role, and who teaches which class."""

from dataclasses import dataclass

import numpy as np

from sample_data.cast import CAST, Member
from sample_data.enrollment import Enrolled
from sample_data.names import people
from sample_data.schools import ELEMENTARY, JUNIOR_HIGH, SPECIAL, School
from sample_data.seeds import stream, uuids

BOARD = -1

# 職 of a place in the staff plan → role in roles.csv.
ROSTER_ROLE = {
    "principal": "principal", "vice_principal": "principal", "homeroom": "teacher", "subject": "teacher",
    "nurse": "ext:schoolNurse", "coordinator": "ext:specialNeedsCoordinator", "clerk": "ext:officeStaff",
    "aide": "aide", "counselor": "counselor", "officer": "districtAdministrator", "administrator": "systemAdministrator",
}  # fmt: skip
_CAST_POST = {
    "grade_leader": "homeroom", "subject_teacher": "subject", "school_nurse": "nurse", "counselor": "counselor",
    "special_needs_coordinator": "coordinator", "clerk": "clerk", "aide": "aide", "board_officer": "officer",
    "administrator": "administrator",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A member of staff; names and numbers as in the roster."""

    staff_number: str
    sourced_id: str
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    username: str


@dataclass(frozen=True)
class Duty:
    """One role of one person at one school (BOARD = the board itself) in a 年度."""

    person: Person
    school: int
    post: str
    role: str
    grade: int | None = None
    is_primary: bool = True


@dataclass(frozen=True)
class Teaching:
    """One teacher of one class (index into the 年度's classes); homeroom or subject."""

    person: Person
    room: int
    is_homeroom: bool


@dataclass(frozen=True)
class StaffYear:
    """The staff of one 年度."""

    fiscal_year: int
    duties: list[Duty]
    teaching: list[Teaching]

    def nurse(self, school: int) -> str:
        """Family name of the 養護教諭, as written in the health-room record."""
        return next(d.person.family_name for d in self.duties if d.school == school and d.post == "nurse")


def _plan(school: School, rooms: int) -> list[str]:
    """The posts of a school: what every school has, and more where it is large."""
    posts = ["principal", "vice_principal", "nurse", "clerk"] + ["homeroom"] * rooms
    posts += ["subject"] * {ELEMENTARY: 1 + rooms // 7, JUNIOR_HIGH: 3 + rooms * 3 // 4, SPECIAL: 9}[school.kind]
    posts += ["aide"] * (1 + rooms // 9) + ["clerk"] * (rooms > 14) + ["nurse"] * (rooms > 20)
    return posts + ["coordinator"] * (rooms > 12 or school.name.startswith("見晴"))


def staff_years(schools: list[School], years: list[Enrolled], seed: int) -> list[StaffYear]:
    """The staff of every 年度: about one in seven posts changes hands each April, the cast stays."""
    rng = stream(seed, "staff")
    posts: list[tuple[int, str]] = []
    for s, school in enumerate(schools):
        most = max(sum(room.school == s for room in year.rooms) for year in years)
        posts += [(s, post) for post in _plan(school, most)]
    posts += [(BOARD, "counselor")] * max(2, len(schools) // 4)
    posts += [(BOARD, "officer")] * 6 + [(BOARD, "administrator")] * 2
    index = {school.name: s for s, school in enumerate(schools)}
    fixed: dict[int, Member] = {}
    for someone in CAST:
        if someone.role is None:
            continue
        post = "vice_principal" if someone.username == "ito" else _CAST_POST.get(someone.role, someone.role)
        post = "homeroom" if post == "teacher" else post
        place = BOARD if post == "counselor" or someone.school is None else index[someone.school]
        fixed[next(i for i, p in enumerate(posts) if p == (place, post) and i not in fixed)] = someone
    pool = _pool(rng, 2 * len(posts))
    cast = {i: _person(m, u) for (i, m), u in zip(fixed.items(), uuids(rng, len(fixed)), strict=True)}
    holders = [cast[i] if i in fixed else pool.pop() for i in range(len(posts))]
    result = []
    for n, year in enumerate(years):
        if n:
            changing = [i for i in np.flatnonzero(rng.random(len(posts)) < 0.14).tolist() if i not in fixed]
            # Of those who go, some stay in the district on another post of the same kind.
            for kind in sorted({posts[i][1] for i in changing}):
                same = [i for i in changing if posts[i][1] == kind]
                staying = [holders[i] for i in same if rng.random() < 0.55]
                movers = [staying[j] for j in rng.permutation(len(staying)).tolist()]
                for i in same:
                    holders[i] = movers.pop() if movers else pool.pop()
        result.append(_year(rng, schools, year, posts, holders, fixed))
    return result


def _person(someone: Member, sourced_id: str) -> Person:
    return Person(someone.staff_number, sourced_id, someone.family_name, someone.given_name, someone.family_kana,
                  someone.given_kana, someone.username)  # fmt: skip


def _pool(rng: np.random.Generator, count: int) -> list[Person]:
    taken = frozenset((someone.family_name, someone.given_name) for someone in CAST)
    named, ids = people(rng, count, adult=True, taken=taken), uuids(rng, count)
    # 𠮷 cannot be written in CP932, the encoding of the health-room record that bears a nurse's name.
    return [
        Person(f"T{200000 + i:06d}", ids[i], family.replace("𠮷", "吉"), given, kana, given_kana, f"t{200000 + i}")
        for i, (family, given, kana, given_kana) in enumerate(named)
    ][::-1]


def _year(rng: np.random.Generator, schools: list[School], year: Enrolled, posts: list[tuple[int, str]],
          holders: list[Person], fixed: dict[int, Member]) -> StaffYear:  # fmt: skip
    """Duties and classes of one 年度 for the people who hold the posts."""
    duties: list[Duty] = []
    teaching: list[Teaching] = []
    for s, school in enumerate(schools):
        rooms = [r for r, room in enumerate(year.rooms) if room.school == s]
        titles = {year.rooms[r].title: r for r in rooms}
        mine = [i for i, (place, _) in enumerate(posts) if place == s]
        free = rng.permutation([i for i in mine if posts[i][1] == "homeroom" and i not in fixed]).tolist()
        homeroom = {
            titles[dict(fixed[i].classes)[year.fiscal_year]]: i for i in mine if i in fixed and fixed[i].classes
        }
        for r in rooms:
            if r not in homeroom:
                homeroom[r] = free.pop()
        leading = _leading_rooms(school, year, rooms, homeroom, fixed)
        room_of = {i: r for r, i in homeroom.items()}
        for i in mine:
            person, post = holders[i], posts[i][1]
            if post == "homeroom" and i not in room_of:
                post = "subject"
            r = room_of.get(i, -1)
            grade = year.rooms[r].grade if r >= 0 else None
            leads = r in leading
            if leads:
                duties.append(Duty(person, s, post, "ext:gradeLeader", grade))
            duties.append(Duty(person, s, post, ROSTER_ROLE[post], None, not leads))
            if r >= 0:
                teaching.append(Teaching(person, r, True))
                if year.rooms[r].is_special_needs and "coordinator" not in [posts[j][1] for j in mine]:
                    duties.append(Duty(person, s, post, ROSTER_ROLE["coordinator"], None, False))
            teaching += [
                Teaching(person, t, False) for t in _subject_rooms(rng, school, year, rooms, i, post, r, fixed)
            ]
    duties += _board(schools, posts, holders, fixed)
    return StaffYear(year.fiscal_year, duties, teaching)


def _leading_rooms(school: School, year: Enrolled, rooms: list[int], homeroom: dict[int, int],
                   fixed: dict[int, Member]) -> set[int]:  # fmt: skip
    """Classes whose teacher is 学年主任: one in each grade of two classes or more; the cast leads only where cast for it."""
    leading = set()
    for grade in school.grades if school.kind != SPECIAL else ():
        same = [r for r in rooms if year.rooms[r].grade == grade]
        able = [r for r in same if homeroom[r] not in fixed or fixed[homeroom[r]].role == "grade_leader"]
        if len(same) > 1 and able:
            leading.add(able[0])
    return leading


def _subject_rooms(rng: np.random.Generator, school: School, year: Enrolled, rooms: list[int], i: int, post: str,
                   homeroom: int, fixed: dict[int, Member]) -> list[int]:  # fmt: skip
    """Classes taught in a subject: 専科 in 小学校, nearly everyone in 中学校."""
    ordinary = [r for r in rooms if not year.rooms[r].is_special_needs and r != homeroom]
    if post == "subject" and i in fixed:
        return [r for r in ordinary if year.rooms[r].grade in (5, 6)]
    if post != "subject" and not (post == "homeroom" and school.kind == JUNIOR_HIGH and homeroom in rooms):
        return []
    if not ordinary:
        return []
    count = min(len(ordinary), 4 if school.kind == ELEMENTARY else 3)
    return sorted(rng.choice(ordinary, count, replace=False).tolist())


def _board(schools: list[School], posts: list[tuple[int, str]], holders: list[Person],
           fixed: dict[int, Member]) -> list[Duty]:  # fmt: skip
    """The board's own people; each counselor goes round several schools."""
    duties = []
    counselors = [i for i, (place, post) in enumerate(posts) if place == BOARD and post == "counselor"]
    for i, (place, post) in enumerate(posts):
        person = holders[i]
        if place != BOARD:
            continue
        if post != "counselor":
            duties.append(Duty(person, BOARD, post, ROSTER_ROLE[post]))
            continue
        turn = counselors.index(i)
        first = next((s for s, school in enumerate(schools) if i in fixed and school.name == fixed[i].school), None)
        rounds = [s for s in range(len(schools)) if s % len(counselors) == turn]
        if first is not None and first not in rounds:
            rounds.append(first)
        duties += [Duty(person, s, post, ROSTER_ROLE[post]) for s in rounds]
    return duties
