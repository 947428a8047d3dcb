"""Receiving a package (引き継ぎ) at the desk: it is looked at, put into the inbox, and told whose number here its child has."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

from ingest.files.reasons import IngestError
from ingest.intake.roster_index import STUDENT_OF_YEAR
from ingest.lake.lake import Lake
from ingest.sources.handover import child_of, package_of
from marts.disk import brought_to_disk

OWN_MAPPING = "handover.toml"
HEAD = "# 引き継ぎ: which child here (児童生徒番号) a package is of; written by `python -m ingest hand-over`.\n"


def received(file: Path, data_dir: Path, inbox: Path, student_number: str) -> Path:
    """Where in the inbox the package now lies.

    Its name there begins with the first letters of its SHA-256 and ends with the newest 年度 there is a roster of: received again after
    a new roster, it is read again.

    Raises:
        IngestError: unreadable_file, and whatever a package is refused for (see handover.py).
    """
    try:
        raw = file.read_bytes()
    except OSError:
        raise IngestError("unreadable_file") from None
    package, lake = package_of(raw), Lake(data_dir / "lake")
    child_of(package, student_number or None, lake)
    sha256 = hashlib.sha256(raw).hexdigest()
    if student_number:
        assign(data_dir / "mappings" / OWN_MAPPING, sha256, student_number)
    folder = inbox / "handover"
    folder.mkdir(parents=True, exist_ok=True)
    for before in folder.glob(f"{sha256[:12]}-*.zip"):
        before.unlink()
    path = folder / f"{sha256[:12]}-{max([package.fiscal_year, *lake.parts(STUDENT_OF_YEAR)])}.zip"
    unborn = path.with_suffix(".part")
    unborn.write_bytes(raw)
    brought_to_disk(unborn)
    unborn.replace(path)
    return path


def assign(mapping: Path, sha256: str, student_number: str) -> None:
    """Write into the district's own mapping whose package this is."""
    known: dict[str, str] = {}
    if mapping.is_file():
        known = tomllib.loads(mapping.read_text(encoding="utf-8")).get("assigned", {})
    known[sha256] = student_number
    mapping.parent.mkdir(parents=True, exist_ok=True)
    # a string in TOML is written as one in JSON
    lines = "".join(f"{json.dumps(key)} = {json.dumps(number)}\n" for key, number in sorted(known.items()))
    unborn = mapping.with_suffix(".part")
    unborn.write_text(f"{HEAD}[assigned]\n{lines}", encoding="utf-8")
    unborn.replace(mapping)
