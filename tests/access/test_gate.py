"""What the gate lets through, for each of the cast; asked with questions that ask for everything."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from access import Refused, Viewer, children_of, viewer_of, viewers_of
from access.gate import answer
from access.sql_allowlist import allowed
from queries.ask import questions
from queries.handover import members
from tests.access.conftest import (
    SASAKI,
    SASAKI_IN_ENGLISH,
    SATO,
    STRANGER,
    SUZUKI,
    TAKAHASHI,
    TANAKA,
    WATANABE,
    YAMADA,
    YAMAMOTO,
)

pytestmark = pytest.mark.usefixtures("tiny_district")

EVERY_CHILD = allowed("every_child", "select student.student_id from student")
EVERY_NAME = allowed("every_name", "select student_name.student_id, student_name.family_name from student_name")
EVERY_DAY = allowed(
    "every_day",
    "select student_day.student_id, student_day.attendance, student_day.mood_level, student_day.health_room_visits, "
    "student_day.study_minutes, student_day.school_id from student_day",
)
EVERY_VISIT = allowed(
    "every_visit", "select health_room_visit.student_id, health_room_visit.symptom from health_room_visit"
)
EVERY_CELL = allowed(
    "every_cell",
    "select cell.indicator, cell.place, cell.school_id, cell.class_id, cell.numerator, cell.denominator, cell.people, "
    "cell.is_hidden from cell",
)
EVERY_HOUR = allowed("every_hour", "select staff_hours.staff_id, staff_hours.overtime_hours from staff_hours")
EVERY_CLASS = allowed("every_class", "select class.class_id from class")
EVERY_SCHOOL = allowed("every_school", "select school.school_id from school")
EVERY_STAFF = allowed("every_staff", "select staff_directory.staff_number, staff_directory.role from staff_directory")
EVERY_ORIGIN = allowed(
    "every_origin", "select lineage.source, lineage.school_id, lineage.file, lineage.rows from lineage"
)
EVERY_FLAG = allowed("every_flag", "select flag.student_id, flag.signal, flag.school_id from flag")
EVERY_FLAG_DAY = allowed("every_flag_day", "select flag_day.student_id, flag_day.signal from flag_day")
EVERY_LOAD = allowed("every_load", "select load_source.file from load_source")


def asked(viewer: Viewer, question: object) -> pl.DataFrame:
    return answer(viewer, question, {})  # type: ignore[arg-type]


def children(viewer: Viewer) -> set[int]:
    return set(asked(viewer, EVERY_CHILD)["student_id"])


def test_tanaka_sees_the_children_of_his_class_and_no_other() -> None:
    assert children(TANAKA) == {101, 102, 103}
    assert set(asked(TANAKA, EVERY_NAME)["family_name"]) == {"伊藤", "佐藤", "髙橋"}
    assert set(asked(TANAKA, EVERY_DAY)["student_id"]) == {101, 102, 103}


def test_suzuki_sees_her_school_and_no_other() -> None:
    assert children(SUZUKI) == {101, 102, 103, 104}
    assert set(asked(SUZUKI, EVERY_SCHOOL)["school_id"]) == {1}


def test_a_child_who_has_left_is_seen_by_nobody() -> None:
    assert 105 not in children(SUZUKI) | children(TANAKA)


def test_a_stranger_sees_nothing() -> None:
    for question in (EVERY_CHILD, EVERY_NAME, EVERY_DAY, EVERY_VISIT, EVERY_HOUR, EVERY_CLASS, EVERY_SCHOOL):
        assert asked(STRANGER, question).height == 0
    assert set(asked(STRANGER, EVERY_CELL)["place"]) <= {"district"}


@pytest.mark.parametrize("viewer", [SATO, TAKAHASHI, YAMADA, TANAKA.as_masked(), SUZUKI.as_masked()])
@pytest.mark.parametrize("question", [EVERY_CHILD, EVERY_NAME, EVERY_DAY, EVERY_VISIT])
def test_without_names_there_is_no_question_about_children(viewer: Viewer, question: object) -> None:
    with pytest.raises(Refused, match="not_shared"):
        asked(viewer, question)


def test_yamamoto_teaches_arithmetic_and_sees_no_mood_and_no_health_room() -> None:
    days = asked(YAMAMOTO, EVERY_DAY)
    assert set(days["student_id"]) == {101, 102, 103, 104}
    assert days["mood_level"].null_count() == days.height
    assert days["health_room_visits"].null_count() == days.height
    assert days["study_minutes"].null_count() == 0
    assert asked(YAMAMOTO, EVERY_VISIT).height == 0


def test_only_nurse_and_head_read_what_the_health_room_wrote() -> None:
    assert set(asked(WATANABE, EVERY_VISIT)["symptom"]) == {"頭痛"}
    assert set(asked(SUZUKI, EVERY_VISIT)["symptom"]) == {"頭痛"}
    assert set(asked(TANAKA, EVERY_VISIT)["symptom"]) == {None}


def cell(viewer: Viewer, place: str, school_id: int | None, class_id: int | None, indicator: str) -> dict[str, object]:
    cells = asked(viewer, EVERY_CELL).filter(
        (pl.col("place") == place)
        & pl.col("school_id").eq_missing(school_id)
        & pl.col("class_id").eq_missing(class_id)
        & (pl.col("indicator") == indicator)
    )
    assert cells.height == 1, cells
    return cells.row(0, named=True)


def test_tanaka_sees_the_figure_of_his_class_however_small() -> None:
    seen = cell(TANAKA, "class", 1, 11, "absence_rate")
    assert (seen["numerator"], seen["people"], seen["is_hidden"]) == (3.0, 3, False)


def test_tanaka_on_the_projector_gets_no_figure_of_three_people() -> None:
    seen = cell(TANAKA.as_masked(), "class", 1, 11, "absence_rate")
    assert (seen["numerator"], seen["denominator"], seen["people"], seen["is_hidden"]) == (None, None, None, True)


def test_tanaka_gets_his_school_as_numbers_only_where_it_is_large_enough() -> None:
    assert cell(TANAKA, "school", 1, None, "absence_rate")["numerator"] is None
    assert cell(TANAKA, "school", 1, None, "mood_rain")["numerator"] == 30.0
    assert cell(SUZUKI, "school", 1, None, "absence_rate")["numerator"] == 4.0


def test_sato_sees_numbers_of_schools_but_no_small_ones_and_no_classes() -> None:
    cells = asked(SATO, EVERY_CELL)
    assert "class" not in set(cells["place"])
    assert cells.filter(pl.col("people") < 10).height == 0
    assert cell(SATO, "school", 2, None, "absence_rate")["numerator"] == 90.0
    assert cell(SATO, "school", 1, None, "absence_rate")["is_hidden"] is True


def test_takahashi_administers_and_sees_loads_but_no_figures() -> None:
    assert asked(TAKAHASHI, EVERY_CELL).height == 0
    assert asked(TAKAHASHI, EVERY_LOAD)["file"].to_list() == ["attendance-2026.csv"]
    with pytest.raises(Refused):
        asked(TANAKA, EVERY_LOAD)
    assert asked(SUZUKI, EVERY_LOAD).height == 0


def test_hours_of_a_person_are_for_that_person_and_the_head() -> None:
    assert set(asked(SUZUKI, EVERY_HOUR)["staff_id"]) == {1, 2}
    assert set(asked(TANAKA, EVERY_HOUR)["staff_id"]) == {2}
    assert set(asked(WATANABE, EVERY_HOUR)["staff_id"]) == set()
    assert asked(SUZUKI.as_masked(), EVERY_HOUR).height == 0


def test_the_roster_says_who_a_member_of_staff_is() -> None:
    assert viewer_of("T000002") == TANAKA
    assert viewer_of("T000003") == SATO
    assert viewer_of("T999999") is None
    assert viewers_of("T000008") == (SASAKI, SASAKI_IN_ENGLISH)


def test_sasaki_has_two_roles_and_never_their_sum() -> None:
    assert children(SASAKI) == {201}
    assert children(SASAKI_IN_ENGLISH) == {202}
    with_mood = asked(SASAKI_IN_ENGLISH, EVERY_DAY)
    assert with_mood["mood_level"].null_count() == with_mood.height


def test_a_question_cannot_leave_its_cursor_behind(tiny_district: Path) -> None:
    del tiny_district
    assert children(SUZUKI) == {101, 102, 103, 104}
    assert children(SASAKI) == {201}
    assert children(STRANGER) == set()


def test_takahashi_sees_staff_by_name_to_give_accounts_and_nobody_else_does() -> None:
    rows = asked(TAKAHASHI, EVERY_STAFF)
    assert dict(rows.filter(pl.col("role").is_not_null()).select("staff_number", "role").rows()) == {
        "T000001": "principal", "T000002": "teacher", "T000004": "administrator",
    }  # fmt: skip
    assert rows.filter(pl.col("staff_number") == "T000007")["role"].to_list() == [None], "her office has ended"
    for viewer in (SUZUKI, TANAKA, SATO, WATANABE, TAKAHASHI.as_masked()):
        with pytest.raises(Refused):
            asked(viewer, EVERY_STAFF)


def test_file_names_are_for_head_and_administrator_and_row_counts_for_the_head() -> None:
    def lineage(viewer: Viewer) -> set[tuple[object, ...]]:
        return set(asked(viewer, EVERY_ORIGIN).rows())

    assert ("attendance", 1, "attendance-2026.csv", 9) in lineage(SUZUKI)
    assert ("attendance", 2, "attendance-2026.csv", None) in lineage(TAKAHASHI)
    assert ("attendance", 1, None, None) in lineage(TANAKA)
    assert ("attendance", 2, None, None) in lineage(SATO)
    assert ("attendance", 1, None, None) in lineage(SUZUKI.as_masked())
    assert {source for source, *_rest in lineage(YAMAMOTO)} == {"attendance", "calendar"}, (
        "no mood for a subject teacher"
    )
    assert {school for _source, school, *_rest in lineage(TANAKA)} == {1}


def test_a_wall_and_a_board_officer_learn_the_load_behind_a_figure_and_no_file() -> None:
    question = questions()["origin_of_figures"]
    for viewer in (SATO, TANAKA.as_masked(), SUZUKI.as_masked()):
        rows = answer(viewer, question, {"school_id": None}).filter(pl.col("source") == "attendance")
        assert rows.select("load_id", "file").rows() == [(1, None)], viewer.role
        assert rows["last_on"].null_count() == 0
    at_desk = answer(SUZUKI, question, {"school_id": 1}).filter(pl.col("source") == "attendance")
    assert at_desk["file"].to_list() == ["attendance-2026.csv"]
    assert answer(SUZUKI, question, {"school_id": 2}).is_empty()


def test_the_head_sees_both_totals_of_her_school_and_the_administrator_only_where_they_differ() -> None:
    question, days = questions()["reconciliation_differences"], questions()["reconciliation_days"]
    columns = ("class_id", "told", "counted", "more")
    assert answer(SUZUKI, question, {}).select(columns).rows() == [(11, 7, 5, 2)]
    assert answer(SUZUKI, days, {})["children"].to_list() == [2]
    for viewer, more, why in ((TAKAHASHI, [(11, None), (21, -1)], ["weekend"]), (SUZUKI.as_masked(), [(11, None)], [])):
        rows = answer(viewer, question, {})
        assert rows.select("class_id", "more").rows() == more
        assert rows["told"].null_count() == rows["counted"].null_count() == rows.height
        assert answer(viewer, days, {})["why"].to_list() == why, (
            "a day on which a child was away is nobody's but the head's"
        )
    assert answer(SATO, question, {}).is_empty(), "the board has its own figures"
    with pytest.raises(Refused):
        answer(TANAKA, question, {})


def test_the_head_hands_over_a_child_of_her_school_and_nobody_else_hands_over_any() -> None:
    for question in [*(member.question for member in members()), "handover_child", "handover_school_days"]:
        own = answer(SUZUKI, questions()[question], {"school_id": 1, "student_id": 102})
        assert own["student_id"].to_list() == [102], question
        assert answer(SUZUKI, questions()[question], {"school_id": 2, "student_id": 201}).is_empty(), question
        assert answer(SUZUKI, questions()[question], {"school_id": 1, "student_id": 105}).is_empty(), (
            "who has left is nobody's"
        )
        for viewer in (SATO, TAKAHASHI, SUZUKI.as_masked()):
            with pytest.raises(Refused):
                answer(viewer, questions()[question], {"school_id": 1, "student_id": 102})
    for viewer in (TANAKA, YAMAMOTO, SASAKI):
        assert answer(viewer, questions()["handover_child"], {"school_id": 1, "student_id": 102}).is_empty()
        assert answer(viewer, questions()["handover_attendance"], {"school_id": 1, "student_id": 102}).is_empty()


def test_what_came_with_a_child_is_shown_kind_by_kind() -> None:
    def sources(viewer: Viewer, student_id: int = 102) -> set[str]:
        return set(answer(viewer, questions()["former_records"], {"student_id": student_id})["source"])

    assert sources(SUZUKI) == sources(TANAKA) == {"attendance", "mood"}
    assert sources(YAMAMOTO) == {"attendance"}, "no mood for a subject teacher"
    assert sources(TANAKA, 201) == set()


@pytest.mark.parametrize(
    ("viewer", "signals"),
    [
        (TANAKA, {"absence_run", "mood_run", "health_room_visits", "accuracy_drop", "contradiction"}),
        (SUZUKI, {"absence_run", "mood_run", "health_room_visits", "accuracy_drop", "contradiction"}),
        # the nurse sees no learning record, the subject teacher neither mood nor visits: not through a signal either
        (WATANABE, {"absence_run", "mood_run", "health_room_visits", "contradiction"}),
        (YAMAMOTO, {"absence_run", "accuracy_drop"}),
    ],
)
def test_a_signal_is_seen_by_who_sees_every_kind_of_record_it_rests_on(viewer: Viewer, signals: set[str]) -> None:
    flags = asked(viewer, EVERY_FLAG)
    assert set(flags["signal"]) == signals
    assert set(flags["student_id"]) == children(viewer)
    assert set(asked(viewer, EVERY_FLAG_DAY)["signal"]) == signals


@pytest.mark.parametrize("viewer", [SATO, TAKAHASHI, YAMADA, TANAKA.as_masked(), SUZUKI.as_masked()])
def test_nobody_without_names_is_given_a_flag(viewer: Viewer) -> None:
    with pytest.raises(Refused):
        asked(viewer, EVERY_FLAG)
    with pytest.raises(Refused):
        asked(viewer, EVERY_FLAG_DAY)
    assert children_of(viewer) == frozenset()


def test_sasaki_is_told_nothing_the_school_before_had_noticed() -> None:
    assert asked(SASAKI, EVERY_FLAG).filter(pl.col("school_id") != 2).is_empty()


def test_who_may_be_written_about_is_who_may_be_seen() -> None:
    for viewer in (TANAKA, SUZUKI, WATANABE, YAMAMOTO, SASAKI, SASAKI_IN_ENGLISH):
        assert children_of(viewer) == children(viewer)
    assert children_of(STRANGER) == frozenset()
