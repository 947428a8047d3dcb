"""What has changed since the last load: fingerprints of files, of the house itself, and the note that a load got to its end."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from marts.disk import brought_to_disk
from marts.incremental import Before
from marts.publish import current

BUILT = "built.json"
HOUSE = Path(__file__).parent.parent


def digest(parts: object) -> str:
    """A fingerprint of plain values."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


@cache
def house_digest(*rooms: str) -> str:
    """A fingerprint of how rooms of the house work: after an upgrade files are read and counted again."""
    files = sorted(file for room in rooms for file in (HOUSE / room).rglob("*") if file.suffix in (".py", ".sql", ".toml"))
    return digest([[file.name, hashlib.sha256(file.read_bytes()).hexdigest()] for file in files])


def built(district: Path) -> dict[str, Any]:
    """Which load the district file was last built from, and by which house; empty before the first."""
    path = district / BUILT
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def lake_parts(lake: Path) -> dict[str, str]:
    """A fingerprint of every part of the lake, by table and part."""
    return {
        f"{file.parent.name}/{file.stem}": hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(lake.glob("*/*.parquet"))
        if not file.parent.name.startswith(".")
    }


def note_built(district: Path, load_id: int, lake: Path) -> None:
    """Remember that a load got to its end, and what it was built from."""
    unborn = district / f"{BUILT}.part"
    unborn.write_text(json.dumps(wanted(load_id) | {"lake": lake_parts(lake)}), encoding="utf-8")
    brought_to_disk(unborn)
    unborn.replace(district / BUILT)


def is_build_due(district: Path, last_load: int) -> bool:
    """Whether the last load was stopped before its end, or the house counts otherwise since.

    A district somebody has rolled back stays so: the note still tells of the load that was built last.
    """
    last = built(district)
    return current(district) is None or {name: last.get(name) for name in ("load_id", "house")} != wanted(last_load)


def before_of(district: Path) -> Before | None:
    """The file built last, if this very house built it and it is still there: what has not changed since may stay."""
    last = built(district)
    path = district / f"district-{last.get('load_id')}.duckdb"
    if "lake" not in last or last["house"] != wanted(0)["house"] or not path.is_file():
        return None
    return Before(path, last["lake"])


def wanted(load_id: int) -> dict[str, Any]:
    """What the note says of a load built by this house."""
    return {"load_id": load_id, "house": house_digest("queries", "ingest", "marts")}
