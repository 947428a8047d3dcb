"""What a remedy advises is followed, and the next load has nothing more to say of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import ingest
from ingest.__main__ import app
from ingest.files.reasons import Sentence, known_reasons
from tests.ingest.remedies import CASES, Case, register, row
from tests.ingest.tiny import HANA, NUMBERS, REN, drop, roster_tables, roster_zip, rows_in

# where each is followed: in the test of what it is about
ELSEWHERE = {
    "test_remedies.py": (
        "no_roster", "roster_refused", "delta_without_base", "row_count_alarm", "no_calendar", "nothing_dropped", "no_older_version",
        "report_not_written", "already_there",
    ),
    "test_causes.py": ("rejected_person", "rejected_school", "rejected_class", "rejected_enrollment"),
    "test_handover.py": ("handover_unknown_child", "handover_unknown_number", "package_twice"),
    "test_xapi.py": ("no_mapping_needed",),
    "test_proposals.py": ("no_proposal", "is_roster", "is_gradebook", "is_handover"),
    "test_strangers.py": ("geojson",),
    "test_tolerances.py": ("zeros_eaten",),
    "test_command.py": ("load_running", "not_written"),
    "test_release.py": ("release_unclear", "not_released", "nothing_published"),
    "test_loading.py": ("not_published",),
    "test_watching.py": ("still_copied",),
    "test_gradebook.py": ("no_subject", "gradebook_without_subjects", "unknown_line_item", "score_in_words"),
}  # fmt: skip
# it asks a person to look, to ask somebody, or to export anew: there is nothing to be followed to the letter
NOT_TO_THE_LETTER = {
    "absent_but_answered", "absent_but_here", "broken_excel", "broken_json", "broken_off", "caliper", "cell_too_long",
    "conflicting_statement", "date_outside_year", "doubled_member", "duplicate_id", "empty_file", "encrypted_zip", "ends_before_begin",
    "far_ahead", "handover_contradicts", "left_before_entered", "line_too_long", "locked_excel", "lone_day", "manifest_differs",
    "mark_not_in_grade", "merged_number", "more_correct_than_answers", "more_moods_than_school_days", "more_overtime_than_hours",
    "newer_roster", "no_account", "no_role", "no_rows", "no_statements", "not_a_package", "not_a_statement", "not_a_zip", "not_allowed",
    "not_csv", "not_enrolled", "not_enrolled_this_year", "not_utf8", "nul_character", "number_as_power", "odd_school_code",
    "other_school", "out_of_range", "out_of_school_day", "package_changed", "package_of_another_version", "part_above_whole",
    "rate_differs", "rate_without_answers", "records_gone", "released", "school_closed", "school_data_sync", "score_above_full",
    "side_rows", "statement_too_long", "statements_left", "still_changing", "too_large", "unexpected", "unknown_child",
    "unknown_school", "unknown_school_kind", "unknown_staff", "unreadable_csv", "unreadable_file", "unsafe_name", "unused_role",
    "wrong_type", "zip_bomb", "nobody_enrolled", "school_code_taken", "absent_above_required", "another_grain",
}  # fmt: skip


def sentences(report: ingest.LoadReport) -> dict[str, Sentence]:
    """Everything a load said, by code."""
    of_rows = [issue.sentence for file in report.files for issue in file.issues]
    of_files = [message for file in report.files for message in file.sentences]
    return {message.code: message for message in (*of_rows, *of_files, *report.alarms, *report.sentences)}


@pytest.mark.parametrize("case", CASES, ids=[f"{place} {case.name}" for place, case in enumerate(CASES)])
def test_a_remedy_works_when_it_is_followed(home: Path, case: Case) -> None:
    for name, content in case.before.items():
        drop(home, name, content)
    said = sentences(ingest.load(home))
    assert case.code in said, list(said)
    if callable(case.follow):
        case.follow(home, said[case.code].remedy_ja)
    else:
        for name, content in case.follow.items():
            drop(home, name, content)
    report = ingest.load(home)
    assert case.code not in sentences(report)
    assert (report.exit_status, report.outcome) == (case.status, "loaded"), list(sentences(report))


def test_a_roster_that_was_missing_and_then_broken_lets_the_register_in_once_it_is_there(fresh_home: Path) -> None:
    (fresh_home / "inbox" / "roster" / "roster-2026.zip").unlink()
    for name, content in register(row()).items():
        drop(fresh_home, name, content)
    assert "no_roster" in sentences(ingest.load(fresh_home))
    drop(fresh_home, "roster/roster-2026.zip", b"no zip at all")
    assert "roster_refused" in sentences(ingest.load(fresh_home))
    drop(fresh_home, "roster/roster-2026.zip", roster_zip())
    assert ingest.load(fresh_home).exit_status == 0
    assert rows_in(fresh_home, "attendance").height == 1


def test_changes_follow_once_the_whole_roster_is_there(fresh_home: Path) -> None:
    (fresh_home / "inbox" / "roster" / "roster-2026.zip").unlink()
    word = {"status": "active", "dateLastModified": "2026-05-01T09:00:00.000Z"}
    changed = [roster_tables()["users"][0] | word | {"preferredGivenName": "ハナ"}]
    drop(fresh_home, "roster/delta-2026.zip", roster_zip({"users": changed}, mode="delta"), at=2_000)
    assert "delta_without_base" in sentences(ingest.load(fresh_home))
    drop(fresh_home, "roster/roster-2026.zip", roster_zip(), at=1_000)
    assert ingest.load(fresh_home).exit_status == 0
    assert "ハナ" in rows_in(fresh_home, "student_name", "all")["given_name"].to_list()


def test_a_file_held_back_is_loaded_by_the_words_of_the_alarm(home: Path) -> None:
    days = [f"2026-04-{day}" for day in (*range(13, 18), *range(20, 25))]
    many = [row(day, child=child) for day in days for child in (HANA, REN)]
    for rows in (many, many[:5]):
        for name, content in register(*rows).items():
            drop(home, name, content)
        report = ingest.load(home)
    alarm = sentences(report)["row_count_alarm"]
    assert "「出欠」（2026年度）の行数が 20 から 5 に減りました。" in alarm.ja
    confirmed = alarm.remedy_ja.partition("--confirm ")[2].partition(" ")[0]
    assert ingest.load(home, confirmed=[confirmed]).exit_status == 0
    assert rows_in(home, "attendance").height == 5


def test_a_calendar_that_comes_later_checks_the_days(fresh_home: Path) -> None:
    calendar = fresh_home / "inbox" / "calendar" / "calendar-2026.csv"
    kept = calendar.read_bytes()
    calendar.unlink()
    for name, content in register(row()).items():
        drop(fresh_home, name, content)
    assert "no_calendar" in sentences(ingest.load(fresh_home))
    drop(fresh_home, "calendar/calendar-2026.csv", kept)
    report = ingest.load(fresh_home)
    assert "no_calendar" not in sentences(report)
    assert NUMBERS[HANA] not in str(report.as_json())


def test_what_a_command_advises_works_on_the_command_line(fresh_home: Path) -> None:
    roster, calendar = (fresh_home / "inbox" / name for name in ("roster/roster-2026.zip", "calendar/calendar-2026.csv"))
    kept = {path: path.read_bytes() for path in (roster, calendar)}
    for path in kept:
        path.unlink()
    assert "nothing_dropped" in said_by(2, "load", home=fresh_home)
    for path, content in kept.items():
        path.write_bytes(content)
    assert "report_not_written" in said_by(0, "load", "--json", str(fresh_home), home=fresh_home)
    said_by(0, "load", "--json", str(fresh_home / "report.json"), home=fresh_home)
    assert (fresh_home / "report.json").is_file()
    assert "no_older_version" in said_by(2, "rollback", home=fresh_home)
    for name, content in register(row()).items():
        drop(fresh_home, name, content)
    said_by(0, "load", home=fresh_home)
    said_by(0, "rollback", home=fresh_home)


def test_what_is_advised_about_a_draft_works(home: Path) -> None:
    file = drop(home, "../register.csv", register(row(), row(child=REN))["attendance/attendance-2026.csv"])
    (home / "a.toml").write_text("# mine\n", encoding="utf-8")
    assert "already_there" in said_by(2, "propose", str(file), "--out", str(home / "a.toml"), home=home)
    assert (home / "a.toml").read_text(encoding="utf-8") == "# mine\n"
    CliRunner().invoke(app, ["propose", str(file), "--out", str(home / "b.toml"), "--data", str(home)])
    assert "[columns]" in (home / "b.toml").read_text(encoding="utf-8")


def said_by(status: int, *words: str, home: Path) -> str:
    """What a command says, which ends with this status."""
    told = CliRunner().invoke(app, [*words, "--data", str(home)])
    assert told.exit_code == status, told.output
    return told.output + told.stderr


def test_every_reason_is_followed_or_cannot_be() -> None:
    elsewhere = {code: file for file, codes in ELSEWHERE.items() for code in codes}
    followed = {case.code for case in CASES} | set(elsewhere)
    assert followed & NOT_TO_THE_LETTER == set()
    assert followed | NOT_TO_THE_LETTER == set(known_reasons())
    assert set(ELSEWHERE) <= {path.name for path in Path(__file__).parent.rglob("test_*.py")}
