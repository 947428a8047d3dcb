"""What a wall is told of a meeting: no name, whoever typed it; and the recap, with codes or for the head with names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import queries
from access import Refused, Viewer, gate, viewers_of
from components import pdf
from pages import slides
from pages.choice import Period
from pages.meeting_recap import recap
from pages.slides import names_in, names_of, slides_of
from records import decisions, engine, exports, meetings, school_events
from records.meetings import Slide
from sample_data.cast import member
from tests.accounts import opened_store

NOW = Period(date(2026, 11, 20), 2026, date(2026, 4, 1), date(2027, 3, 31))
MOMENT = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
HANA = frozenset({"佐藤はな", "サトウハナ", "はなさん", "はなくん"})


@pytest.fixture(autouse=True)
def small(small_district: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = gate._folder
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    opened_store(tmp_path)
    gate.use_district(small_district / "district")
    yield
    engine.forget()
    gate._folder = before


@pytest.fixture
def head() -> Viewer:
    return replace(viewers_of(member("suzuki").staff_number)[0], username="suzuki")


@pytest.fixture
def school(head: Viewer) -> dict[str, Any]:
    return queries.ask(head, "places").unique("school_id", keep="first").row(0, named=True)


def child_of(head: Viewer) -> dict[str, Any]:
    place = queries.ask(head, "places").filter(pl.col("class_name") == "5年2組").row(0, named=True)
    return queries.ask(head, "children_of_class", school_id=place["school_id"], class_id=place["class_id"]).row(0, named=True)


@pytest.mark.parametrize(
    ("words", "is_named"),
    [
        ("運動会のふりかえり", False),
        ("佐藤はなさんのこと", True),
        ("佐藤 はな の件", True),
        ("佐藤　はな", True),
        ("サトウ ハナ", True),
        ("はなさんについて", True),
        ("はなしあいの進め方", False),
        ("佐藤先生の研究授業", False),
        ("", False),
    ],
)
def test_a_childs_name_is_found_in_words_with_and_without_a_space(words: str, is_named: bool) -> None:
    assert names_in(words, HANA) is is_named


def test_every_child_of_the_school_is_known_by_name(head: Viewer, school: dict[str, Any]) -> None:
    names = names_of(head, school["school_id"])
    child = child_of(head)
    assert names_in(f"{child['family_name']} {child['given_name']}の件", names)
    assert names_in(f"{child['given_name']}さん", names)


def test_slides_are_made_for_a_wall_alone(head: Viewer, school: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="wall"):
        slides_of(head, school, [], [], NOW, frozenset())


def test_no_slide_tells_a_name_even_where_one_was_typed(
    head: Viewer, school: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slides, "svg_of", lambda rows, *_: f"<svg>{rows.to_dicts()}</svg>")
    child = child_of(head)
    name = f"{child['family_name']}{child['given_name']}"
    school_events.write(head, school["school_id"], date(2026, 9, 1), "other", f"{name}が転入")
    school_events.write(head, school["school_id"], date(2026, 10, 1), "rule", "登校時刻を10分おそくした")
    number = meetings.prepare(head, school["school_id"], "職員会議", NOW.day)
    for kind, topic in (
        ("decisions", "-"), ("tiles", "-"), ("findings", "-"), ("xmr", "absence_rate"), ("trend", "absence_rate"),
        ("grid", "absence_rate"), ("text", f"{name}のこと"), ("text", "運動会のふりかえり"),
    ):  # fmt: skip
        meetings.add(head, number, kind, topic)
    meetings.add(head, number, "case", "health", child["student_id"])
    made = slides_of(
        head.as_masked(), school, meetings.agenda(head, number), [], NOW, names_of(head, school["school_id"])
    )
    assert len(made) == 9
    told = json.dumps([(each.markup, each.picture_dark, each.picture_light) for each in made.values()], ensure_ascii=False)
    for part in (name, child["given_name"] + "さん", child["student_key"], f"{child['family_name']} {child['given_name']}"):
        assert part not in told
    assert "登校時刻を10分おそくした" in told
    assert "運動会のふりかえり" in told
    assert "A1" in told


def test_a_small_class_is_hidden_on_the_wall(head: Viewer, school: dict[str, Any]) -> None:
    number = meetings.prepare(head, school["school_id"], "職員会議", NOW.day)
    meetings.add(head, number, "grid", "absence_rate")
    rows = queries.ask(head, "figures_of_classes", school_id=school["school_id"], indicator="absence_rate")
    small = rows.filter(pl.col("people") < 10)
    assert small.height, "the sample has a class of few children"
    [made] = slides_of(head.as_masked(), school, meetings.agenda(head, number), [], NOW, frozenset()).values()
    for row in small.rows(named=True):
        assert f"{row['class_name']}<b>c</b>" in made.markup


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    monkeypatch.setattr(pdf, "compiled", lambda _template, words: kept.append(words) or b"%PDF-")
    return kept


def test_a_recap_has_codes_or_for_the_head_names_and_is_written_down(
    head: Viewer, school: dict[str, Any], told: list[dict[str, Any]]
) -> None:
    child = child_of(head)
    number = meetings.prepare(head, school["school_id"], "職員会議", NOW.day)
    item = meetings.add(head, number, "case", "plan", child["student_id"])
    meetings.begin(head, number, {item: Slide("<h1>A1</h1>")})
    decisions.write(head, number, item, "金曜日に保護者と話す", "担任", date(2026, 11, 27))
    meetings.end(head, number)
    for is_named in (False, True):
        recap(head, number, "ja", MOMENT, is_named=is_named)
    codes, named = (json.dumps(each, ensure_ascii=False) for each in told)
    name = f"{child['family_name']} {child['given_name']}"
    assert "A1" in codes
    assert name not in codes
    assert name in named
    assert "金曜日に保護者と話す" in codes
    with engine.reading() as connection:
        parts = connection.exec_driver_sql("select kind, parts from export order by export_id").all()
    assert [tuple(row) for row in parts] == [("meeting_recap", "codes"), ("meeting_recap", "named")]
    assert exports.of_student(child["student_id"]) == []
    with pytest.raises(Refused):
        recap(replace(viewers_of(member("tanaka").staff_number)[0], username="tanaka"), number, "ja", MOMENT, is_named=False)
