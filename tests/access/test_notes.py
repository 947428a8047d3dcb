"""Who reads and writes which note, for every role; restricted ones others cannot even count; nothing is written over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from access import Refused, Role, Viewer
from records import engine, notes
from tests.access.conftest import SASAKI, SATO, SUZUKI, TAKAHASHI, TANAKA, WATANABE, YAMADA, YAMAMOTO
from tests.accounts import opened_store

pytestmark = pytest.mark.usefixtures("tiny_district")

HANA = 102
TANAKA_HIMSELF = replace(TANAKA, username="tanaka")
WATANABE_HERSELF = replace(WATANABE, username="watanabe")
SUZUKI_HERSELF = replace(SUZUKI, username="suzuki")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    opened_store(tmp_path)
    yield
    engine.forget()


def read(viewer: Viewer, *students: int) -> list[tuple[str, str]]:
    return [(note.tag, note.body) for note in notes.of_children(viewer, 1, students or (HANA,))]


# everybody who reaches child 102, and what they read of one plain and one restricted note
READERS = [
    (TANAKA, ["plain"]),
    (YAMAMOTO, ["plain"]),
    (replace(TANAKA, role=Role.GRADE_LEADER), None),  # reaches nobody in that role here
    (WATANABE, ["restricted", "plain"]),
    (SUZUKI, ["restricted", "plain"]),
    (SASAKI, None),
    (SATO, None),
    (TAKAHASHI, None),
    (YAMADA, None),
    (TANAKA.as_masked(), None),
    (SUZUKI.as_masked(), None),
]


@pytest.mark.parametrize(("viewer", "reads"), READERS)
def test_who_reads_which_note(viewer: Viewer, reads: list[str] | None) -> None:
    notes.write(TANAKA_HIMSELF, 1, HANA, "talked", "plain")
    notes.write(WATANABE_HERSELF, 1, HANA, "health", "restricted", is_restricted=True)
    assert [body for _tag, body in read(viewer)] == (reads or [])


@pytest.mark.parametrize(("viewer", "reads"), READERS)
def test_who_writes_which_note(viewer: Viewer, reads: list[str] | None) -> None:
    if reads is None:
        with pytest.raises(Refused):
            notes.write(viewer, 1, HANA, "talked")
    else:
        notes.write(viewer, 1, HANA, "talked")
    if "restricted" not in (reads or []):
        with pytest.raises(Refused):
            notes.write(viewer, 1, HANA, "talked", is_restricted=True)


def test_two_who_write_at_once_are_both_kept() -> None:
    notes.write(TANAKA_HIMSELF, 1, HANA, "talked", "朝、声をかけた")
    notes.write(WATANABE_HERSELF, 1, HANA, "health", "保健室で休んだ")
    assert read(SUZUKI) == [("health", "保健室で休んだ"), ("talked", "朝、声をかけた")]


def test_a_change_stands_in_place_of_the_note_which_stays_in_the_store() -> None:
    from sqlalchemy import select  # noqa: PLC0415

    from records.tables import note  # noqa: PLC0415

    number = notes.write(TANAKA_HIMSELF, 1, HANA, "worried", "元気がない")
    newer = notes.change(TANAKA_HIMSELF, number, "worried", "午後は元気だった")
    [standing] = notes.of_children(TANAKA, 1, [HANA])
    assert (standing.body, standing.revisions) == ("午後は元気だった", 1)
    notes.withdraw(TANAKA_HIMSELF, newer)
    assert read(TANAKA) == []
    with engine.reading() as connection:
        assert [row.body for row in connection.execute(select(note).order_by(note.c.note_id))] == ["元気がない", "午後は元気だった", ""]


def test_nobody_changes_what_another_wrote_nor_what_no_longer_stands() -> None:
    number = notes.write(TANAKA_HIMSELF, 1, HANA, "worried", "元気がない")
    with pytest.raises(Refused):
        notes.change(SUZUKI_HERSELF, number, "worried", "そんなことはない")
    notes.change(TANAKA_HIMSELF, number, "worried", "午後は元気だった")
    with pytest.raises(Refused):
        notes.change(TANAKA_HIMSELF, number, "worried", "二度目")
    with pytest.raises(Refused):
        notes.withdraw(TANAKA_HIMSELF, number)


def test_a_changed_restricted_note_stays_restricted() -> None:
    number = notes.write(WATANABE_HERSELF, 1, HANA, "health", "restricted", is_restricted=True)
    notes.change(WATANABE_HERSELF, number, "health", "still restricted")
    assert read(TANAKA) == []
    assert read(SUZUKI) == [("health", "still restricted")]


def test_a_note_of_one_school_is_not_read_at_another() -> None:
    notes.write(TANAKA_HIMSELF, 1, HANA, "talked", "plain")
    assert notes.of_children(TANAKA, 2, [HANA]) == []


def test_an_unknown_tag_and_an_endless_text_are_refused() -> None:
    with pytest.raises(ValueError, match="no such tag"):
        notes.write(TANAKA_HIMSELF, 1, HANA, "rank")
    with pytest.raises(ValueError, match="2000"):
        notes.write(TANAKA_HIMSELF, 1, HANA, "talked", "あ" * 2001)


TAGS = """
[talked]
ja = "声をかけた"
en = "Talked"

[club]
ja = "部活動"
en = "Club"

[school."見晴中学校"]
tags = ["club"]
"""


def test_a_school_sets_its_own_tags_and_old_ones_are_still_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    came_along = notes.tags()
    assert notes.tags("見晴中学校") == came_along
    monkeypatch.setenv("MIHARASHI_DATA", str(tmp_path / "own"))
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "note_tags.toml").write_text(TAGS, encoding="utf-8")
    assert list(notes.tags("見晴中学校")) == ["club"]
    assert list(notes.tags("見晴小学校")) == list(notes.tags()) == ["talked", "club"]
    assert "worried" in came_along
    assert "worried" not in notes.tags()


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ('[talked]\nja = "声をかけた"\n', "talked"),
        ('[talked]\nja = "声"\nen = "T"\n[school."見晴中学校"]\ntags = ["nothing"]\n', "nothing"),
        ('[talked]\nja = "声"\nen = "T"\n[school."見晴中学校"]\ntags = []\n', "none"),
    ],
)
def test_a_file_of_tags_that_makes_no_sense_says_where(text: str, flaw: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIHARASHI_DATA", str(tmp_path))
    (tmp_path / "note_tags.toml").write_text(text, encoding="utf-8")
    with pytest.raises(notes.TagError, match=flaw):
        notes.tags()
