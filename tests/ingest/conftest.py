"""Districts to load into; the build is left out where a test is about reading."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import ingest
from ingest import loading
from tests.ingest import tiny


@pytest.fixture
def unbuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish an empty file instead of a built one: the lake is what is looked at."""
    leave_out_the_build(monkeypatch)


def leave_out_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    def built(_lake: Path, district: Path, load_id: int, *_: object, **__: object) -> Path:
        path = district / f"unfinished-{load_id}"
        path.touch()
        return path

    def published(file: Path, district: Path, load_id: int) -> None:
        file.rename(district / f"district-{load_id}.duckdb")
        (district / "CURRENT").write_text(f"district-{load_id}.duckdb\n")

    monkeypatch.setattr(loading, "build_district", built)
    monkeypatch.setattr(loading, "publish", published)


@pytest.fixture
def fresh_home(tmp_path: Path, unbuilt: None) -> Path:
    """A data directory with roster and calendar of 2026 in its inbox; nothing has been loaded."""
    return with_roster(tmp_path)


@pytest.fixture
def home(tmp_path: Path, unbuilt: None, home_before: Path) -> Path:
    """The same, after a first load of roster and calendar: a copy, for reading them again is most of a small load."""
    shutil.copytree(home_before, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture(scope="session")
def home_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the tests of one process copy."""
    place = with_roster(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patched:
        leave_out_the_build(patched)
        assert ingest.load(place).outcome == "loaded"
    return place


def with_roster(place: Path) -> Path:
    tiny.drop(place, "roster/roster-2026.zip", tiny.roster_zip())
    tiny.drop(place, "calendar/calendar-2026.csv", tiny.calendar_text(), "utf-8-sig")
    return place
