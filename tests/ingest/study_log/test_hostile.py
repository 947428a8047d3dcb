"""Statements that are broken, monstrous or not meant to be read: a sentence for each, the others are loaded, nothing is lost."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import ingest
from ingest import loading
from ingest.files.inbox import Dropped
from ingest.files.reasons import IngestError
from ingest.study_log import ledger, pieces
from ingest.study_log.document import statements_in
from tests.ingest.statements import SUBJECT, TYPES, VERBS, answered, figures, lines, loaded, named
from tests.ingest.tiny import HANA, REN, drop, rows_in

GOOD = json.dumps(answered(1)).encode()
NEXT = json.dumps(answered(2)).encode()
DEEP = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
BROKEN = {
    "cut off": (GOOD[:199], "broken_json"),
    "not a number": (GOOD.replace(b'"scaled": 1', b'"scaled": NaN'), "broken_json"),
    "half a surrogate": (GOOD.replace(b"drill.example/q1", rb"\ud83d"), "broken_json"),
    "bytes of nothing": (GOOD.replace(b"drill.example", b"\x00\x00"), "broken_json"),
    "nested without end": (DEEP, "broken_json"),
    "another encoding": (GOOD.replace(rb"\u7b97\u6570", "算数".encode("cp932")), "not_utf8"),
    "a list": (b"[[1, 2]]", "not_a_statement"),
    "a number": (b"[7]", "not_a_statement"),
    "a number too large": (GOOD.replace(b'"raw": 1', b'"raw": 1' + b"0" * 400), "broken_json"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_line_costs_itself_only(home: Path, kind: str) -> None:
    broken, code = BROKEN[kind]
    report = loaded(home, GOOD + b"\n" + broken + b"\n" + NEXT + b"\n")
    assert (report.rows_read, report.rows_loaded, report.rejected) == (3, 2, {code: 1})
    assert (home / report.kept_in).read_bytes().rstrip(b"\n") == broken


@pytest.mark.parametrize("kind", [kind for kind in BROKEN if kind not in ("cut off", "a list", "a number")])
@pytest.mark.parametrize("around", [(b"[", b"]"), (b'{"statements": [', b'], "more": "/next"}')])
def test_a_broken_statement_of_a_document_costs_itself_only(kind: str, around: tuple[bytes, bytes]) -> None:
    broken, code = BROKEN[kind]
    found = list(statements_in(io.BytesIO(around[0] + b", ".join((GOOD, broken, NEXT)) + around[1]), 1 << 21))
    assert [each.flaw for each in found] == ["", code, ""]
    assert [each.raw for each in found] == [GOOD, broken, NEXT]


@pytest.mark.parametrize(
    ("document", "flaws"),
    [
        (b"[" + GOOD + b", " + NEXT[:199], ["", "broken_off"]),
        (b"[" + GOOD + b", ", ["", "broken_off"]),
        (b'{"statements": [' + GOOD + b"]", ["", "broken_off"]),
        (b'{"statements": [' + GOOD + b'], "more": {"a": [1, {}]}}', [""]),
        (b"[" + GOOD + b", 7, " + NEXT + b', "x"]', ["", "not_a_statement", "", "not_a_statement"]),
        (b"[[" + GOOD + b"]]", [""]),
        (GOOD + b" " + NEXT, ["", ""]),
        (b"[" + GOOD + b"]\n[" + NEXT + b"]", ["", ""]),
        (GOOD + b"]]}" + NEXT, ["", ""]),
        (b"[]", []),
        (b'{"statements": [], "more": ""}', []),
        (b"[" + GOOD.replace(b"drill.example/q1", b"}},{ ]}]") + b"," + NEXT + b"]", ["", ""]),
        (b"[" + GOOD.replace(b"drill.example/q1", rb"\"}],{\\") + b"," + NEXT + b"]", ["", ""]),
    ],
)
@pytest.mark.parametrize("chunk", [7, 1 << 20])
def test_where_statements_of_a_document_end(monkeypatch: pytest.MonkeyPatch, document: bytes, flaws: list[str], chunk: int) -> None:
    """However few bytes come at a time."""
    monkeypatch.setattr("ingest.study_log.document.CHUNK", chunk)
    assert [each.flaw for each in statements_in(io.BytesIO(document), 1 << 20)] == flaws


SAYS = "算数".encode()
# a document, and the line and character at which each of its flaws is
PLACES = [
    (GOOD + b"\n" + b'  {"a": 1, x}\n' + NEXT, [(2, 12)]),
    (b"[" + GOOD + b',\n {"a": 1, x},\n' + NEXT + b"]", [(2, 11)]),
    (b'[{"a": "' + SAYS + b'", x}, ' + GOOD + b"]", [(1, 14)]),
    (b'[{"a": 1,\n  "b": "' + SAYS + b'", x}, ' + GOOD + b"]", [(2, 14)]),
    (b"[" + GOOD + b",\n7,\n\n " + NEXT + b', "x"]', [(2, 1), (4, len(NEXT) + 4)]),
    (b"[" + GOOD + b",\n  [1]]", [(2, 3)]),
    (b"[" + GOOD + b",\n" + NEXT[:30], [(2, 1)]),
    (b'[{"a": "' + SAYS + "算".encode("cp932") + b'"}, ' + GOOD + b"]", [(1, 11)]),
    (b'{\n"statements": [' + GOOD + b',\n\t{"a" 1}], "more": ""}', [(3, 7)]),
]


@pytest.mark.parametrize(("content", "places"), PLACES)
@pytest.mark.parametrize("chunk", [5, 1 << 20])
def test_a_flaw_is_told_by_line_and_character(
    home: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, places: list[tuple[int, int]], chunk: int
) -> None:
    """However few bytes come at a time."""
    monkeypatch.setattr("ingest.study_log.document.CHUNK", chunk)
    loaded(home, content)
    said = rows_in(home, "rejected_row", "all")
    told = said["message_ja"].to_list()
    assert [f"{line}行 {at}文字目" in text for (line, at), text in zip(places, told, strict=True)] == [True] * len(places), told
    assert f"line {places[0][0]}, column {places[0][1]}" in said["message_en"][0]


def test_ten_thousand_broken_lines_are_one_issue_of_the_report(home: Path) -> None:
    report = loaded(home, GOOD + b"\n" + b'{"a"}\n' * 10_000)
    assert [(issue.sentence.code, issue.rows, issue.first) for issue in report.issues] == [("broken_json", 10_000, [2, 3, 4, 5, 6])]


@pytest.mark.parametrize(("content", "rows"), [
    (GOOD + b'\n{"a": "' + b"x" * 50_000 + b'"}\n' + NEXT + b"\n", (3, 2)),
    (GOOD + b"\n" + b"\x00" * 50_000 + b"\n" + NEXT + b"\n", (3, 2)),
    (GOOD + b"\n" + b"[" * 50_000, (2, 1)),
    (b"[" + GOOD + b', {"a": "' + b"x" * 50_000 + b'"}, ' + NEXT + b"]", (2, 1)),
    (b"[" + GOOD + b", " + b"[" * 50_000, (2, 1)),
])
def test_a_statement_without_end_is_not_held_in_memory(
    home: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, rows: tuple[int, int]
) -> None:
    """A line of a gigabyte, in small: in a document nobody knows where the next statement would begin."""
    monkeypatch.setattr(pieces, "LONGEST", 10_000)
    monkeypatch.setattr("ingest.study_log.document.CHUNK", 4_096)
    report = loaded(home, content)
    assert (report.rows_read, report.rows_loaded) == rows
    assert report.rejected == {"statement_too_long": 1}
    assert (home / report.kept_in).stat().st_size <= pieces.KEPT + 1


@pytest.mark.parametrize("wrapped", [b"\n".join, lambda each: b"[" + b",".join(each) + b"]"])
def test_memory_stays_flat_however_long_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrapped: Any) -> None:
    monkeypatch.setattr("ingest.study_log.document.CHUNK", 1 << 16)
    path = tmp_path / "long.json"
    peaks = []
    for times in (500, 5_000):
        path.write_bytes(wrapped([GOOD] * times))
        with path.open("rb") as opened:
            found: Iterator[pieces.Piece] = (pieces.in_lines if opened.read(1) == b"{" else pieces.in_document)(opened)
            opened.seek(0)
            tracemalloc.start()
            assert sum(not piece.flaw for piece in found) == times
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"), (b"\xef\xbb\xbf\n", "empty_file"), (GOOD.decode().encode("utf-16"), "not_utf8"),
        (b"\x1f\x8b" + bytes(50), "not_csv"), (b"[]", "no_statements"),
    ],
)
def test_a_file_without_statements_says_so(home: Path, content: bytes, code: str) -> None:
    assert [said.code for said in loaded(home, content).sentences] == [code]


def test_a_file_that_changes_while_it_is_read_leaves_nothing_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(home, "study_log/a-2026.jsonl", lines(answered(7)), at=1)

    def changing(file: Dropped) -> Iterator[pieces.Piece]:
        yield from read(file)
        if file.name.startswith("b-"):
            raise IngestError("still_changing")

    read = pieces.pieces_of
    monkeypatch.setattr("ingest.study_log.log.pieces_of", changing)
    report = loaded(home, lines(answered(1), answered(2, "nobody")), "b-2026.jsonl")
    assert (report.outcome, report.rows_read, [said.code for said in report.sentences]) == ("refused", 0, ["still_changing"])
    assert figures(home) == [("2026-04-13", "算数", 10, 1, 1)]
    assert list((home / "rejected").rglob("*b-2026*")) == []


def test_without_a_roster_nobody_is_known(home: Path) -> None:
    assert [said.code for said in loaded(home, lines(answered(1)), "xapi-2025.jsonl").sentences] == ["no_roster"]


def test_years_without_readable_statements_are_kept(home: Path) -> None:
    loaded(home, lines(answered(1)))
    loaded(home, b"\xff\xfe{\x00")
    assert figures(home) == [("2026-04-13", "算数", 10, 1, 1)]


WORDS = st.sampled_from(["", "算数", "占い", HANA, REN, "nobody", "drill", "x", "\u0000", "=1+1", "𠮷"]) | st.text(max_size=5)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=5,
)


def maybe(sound: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly as it should be."""
    return st.one_of(sound, sound, sound, sound, sound, ANYTHING)


