"""Sample districts for tests, pictures and measurements."""

from __future__ import annotations

import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Where what makes a district is written down; a room that is not there yet has nothing to say.
MAKERS = ("access", "ingest", "marts", "queries", "records", "sample_data")


def written_and_loaded(place: Path, scale: str) -> Path:
    """A data directory with the invented district's exports in it, loaded and published."""
    import ingest
    import sample_data

    sample_data.write(place, scale=scale)
    ingest.load(place)
    return place


def had_from(kept: Path, place: Path, scale: str) -> Path:
    """The same, copied from what an earlier run of the same day has kept of the same code, or made and kept for the next one."""
    mine = kept / f"{scale}-{made_by()}"
    if mine.exists():
        shutil.copytree(mine, place)
        return place
    written_and_loaded(place, scale)
    for outdated in kept.glob(f"{scale}-*"):
        shutil.rmtree(outdated)
    unfinished = kept / f"unfinished-{scale}"
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(place, unfinished)
    unfinished.rename(mine)
    return place


def made_by() -> str:
    """A digest of everything a district depends on: the code that makes it, the libraries, the day."""
    written = [path for room in MAKERS for path in (ROOT / room).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    digest = sha256(date.today().isoformat().encode())  # noqa: DTZ011 - when it was loaded stands in it, as the machine has it
    for path in [*sorted(written), ROOT / "uv.lock", Path(__file__)]:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


KEPT_DISTRICT = ROOT / "bench" / "out" / "district"


def kept_district(place: Path = KEPT_DISTRICT) -> Path:
    """The whole sample district, made once and kept for pictures and measurements; delete the folder to renew it."""
    if not (place / "district" / "CURRENT").exists():
        written_and_loaded(place, "full")
    return place
