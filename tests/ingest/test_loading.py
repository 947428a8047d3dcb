"""One load after another: the same file twice, late corrections, files that shrink, two loads at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ingest
from ingest import loading
from ingest.__main__ import app
from ingest.lock import only_load
from ingest.registry import flows
from tests.ingest.tiny import (
    HANA,
    MIHARASHI,
    NUMBERS,
    REN,
    SORA,
    calendar_text,
    drop,
    roster_tables,
    roster_zip,
    rows_in,
)

HEADER = "学習者ID,日付,心の天気\n"
DAYS = [f"2026-04-{day}" for day in range(13, 18)] + [f"2026-04-{day}" for day in range(20, 25)]


@pytest.fixture
def home(fresh_home: Path) -> Path:
    """Every test here is about the first load and what follows it."""
    return fresh_home


def mood(home: Path, rows: list[tuple[str, str, str]], name: str = "mood-2026.csv", at: int | None = None) -> None:
    drop(home, f"mood/{name}", HEADER + "".join(",".join(row) + "\n" for row in rows), at=at)


def report_on(report: ingest.LoadReport, source: str) -> ingest.FileReport:
    return next(file for file in report.files if file.source == source)


def test_loading_the_same_files_again_does_nothing(home: Path) -> None:
    mood(home, [(HANA, DAYS[0], "晴れ"), ("nobody", DAYS[0], "晴れ")])
    first = ingest.load(home)
    lake = {file: file.stat().st_mtime_ns for file in (home / "lake").rglob("*.parquet")}
    second = ingest.load(home)
    assert (first.outcome, first.exit_status) == ("loaded", 1)
    assert (second.outcome, second.exit_status, second.load_id) == ("unchanged", 0, None)
    again = report_on(second, "mood")
    assert (again.rows_read, again.rows_loaded, again.rows_unchanged, again.rows_rejected) == (2, 0, 1, 1)
    assert {file: file.stat().st_mtime_ns for file in (home / "lake").rglob("*.parquet")} == lake
    assert (home / "district" / "CURRENT").read_text() == "district-1.duckdb\n"


def test_a_file_dropped_again_under_another_time_is_still_the_same(home: Path) -> None:
    mood(home, [(HANA, DAYS[0], "晴れ")], at=1_000)
    ingest.load(home)
    mood(home, [(HANA, DAYS[0], "晴れ")], at=2_000)
    assert ingest.load(home).outcome == "unchanged"


def test_a_new_export_replaces_its_year_as_a_whole(home: Path) -> None:
    mood(home, [(HANA, DAYS[0], "晴れ"), (REN, DAYS[0], "雨")])
    ingest.load(home)
    mood(home, [(HANA, DAYS[0], "くもり"), (HANA, DAYS[1], "雷")])
    report = ingest.load(home)
    assert rows_in(home, "mood")["level"].to_list() == [2, 4]
    assert [file.outcome for file in report.files if file.source in ("roster", "calendar")] == ["unchanged"] * 7


def test_of_two_files_the_later_is_right_and_the_rest_is_kept(home: Path) -> None:
    mood(home, [(HANA, DAYS[0], "晴れ"), (REN, DAYS[0], "雨")], "mood-2026-whole.csv", at=1_000)
    mood(home, [(HANA, DAYS[0], "くもり")], "mood-2026-a-correction.csv", at=2_000)
    report = ingest.load(home)
    assert rows_in(home, "mood")["level"].to_list() == [2, 3]
    assert {file.file: (file.rows_loaded, file.rows_unchanged) for file in report.files if file.source == "mood"} == {
        "mood-2026-whole.csv": (1, 1), "mood-2026-a-correction.csv": (1, 0),
    }
    lineage = dict(rows_in(home, "load_source", "all").select("file_id", "rows_loaded").rows())
    for file_id, rows in rows_in(home, "mood")["file_id"].value_counts().rows():
        assert lineage[file_id] == rows


def test_a_changed_roster_makes_its_years_rows_be_checked_again(home: Path) -> None:
    mood(home, [("child-new", DAYS[0], "晴れ")])
    assert report_on(ingest.load(home), "mood").rejected == {"unknown_child": 1}
    tables = roster_tables()
    tables["users"].append(tables["users"][0] | {"sourcedId": "child-new", "identifier": "20260009"})
    tables["roles"].append(tables["roles"][0] | {"sourcedId": "r", "userSourcedId": "child-new"})
    tables["enrollments"].append(tables["enrollments"][0] | {"sourcedId": "e", "userSourcedId": "child-new"})
    drop(home, "roster/roster-2026.zip", roster_zip(tables))
    assert report_on(ingest.load(home), "mood").rejected == {}
    assert rows_in(home, "mood").height == 1


def test_another_year_is_not_touched(home: Path) -> None:
    drop(home, "roster/roster-2025.zip", roster_zip(roster_tables(2025)))
    drop(home, "calendar/calendar-2025.csv", calendar_text(2025))
    ingest.load(home)
    before = (home / "lake" / "enrollment" / "2025.parquet").stat().st_mtime_ns
    mood(home, [(HANA, DAYS[0], "晴れ")])
    ingest.load(home)
    assert (home / "lake" / "enrollment" / "2025.parquet").stat().st_mtime_ns == before


def test_far_fewer_rows_stop_the_load_until_confirmed(home: Path) -> None:
    many = [(child, day, "晴れ") for child in (HANA, REN, SORA) for day in DAYS]
    mood(home, many)
    ingest.load(home)
    mood(home, many[:14])
    stopped = ingest.load(home)
    assert (stopped.outcome, stopped.exit_status) == ("stopped", 2)
    assert [alarm.code for alarm in stopped.alarms] == ["row_count_alarm"]
    assert "30" in stopped.alarms[0].ja
    assert "14" in stopped.alarms[0].en
    assert rows_in(home, "mood").height == 30
    assert (home / "district" / "CURRENT").read_text() == "district-1.duckdb\n"
    assert ingest.load(home).outcome == "stopped", "the alarm is not forgotten"
    assert ingest.load(home, confirmed=["another.csv"]).outcome == "stopped"
    assert ingest.load(home, confirmed=["mood/mood-2026.csv"]).outcome == "loaded"
    assert rows_in(home, "mood").height == 14
    noted = json.loads((home / "lake" / "loaded.json").read_text(encoding="utf-8"))["confirmed"]
    assert [(each["source"], each["rows_before"], each["rows_now"]) for each in noted] == [("mood", {"mood": 30}, {"mood": 14})]
    assert noted[0]["by"]
    assert noted[0]["at"]


def test_a_file_held_back_holds_nothing_else_back(home: Path) -> None:
    many = [(child, day, "晴れ") for child in (HANA, REN, SORA) for day in DAYS]
    mood(home, many)
    ingest.load(home)
    mood(home, many[:14])
    drop(home, "attendance/attendance-2026.csv", f"学校コード,児童生徒番号,日付,出欠,理由\n{MIHARASHI},{NUMBERS[HANA]},{DAYS[0]},病欠,\n")
    report = ingest.load(home)
    assert (report.outcome, report.exit_status) == ("loaded", 1)
    assert (report_on(report, "mood").outcome, report_on(report, "attendance").outcome) == ("held_back", "loaded")
    assert [alarm.code for alarm in report.alarms] == ["row_count_alarm"]
    assert (rows_in(home, "mood").height, rows_in(home, "attendance").height) == (30, 1)
    again = ingest.load(home)
    assert (again.outcome, [alarm.code for alarm in again.alarms]) == ("stopped", ["row_count_alarm"]), "held back until confirmed"


def test_half_is_still_believed(home: Path) -> None:
    many = [(child, day, "晴れ") for child in (HANA, REN) for day in DAYS]
    mood(home, many)
    ingest.load(home)
    mood(home, many[:10])
    assert ingest.load(home).outcome == "loaded"


def test_a_trial_changes_nothing(home: Path) -> None:
    mood(home, [("nobody", DAYS[0], "晴れ")])
    report = ingest.load(home, is_trial=True)
    assert report.outcome == "checked"
    assert report_on(report, "mood").rejected == {"unknown_child": 1}
    assert (home / "rejected" / "check" / "mood__mood-2026.csv").is_file()
    assert list((home / "lake").rglob("*")) == []
    assert not (home / "district").exists()


def test_the_second_load_is_refused_with_a_sentence(home: Path) -> None:
    with only_load(home):
        report = ingest.load(home)
    assert (report.outcome, report.exit_status, report.sentences[0].code) == ("locked", 2, "load_running")
    assert ingest.load(home).outcome == "loaded"


def test_the_lock_falls_with_its_holder(home: Path) -> None:
    program = "import os\nfrom pathlib import Path\nfrom ingest.lock import only_load\n"
    program += f"with only_load(Path({str(home)!r})):\n    os._exit(9)"
    subprocess.run([sys.executable, "-c", program], check=False, cwd=Path(ingest.__file__).parents[1])
    assert ingest.load(home).outcome == "loaded"


def test_an_empty_inbox(tmp_path: Path) -> None:
    report = ingest.load(tmp_path)
    assert (report.outcome, report.exit_status, report.sentences[0].code) == ("nothing", 2, "nothing_dropped")


def test_a_load_that_was_not_published_is_published_by_the_next(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise loading.PublishError("no")

    with monkeypatch.context() as patch:
        patch.setattr(loading, "publish", failing)
        report = ingest.load(home)
    assert (report.outcome, report.sentences[0].code) == ("stopped", "not_published")
    assert not (home / "district" / "CURRENT").exists()
    assert ingest.load(home).outcome == "loaded"
    assert (home / "district" / "CURRENT").read_text() == "district-2.duckdb\n"
    assert ingest.load(home).outcome == "unchanged"


def test_progress_goes_forward_to_one(home: Path) -> None:
    heard: list[float] = []
    ingest.load(home, lambda share, _words: heard.append(share))
    assert heard == sorted(heard)
    assert (heard[0] < 0.1, heard[-1]) == (True, 1.0)


@pytest.mark.parametrize(
    ("rows", "status"), [([(HANA, DAYS[0], "晴れ")], 0), ([(HANA, DAYS[0], "晴れ"), ("nobody", DAYS[0], "晴れ")], 1)]
)
def test_the_command_line_tells_by_its_status(home: Path, rows: list[tuple[str, str, str]], status: int) -> None:
    mood(home, rows)
    told = CliRunner().invoke(app, ["load", "--inbox", str(home / "inbox"), "--data", str(home), "--json", str(home / "report.json")])
    assert told.exit_code == status, told.output
    report = json.loads((home / "report.json").read_text(encoding="utf-8"))
    assert report["exit_status"] == status
    files = {file["file"]: file for file in report["files"]}
    assert files["mood-2026.csv"]["rows_read"] == len(rows)
    assert files["mood-2026.csv"]["first_on"] == DAYS[0]
    assert NUMBERS[HANA] not in json.dumps(report)


def test_check_explain_and_rollback_at_the_command_line(home: Path) -> None:
    assert CliRunner().invoke(app, ["check", "--data", str(home)]).exit_code == 0
    told = CliRunner().invoke(app, ["explain", "unknown_child"])
    assert told.exit_code == 0
    assert "never matched by guess" in " ".join(told.output.split())
    assert CliRunner().invoke(app, ["explain", "unheard_of"]).exit_code == 2
    assert CliRunner().invoke(app, ["rollback", "--data", str(home)]).exit_code == 2
    assert CliRunner().invoke(app, ["load", "--data", str(home / "nowhere")]).exit_code == 2
    shown = CliRunner().invoke(app, ["--help"]).output
    for word in ("load", "check", "explain", "rollback", "取り込みます"):
        assert word in shown


def test_after_going_back_the_older_version_stays_until_a_file_changes(home: Path) -> None:
    mood(home, [(HANA, DAYS[0], "晴れ")])
    ingest.load(home)
    mood(home, [(HANA, DAYS[0], "雨")])
    ingest.load(home)
    assert CliRunner().invoke(app, ["rollback", "--data", str(home)]).exit_code == 0
    assert (home / "district" / "CURRENT").read_text().strip() == "district-1.duckdb"
    assert ingest.load(home).outcome == "unchanged"
    assert (home / "district" / "CURRENT").read_text().strip() == "district-1.duckdb"
    mood(home, [(HANA, DAYS[0], "雷")])
    assert ingest.load(home).load_id == 3


def test_every_flow_declares_itself_in_both_languages() -> None:
    for flow in flows():
        for words in (flow.label, flow.frequency, flow.purpose, flow.seen_by, flow.retention):
            assert words["ja"].strip()
            assert words["en"].strip()
        assert flow.tables
        assert all(need in [other.source for other in flows()] for need in flow.needs)


def test_sources_come_after_what_they_are_checked_against() -> None:
    order = [flow.source for flow in flows()]
    for flow in flows():
        assert all(order.index(need) < order.index(flow.source) for need in flow.needs)


def test_facts_stand_sorted_and_know_their_file(home: Path) -> None:
    mood(home, [(child, day, "晴れ") for day in reversed(DAYS) for child in (SORA, HANA)])
    ingest.load(home)
    rows = rows_in(home, "mood")
    keys = rows.select("school_id", "student_id", "day")
    assert keys.equals(keys.sort("school_id", "student_id", "day"))
    assert rows["file_row"].sort().to_list() == list(range(2, 22))
    assert MIHARASHI in rows_in(home, "school", "all")["school_code"]
