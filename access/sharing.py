"""The matrix of sharing: which kind of data a role sees by name, as counts, or not at all."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from access.jurisdictions import current, refuse_elsewhere
from access.viewer import Refused, Role, Viewer

SHARING_FILE = Path(__file__).with_name("sharing.toml")
LEVELS = ("named", "counts", "none")


@dataclass(frozen=True, slots=True)
class Sight:
    """What one viewer sees by name, and what as numbers (which includes all they see by name)."""

    named: frozenset[str]
    counts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sharing:
    """The whole matrix, with the words for its rows and columns."""

    version: int
    kinds: dict[str, dict[str, str]]
    roles: dict[Role, dict[str, str]]
    levels: dict[tuple[Role, str], str]
    earlier_schools_from: date | None = None


class SharingError(ValueError):
    """The matrix is incomplete or says something else than named, counts or none."""


def sharing() -> Sharing:
    """The matrix as the board has set it: its own `sharing.toml` in its home, or the one that comes along.

    Raises SharingError, naming the cell, if any role × kind is missing or misspelt: the app must not start on a guess.
    """
    try:
        home = current().home
    except Refused:  # no board yet: nobody asks for more than the words of the matrix
        home = None
    return _kept(home)


def sharing_in(home: Path) -> Sharing:
    """The matrix of the board with this home, as its file has it this moment."""
    return _read(_file_of(home))


def _file_of(home: Path | None) -> Path:
    own = home / SHARING_FILE.name if home else SHARING_FILE
    return own if own.is_file() else SHARING_FILE


@lru_cache(maxsize=128)
def _kept(home: Path | None) -> Sharing:
    """A matrix holds until the next start: while its file is written, or gone for a moment, nobody's sight changes."""
    return _read(_file_of(home))


def _read(file: Path) -> Sharing:
    try:
        return sharing_from(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise SharingError(f"{file.name}: {error}") from error


def sharing_from(written: dict[str, Any]) -> Sharing:
    """The matrix from its parsed file; every cell checked."""
    kinds: dict[str, dict[str, str]] = written["kind"]
    levels: dict[tuple[Role, str], str] = {}
    for role in Role:
        row = written["role"].get(role.value)
        if row is None:
            raise SharingError(f"sharing.toml: role {role.value} is missing")
        unknown = set(row) - set(kinds) - {"label"}
        if unknown:
            raise SharingError(f"sharing.toml: role {role.value} names unknown kinds {sorted(unknown)}")
        for kind in kinds:
            level = row.get(kind)
            if level not in LEVELS:
                raise SharingError(f"sharing.toml: {role.value} × {kind} is {level!r}; write one of {LEVELS}")
            if role is Role.PREFECTURE_OFFICER and level == "named":
                raise SharingError(f"sharing.toml: {role.value} × {kind} is 'named'; a prefecture sees counts or nothing")
            levels[role, kind] = level
    labels = {role: written["role"][role.value]["label"] for role in Role}
    day = written.get("earlier_schools_from")
    if day is not None and type(day) is not date:
        raise SharingError(f"sharing.toml: earlier_schools_from is {day!r}; write a day such as 2026-04-01")
    return Sharing(version=written["version"], kinds=kinds, roles=labels, levels=levels, earlier_schools_from=day)


def sees_earlier_schools(day: date) -> bool:
    """Whether, on this day, the school a child is at now sees what earlier schools of the district recorded, kind by kind."""
    return shares_earlier_schools(sharing(), day)


def shares_earlier_schools(matrix: Sharing, day: date) -> bool:
    """Whether a matrix lets the school a child is at know, on this day, what earlier schools of the district recorded."""
    return matrix.earlier_schools_from is not None and matrix.earlier_schools_from <= day


def naming_roles() -> list[str]:
    """The roles that see children by name at all."""
    return [role.value for role in Role if sharing().levels[role, "roster"] == "named"]


def sight_of(viewer: Viewer) -> Sight:
    """What this viewer sees; a projector turns everything by name into counts.

    Raises Refused('elsewhere') for a viewer of another board.
    """
    refuse_elsewhere(viewer)
    matrix = sharing()
    named = frozenset(kind for kind in matrix.kinds if matrix.levels[viewer.role, kind] == "named")
    counts = named | frozenset(kind for kind in matrix.kinds if matrix.levels[viewer.role, kind] == "counts")
    return Sight(named=frozenset() if viewer.masked else named, counts=counts)
