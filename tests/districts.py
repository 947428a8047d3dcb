"""Sample districts for tests, pictures and measurements."""

from __future__ import annotations

from pathlib import Path


def written_and_loaded(place: Path, scale: str) -> Path:
    """A data directory with the invented district's exports in it, loaded and published."""
    import ingest
    import sample_data

    sample_data.write(place, scale=scale)
    ingest.load(place)
    return place


KEPT_DISTRICT = Path(__file__).parent.parent / "bench" / "out" / "district"


def kept_district(place: Path = KEPT_DISTRICT) -> Path:
    """The whole sample district, made once and kept for pictures and measurements; delete the folder to renew it."""
    if not (place / "district" / "CURRENT").exists():
        written_and_loaded(place, "full")
    return place
