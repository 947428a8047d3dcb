"""What a package to a child's next school (引き継ぎ) holds, as both its writer and its reader know it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

HANDOVER_FILE = Path(__file__).with_name("handover.toml")
FORMAT = "miharashi-handover"
CONTENTS = "package.csv"  # what the package says about itself: property, value
# What a spreadsheet would take for a formula stands behind an apostrophe in the package, and is read back without it.
GUARDED = r"^'([=+\-@\t\r])"


@dataclass(frozen=True, slots=True)
class Member:
    """One CSV of the package: a kind of record, as the sharing rules know it, and the question that fills it."""

    source: str
    kind: str
    file: str
    question: str
    columns: tuple[str, ...]
    day: str | None
    label: dict[str, str]


@lru_cache(maxsize=1)
def version() -> int:
    """The version of the form."""
    return int(tomllib.loads(HANDOVER_FILE.read_text(encoding="utf-8"))["version"])


@lru_cache(maxsize=1)
def members() -> tuple[Member, ...]:
    """Every CSV a package may hold, in the order it is written."""
    written = tomllib.loads(HANDOVER_FILE.read_text(encoding="utf-8"))["member"]
    return tuple(
        Member(
            source, told["kind"], told["file"], told["question"], tuple(told["columns"]), told.get("day"), told["label"]
        )
        for source, told in written.items()
    )
