"""The first start: it says how far it is, opens when it is done, and says so when it could not be done."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import first_start
from first_start import FirstStart

QUICK = """
import sys
from pathlib import Path

def write(folder, progress):
    progress(0.5, "half")
    print("chatter that is not for the parent")
"""
LOADS = """
def load(folder, progress):
    {does}
    (folder / "district").mkdir()
    (folder / "district" / "CURRENT").write_text("district-1.duckdb")
    (folder / "DEMO").touch()
    progress(1.0, "done")
"""


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app whose generator and loader are done in no time."""
    house = tmp_path / "house"
    house.mkdir()
    (house / "sample_data.py").write_text(QUICK)
    (house / "ingest.py").write_text(LOADS.format(does="pass"))
    (house / "first_start.py").write_text(Path(first_start.__file__).read_text(encoding="utf-8"))
    for room in ("access", "web"):
        (house / room).symlink_to(Path(first_start.__file__).parent / room)
    monkeypatch.setattr(first_start, "HERE", house)
    return house


def test_an_empty_house_makes_its_district_and_opens(invented: Path, tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    start = FirstStart(tmp_path / "data", may_invent=True)
    waiting = start.state()
    assert waiting is not None
    assert (waiting.state, start.is_demo()) == ("preparing", False)

    def ready() -> None:
        now = start.state()
        assert now is not None, "nobody may come in before the accounts are there"
        told.append((now.fraction, now.step))

    asyncio.run(start.run(ready))
    assert told == [(1.0, "loading")]
    assert start.state() is None
    assert start.is_demo()


def test_what_could_not_be_made_is_told_with_a_number(invented: Path, tmp_path: Path) -> None:
    (invented / "ingest.py").write_text(LOADS.format(does="raise ValueError"))
    start = FirstStart(tmp_path / "data", may_invent=True)
    asyncio.run(start.run(lambda: pytest.fail("there is nothing to be ready for")))
    waiting = start.state()
    assert waiting is not None
    assert waiting.state == "failed"
    assert waiting.reference


def test_a_house_that_may_not_invent_waits_for_a_load(tmp_path: Path) -> None:
    start = FirstStart(tmp_path, may_invent=False)
    waiting = start.state()
    assert waiting is not None
    assert waiting.state == "empty"
    asyncio.run(start.run(lambda: pytest.fail("nothing was made")))
    (tmp_path / "district").mkdir()
    (tmp_path / "district" / "CURRENT").write_text("district-1.duckdb")
    (tmp_path / "DEMO").touch()
    assert start.state() is None
    assert not start.is_demo()


def test_a_house_with_a_district_is_open_from_the_start(tiny_data_dir: Path) -> None:
    start = FirstStart(tiny_data_dir, may_invent=True)
    assert start.state() is None
    asyncio.run(start.run(lambda: pytest.fail("nothing was made")))
