"""Which schools are alike: a published recipe, and the distance it measures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from pathlib import Path
from statistics import pstdev

RECIPE = Path(__file__).with_name("similar.toml")
PARTS = ("size", "school_aid", "special_needs")
MOST_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class Recipe:
    """How much each part weighs, and how many schools are shown."""

    version: int
    members: int
    weights: Mapping[str, int]


@cache
def recipe() -> Recipe:
    """The recipe as the board has set it. Raises ValueError for a weight that is none of 0, 1, 2."""
    told = tomllib.loads(RECIPE.read_text(encoding="utf-8"))
    weights = {part: told["weight"][part] for part in PARTS}
    if set(told["weight"]) != set(PARTS) or not all(weight in range(MOST_WEIGHT + 1) for weight in weights.values()):
        raise ValueError(f"{RECIPE.name}: weights are {', '.join(PARTS)}, each 0, 1 or 2")
    return Recipe(told["version"], told["members"], weights)


def parts_of(students: int, school_aid_rate: float | None, special_needs_students: int | None) -> dict[str, float | None]:
    """What a school is measured by; None where it is not told."""
    return {
        "size": log(students) if students > 0 else None,
        "school_aid": school_aid_rate,
        "special_needs": None if special_needs_students is None or students <= 0 else special_needs_students / students,
    }


def nearest(
    school: int, schools: Mapping[int, Mapping[str, float | None]], weights: Mapping[str, int], members: int
) -> list[int]:
    """The schools most like this one, nearest first; a part that is not told of either weighs as one standard deviation.

    Args:
        school: whose neighbours are asked for.
        schools: of every school of its kind, what it is measured by.
        weights: of each part.
        members: how many.
    """
    spread = {}
    for part in PARTS:
        known = [value for parts in schools.values() if (value := parts[part]) is not None]
        spread[part] = pstdev(known) if len(known) > 1 else 0.0

    def distance(other: int) -> float:
        total = 0.0
        for part in PARTS:
            mine, theirs = schools[school][part], schools[other][part]
            if mine is None or theirs is None:
                total += weights[part]
            elif spread[part] > 0:
                total += weights[part] * ((mine - theirs) / spread[part]) ** 2
        return sqrt(total)

    return sorted((each for each in schools if each != school), key=lambda other: (distance(other), other))[:members]
