"""The board's plan for the staff's hours: its aims and measures, as published."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

PLAN = Path(__file__).with_name("staff_plan.toml")


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """Mean hours a month to be reached by a 年度, the monthly limit, and the measures in words."""

    version: int
    decided_on: date
    mean_hours: float
    by_fiscal_year: int
    limit: float
    measures: tuple[Mapping[str, str], ...]


@cache
def staff_plan() -> StaffPlan:
    """The plan as the board has set it. Raises KeyError for what it lacks."""
    told = tomllib.loads(PLAN.read_text(encoding="utf-8"))
    return StaffPlan(
        told["version"],
        told["decided_on"],
        float(told["mean_hours"]),
        told["by_fiscal_year"],
        float(told["limit"]),
        tuple(told["measure"]),
    )
