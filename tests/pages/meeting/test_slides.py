"""What a wall is told of a meeting: no name, whoever typed it; and the recap, with codes or for the head with names."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from pptx import Presentation
from pptx.util import Mm

import queries
from access import Refused, Viewer, jurisdictions, viewers_of
from components.documents import pdf
from pages.child_names import names_in, names_of
from pages.choice import Period
from pages.meeting import slides
from pages.meeting.recap import recap
from pages.meeting.slides import contents_of, slide_of
from pages.meeting.take_along import agenda_file
from records import decisions, engine, exports, meetings, school_events
from records.meetings import Slide
from sample_data.cast import member
from tests.accounts import opened_store
from tests.office import converted, pages_of

NOW = Period(date(2026, 11, 20), 2026, date(2026, 4, 1), date(2027, 3, 31))
MOMENT = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
HANA = frozenset({"佐藤はな", "サトウハナ", "はなさん", "はなくん"})


@pytest.fixture(autouse=True)
def small(small_district: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = jurisdictions.known()
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    opened_store(tmp_path)
    jurisdictions.use_district(small_district / "district")
    yield
    engine.forget()
    jurisdictions.use_jurisdictions(before)


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
        contents_of(head, school, [], [], NOW, frozenset())


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
    contents = contents_of(
        head.as_masked(), school, meetings.agenda(head, number), [], NOW, names_of(head, school["school_id"])
    )
    made = [slide_of(each) for each in contents.values()]
    assert len(made) == 9
    told = json.dumps([(each.markup, each.picture_dark, each.picture_light) for each in made], ensure_ascii=False)
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
    [content] = contents_of(head.as_masked(), school, meetings.agenda(head, number), [], NOW, frozenset()).values()
    made = slide_of(content)
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
    recap(head, number, "ja", MOMENT, is_named=False)
    with pytest.raises(ValueError, match="reason"):
        recap(head, number, "ja", MOMENT, is_named=True, reason="  ")
    recap(head, number, "ja", MOMENT, is_named=True, reason="担任への引き継ぎ")
    codes, named = (json.dumps(each, ensure_ascii=False) for each in told)
    name = f"{child['family_name']} {child['given_name']}"
    assert "A1" in codes
    assert name not in codes
    assert name in named
    assert "金曜日に保護者と話す" in codes
    with engine.reading() as connection:
        parts = connection.exec_driver_sql("select kind, parts, reason from export order by export_id").all()
    assert [tuple(row) for row in parts] == [("meeting_recap", "codes", ""), ("meeting_recap", "named", "担任への引き継ぎ")]
    assert exports.of_student(child["student_id"]) == []
    with pytest.raises(Refused):
        recap(replace(viewers_of(member("tanaka").staff_number)[0], username="tanaka"), number, "ja", MOMENT, is_named=False)


def agenda_of(head: Viewer, school: dict[str, Any]) -> meetings.Meeting:
    """Every kind of item, with a child as a case."""
    number = meetings.prepare(head, school["school_id"], "職員会議", NOW.day)
    for kind, topic in (
        ("decisions", "-"), ("tiles", "-"), ("findings", "-"), ("xmr", "absence_rate"), ("trend", "absence_rate"),
        ("grid", "absence_rate"), ("text", "運動会のふりかえり"),
    ):  # fmt: skip
        meetings.add(head, number, kind, topic)
    meetings.add(head, number, "case", "health", child_of(head)["student_id"])
    return meetings.find(head, number)


def texts_of(deck: Any) -> list[str]:
    """Every word on every slide, in boxes, tables and charts."""
    return [words for slide in deck.slides for words in texts_of_slide(slide)]


def texts_of_slide(slide: Any) -> list[str]:
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
        if shape.has_chart:
            found += [*map(str, shape.chart.plots[0].categories), *(series.name for series in shape.chart.plots[0].series)]
    return found


def test_the_presentation_keeps_the_figures_and_tells_no_name(head: Viewer, school: dict[str, Any]) -> None:
    held = agenda_of(head, school)
    made = agenda_file(head, school, held, meetings.agenda(head, held.meeting_id), NOW, "pptx")
    deck = Presentation(io.BytesIO(made))
    assert len(deck.slides) == 8
    assert (deck.slide_width, deck.slide_height) == (Mm(338.7), Mm(190.5))
    words = texts_of(deck)
    assert {"運動会のふりかえり", "A1"} <= set(words)
    names = names_of(head, school["school_id"])
    assert not [each for each in words if names_in(each, names)]
    [chart] = [shape.chart for shape in deck.slides[4].shapes if shape.has_chart]
    this, last = chart.plots[0].series
    months = queries.ask(
        head, "months_of_place", indicator="absence_rate", place="school", school_id=school["school_id"], grade=None, class_id=None
    )
    counted = {
        row["period_on"]: row["numerator"] / row["denominator"] * 100
        for row in months.filter(pl.col("fiscal_year") == 2026).rows(named=True)
    }
    assert [round(value, 9) for value in this.values if value is not None] == [round(value, 9) for value in counted.values()]
    assert (this.name, last.name, len(last.values)) == ("2026年度", "2025年度", 12)


def test_another_office_opens_the_presentation_and_tells_the_same(
    head: Viewer, school: dict[str, Any], tmp_path: Path, shared_folder: Path
) -> None:
    held = agenda_of(head, school)
    file = tmp_path / "agenda.pptx"
    file.write_bytes(agenda_file(head, school, held, meetings.agenda(head, held.meeting_id), NOW, "pptx"))
    ours = Presentation(str(file))
    kept = Presentation(str(converted(file, "pptx", shared_folder / "office.lock")))
    assert [figures_of(slide) for slide in kept.slides] == [figures_of(slide) for slide in ours.slides]
    assert sum(len(figures_of(slide)) for slide in ours.slides) == 6, "lines of two charts: four of XmR, two years"
    pages = pages_of(converted(file, "pdf", shared_folder / "office.lock"))
    assert len(pages) == len(ours.slides)
    for slide, page in zip(ours.slides, pages, strict=True):
        for words in texts_of_slide(slide):
            if words[:4].isdigit():  # a label of an axis, drawn aslant: letter by letter
                continue
            assert "".join(words.split()) in page


def figures_of(slide: Any) -> list[tuple[str, list[float | None]]]:
    """The lines of a slide's charts, to nine digits."""
    return [
        (series.name, [value if value is None else float(f"{value:.9g}") for value in series.values])
        for shape in slide.shapes
        if shape.has_chart
        for series in shape.chart.plots[0].series
    ]


def test_the_agenda_as_pdf_is_a_page_a_slide_and_written_down(
    head: Viewer, school: dict[str, Any], told: list[dict[str, Any]]
) -> None:
    held = agenda_of(head, school)
    agenda_file(head, school, held, meetings.agenda(head, held.meeting_id), NOW, "pdf")
    assert len(told[0]["slides"]) == 8
    assert not names_in(json.dumps([slide | {"chart": ""} for slide in told[0]["slides"]], ensure_ascii=False), names_of(head, 1))
    with engine.reading() as connection:
        assert connection.exec_driver_sql("select kind from export").scalars().all() == ["agenda_pdf"]


def test_the_pdf_is_really_set(head: Viewer, school: dict[str, Any]) -> None:
    held = agenda_of(head, school)
    assert agenda_file(head, school, held, meetings.agenda(head, held.meeting_id), NOW, "pdf").startswith(b"%PDF-")
