"""The 24 schools of 見晴市: what they are called, how large they are, and who goes on to where."""

from dataclasses import dataclass
from datetime import date

BOARD_CODE = "131999"
BOARD_NAME = "見晴市教育委員会"

ELEMENTARY, JUNIOR_HIGH, SPECIAL = "elementary", "junior_high", "special_needs"
_KIND_CODE = {ELEMENTARY: "B1", JUNIOR_HIGH: "C1", SPECIAL: "E1"}

APRIL, SEPTEMBER = date(2025, 4, 14), date(2025, 9, 1)


@dataclass(frozen=True)
class School:
    """A school; `size` counts its children, `leads_to` names the junior high school of an elementary one.

    `mood_from` is the day 心の天気 began there, None where it is not used.
    """

    code: str
    name: str
    kind: str
    size: int
    leads_to: str | None
    special_class: int
    mood_from: date | None
    has_drill: bool
    has_xapi: bool

    @property
    def grades(self) -> range:
        """Grades taught, 1 to 9 (中1 is 7)."""
        return {ELEMENTARY: range(1, 7), JUNIOR_HIGH: range(7, 10), SPECIAL: range(1, 10)}[self.kind]


def grade_token(grade: int) -> str:
    """The grade as exports write it: P1–P6, J1–J3."""
    return f"P{grade}" if grade <= 6 else f"J{grade - 6}"


def check_digit(twelve: str) -> str:
    """The last character of a 学校コード, from the first twelve (letters count A=1 … H=8)."""
    total = 0
    for place, character in enumerate(twelve):
        number = ord(character) - 64 if character.isalpha() else int(character)
        product = number * (2 if place % 2 == 0 else 1)
        total += product // 10 + product % 10
    return str((10 - total % 10) % 10)


def school_code(kind: str, number: int) -> str:
    """A 学校コード of 13 characters for a municipal school of the invented city."""
    twelve = f"{_KIND_CODE[kind]}132{9990000 + number:07d}"
    return twelve + check_digit(twelve)


# name, children, junior high school, children in its 特別支援学級, mood from
_ELEMENTARY = [
    ("見晴小学校", 475, "見晴中学校", 6, APRIL),
    ("中央小学校", 600, "中央中学校", 8, APRIL),
    ("港小学校", 410, "港中学校", 5, APRIL),
    ("青葉小学校", 530, "青葉中学校", 7, APRIL),
    ("若草小学校", 330, "青葉中学校", 4, APRIL),
    ("桜台小学校", 500, "桜台中学校", 6, APRIL),
    ("東小学校", 370, "桜台中学校", 5, SEPTEMBER),
    ("西小学校", 290, "光が丘中学校", 4, APRIL),
    ("南小学校", 350, "港中学校", 5, SEPTEMBER),
    ("北小学校", 210, "光が丘中学校", 3, APRIL),
    ("川端小学校", 160, "中央中学校", 3, APRIL),
    ("光が丘小学校", 420, "光が丘中学校", 5, SEPTEMBER),
    ("松風小学校", 120, "松風中学校", 3, None),
    ("星見小学校", 85, "松風中学校", 3, SEPTEMBER),
    ("奥山小学校", 45, "松風中学校", 3, APRIL),
    ("緑ヶ丘小学校", 230, "見晴中学校", 3, APRIL),
]
_JUNIOR_HIGH = [
    ("見晴中学校", APRIL),
    ("中央中学校", APRIL),
    ("港中学校", None),
    ("青葉中学校", APRIL),
    ("桜台中学校", SEPTEMBER),
    ("光が丘中学校", APRIL),
    ("松風中学校", SEPTEMBER),
]
SPECIAL_SCHOOL = "見晴特別支援学校"


def district_schools(scale: str) -> list[School]:
    """The schools of the district; `small` keeps the three in which the cast works."""
    schools = [
        School(school_code(ELEMENTARY, i), name, ELEMENTARY, size, onward, special, mood, True, name == "青葉小学校")
        for i, (name, size, onward, special, mood) in enumerate(_ELEMENTARY, start=1)
    ]
    for i, (name, mood) in enumerate(_JUNIOR_HIGH, start=1):
        feeders = [school for school in schools if school.leads_to == name]
        size = round(sum(school.size for school in feeders) * 0.46)
        schools.append(
            School(school_code(JUNIOR_HIGH, i), name, JUNIOR_HIGH, size, None, 0, mood, True, name == "見晴中学校")
        )
    schools.append(School(school_code(SPECIAL, 1), SPECIAL_SCHOOL, SPECIAL, 90, None, 0, None, False, False))
    if scale == "small":
        schools = [school for school in schools if school.name in ("見晴小学校", "見晴中学校", SPECIAL_SCHOOL)]
    return schools
