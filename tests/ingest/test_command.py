"""The real command, in a process of its own: what it answers to its caller, to a second load, and to a disk that is full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import duckdb
import pytest

import ingest
from ingest.files.reasons import IngestError
from ingest.lock import only_load
from marts.publish import current
from tests.ingest import tiny
from tests.ingest.tiny import HANA, NUMBERS, REN

HOUSE = Path(ingest.__file__).parents[1]
REGISTER = "学校コード,児童生徒番号,日付,出欠,理由\n"


def absent(home: Path, *children: str, day: str = "2026-04-13") -> None:
    """The register of one day."""
    rows = "".join(f"{tiny.MIHARASHI},{NUMBERS.get(child, child)},{day},病欠,\n" for child in children)
    tiny.drop(home, "attendance/attendance-2026.csv", REGISTER + rows)


def command(home: Path, *words: str, largest_file: int | None = None) -> subprocess.CompletedProcess[str]:
    """`python -m ingest …`; no file it writes may grow beyond `largest_file` bytes: what a full disk looks like from inside."""

    def full() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file or 0, resource.RLIM_INFINITY))

    return subprocess.run(
        [sys.executable, "-m", "ingest", *words, "--data", str(home)], cwd=HOUSE, capture_output=True, text=True, timeout=120,
        check=False, preexec_fn=full if largest_file else None, env=os.environ | {"COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"},
    )


def absences(home: Path) -> int:
    """What the app would answer now."""
    serving = current(home / "district")
    assert serving is not None
    with duckdb.connect(str(serving), read_only=True) as connection:
        return int(connection.sql("select count(*) from attendance").fetchall()[0][0])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A data directory with roster, calendar and one day's register in its inbox; nothing loaded yet."""
    tiny.drop(tmp_path, "roster/roster-2026.zip", tiny.roster_zip())
    tiny.drop(tmp_path, "calendar/calendar-2026.csv", tiny.calendar_text(), "utf-8-sig")
    absent(tmp_path, HANA)
    return tmp_path


def test_its_status_tells_all_some_or_nothing(place: Path) -> None:
    whole = command(place, "load", "--json", str(place / "report.json"))
    assert whole.returncode == 0, whole.stdout + whole.stderr
    assert json.loads((place / "report.json").read_text(encoding="utf-8"))["outcome"] == "loaded"
    absent(place, HANA, "nobody")
    assert command(place, "load").returncode == 1
    assert absences(place) == 1
    with only_load(place):
        refused = command(place, "load", "--wait", "0")
    assert refused.returncode == 2
    assert "いま別の取り込みが動いています" in refused.stdout
    assert "Another load is running" in refused.stdout
    assert command(place, "rollback").returncode == 0
    assert current(place / "district") == place / "district" / "district-1.duckdb"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no process's files")
@pytest.mark.parametrize("largest", [1_500, 400_000], ids=["the lake", "the district file"])
def test_a_full_disk_gives_a_sentence_and_the_old_file_answers(place: Path, largest: int) -> None:
    assert ingest.load(place).outcome == "loaded"
    absent(place, HANA, REN)
    full = command(place, "load", largest_file=largest)
    assert full.returncode == 2, full.stdout + full.stderr
    assert "File too large" in " ".join(full.stdout.split())
    assert "Traceback" not in full.stdout + full.stderr
    assert absences(place) == 1
    assert [path.name for path in (place / "district").glob("*.duckdb")] == ["district-1.duckdb"]
    assert ingest.load(place).outcome == "loaded"
    assert absences(place) == 2
    assert not list((place / "lake").glob(".load-*"))


def test_the_second_load_waits_until_the_first_has_ended(tmp_path: Path) -> None:
    with ExitStack() as first:
        first.enter_context(only_load(tmp_path))
        seconds = 0.0

        def pause(length: float) -> None:
            nonlocal seconds
            seconds += length
            if seconds >= 3:
                first.close()

        with only_load(tmp_path, 60, clock=lambda: seconds, pause=pause):
            assert 3 <= seconds < 4


def test_it_waits_no_longer_than_it_was_told(tmp_path: Path) -> None:
    seconds = 0.0

    def pause(length: float) -> None:
        nonlocal seconds
        seconds += length

    with only_load(tmp_path), pytest.raises(IngestError) as refused, only_load(tmp_path, 5, clock=lambda: seconds, pause=pause):
        pytest.fail("two loads at once")
    assert "5 秒" in refused.value.sentence.ja
    assert 5 <= seconds < 6
