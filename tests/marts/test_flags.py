"""Days on which a rule holds become flags; flags find their child, their days and their place in the district file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from marts.steps import BUILD_FOLDER, step_of
from queries.catalogue import CatalogueError
from queries.rules import SIGNALS, THRESHOLDS, read_signals, signals
from tests.marts.conftest import CLASSES, SCHOOLS, District, calendar, students
from tests.marts.signal_rows import Usual, flags_of, school_days

ALL_WELL = "a1d9/10 "


def test_days_close_together_are_one_flag_and_a_long_rest_begins_a_new_one() -> None:
    quiet = signals()["absence_run"].quiet_days
    days = school_days(100)
    [one] = flags_of("absence_run", "x x x " + "a " * (quiet - 3) + "x x x")
    assert (one["begins_on"], one["last_on"]) == (days[2], days[quiet + 2])
    first, second = flags_of("absence_run", "x x x " + "a " * (quiet - 2) + "x x x")
    assert (first["last_on"], second["begins_on"]) == (days[2], days[quiet + 3])


def test_each_step_of_absence_is_a_flag_of_its_own() -> None:
    assert [(flag["found"], flag["begins_on"] == flag["last_on"]) for flag in flags_of("absence_days", "x " * 30)] == [
        (10, True), (20, True), (30, True),
    ]  # fmt: skip


def test_a_flag_says_how_it_stood_on_its_last_day() -> None:
    [flag] = flags_of("mood_run", "a1 a3 a3 a3 a- a4", Usual("low_mood", 0.2))
    assert (flag["since"], flag["found"], flag["usual"], flag["missing"]) == (school_days(2)[1], 4, 2, 1)


def test_the_rule_in_words_tells_the_thresholds_it_runs_with(tmp_path) -> None:
    changed = tmp_path / "thresholds.toml"
    written = THRESHOLDS.read_text(encoding="utf-8")
    changed.write_text(re.sub(r"(\[absence_run\]\nquiet_days = \d+\ndays = )\d+", r"\g<1>7", written), encoding="utf-8")
    rule = read_signals(SIGNALS, changed)["absence_run"]
    assert rule.parameters["days"] == 7
    assert "7授業日以上" in rule.rule["ja"]
    assert "7 school days or more" in rule.rule["en"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("[absence_run]\nquiet_days = 10\ndays = 3", "[absence_run]\nquiet_days = 10", r"\$days has no threshold"),
        ("[absence_run]\nquiet_days = 10", "[absence_run]\nquiet_days = 10\nhours = 1", "hours is read by nothing"),
        ("[absence_run]\nquiet_days = 10", "[absence_run]\nquiet_days = -1", "quiet_days is a number of 0 or more"),
        ("[absence_run]\nquiet_days = 10\n", "[absence_run]\n", "lack quiet_days"),
        ("[absence_run]", "[absence_walk]", "absence_walk: has thresholds but no entry"),
    ],
)
def test_a_threshold_nobody_can_run_with_stops_the_start(tmp_path, before: str, after: str, said: str) -> None:
    wrong = tmp_path / "thresholds.toml"
    written = THRESHOLDS.read_text(encoding="utf-8")
    assert before in written
    wrong.write_text(written.replace(before, after), encoding="utf-8")
    with pytest.raises(CatalogueError, match=said):
        read_signals(SIGNALS, wrong)


def test_no_signal_knows_who_a_child_is() -> None:
    """No demographics: a rule reads days, marks, visits and answers, and the child's own months."""
    tables = {"student_day", "student_usual", "spell_day", "absence_elsewhere"}
    assert step_of(BUILD_FOLDER / "spell_day.sql").reads == {"student_day", "as_of"}
    assert step_of(BUILD_FOLDER / "absence_elsewhere.sql").reads == {"enrollment", "student_day", "as_of"}
    for signal in signals().values():
        sql = re.sub(r"--[^\n]*", "", signal.sql_file.read_text(encoding="utf-8"))
        own = set(re.findall(r"(\w+) as \(\n", sql))
        read = set(re.findall(r"(?:from|join) (\w+)", sql))
        assert read - own <= tables, signal.name
        assert "grade" not in sql, signal.name


SOURCES = {
    "school": SCHOOLS,
    "class": CLASSES,
    "student": students(101, 102),
    "calendar_day": calendar("school 1 grade 5: 2026-04-06..2026-04-17"),
    "enrollment": """
        student_id class_id school_id grade begins_on  ends_on
        101        52       1         5     2026-04-01 2027-03-31
        102        52       1         5     2026-04-01 2027-03-31
    """,
    "attendance": """
        student_id school_id day        status
        101        1         2026-04-07 absent_sick
        101        1         2026-04-08 absent_other
        101        1         2026-04-09 absent_sick
        102        1         2026-04-17 absent_sick
    """,
}


def test_a_built_district_holds_flags_with_their_days(built: Callable[..., District]) -> None:
    district = built(**SOURCES)
    assert district.rows("select student_id, class_id, signal, begins_on, last_on, found from flag order by begins_on, signal") == [
        (101, 52, "absence_run", date(2026, 4, 9), date(2026, 4, 9), 3.0),
        (101, 52, "return_after_absence", date(2026, 4, 10), date(2026, 4, 10), 3.0),
    ]
    assert [day for (day,) in district.rows("select day from flag_day where signal = 'absence_run' order by day")] == [
        date(2026, 4, 7), date(2026, 4, 8), date(2026, 4, 9),
    ]  # fmt: skip
    assert district.rows("select count(*) from signal") == [(len(signals()),)]


def test_the_usual_is_the_middle_of_earlier_months_and_its_spread_has_a_way_out_of_nought(built: Callable[..., District]) -> None:
    """Six months of rain on 0, 0, 0, 0, 0 and 5 of 10 days: the middle distance is 0, the mean distance is not."""
    months = ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-11"]
    days = [f"{month}-{day:02}" for month in months for day in range(1, 11)]
    answers = "\n".join(
        f"101 {day} {3 if day.startswith('2026-09') and int(day[-2:]) <= 5 else 1} 08:00" for day in days
    )
    district = built(
        **SOURCES | {
            "calendar_day": calendar("school 1 grade 5: " + ", ".join(f"school_day {day}" for day in days)),
            "mood": f"student_id day level answered_at\n{answers}",
            "attendance": "student_id school_id day status\n102 1 2026-11-10 absent_sick",
        }
    )
    rows = district.rows("select month, usual, spread, months from student_usual where student_id = 101 and measure = 'low_mood'")
    by_month = {month: (usual, spread, count) for month, usual, spread, count in rows}
    # in November: April to September; the mean distance from 0 is 0.5 ÷ 6
    assert by_month[date(2026, 11, 1)] == (0.0, pytest.approx(1.2533 * 0.5 / 6), 6)
    # in September: April to July, all alike
    assert by_month[date(2026, 9, 1)] == (0.0, 0.0, 4)
    # May knows of no month before the last
    assert date(2026, 5, 1) not in by_month
