"""The people of the sample district, as the sign-in page offers them: by the height from which they look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from web.stores import House

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
class Seat:
    """One person to be."""

    username: str
    name: str
    post: str
    role: str


def grouped(house: House, language: str) -> list[tuple[str, list[Seat]]]:
    """The cast by height, from the classroom up; within a height in the order of the roster's file."""
    seats: dict[str, list[Seat]] = {height: [] for height in HEIGHTS}
    for person in house.stores.cast():
        role = house.role_of(person.staff_number)
        post = person.cast_label_en if language == "en" else person.cast_label_ja
        seat = Seat(person.username, person.name, post or "", role or "nobody")
        seats[HEIGHT_OF.get(seat.role, "nowhere")].append(seat)
    return [(height, people) for height, people in seats.items() if people]
