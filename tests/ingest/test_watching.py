"""The watched drop folder: when a file counts as finished, when a load starts, and what happens after a failure. No test waits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import ingest
from ingest.files.reasons import sentence
from ingest.intake.report import FileReport, LoadReport
from ingest.watching import AFTER_FAILURE, BENEFIT_OF_DOUBT, LONGEST_WAIT, Watch, line_of, watching
from tests.ingest import tiny
from tests.ingest.tiny import HANA

NOBODY: frozenset[str] = frozenset()
LOADED = LoadReport(outcome="loaded")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An empty drop folder."""
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def mood(inbox: Path, text: str = "rows", name: str = "mood-2026.csv", at: int = 1_000) -> Path:
    return tiny.drop(inbox.parent, f"mood/{name}", text, at=at)


def test_a_file_that_has_come_to_rest_is_loaded_once(inbox: Path) -> None:
    watch = Watch(inbox)
    mood(inbox)
    assert watch.look(0) is None, "seen for the first time"
    assert watch.look(2) == NOBODY
    watch.done(LOADED, 3)
    assert [watch.look(at) for at in (4, 6, 8)] == [None] * 3


def test_a_file_that_grows_or_changes_waits(inbox: Path) -> None:
    watch = Watch(inbox)
    for at, text in enumerate(("r", "ro", "row")):
        mood(inbox, text)
        assert watch.look(at) is None
    mood(inbox, "row", at=1_001)
    assert watch.look(3) is None, "the same size, another time"
    assert watch.look(4) == NOBODY


def test_a_file_under_another_name_until_it_is_finished(inbox: Path) -> None:
    watch = Watch(inbox)
    for ending in (".part", ".tmp", ".crdownload"):
        mood(inbox, name=f"mood-2026.csv{ending}")
    assert [watch.look(at) for at in (0, 2, 4)] == [None] * 3
    (inbox / "mood" / "mood-2026.csv.part").rename(inbox / "mood" / "mood-2026.csv")
    assert [watch.look(at) for at in (6, 8)] == [None, NOBODY]


@pytest.mark.parametrize(("name", "cut"), [("roster/roster-2026.zip", tiny.roster_zip()[:-200]), ("mood/mood-2026.csv", b"")])
def test_what_looks_cut_off_gets_the_benefit_of_the_doubt_and_then_the_loader_judges(inbox: Path, name: str, cut: bytes) -> None:
    watch = Watch(inbox)
    tiny.drop(inbox.parent, name, cut, at=1_000)
    assert [watch.look(at) for at in (0, 2, BENEFIT_OF_DOUBT - 1)] == [None] * 3
    assert watch.look(BENEFIT_OF_DOUBT) == NOBODY


def test_a_whole_zip_needs_no_benefit(inbox: Path) -> None:
    watch = Watch(inbox)
    tiny.drop(inbox.parent, "roster/roster-2026.zip", tiny.roster_zip(), at=1_000)
    assert [watch.look(at) for at in (0, 2)] == [None, NOBODY]


def test_while_one_source_is_copied_the_others_wait_a_while_and_then_go_without_it(inbox: Path) -> None:
    watch = Watch(inbox)
    mood(inbox)
    for second in range(int(LONGEST_WAIT) + 2):
        tiny.drop(inbox.parent, "study_log/drill-2026.csv", "x" * (second + 1), at=1_000)
        asked = watch.look(second)
        if asked is not None:
            break
    assert (asked, second) == (frozenset({"study_log"}), LONGEST_WAIT + 1)
    watch.done(LOADED, second)
    assert watch.look(second + 1) == NOBODY, "its copy has ended"


def test_a_correction_a_new_file_and_a_file_taken_away_are_each_seen(inbox: Path) -> None:
    watch = Watch(inbox)
    mood(inbox)
    loads = 0
    changes = [
        lambda: mood(inbox, "other"), lambda: mood(inbox, name="mood-2026-11-09.csv"), (inbox / "mood" / "mood-2026.csv").unlink,
    ]
    for at in range(20):
        if watch.look(at) is not None:
            loads += 1
            watch.done(LOADED, at)
            if changes:
                changes.pop(0)()
    assert loads == 4


