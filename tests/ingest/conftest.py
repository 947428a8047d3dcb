"""Districts to load into; the build is left out where a test is about reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import loading
from tests.ingest import tiny


@pytest.fixture
def unbuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish an empty file instead of a built one: the lake is what is looked at."""

    def built(_lake: Path, district: Path, load_id: int, _progress: object = None, before: object = None) -> Path:
        path = district / f"unfinished-{load_id}"
        path.touch()
        return path

    def published(file: Path, district: Path, load_id: int) -> None:
        file.rename(district / f"district-{load_id}.duckdb")
        (district / "CURRENT").write_text(f"district-{load_id}.duckdb\n")

    monkeypatch.setattr(loading, "build_district", built)
    monkeypatch.setattr(loading, "publish", published)


@pytest.fixture
def home(tmp_path: Path, unbuilt: None) -> Path:
    """A data directory with roster and calendar of 2026 in its inbox."""
    tiny.drop(tmp_path, "roster/roster-2026.zip", tiny.roster_zip())
    tiny.drop(tmp_path, "calendar/calendar-2026.csv", tiny.calendar_text(), "utf-8-sig")
    return tmp_path
