"""Choosing in a real browser: the one that was touched opens, the address keeps its key, and no name is ever in it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.access.truth import Truth
from tests.browser.conftest import SignedIn
from tests.browser.visit import Visit

ROW_HEIGHT = 35
NINTH = 9


@pytest.fixture(scope="module")
def truth(sample_district: Path) -> Truth:
    return Truth(sample_district / "district")


def class_5_2(truth: Truth) -> list[tuple[str, str]]:
    """Key and name of each child of 5年2組 of 見晴小学校, in 出席番号 order."""
    return truth.connection.sql(
        "select student.key, student_name.family_name || ' ' || student_name.given_name from student "
        "inner join student_name on student.student_id = student_name.student_id "
        "inner join class on student.class_id = class.class_id inner join school on class.school_id = school.school_id "
        "where school.name = '見晴小学校' and class.name = '5年2組' order by student.number"
    ).fetchall()


def keys_in(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def press_row(visit: Visit, card: str, row: int) -> None:
    """Press the box at the left edge of a row of a table, counted from 1 below its head."""
    table = visit.page.locator(f".st-key-card-{card} canvas").first
    table.scroll_into_view_if_needed()
    before, box = visit.finding(), table.bounding_box()
    assert box is not None
    # the table is painted, not made of elements: it is pressed at a place, as with a finger
    visit.page.mouse.click(box["x"] + 15, box["y"] + ROW_HEIGHT * row + ROW_HEIGHT / 2)
    visit.page.wait_for_function("before => document.querySelector('h1')?.innerText.trim() !== before", arg=before)
    visit.settle()


def test_the_row_tanaka_presses_is_the_child_that_opens_and_no_name_stands_in_an_address(
    signed_in: SignedIn, truth: Truth
) -> None:
    children = class_5_2(truth)
    visit = signed_in("tanaka")
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(unquote(request.url)))
    visit.page.on("framenavigated", lambda frame: asked.append(unquote(frame.url)))
    visit.open("class")
    press_row(visit, "children", NINTH)
    key, name = children[NINTH - 1]
    assert visit.finding().startswith(name)
    assert keys_in(visit.page.url)["student"] == key

    visit.page.reload()
    visit.settle()
    assert visit.finding().startswith(name)

    visit.choose("choice.student", 3)
    assert visit.finding().startswith(children[3][1])
    assert keys_in(visit.page.url)["student"] == children[3][0]
    visit.page.reload()
    visit.settle()
    asked.append(unquote(visit.page.url))
    parts = {part for _key, full in children for part in (full, *full.split(" "))}
    assert [address for address in asked if any(part in address for part in parts)] == []
    assert len(asked) > 20
    assert visit.complaints == []


def test_the_class_suzuki_presses_is_the_class_that_opens(signed_in: SignedIn) -> None:
    visit = signed_in("suzuki")
    visit.open("school")
    points = visit.page.locator(".js-plotly-plot .points path")
    points.first.wait_for()
    points.nth(5).scroll_into_view_if_needed()
    before = visit.finding()
    box = points.nth(5).bounding_box()
    assert box is not None
    visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.page.wait_for_function("before => document.querySelector('h1')?.innerText.trim() !== before", arg=before)
    visit.settle()
    assert urlsplit(visit.page.url).path == "/class"
    assert visit.finding().startswith("2年3組")


def test_an_address_that_names_nobody_opens_nobody(signed_in: SignedIn) -> None:
    visit = signed_in("tanaka")
    visit.open("student", student="zzzzzzzzzz")
    assert visit.finding() == visit.word("state.not_found")


def test_another_classs_child_is_nobody_to_tanaka(signed_in: SignedIn, truth: Truth) -> None:
    (other,) = truth.connection.sql(
        "select student.key from student inner join class on student.class_id = class.class_id "
        "inner join school on class.school_id = school.school_id "
        "where school.name = '見晴小学校' and class.name = '5年1組' limit 1"
    ).fetchall()[0]
    visit = signed_in("tanaka")
    visit.open("student", student=other)
    assert visit.finding() == visit.word("state.not_found")


def test_sasaki_chooses_which_of_two_roles_he_is_in(signed_in: SignedIn) -> None:
    visit = signed_in("sasaki")
    visit.open("class")
    own = visit.finding()
    visit.options_of("choice.role").filter(has_text=visit.word("role.subject_teacher")).click()
    visit.page.wait_for_function("before => document.querySelector('h1')?.innerText.trim() !== before", arg=own)
    visit.settle()
    assert keys_in(visit.page.url)["role"] == "subject_teacher"
    assert visit.page.get_by_role("combobox", name=visit.word("choice.class")).count() == 1
    assert visit.complaints == []


def test_a_copy_of_a_table_can_be_taken_where_no_child_is_on_it(signed_in: SignedIn) -> None:
    visit = signed_in("suzuki")
    visit.open("school")
    visit.page.locator(".st-key-card-trend-absence_rate summary").click()
    button = visit.page.get_by_role("button", name=visit.word("card.copy_csv")).first
    button.wait_for()
    visit.settle()
    lines = Path(visit.downloaded(button).path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith(visit.word("column.month"))
    assert len(lines) == 13
