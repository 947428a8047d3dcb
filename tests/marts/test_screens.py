"""Figures say themselves where they stand: on which screens, as what and in which order; no page keeps a list of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from queries.catalogue import CatalogueError, indicators, read_catalogue, shown_on, sources, title_of
from queries.screens import FORMS, MOST_TILES

ROOT = Path(__file__).parents[2]
ENTRY = """
[{name}]
kind = "attendance"
source = "attendance"
label = {{ ja = "給食", en = "Lunch" }}
meaning = {{ ja = "給食を食べた日の割合です。", en = "Share of days with lunch." }}
numerator_label = {{ ja = "食べた日", en = "Days eaten" }}
denominator_label = {{ ja = "給食の日", en = "Lunch days" }}
unit = {{ ja = "%", en = "%" }}
per = 100
decimals = 1
better = "neither"
expected = [0, 100]
suppress_below = 10
levels = ["class", "school"]
periods = {periods}
{shown}
"""
# a place that is about these very figures, and could be about no others
ABOUT_THEM = {
    ("tiles.py", "MOODS"): "the four answers and what they are called",
    ("staff_plan.py", ""): "the plan is made for these two",
    ("surveys.py", ""): "tables a board is asked for by name",
}


def read(place: Path, *shown: str, periods: tuple[str, ...] | list[str] = ("month", "to_date")) -> dict[str, object]:
    """A glossary of as many figures, each standing where it says."""
    folder = place / f"{len(list(place.iterdir()))}"
    folder.mkdir()
    entries = ""
    for number, each in enumerate(shown):
        (folder / f"lunch_{number}.sql").write_text("select 1", encoding="utf-8")
        entries += ENTRY.format(name=f"lunch_{number}", shown=each, periods=list(periods))
    file = folder.with_suffix(".toml")
    file.write_text(entries, encoding="utf-8")
    return dict(read_catalogue(file, folder))


@pytest.mark.parametrize(
    ("shown", "complaint"),
    [
        ("shown.canteen = { tile = 10 }", r"lunch_0: shown\.canteen is no screen"),
        ("shown.class = { funnel = 10 }", r"lunch_0: shown\.class\.funnel is none of title, tile, chart"),
        ("shown.class = { tile = 0 }", r"lunch_0: shown\.class\.tile is a place in an order"),
        ("shown.class = { tile = true }", r"lunch_0: shown\.class\.tile is a place in an order"),
        ('shown = "everywhere"', "lunch_0: shown names screens"),
        ("shown.report = { line = 10 }", "lunch_0: stands on report, but is not counted for a district"),
        ("shown.school = { grade_finding = 10 }", "lunch_0: is judged grade by grade, but is not counted for a grade"),
        ("shown.class = { tile = 10 }", "lunch_0: stands on class, but is not counted by to_date"),
    ],
)
def test_an_entry_that_cannot_stand_where_it_wants_to_says_why(tmp_path, shown, complaint):
    with pytest.raises(CatalogueError, match=complaint):
        read(tmp_path, shown, periods=["month"])


def test_five_tiles_are_all_there_is_room_for(tmp_path):
    assert len(read(tmp_path, *["shown.class = { tile = 10 }"] * MOST_TILES["class"])) == MOST_TILES["class"]
    with pytest.raises(CatalogueError, match="class: 5 tiles, and there is room for 4; another has to become a chart"):
        read(tmp_path, *["shown.class = { tile = 10 }"] * 5)
    with pytest.raises(CatalogueError, match="school: the mood takes the place of one tile, not of 2"):
        read(tmp_path, *["shown.school = { tile_unless_mood = 10 }"] * 2)
    with pytest.raises(CatalogueError, match="class: 2 titles"):
        read(tmp_path, *["shown.class = { title = 10 }"] * 2)


def test_a_title_and_what_is_drawn_on_the_page_of_a_school_are_one_figure_each():
    for screen in ("class", "school", "district"):
        assert title_of(screen).name == "absence_rate"
    assert [each.name for each in shown_on("report", "chart")] == ["absence_rate"]


def test_order_is_what_the_entries_say_and_not_that_of_the_glossary():
    assert [each.name for each in shown_on("compare", "funnel")][:3] == ["absence_rate", "late_rate", "long_absence"]
    assert [each.name for each in shown_on("school", "tile", "tile_unless_mood")] == [
        "absence_rate", "long_absence", "health_room_visits", "study_minutes", "overtime_hours",
    ]  # fmt: skip
    assert sources() == ("attendance", "mood", "health_room", "study_log", "staff_hours")
    assert {screen for each in indicators().values() for screen in each.shown} == set(FORMS)


def test_no_page_keeps_a_list_of_figures_of_its_own():
    kept = [
        f"{file.relative_to(ROOT)}:{line}"
        for room in ("pages", "components")
        for file in sorted((ROOT / room).rglob("*.py"))
        for line, name in lists_of_figures(ast.parse(file.read_text(encoding="utf-8")))
        if not {(file.name, name), (file.name, "")} & ABOUT_THEM.keys()
    ]
    assert kept == [], "say it in queries/indicators.toml, and ask catalogue.shown_on"


def lists_of_figures(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Where two figures or more stand beside each other, and the name they are given."""
    named = {id(node.value): ast.unparse(node.targets[0]) for node in ast.walk(tree) if isinstance(node, ast.Assign)}
    for node in ast.walk(tree):
        values = node.values if isinstance(node, ast.Dict) else getattr(node, "elts", [])
        found = {each.value for each in values if isinstance(each, ast.Constant)} & indicators().keys()
        if len(found) > 1:
            yield node.lineno, named.get(id(node), "")  # type: ignore[attr-defined]