ACTIVITY = st.fixed_dictionaries(
    {"id": maybe(st.sampled_from(["q1", "q2", "test"]))},
    optional={"definition": maybe(st.fixed_dictionaries({}, optional={
        "type": st.sampled_from([f"{TYPES}question", f"{TYPES}cmi.interaction", "x"]), "extensions": maybe(st.just({SUBJECT: ["算数"]})),
    }))},
)
STATEMENT = st.fixed_dictionaries(
    {
        "id": maybe(st.integers(1, 4).map(named)),
        "timestamp": maybe(st.sampled_from(["2026-04-13T08:30:00+09:00", "2026-05-01T00:00:00Z", "2027-04-01T00:00:00Z", "2026-04-13"])),
        "actor": maybe(st.sampled_from([HANA, REN, "nobody"]).map(lambda name: {"account": {"homePage": "p", "name": name}})),
        "verb": maybe(st.sampled_from(["answered", "answered", "completed", "voided", "launched"]).map(lambda it: {"id": VERBS + it})),
        "object": maybe(st.one_of(ACTIVITY, st.integers(1, 4).map(lambda number: {"objectType": "StatementRef", "id": named(number)}))),
    },
    optional={
        "result": maybe(st.fixed_dictionaries({}, optional={
            "score": maybe(st.dictionaries(st.sampled_from(["scaled", "raw", "min", "max"]), maybe(st.floats(-2, 12)))),
            "success": maybe(st.booleans()), "duration": maybe(st.sampled_from(["PT5S", "PT1M", "P2D"])),
        })),
        "context": maybe(st.fixed_dictionaries({}, optional={
            "registration": maybe(st.just(named(7))), "platform": maybe(st.sampled_from(["drill", "book"])),
            "contextActivities": maybe(st.fixed_dictionaries({}, optional={"parent": maybe(ACTIVITY | st.lists(ACTIVITY))})),
        })),
    },
)
CONTENT = st.one_of(
    st.lists(STATEMENT | ANYTHING, max_size=8).map(lambda found: lines(*found)),
    st.lists(STATEMENT, max_size=8).map(lambda found: json.dumps(found).encode()),
    st.lists(STATEMENT, max_size=8).map(lambda found: json.dumps({"statements": found}, indent=1).encode()),
    st.binary(max_size=60).map(lambda noise: GOOD + b"\n" + noise + b"\n" + NEXT),
    st.binary(max_size=60).map(lambda noise: b"[" + GOOD + noise + NEXT + b"]"),
    st.binary(max_size=40).map(lambda noise: b"{" + noise),
)


