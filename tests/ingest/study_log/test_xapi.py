"""Statements (xAPI) become the same study log a summary gives: every container, every way a duration is written, nothing counted twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.drafting.draft import draft_of
from ingest.files.inbox import year_in
from ingest.files.reasons import IngestError
from ingest.study_log.statement import UnsoundError, seconds_of
from tests.ingest.statements import (
    PORTAL,
    QUESTION,
    SUBJECT,
    VERBS,
    answered,
    figures,
    lines,
    loaded,
    named,
)
from tests.ingest.tiny import HANA, MEI, REN, YUI, drop, roster_tables, roster_zip, rows_in

ONE = answered(1)
WRONG = answered(2, result={"score": {"scaled": 0}, "success": False, "duration": "PT5.4S"})
TWO = [ONE, WRONG]
HANAS = [("2026-04-13", "算数", 15, 2, 1)]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (lines(*TWO), "xapi-2026.jsonl"),
        (lines(*TWO).rstrip(b"\n"), "xapi-2026.json"),
        (lines(*TWO).replace(b"\n", b"\r\n\r\n"), "xapi-2026.ndjson"),
        (b"\xef\xbb\xbf" + lines(*TWO), "xapi-2026.txt"),
        (json.dumps(TWO).encode(), "xapi-2026.json"),
        (json.dumps(TWO, indent=2).encode(), "xapi-2026.csv"),
        (b"\xef\xbb\xbf" + json.dumps(TWO, indent=2).encode(), "xapi-2026.json"),
        (json.dumps({"statements": TWO, "more": ""}).encode(), "xapi-2026.json"),
        (json.dumps({"more": "/xapi/more/2", "statements": TWO}, indent=1).encode(), "xapi-2026.json"),
        (lines({"statements": [ONE], "more": "/2"}, {"statements": [WRONG], "more": ""}), "xapi-2026.jsonl"),
        (lines([ONE], [WRONG]), "xapi-2026.jsonl"),
    ],
)
def test_every_container_tells_the_same(home: Path, content: bytes, name: str) -> None:
    report = loaded(home, content, name)
    assert (report.rows_read, report.rows_loaded, report.rejected) == (2, 2, {})
    assert figures(home) == HANAS


@pytest.mark.parametrize("content", [lines(ONE), json.dumps(ONE, indent=4).encode(), json.dumps([ONE]).encode()])
def test_a_single_statement_is_a_file(home: Path, content: bytes) -> None:
    assert loaded(home, content).rows_loaded == 1
    assert figures(home) == [("2026-04-13", "算数", 10, 1, 1)]


def test_versions_1_0_and_2_0(home: Path) -> None:
    written = [answered(number, version=version) for number, version in enumerate(("1.0.0", "1.0.3", "2.0.0", None))]
    assert loaded(home, lines(*written)).rows_loaded == 4


MOMENTS = {
    "2026-04-13T23:59:59.999+09:00": "2026-04-13",
    "2026-04-13T15:00:00Z": "2026-04-14",
    "2026-04-13T14:59:59.9999999Z": "2026-04-13",
    "2026-04-13t14:59:59z": "2026-04-13",
    "2026-04-12T20:00:00-10:00": "2026-04-13",
    "20260413T083000+0900": "2026-04-13",
}


def test_the_school_day_is_japans_whatever_the_offset(home: Path) -> None:
    loaded(home, lines(*(answered(number, at=at, context={"platform": at}) for number, at in enumerate(MOMENTS))))
    assert {at: str(day) for at, day in rows_in(home, "study_log").select("tool", "day").rows()} == MOMENTS


def test_an_empty_list_is_an_empty_object(home: Path) -> None:
    """PHP writes one for the other."""
    thing = QUESTION | {"definition": []}
    assert loaded(home, lines(answered(1, context=[], object=thing, result={"score": [], "success": True}))).rows_loaded == 1
    assert figures(home) == [("2026-04-13", "教科の記載なし", 0, 1, 1)]


def test_the_moment_it_was_stored_stands_in_for_a_missing_one(home: Path) -> None:
    loaded(home, lines(answered(1, timestamp=None, stored="2026-04-20T08:00:00+09:00")))
    assert figures(home) == [("2026-04-20", "算数", 10, 1, 1)]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT0.54S", 0.54), ("PT15M30S", 930), ("PT1H30M", 5_400), ("PT0S", 0), ("PT1,5S", 1.5), ("pt7s", 7), ("P0DT90S", 90),
        ("PT1440M", 86_400),
        ("P1D", 86_400), ("P0W", 0), ("PT0.5H", 1_800), (" PT3S ", 3),
    ],
)
def test_durations_as_systems_write_them(text: str, seconds: float) -> None:
    assert seconds_of(text) == pytest.approx(seconds)


@pytest.mark.parametrize(("text", "code"), [
    ("P1DT2H", "out_of_range"), ("P1W", "out_of_range"), ("P", "bad_duration"), ("PT", "bad_duration"), ("P1DT", "bad_duration"),
    ("-PT5S", "bad_duration"), ("P1Y", "bad_duration"), ("00:15:30", "bad_duration"), ("15", "bad_duration"), ("PT5", "bad_duration"),
])
def test_durations_nobody_can_have_worked(text: str, code: str) -> None:
    with pytest.raises(UnsoundError) as raised:
        seconds_of(text)
    assert raised.value.code == code


JUDGED: list[tuple[dict[str, Any] | None, int, int]] = [
    ({"success": True}, 1, 1),
    ({"success": False, "score": {"scaled": 1}}, 1, 0),
    ({"score": {"scaled": 1}}, 1, 1),
    ({"score": {"scaled": 0.5}}, 1, 0),
    ({"score": {"raw": 3, "max": 3}}, 1, 1),
    ({"score": {"raw": 2, "min": 0, "max": 3}}, 1, 0),
    ({"score": {"raw": 5, "min": 5, "max": 5}}, 0, 0),
    ({"score": {"raw": 4}}, 0, 0),
    ({"score": {}}, 0, 0),
    ({"response": "自由記述", "duration": "PT30S"}, 0, 0),
    (None, 0, 0),
]


def test_right_wrong_and_not_judged(home: Path) -> None:
    """An answer nobody has judged is work, and neither right nor wrong."""
    report = loaded(home, lines(*(
        answered(day, at=f"2026-04-{day + 1:02}T08:00:00+09:00", result=result) for day, (result, _, _) in enumerate(JUDGED)
    )))
    assert report.rows_loaded == len(JUDGED)
    assert [row[3:] for row in figures(home)] == [(answers, correct) for _, answers, correct in JUDGED]


def test_the_object_names_the_subject_before_the_lesson(home: Path) -> None:
    plain = {"id": "https://drill.example/q1"}
    lesson = {"extensions": {SUBJECT: "英語"}}
    loaded(home, lines(
        answered(1, context=lesson), answered(2, object=plain, context=lesson), answered(3, object=plain, context=None),
        answered(4, object={"id": "q", "definition": {"extensions": {SUBJECT: ["図工", "算数"]}}}),
    ))
    assert [row[1] for row in figures(home)] == ["図画工作", "外国語", "教科の記載なし", "算数"]


def test_a_child_is_known_by_master_identifier_or_sourced_id(home: Path) -> None:
    tables = roster_tables()
    tables["users"][1]["userMasterIdentifier"] = "master-ren"
    drop(home, "roster/roster-2026.zip", roster_zip(tables))
    report = loaded(home, lines(answered(1, "master-ren"), answered(2, f" {REN} "), answered(3, "佐藤 はな")))
    assert (report.rows_loaded, report.rejected) == (2, {"unknown_child": 1})
    assert figures(home, REN) == [("2026-04-13", "算数", 20, 2, 2)]


def test_a_name_two_children_share_is_nobodys(home: Path) -> None:
    tables = roster_tables()
    for user in tables["users"][:2]:
        user["userMasterIdentifier"] = "shared"
    drop(home, "roster/roster-2026.zip", roster_zip(tables))
    assert loaded(home, lines(answered(1, "shared"))).rejected == {"unknown_child": 1}


def test_only_the_portals_a_mapping_names_say_who_a_child_is(home: Path) -> None:
    drop(home, "../mappings/study_log.toml", f'home_pages = ["{PORTAL}"]\n')
    other = answered(2, actor={"account": {"homePage": "https://other.example", "name": HANA}})
    report = loaded(home, lines(ONE, other))
    assert (report.rows_loaded, report.rejected) == (1, {"unknown_portal": 1})


def test_children_who_move_count_for_the_school_of_the_day(home: Path) -> None:
    loaded(home, lines(answered(1, MEI, "2026-08-31T10:00:00+09:00"), answered(2, MEI, "2026-09-01T10:00:00+09:00")))
    assert rows_in(home, "study_log").sort("day")["school_id"].to_list() == [1, 2]


UNSOUND: list[tuple[dict[str, Any], str, str]] = [
    ({"actor": None}, "no_account", "actor"),
    ({"actor": {"mbox": "mailto:hana@example.com"}}, "no_account", "actor"),
    ({"actor": {"mbox_sha1sum": "0" * 40}}, "no_account", "actor"),
    ({"actor": {"objectType": "Group", "account": {"name": HANA}}}, "no_account", "actor"),
    ({"actor": HANA}, "wrong_type", "actor"),
    ({"actor": {"account": {"homePage": PORTAL}}}, "missing_value", "actor.account.name"),
    ({"actor": {"account": {"name": 12}}}, "wrong_type", "actor.account.name"),
    ({"verb": "answered"}, "wrong_type", "verb"),
    ({"verb": {}}, "missing_value", "verb.id"),
    ({"object": None}, "missing_value", "object.id"),
    ({"object": [1]}, "wrong_type", "object"),
    ({"timestamp": None}, "missing_value", "timestamp"),
    ({"timestamp": "2026-04-13T08:30:00"}, "no_offset", "timestamp"),
    ({"timestamp": "2026-04-13"}, "no_offset", "timestamp"),
    ({"timestamp": "今日"}, "bad_moment", "timestamp"),
    ({"timestamp": 1_776_000_000}, "wrong_type", "timestamp"),
    ({"timestamp": "2026-03-31T14:59:00Z"}, "date_outside_year", "timestamp"),
    ({"timestamp": "0001-01-01T00:00:00+14:00"}, "date_outside_year", "timestamp"),
    ({"result": "right"}, "wrong_type", "result"),
    ({"result": {"success": "true"}}, "wrong_type", "result.success"),
    ({"result": {"score": 1}}, "wrong_type", "result.score"),
    ({"result": {"score": {"scaled": "1"}}}, "bad_number", "result.score.scaled"),
    ({"result": {"score": {"scaled": True}}}, "bad_number", "result.score.scaled"),
    ({"result": {"score": {"scaled": 1.5}}}, "out_of_range", "result.score.scaled"),
    ({"result": {"score": {"raw": 11, "max": 10}}}, "out_of_range", "result.score.raw"),
    ({"result": {"score": {"raw": -1, "max": 10}}}, "out_of_range", "result.score.raw"),
    ({"result": {"duration": "15分"}}, "bad_duration", "result.duration"),
    ({"result": {"duration": 12}}, "wrong_type", "result.duration"),
    ({"result": {"duration": "P1DT2H"}}, "out_of_range", "result.duration"),
    ({"context": [1]}, "wrong_type", "context"),
    ({"id": 7}, "wrong_type", "id"),
    ({"object": {"id": "q", "definition": {"extensions": {SUBJECT: ["占い"]}}}}, "unknown_code", "object.definition.extensions subject"),
    ({"object": {"id": "q", "definition": {"extensions": {SUBJECT: [7]}}}}, "unknown_code", "object.definition.extensions subject"),
]


def test_statements_that_cannot_be_taken(home: Path) -> None:
    report = loaded(home, lines(*(answered(number, **changed) for number, (changed, _, _) in enumerate(UNSOUND)), answered(99, REN)))
    assert (report.rows_read, report.rows_loaded, report.rows_rejected) == (len(UNSOUND) + 1, 1, len(UNSOUND))
    rows = rows_in(home, "rejected_row", "all")
    found = {row: (code, column) for row, code, column in rows.select("file_row", "code", "column").iter_rows()}
    assert found == {row: (code, column) for row, (_, code, column) in enumerate(UNSOUND, start=1)}
    assert rows.select("message_ja", "message_en", "remedy_ja", "remedy_en").null_count().row(0) == (0, 0, 0, 0)


def test_a_child_who_has_left_is_not_enrolled(home: Path) -> None:
    assert loaded(home, lines(answered(1, YUI, "2026-09-01T08:00:00+09:00"), answered(2))).rejected == {"not_enrolled": 1}


def test_what_was_set_aside_can_be_mended_and_dropped_in_again(fresh_home: Path) -> None:
    report = loaded(fresh_home, lines(answered(1, "nobody"), ONE | {"id": named(5)}))
    assert report.kept_in == "rejected/1/study_log__xapi-2026.jsonl"
    kept = fresh_home / report.kept_in
    assert json.loads(kept.read_text()) == answered(1, "nobody")
    reasons = kept.with_name(f"{kept.name}.csv").read_text(encoding="utf-8-sig").splitlines()
    assert reasons[0].startswith("※行,※理由コード,※列,※値")
    assert reasons[1].startswith("1,unknown_child,actor.account.name,nobody,")
    mended = kept.read_bytes().replace(b"nobody", HANA.encode())
    assert loaded(fresh_home, mended, "mended-2026.jsonl").rows_loaded == 1
    assert sum(row[3] for row in figures(fresh_home)) == 2


def test_statements_of_another_kind_are_left_and_nothing_is_asked_of_them(home: Path) -> None:
    iris = [f"{VERBS}{verb}" for verb in ("launched", "initialized", "progressed", "attempted", "interacted")]
    others = [{"verb": {"id": iri}, "actor": {"mbox": "mailto:t@example.com"}, "object": 1} for iri in (*iris, "https://x.example/answered")]
    report = loaded(home, lines(*others, ONE))
    assert (report.rows_read, report.rows_loaded, report.rows_unchanged, report.rejected) == (7, 1, 6, {})
    assert [said.code for said in report.sentences] == ["statements_left"]
    assert "6 of another kind, 0 that came twice" in report.sentences[0].en


@pytest.mark.parametrize(("stem", "year"), [
    ("xapi-2026", 2026), ("xapi-2027-01-10", 2026), ("xapi-20270331", 2026), ("xapi-2027-04-01", 2027), ("2026-xapi-2027-02-01", 2026),
    ("xapi-2026-2027", None), ("xapi-B101210000018", None), ("20230001", None), ("xapi-2026-05-01_2026-05-31", 2026),
    ("xapi-2027-03-31_2027-04-01", None),
])
def test_a_day_in_a_name_belongs_to_its_year(stem: str, year: int | None) -> None:
    assert year_in(stem) == year


def test_the_year_is_told_by_the_statements_where_the_name_does_not(home: Path) -> None:
    january = answered(2, at="2027-01-10T08:00:00+09:00")
    report = loaded(home, lines(ONE, january), "xapi-B101210000018.jsonl")
    assert (report.fiscal_year, report.rows_loaded) == (2026, 2)
    assert [said.code for said in report.sentences] == ["year_from_rows"]
    assert loaded(home, lines({"verb": {"id": "x"}}), "nothing.jsonl").sentences[0].code == "no_fiscal_year"


def test_statements_need_no_mapping(home: Path) -> None:
    file = drop(home, "unknown/export.json", lines(ONE))
    with pytest.raises(IngestError) as raised:
        draft_of(file, home)
    assert raised.value.code == "no_mapping_needed"