def test_after_a_failure_it_is_tried_again_after_a_while(inbox: Path) -> None:
    watch = Watch(inbox)
    mood(inbox)
    watch.look(0)
    for failed in (None, LoadReport(outcome="locked"), LoadReport(outcome="stopped", sentences=[sentence("not_written")])):
        start = watch.not_before + 2
        assert watch.look(start) == NOBODY
        watch.done(failed, start)
        assert watch.look(start + AFTER_FAILURE - 1) is None
    held = LoadReport(outcome="stopped", alarms=[sentence("row_count_alarm")])
    assert watch.look(watch.not_before) == NOBODY
    watch.done(held, watch.not_before)
    assert watch.look(watch.not_before + 1000) is None, "an alarm waits for a person, not for time"


def test_a_share_that_is_away_for_a_moment_changes_nothing(inbox: Path) -> None:
    watch = Watch(inbox)
    mood(inbox)
    watch.look(0)
    watch.look(2)
    watch.done(LOADED, 2)
    inbox.rename(inbox.with_name("away"))
    assert watch.look(4) is None
    inbox.with_name("away").rename(inbox)
    assert [watch.look(at) for at in (6, 8)] == [None, None]


def test_whatever_happens_in_a_load_the_watch_goes_on_and_says_nothing_personal(inbox: Path, caplog: pytest.LogCaptureFixture) -> None:
    mood(inbox, name=f"mood-{HANA}-2026.csv")
    seconds = iter(range(0, 1_000, 10))
    left = [True] * 30
    loads = []

    def load(waiting: frozenset[str]) -> LoadReport:
        loads.append(waiting)
        if len(loads) == 1:
            raise RuntimeError(HANA)
        return LoadReport(4, "loaded", [FileReport("mood", f"mood-{HANA}-2026.csv", rows_read=2, rows_loaded=1, rows_rejected=1)])

    with caplog.at_level("INFO"):
        watching(Watch(inbox), load, clock=lambda: next(seconds), pause=lambda: not (left and left.pop()))
    assert len(loads) == 2
    assert "load ended by RuntimeError" in caplog.text
    assert "load 4; loaded; sources mood; files 1; rows 1; set aside 1" in caplog.text
    assert HANA not in caplog.text


def test_one_line_tells_of_a_load_that_did_nothing() -> None:
    assert line_of(LoadReport(outcome="locked", sentences=[sentence("load_running", seconds=60)])) == (
        "load; locked; sources -; files 0; rows 0; set aside 0; refused 0; load_running"
    )


def test_a_source_that_waits_is_left_as_it_is(home: Path) -> None:
    tiny.drop(home, "mood/mood-2026.csv", f"学習者ID,日付,心の天気\n{HANA},2026-04-13,晴れ\n")
    first = ingest.load(home, waiting=frozenset({"mood"}))
    left = next(file for file in first.files if file.source == "mood")
    assert (left.outcome, left.sentences[0].code, first.exit_status) == ("left_alone", "still_copied", 0)
    assert not (home / "lake" / "mood").exists()
    assert ingest.load(home).outcome == "loaded"
    assert tiny.rows_in(home, "mood").height == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
def test_the_real_command_stops_when_it_is_told_to(tmp_path: Path) -> None:
    watched = subprocess.Popen(
        [sys.executable, "-m", "ingest", "watch", "--data", str(tmp_path)], cwd=Path(ingest.__file__).parents[1],
        stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert watched.stderr is not None
    assert "watching" in watched.stderr.readline()
    watched.send_signal(signal.SIGTERM)
    rest = watched.communicate(timeout=60)[1]
    assert (watched.returncode, "stopped" in rest, "Traceback" in rest) == (0, True, False)
