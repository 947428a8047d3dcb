"""Two boards in one instance, with the same people, the same children's numbers and the same tables: nothing crosses."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from access import Refused, Viewer, children_of, jurisdictions, schools_of, sight_of, viewers_of
from access.gate import answer
from access.jurisdictions import JurisdictionError, current, declared, within
from access.sharing import SHARING_FILE, SharingError, sharing, sharing_in
from access.sql_allowlist import allowed
from queries.ask import ask, questions
from records import (
    acknowledgements,
    drafts,
    engine,
    events,
    exports,
    handovers,
    meetings,
    notes,
    plans,
    practices,
    school_events,
    sessions,
    viewings,
)
from tests.boards import two_boards
from web.signed_in import open_session

EVERY_CHILD = allowed("every_child", "select student_name.student_id, student_name.family_name from student_name")
PLAN = plans.Draft("朝から登校する", "門で声をかける", "担任", date(2026, 11, 1), None, date(2026, 12, 1))


@pytest.fixture
def homes(tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data directory with two boards whose district files are copies of each other, byte for byte."""
    monkeypatch.delenv("MIHARASHI_RECORDS", raising=False)
    monkeypatch.setenv("MIHARASHI_DATA", str(tmp_path))
    with two_boards(tmp_path, tiny_folder) as place:
        yield place


def head_of(board: str, number: str = "T000001") -> Viewer:
    with within(board):
        return replace(viewers_of(number)[0], username="suzuki")


def test_the_file_names_the_boards_in_its_order(homes: Path) -> None:
    assert [(board.key, board.label["en"], board.home) for board in declared(homes)] == [
        ("midori", "Midori City", homes / "midori"),
        ("hinode", "Hinode Town", homes / "hinode"),
    ]
    assert declared(homes / "midori") == (), "a home is an ordinary data directory"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "names no board"),
        ("[みどり]\nlabel = 1", "jurisdictions.toml:"),
        ('["../midori"]\nlabel = { ja = "x", en = "x" }', "../midori"),
        ('[lake]\nlabel = { ja = "x", en = "x" }', "lake"),
        ('[midori]\nlabel = { ja = "x" }', "label"),
        ("midori = 3", "label"),
    ],
)
def test_a_file_that_cannot_be_meant_stops_the_start(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "jurisdictions.toml").write_text(text, encoding="utf-8")
    with pytest.raises(JurisdictionError, match=why.replace(".", r"\.")):
        declared(tmp_path)


@pytest.mark.usefixtures("homes")
def test_who_says_no_board_gets_nothing() -> None:
    assert not jurisdictions.is_chosen()
    for asked in (lambda: viewers_of("T000001"), current, sessions.last_started, lambda: sessions.find("x")):
        with pytest.raises(Refused, match="no_jurisdiction"):
            asked()
    assert open_session("x") is None
    for key in ("", "nowhere", "MIDORI", "midori/../hinode", None):
        with within(key), pytest.raises(Refused, match="no_jurisdiction"):
            current()


@pytest.mark.usefixtures("homes")
def test_another_thread_is_nowhere_until_it_is_told() -> None:
    found: list[object] = []

    def elsewhere() -> None:
        try:
            found.append(current().key)
        except Refused as refusal:
            found.append(refusal.code)

    with within("midori"):
        threads = [threading.Thread(target=elsewhere)]
        threads[0].start()
        threads[0].join()
    assert found == ["no_jurisdiction"]


@pytest.mark.usefixtures("homes")
def test_a_viewer_of_one_board_asks_the_other_for_nothing() -> None:
    """Every question and every rule of reach, with a viewer who would be somebody there, too."""
    ours = head_of("midori")
    with within("midori"):
        assert answer(ours, EVERY_CHILD, {}).height == 4
    with within("hinode"):
        for question in [*questions().values(), EVERY_CHILD]:
            with pytest.raises(Refused, match="elsewhere"):
                answer(ours, question, dict.fromkeys(question.parameters))
        for rule in (children_of, schools_of, sight_of):
            with pytest.raises(Refused, match="elsewhere"):
                rule(ours)


