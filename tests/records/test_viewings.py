"""Who saw what, and what happened at the door."""

from __future__ import annotations

from access import Role, Viewer
from records import events, viewings

TANAKA = Viewer(2, Role.TEACHER, 1)


def test_everyone_shown_is_written_down_once_with_who_looked() -> None:
    viewings.record(TANAKA, "tanaka", "class_register", [103, 101, 101, 102], 60)
    [seen] = viewings.of_student(101)
    assert (seen.username, seen.staff_id, seen.role, seen.question) == ("tanaka", 2, "teacher", "class_register")
    assert (seen.students, seen.answer_rows, seen.is_masked) == (3, 60, False)
    assert viewings.of_student(104) == []


def test_the_wall_is_noted() -> None:
    viewings.record(TANAKA.as_masked(), "tanaka", "class_register", [101], 1)
    assert viewings.of_student(101)[0].is_masked


def test_an_answer_without_children_leaves_no_record() -> None:
    viewings.record(TANAKA, "tanaka", "class_register", [], 0)
    assert viewings.of_student(101) == []


def test_the_newest_comes_first() -> None:
    for question in ("first", "second"):
        viewings.record(TANAKA, "tanaka", question, [101], 1)
    assert [seen.question for seen in viewings.of_student(101)] == ["second", "first"]


def test_an_event_is_kept_with_its_address_and_found_by_person() -> None:
    events.record("signed_in", username="suzuki", address="192.0.2.1")
    events.record("refused_password", address="192.0.2.2")
    assert [event.kind for event in events.latest()] == ["refused_password", "signed_in"]
    assert [event.address for event in events.latest(username="suzuki")] == ["192.0.2.1"]
