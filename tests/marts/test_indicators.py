"""One worked example for each figure: a few rows in, one numerator and denominator out."""

from __future__ import annotations

import pytest

from queries.catalogue import indicators
from tests.marts.conftest import CLASSES, SCHOOLS, calendar, students

# Five 授業日, Mon 6 – Fri 10 April 2026, after a Saturday; 101 and 102 are in 5年2組, 201 in 1年1組 of 見晴中.
SOURCES = {
    "school": SCHOOLS,
    "class": CLASSES,
    "student": students(101, 102, 201),
    "calendar_day": calendar("school 1 grade 5: 2026-04-04..2026-04-10", "school 2 grade 7: 2026-04-04..2026-04-10"),
    "enrollment": """
        student_id class_id school_id grade begins_on  ends_on
        101        52       1         5     2026-04-01 2027-03-31
        102        52       1         5     2026-04-01 2027-03-31
        201        71       2         7     2026-04-01 2027-03-31
    """,
    "attendance": """
        student_id school_id day        status      is_late
        101        1         2026-04-07 absent_sick false
        101        1         2026-04-08 suspended   false
        102        1         2026-04-06 present     true
        201        2         2026-04-10 present     true
    """,
    # 101 answers from home on the sick day; 102 is asked on Thursday and does not answer. The school asks Mon 6 – Thu 9.
    "mood": """
        student_id day        level answered_at
        101        2026-04-06 1     08:10
        101        2026-04-07 3     08:30
        102        2026-04-06 2     08:11
        102        2026-04-07 4     08:12
        102        2026-04-08 1     08:13
        102        2026-04-09 -     -
    """,
    "health_room": """
        student_id day        entered_at left_at reason
        102        2026-04-09 10:05      10:30   内科
        102        2026-04-09 13:00      13:10   外科
    """,
    # Saturday's 20 minutes are no 授業日; they count for accuracy. Two subjects on Monday.
    "study_log": """
        student_id day        subject seconds answers correct
        101        2026-04-06 算数     600     10      5
        101        2026-04-06 国語     300     10      9
        102        2026-04-10 算数     900     20      18
        102        2026-04-04 算数     1200    0       0
        101        2026-04-04 算数     1200    10      1
    """,
    "staff_hours": """
        staff_id school_id month      hours overtime_hours
        1        1         2026-04-01 200.0 45.0
        2        1         2026-04-01 190.0 45.5
        1        1         2026-05-01 180.0 -
    """,
}

WORKED = {
    # 5年2組: 10 child days, 1 suspended, 1 sick; 見晴中: 5 days
    "absence_rate": (1, 14),
    "long_absence": (0, 3),
    "long_absence_absent": (0, 3),
    "long_absence_50": (0, 3),
    "long_absence_90": (0, 3),
    "scarce_attendance": (0, 3),
    "no_attendance": (0, 3),
    # at school: 101 three days, 102 five, 201 five; late: 102 once, 201 once
    "late_rate": (2, 13),
    "mood_sunny": (2, 5),
    "mood_cloudy": (1, 5),
    "mood_rain": (1, 5),
    "mood_thunder": (1, 5),
    # at school while asked (Mon–Thu): 101 on Mon and Thu, 102 on four days; answered there: 101 Mon, 102 Mon Tue Wed
    "mood_answered": (4, 6),
    # school 1 keeps the record up to Thu 9: 101 at school on Mon, Thu; 102 on four days
    "health_room_visits": (2, 6),
    # drill from Sat 4 to Fri 10: 10 child 授業日, 15 + 15 minutes on them
    "study_minutes": (30, 10),
    "study_accuracy": (33, 50),
    # as_of lies in April, hours were reported for April by two people
    "overtime_hours": (90.5, 2),
    # 45 hours are the limit and not over it
    "overtime_over_45": (1, 2),
}


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    from marts.building import build_district
    from tests.marts.conftest import District, write_lake

    place = tmp_path_factory.mktemp("worked")
    built = District(build_district(write_lake(place / "lake", **SOURCES), place / "district", 1))
    yield built
    built.close()


def test_every_indicator_has_a_worked_example():
    assert set(WORKED) == set(indicators())


@pytest.mark.parametrize("name", WORKED)
def test_an_indicator_counts_what_its_example_says(district, name):
    found = district.rows(
        f"select numerator, denominator from cell where indicator = '{name}' and place = 'district' and period = 'to_date'"
    )
    assert found == [pytest.approx(WORKED[name])]


def test_a_figure_is_shown_in_its_unit():
    visits, absence = indicators()["health_room_visits"], indicators()["absence_rate"]
    assert visits.value(2, 50) == pytest.approx(4.0)
    assert absence.value(1, 14) == pytest.approx(7.142857)
    assert absence.value(0, 0) is None


def test_a_source_nobody_sends_makes_no_figure(built):
    """Attendance, roster and calendar alone are a district; the other figures are absent, not zero."""
    alone = {name: SOURCES[name] for name in ("school", "class", "student", "calendar_day", "enrollment", "attendance")}
    district = built(**alone)
    assert district.rows("select distinct indicator from cell order by indicator") == [
        ("absence_rate",), ("late_rate",), ("long_absence",), ("long_absence_50",), ("long_absence_90",), ("long_absence_absent",),
        ("no_attendance",), ("scarce_attendance",),
    ]
    assert district.rows("select count(*), count(mood_level), sum(study_minutes) from student_day") == [(15, 0, 0.0)]
    assert district.rows("select distinct is_mood_asked, is_study_covered, is_health_room_covered from student_day") == [
        (False, False, False)
    ]


def test_a_visit_is_counted_within_its_day(district):
    assert district.rows("select student_id, visit, entered_at from health_room_visit order by visit") == [
        (102, 1, "10:05"), (102, 2, "13:00"),
    ]


def test_a_day_of_drill_keeps_its_subjects_and_its_weekend(district):
    assert district.rows("select day::varchar, subject, minutes from study_day where student_id = 101 order by all") == [
        ("2026-04-04", "算数", 20.0), ("2026-04-06", "国語", 5.0), ("2026-04-06", "算数", 10.0),
    ]
