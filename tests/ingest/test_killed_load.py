"""A load is killed at twenty moments: the old district answers all the while, and the next load comes through."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from pathlib import Path

import duckdb
import pytest

import ingest
import sample_data

KILLS = 20
SEED = 20260401


def loading(home: str) -> None:
    """What is killed: one load, in a process of its own."""
    ingest.load(Path(home))


def answers(home: Path) -> tuple[int, str]:
    """What the app would read now: days of absence, and the file they come from."""
    name = (home / "district" / "CURRENT").read_text(encoding="utf-8").strip()
    with duckdb.connect(str(home / "district" / name), read_only=True) as connection:
        return connection.sql("select count(*) from attendance").fetchall()[0][0], name


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small district of one year, loaded once."""
    place = tmp_path_factory.mktemp("killed")
    sample_data.write(place, scale="small")
    for file in (place / "inbox").rglob("*"):
        if file.is_file() and ("2026" not in file.name or file.parent.name not in ("roster", "calendar", "attendance", "staff_hours")):
            file.unlink()
    assert ingest.load(place).outcome == "loaded"
    return place


def changed(home: Path, turn: int) -> int:
    """Another day's export: the register without one row; how many rows the lake should hold after it."""
    register = home / "inbox" / "attendance" / "attendance-2026.csv"
    header, *rows = (home / "whole.csv").read_bytes().splitlines(keepends=True)
    register.write_bytes(b"".join([header, *rows[: len(rows) - turn]]))
    return len(rows) - turn


@pytest.mark.slow
def test_the_old_file_answers_whenever_a_load_is_killed(home: Path) -> None:
    shutil.copy(home / "inbox" / "attendance" / "attendance-2026.csv", home / "whole.csv")
    # a server that has everything imported and forks: the moments are then moments of the load, not of starting Python
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "ingest.loading"])
    chance = random.Random(SEED)

    # the first load also starts the server; only the second tells how long a load takes
    for turn in (0, 1):
        changed(home, turn)
        began = time.monotonic()
        first = context.Process(target=loading, args=(str(home),))
        first.start()
        first.join()
        whole = time.monotonic() - began
        assert first.exitcode == 0
    before, served = answers(home)

    interrupted = 0
    for turn in range(2, KILLS + 2):
        changed(home, turn)
        child = context.Process(target=loading, args=(str(home),))
        child.start()
        moment = time.monotonic() + chance.uniform(0, whole)
        while time.monotonic() < moment and child.is_alive():
            rows, name = answers(home)
            assert (rows, name) == (before, served) or name != served
            child.join(timeout=0.02)
        child.kill()
        child.join()
        interrupted += child.exitcode != 0
        rows, name = answers(home)
        if name == served:
            assert rows == before
        before, served = rows, name

    assert interrupted > KILLS // 2, "most loads were caught at work"
    left = changed(home, KILLS + 2)
    report = ingest.load(home)
    assert report.outcome == "loaded"
    rows, name = answers(home)
    assert name == f"district-{report.load_id}.duckdb"
    attendance = next(file for file in report.files if file.source == "attendance")
    assert attendance.rows_read == left
    assert rows == attendance.rows_loaded
    assert not list((home / "lake").glob(".load-*"))
    assert not [path for path in (home / "district").iterdir() if path.name.startswith(".") or path.name.endswith(".part")]
    assert ingest.load(home).outcome == "unchanged"
