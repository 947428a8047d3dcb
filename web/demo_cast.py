"""The people of the sample district, as the sign-in page offers them: by the height from which they look."""

from __future__ import annotations

from dataclasses import dataclass

from records import accounts
from web.signed_in import role_of

HEIGHT_OF = {
    "teacher": "class",
    "subject_teacher": "class",
    "grade_leader": "class",
    "school_nurse": "school",
    "counselor": "school",
    "special_needs_coordinator": "school",
    "principal": "school",
    "clerk": "school",
    "aide": "school",
    "board_officer": "district",
    "administrator": "district",
    "prefecture_officer": "district",
}
HEIGHTS = ("class", "school", "district", "nowhere")


@dataclass(frozen=True, slots=True)
class CastMember:
    """One person of the sample district that a visitor may be."""

    username: str
    name: str
    post: str
    role: str


def cast_by_height(language: str) -> list[tuple[str, list[CastMember]]]:
    """The cast by height, from the classroom up; within a height in the order of the roster's file."""
    members: dict[str, list[CastMember]] = {height: [] for height in HEIGHTS}
    for account in accounts.cast():
        post = account.cast_label_en if language == "en" else account.cast_label_ja
        member = CastMember(account.username, account.name, post or "", role_of(account.staff_number) or "nobody")
        members[HEIGHT_OF.get(member.role, "nowhere")].append(member)
    return [(height, people) for height, people in members.items() if people]
