"""A page asks and draws: its questions group, join and add up, and none of them forgets which figures are incomplete."""

from __future__ import annotations

import ast
import re

from tests.house import calls_in, files, name_of

# page: why it brings rows together itself
ROWS_BROUGHT_TOGETHER: dict[str, str] = {
    "pages/office/accounts.py": "accounts are kept in the records store, and the gate's plain SQL has no list of a person's roles",
    "pages/child/record_cards.py": "a child's days are there already, one answer a school: asked for as sums, a child is seen twice",
    "pages/child/handover_summary.py": "the paper adds up the very rows of its package; the child is asked for once",
}
BRINGING_TOGETHER = ("group_by", "group_by_dynamic", "join", "join_asof", "pivot", "over")


def test_a_page_leaves_groups_and_joins_to_its_questions() -> None:
    found = [
        (name_of(path), f"{name_of(path)}:{call.lineno} .{name}(")
        for path in files(".py", rooms=("pages",))
        for name in BRINGING_TOGETHER
        for call in calls_in(path, name)
        if is_of_rows(call)
    ]
    assert [place for page, place in found if page not in ROWS_BROUGHT_TOGETHER] == []
    assert set(ROWS_BROUGHT_TOGETHER) <= {page for page, _place in found}, "no longer brings rows together"


def is_of_rows(call: ast.Call) -> bool:
    """Whether a call groups or joins rows; words are joined by one thing alone, a comma or a line's end, without a key."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "join":
        return isinstance(call.func, ast.Attribute)
    is_of_words = isinstance(call.func.value, ast.Attribute) and call.func.value.attr in ("str", "list")
    return not is_of_words and (len(call.args) > 1 or bool(call.keywords))


def test_words_joined_by_a_comma_are_not_rows_joined_by_a_key() -> None:
    def of_rows(written: str) -> bool:
        call = ast.parse(written, mode="eval").body
        return isinstance(call, ast.Call) and is_of_rows(call)

    words = ["', '.join(names)", "comma.join(names)", "_('state.comma').join(names)", "pl.col('a').str.join(comma, ignore_nulls=True)"]
    rows = ["a.join(b, on='key')", "a.join(b, 'key')", "a.group_by('key')", "pl.col('a').max().over('key')", "a.pivot('b', index='c')"]
    assert not any(map(of_rows, words))
    assert all(map(of_rows, rows))


def test_a_question_that_reads_figures_says_which_are_incomplete() -> None:
    """Handed over as a column, or left out by it: `Figure` does the rest."""
    asking = [path for path in files(".sql", rooms=("queries",)) if path.parent.name == "questions"]
    reading = {path: path.read_text(encoding="utf-8") for path in asking if re.search(r"\b(from|join) cell\b", path.read_text("utf-8"))}
    assert len(reading) > 10
    assert [name_of(path) for path, sql in reading.items() if "cell.is_incomplete" not in sql] == []


def test_a_page_with_figures_of_several_schools_or_of_one_says_whose_records_are_missing() -> None:
    """Whoever says the period of figures of a place says beside it what is missing of them."""
    questions = r'"(figures_of_(schools|kinds|kind_grades|thirds|place|classes)|months_of_schools)"'
    compared = re.compile(questions + r"|(school|district|class)_figures\(")
    pages = {
        name_of(path): path.read_text(encoding="utf-8")
        for path in files(".py", rooms=("pages",))
        if re.search(r"^def page\(", path.read_text("utf-8"), re.MULTILINE) and compared.search(path.read_text("utf-8"))
    }
    assert {"pages/board/district.py", "pages/board/compare.py", "pages/school/school.py"} <= pages.keys()
    said = ("incomplete_notice(", "recording_notice(", "gaps_notice(")
    assert [name for name, text in pages.items() if not any(word in text for word in said)] == []
