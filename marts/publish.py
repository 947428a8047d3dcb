"""Which district file the app serves: a new one takes over in one step, and an older one can be brought back.

Files are named after their load and never written again. CURRENT holds the name of the one that serves; replacing CURRENT is the
whole switch, so whoever is stopped in between leaves either the old file serving or the new one.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path

from marts.disk import brought_to_disk
from marts.steps import BuildError
from marts.verify import verify

KEPT = 3
POINTER = "CURRENT"
PUBLISHED = re.compile(r"^district-(\d+)\.duckdb$")

log = logging.getLogger(__name__)


class PublishError(Exception):
    """Nothing was switched; the file that served before still serves."""


def publish(built: Path, district: Path, load_id: int) -> None:
    """The built file, once found sound, is what the app serves from the next question on.

    Raises PublishError when it is not sound, or when this load already serves.
    """
    target = district / f"district-{load_id}.duckdb"
    serving = current(district)
    if serving == target:
        raise PublishError(f"load {load_id} is already being served; a new load needs a new number")
    try:
        rows = verify(built)
    except BuildError as error:
        raise PublishError(f"load {load_id} was not published: {error}") from error
    brought_to_disk(built)
    built.replace(target)
    brought_to_disk(district)
    _point_at(target)
    log.info("published %s: %d tables, %d rows", target.name, len(rows), sum(rows.values()))
    _forget_old(district, target)


def rollback(district: Path) -> Path:
    """The file that served before the present one serves again; returns it.

    Raises PublishError when there is none.
    """
    serving = current(district)
    older = [path for path in published(district) if serving is not None and _load_of(path) < _load_of(serving)]
    if not older:
        raise PublishError("there is no older district file to go back to")
    _point_at(older[-1])
    log.info("rolled back to %s", older[-1].name)
    return older[-1]


def current(district: Path) -> Path | None:
    """The file being served, or None before the first load."""
    try:
        name = (district / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    path = district / name
    return path if PUBLISHED.match(name) and path.is_file() else None


def published(district: Path) -> list[Path]:
    """Every district file kept, oldest load first."""
    return sorted((path for path in district.glob("district-*.duckdb") if PUBLISHED.match(path.name)), key=_load_of)


def _point_at(target: Path) -> None:
    beside = target.with_name(f"{POINTER}.new")
    beside.write_text(f"{target.name}\n", encoding="utf-8")
    brought_to_disk(beside)
    beside.replace(target.with_name(POINTER))
    brought_to_disk(target.parent)


def _forget_old(district: Path, serving: Path) -> None:
    """Keeps the newest files and the one that serves; a reader that has an old one open keeps reading it."""
    for path in published(district)[:-KEPT]:
        if path != serving:
            path.unlink()
            path.with_name(f"{path.name}.wal").unlink(missing_ok=True)


def _load_of(path: Path) -> int:
    match = PUBLISHED.match(path.name)
    return int(match[1]) if match else -1
