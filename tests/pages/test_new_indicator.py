"""One SQL file and one entry: a figure nobody has heard of stands on every screen its entry names, and nothing else was touched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import queries
from access import Viewer, jurisdictions
from ingest.registry import declarations
from marts.building import build_district
from marts.publish import publish
from pages import pages_for
from pages.board.pack import pack_tables
from pages.choice import period
from pages.meeting.slides import contents_of, offered
from queries import catalogue
from records import engine, meetings, schema
from tests.pages.conftest import viewer_of

NAME, LABEL = "invented_for_a_test", "早退率"
SQL = """-- invented_for_a_test: days a child left early out of the days the register speaks of.
-- grain: one row per child and 授業日.
-- chunk: school
select
    student_day.school_id,
    student_day.class_id,
    student_day.grade,
    student_day.student_id as person_id,
    student_day.day,
    student_day.fiscal_year,
    student_day.is_to_date,
    case when student_day.is_early_leave then 1 else 0 end as numerator,
    case when student_day.attendance is null then 0 else 1 end as denominator
from student_day
"""
ENTRY = """
[invented_for_a_test]
kind = "attendance"
source = "attendance"
label = { ja = "早退率", en = "Early leaves" }
meaning = { ja = "出席簿のある日のうち、早退した日の割合です。", en = "Share of the days of the register on which the child left early." }
numerator_label = { ja = "早退した日数", en = "Days left early" }
denominator_label = { ja = "出席簿のある日数", en = "Days of the register" }
unit = { ja = "%", en = "%" }
per = 100
decimals = 1
better = "lower"
expected = [0, 10]
suppress_below = 10
levels = ["student", "class", "grade", "school", "district"]
periods = ["month", "year", "to_date"]
shown.class = { chart = 25 }
shown.school = { chart = 25, finding = 25 }
shown.district = { chart = 25, finding = 25 }
shown.compare = { funnel = 25 }
shown.meeting = { tile = 25, slide = 25 }
shown.report = { line = 25 }
"""


@pytest.fixture(scope="module", autouse=True)
def with_one_more(small_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The small district, counted by a house whose glossary has one more entry."""
    place = tmp_path_factory.mktemp("glossary")
    ours = catalogue.INDICATORS_FOLDER
    folder = shutil.copytree(ours, place / ours.name)
    (folder / f"{NAME}.sql").write_text(SQL, encoding="utf-8")
    glossary = ours.with_suffix(".toml").read_text(encoding="utf-8")
    folder.with_suffix(".toml").write_text(glossary + ENTRY, encoding="utf-8")
    before = jurisdictions.known()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(catalogue, "INDICATORS_FOLDER", folder)
        patched.setenv("MIHARASHI_RECORDS", f"sqlite:///{place / 'records.sqlite'}")
        patched.setenv("MIHARASHI_TODAY", "2026-11-20")
        publish(build_district(small_district / "lake", place / "district", 1, declared=declarations()), place / "district", 1)
        schema.migrate()
        jurisdictions.use_district(place / "district")
        yield
        engine.forget()
    jurisdictions.use_jurisdictions(before)


def drawn() -> None:
    """A page, as the frame calls it."""
    import streamlit as st  # noqa: PLC0415

    st.session_state["page"].page(st.session_state["viewer"])


def shown(username: str, path: str) -> AppTest:
    """A page of somebody's, about the new figure."""
    viewer = viewer_of(username)
    found = AppTest.from_function(drawn, default_timeout=60)
    found.session_state["viewer"], found.session_state["pages"] = viewer, {}
    found.session_state["page"] = next(entry for entry in pages_for(viewer.role) if entry.path == path)
    found.query_params["indicator"] = NAME
    found.run()
    assert not found.exception
    return found


def head_and_school() -> tuple[Viewer, dict[str, Any]]:
    head = viewer_of("suzuki")
    return head, queries.ask(head, "places").unique("school_id", keep="first", maintain_order=True).row(0, named=True)


def test_the_glossary_knows_one_figure_more() -> None:
    assert catalogue.indicators()[NAME].label["ja"] == LABEL
    assert catalogue.indicators().keys() - read_beside().keys() == {NAME}


def read_beside() -> dict[str, catalogue.Indicator]:
    folder = Path(catalogue.__file__).with_name("indicators")
    return catalogue.read_catalogue(folder.with_suffix(".toml"), folder)


@pytest.mark.parametrize(
    ("username", "path"), [("tanaka", "class"), ("suzuki", "school"), ("sato", "district"), ("sato", "compare")]
)
def test_a_class_a_school_the_district_and_the_comparison_offer_and_draw_it(username: str, path: str) -> None:
    found = shown(username, path)
    assert LABEL in [option.content for choice in found.get("button_group") for option in choice.proto.options]
    headings = [each.value for each in (*found.title, *found.subheader) if LABEL in each.value]
    assert headings, "a chart of it, with its finding"


def test_a_meeting_has_it_as_a_slide_and_among_the_tiles() -> None:
    head, school = head_and_school()
    wall = head.as_masked()
    assert offered(wall, school["school_id"])[2] == NAME, "at the place its entry asks for"
    number = meetings.prepare(head, school["school_id"], "職員会議", period(head).day)
    for kind, topic in (("tiles", "-"), ("trend", NAME)):
        meetings.add(head, number, kind, topic)
    tiles, trend = contents_of(wall, school, meetings.agenda(head, number), [], period(head), frozenset()).values()
    assert [label for label, *_value in tiles.tiles][2] == LABEL
    assert LABEL in trend.title


def test_the_monthly_report_has_a_line_of_it_for_the_district_and_for_every_school() -> None:
    sato = viewer_of("sato")
    district, schools = pack_tables(sato, period(sato))
    [whole] = [table for table in district if table.key == f"schools-{NAME}"]
    assert len(whole.rows) == len(schools)
    for table in (next(table for table in district if table.key == "summary"), *schools):
        assert [row[0] for row in table.rows][2] == LABEL