@pytest.fixture
def with_roster(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A district whose roster is in; further loads read statements only."""
    ingest.load(home)
    monkeypatch.setattr(ledger, "CHUNK", 3)
    return home


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(first=CONTENT, second=CONTENT)
@example(first=lines(answered(1), {}), second=lines(7))
def test_every_row_is_loaded_unchanged_or_set_aside(with_roster: Path, first: bytes, second: bytes) -> None:
    drop(with_roster, "study_log/a-2026.jsonl", first, at=1)
    drop(with_roster, "study_log/b-2026.json", second, at=2)
    report = loading.load(with_roster, is_confirmed=True)
    for file in (file for file in report.files if file.source == "study_log"):
        assert file.rows_read == file.rows_loaded + file.rows_unchanged + file.rows_rejected
        assert file.outcome != "loaded" or sum(file.rejected.values()) == file.rows_rejected
        assert "unexpected" not in [said.code for said in file.sentences]
        if file.outcome == "loaded" and file.rows_rejected:
            kept = (with_roster / file.kept_in).read_bytes()
            assert kept.count(b"\n") == file.rows_rejected
            logged = rows_in(with_roster, "rejected_row", "all")
            assert logged.filter(logged["file_id"] == file.file_id).height == file.rows_rejected
    assert report.outcome in ("loaded", "unchanged")
