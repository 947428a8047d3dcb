"""The person who looks: who they are, in which role, and whether a wall is looking with them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Role(StrEnum):
    """What a person does at a school or at the board, as the roster says it."""

    TEACHER = "teacher"  # 担任
    SUBJECT_TEACHER = "subject_teacher"  # 教科担任
    GRADE_LEADER = "grade_leader"  # 学年主任
    SCHOOL_NURSE = "school_nurse"  # 養護教諭
    COUNSELOR = "counselor"  # SC・SSW
    SPECIAL_NEEDS_COORDINATOR = "special_needs_coordinator"  # 特別支援教育コーディネーター
    PRINCIPAL = "principal"  # 校長・教頭
    CLERK = "clerk"  # 事務職員・司書
    AIDE = "aide"  # 支援員・地域人材
    BOARD_OFFICER = "board_officer"  # 指導主事
    ADMINISTRATOR = "administrator"  # 教育委員会 管理者
    PREFECTURE_OFFICER = "prefecture_officer"  # 都道府県教育委員会


# Someone who holds several roles signs in with the one that reaches furthest.
ROLES_BY_REACH: tuple[Role, ...] = (
    Role.PRINCIPAL,
    Role.BOARD_OFFICER,
    Role.ADMINISTRATOR,
    Role.PREFECTURE_OFFICER,
    Role.SCHOOL_NURSE,
    Role.COUNSELOR,
    Role.SPECIAL_NEEDS_COORDINATOR,
    Role.GRADE_LEADER,
    Role.TEACHER,
    Role.SUBJECT_TEACHER,
    Role.CLERK,
    Role.AIDE,
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person, as far as it matters for what they may see.

    `masked` is the projector: the same person, but nothing by name.
    """

    staff_id: int
    role: Role
    school_id: int | None
    masked: bool = False
    # Which board of education, where an instance serves several: nothing of another one is seen.
    jurisdiction: str = ""
    # Whose account it is: only for the record of who saw what, never for what may be seen.
    username: str = field(default="", compare=False)

    def as_masked(self) -> Viewer:
        """The same person in front of a projector."""
        return replace(self, masked=True)


class Refused(Exception):
    """This viewer may not ask this; the message is a code for words, never data."""

    def __init__(self, code: str, question: str = "") -> None:
        super().__init__(f"{code}: {question}" if question else code)
        self.code = code
        self.question = question