@pytest.mark.usefixtures("homes")
def test_what_one_board_writes_the_other_does_not_read() -> None:
    """The same head, the same child's number, at both boards: each store knows its own."""
    ours, theirs = head_of("midori"), head_of("hinode")
    with within("midori"):
        notes.write(ours, 1, 101, "talked", "みどりの記録")
        plans.write(ours, 1, 101, PLAN)
        practices.write(ours, (1, "見晴小学校"), "absence_rate", "声をかけた", [], "教務")
        school_events.write(ours, 1, date(2026, 11, 1), "rule", "時程を変えた")
        meetings.prepare(ours, 1, "職員会議", date(2026, 11, 20))
        drafts.save(ours, 1, 101, "書きかけ")
        ask(ours, "child", student_key="kid101")
        events.record("signed_in", username="suzuki")
        token = sessions.start("suzuki")
        assert sessions.find(token) is not None
        assert notes.of_children(ours, 1, [101])
        assert plans.of_children(ours, 1, [101])
        assert viewings.who_saw(ours, 101)
        assert drafts.of(ours, 1, 101) == "書きかけ"
    with within("hinode"):
        assert sessions.find(token) is None, "a cookie of one board opens nothing at the other"
        assert notes.of_children(theirs, 1, [101]) == []
        assert plans.of_children(theirs, 1, [101]) == []
        assert practices.shared(theirs) == []
        assert school_events.of_school(theirs, 1) == []
        assert meetings.of_school(theirs, 1) == []
        assert viewings.who_saw(theirs, 101) == []
        assert drafts.of(theirs, 1, 101) == ""
        assert acknowledgements.of_children(theirs, 1, [101]) == []
        assert events.latest() == []
        for refused in (
            lambda: notes.of_children(ours, 1, [101]),
            lambda: notes.write(ours, 1, 101, "talked", "届かない"),
            lambda: plans.write(ours, 1, 101, PLAN),
            lambda: practices.shared(ours),
            lambda: school_events.of_school(ours, 1),
            lambda: meetings.of_school(ours, 1),
            lambda: viewings.who_saw(ours, 101),
            lambda: viewings.record(ours, "suzuki", "child", [101], 1),
            lambda: exports.record(ours, exports.Export("child_talk", 101, ()), b""),
            lambda: handovers.record(ours, 101, [], 0, b""),
            lambda: drafts.of(ours, 1, 101),
            lambda: drafts.save(ours, 1, 101, "届かない"),
            lambda: acknowledgements.take_back(ours, [1]),
        ):
            with pytest.raises(Refused, match="elsewhere"):
                refused()


def test_boards_share_no_store(homes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with within("midori"):
        assert engine.store_url() == f"sqlite:///{homes / 'midori' / 'records.sqlite'}"
        monkeypatch.setenv("MIHARASHI_RECORDS", "postgresql://records/miharashi_{jurisdiction}")
        assert engine.store_url() == "postgresql://records/miharashi_midori"
    with within("hinode"):
        assert engine.store_url() == "postgresql://records/miharashi_hinode"
        monkeypatch.setenv("MIHARASHI_RECORDS", "postgresql://records/miharashi")
        with pytest.raises(engine.SharedStoreError, match="MIHARASHI_RECORDS"):
            engine.store_url()


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize(
    ("url", "is_shared"),
    [
        ("postgresql://records/miharashi_{jurisdiction}", False),
        ("postgresql://{jurisdiction}:x@records/miharashi", True),
        ("postgresql://records/miharashi?application_name={jurisdiction}", True),
    ],
)
def test_two_boards_never_have_one_database(monkeypatch: pytest.MonkeyPatch, url: str, is_shared: bool) -> None:
    monkeypatch.setenv("MIHARASHI_RECORDS", url)
    if is_shared:
        with pytest.raises(engine.SharedStoreError, match="midori and hinode"):
            engine.refuse_shared_stores()
    else:
        engine.refuse_shared_stores()


def test_each_board_sets_its_own_matrix(homes: Path) -> None:
    text = SHARING_FILE.read_text(encoding="utf-8")
    own = text.replace("version = ", "version = 9", 1)
    (homes / "hinode" / "sharing.toml").write_text(own, encoding="utf-8")
    with within("midori"):
        usual = sharing().version
    with within("hinode"):
        assert sharing().version == int(f"9{usual}")
        (homes / "hinode" / "sharing.toml").write_text("half a line", encoding="utf-8")
        assert sharing().version == int(f"9{usual}"), "until the next start, whatever is written"
        (homes / "hinode" / "sharing.toml").unlink()
        assert sharing().version == int(f"9{usual}"), "a file that is gone for a moment opens nothing"
    broken = homes / "broken"
    broken.mkdir()
    (broken / "sharing.toml").write_text("version = 1\n", encoding="utf-8")
    with pytest.raises(SharingError, match="sharing"):
        sharing_in(broken)
