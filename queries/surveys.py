"""What boards are asked every year, and how much of it is answered here."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("surveys.toml")
STATUS = ("here", "partly", "ask")
TABLES = ("long_absence", "hours", "dx", "facts", "health_room")


@dataclass(frozen=True, slots=True)
class Survey:
    """One recurring question: its name, who asks, whether it is answered here, by which table, and what is left to ask."""

    name: Mapping[str, str]
    asked_by: Mapping[str, str]
    status: str
    table: str
    rest: Mapping[str, str]


@cache
def surveys() -> tuple[Survey, ...]:
    """The list as the board keeps it. Raises ValueError for a status or a table there is none of."""
    found = tuple(Survey(**entry) for entry in tomllib.loads(LIST.read_text(encoding="utf-8"))["survey"])
    for each in found:
        if each.status not in STATUS or (each.table not in TABLES if each.status != "ask" else bool(each.table)):
            raise ValueError(f"{LIST.name}: {each.name['en']}: {each.status}, {each.table or 'no table'}")
    return found
