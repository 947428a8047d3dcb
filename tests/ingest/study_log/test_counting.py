"""Nothing is counted twice: blanks of a question, statements told twice or taken back, a summary beside statements."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import ingest
from ingest.study_log.ledger import Ledger
from tests.ingest.statements import QUESTION, TYPES, VERBS, answered, figures, lines, loaded, named, voiding
from tests.ingest.tiny import HANA, REN, drop, rows_in

ONE = answered(1)
WRONG = answered(2, result={"score": {"scaled": 0}, "success": False, "duration": "PT5.4S"})


def test_an_end_tells_the_time_only_where_no_answer_does(home: Path) -> None:
    def ended(number: int, sitting: int, length: str | None) -> dict[str, Any]:
        result = {"score": {"raw": 8, "max": 10}, "completion": True} | ({"duration": length} if length else {})
        return answered(number, verb={"id": f"{VERBS}completed"}, result=result, context={"registration": named(sitting)})

    untimed = answered(3, result={"success": True}, context={"registration": named(102)})
    report = loaded(home, lines(
        answered(1, context={"registration": named(101)}), ended(2, 101, "PT10M"),  # its answers say: ten seconds
        untimed, ended(4, 102, "PT1M"), ended(5, 102, "PT1M"),  # told twice, as completed and passed are
        ended(6, 103, None),
    ))
    assert figures(home) == [("2026-04-13", "算数", 70, 2, 2)]
    assert (report.rows_loaded, report.rows_unchanged) == (3, 3)


def blank(number: int, parent: dict[str, Any] | None, success: bool | None = None) -> dict[str, Any]:
    thing = {"id": f"https://mexcbt.example/i{number}", "definition": {"type": f"{TYPES}cmi.interaction", "interactionType": "fill-in"}}
    context = {"platform": "MEXCBT", "contextActivities": {"grouping": [{"id": "https://mexcbt.example/sitting/1"}]}}
    if parent is not None:
        context["contextActivities"]["parent"] = parent
    return answered(number, object=thing, context=context, result=None if success is None else {"success": success, "duration": "PT9S"})


MEXCBT_QUESTION = {"id": "https://mexcbt.example/q7", "definition": {"type": f"{TYPES}question"}}


@pytest.mark.parametrize("parent", [
    [MEXCBT_QUESTION], MEXCBT_QUESTION, [{"id": "https://mexcbt.example/q7"}], [{"id": "https://mexcbt.example/test"}, MEXCBT_QUESTION],
])
def test_mexcbt_a_question_and_its_blanks_are_one_answer(home: Path, parent: Any) -> None:
    whole = answered(1, object=MEXCBT_QUESTION, context={"platform": "MEXCBT"}, result={"score": {"scaled": 0.5}, "duration": "PT40S"})
    report = loaded(home, lines(blank(2, parent), whole, blank(3, parent)))
    assert figures(home) == [("2026-04-13", "教科の記載なし", 40, 1, 0)]
    assert (report.rows_loaded, report.rows_unchanged) == (1, 2)


def test_mexcbt_items_that_belong_to_no_question_are_answers_themselves(home: Path) -> None:
    """Their parent is the test, and the test is completed, not answered."""
    test = {"id": "https://mexcbt.example/test", "definition": {"type": f"{TYPES}assessment"}}
    done = answered(9, verb={"id": f"{VERBS}completed"}, object=test, result={"score": {"raw": 1, "max": 2}})
    items = [blank(1, [test], success=True), blank(2, [{"id": test["id"]}], success=False), blank(3, None, success=True)]
    report = loaded(home, lines(*items, done))
    assert figures(home) == [("2026-04-13", "教科の記載なし", 27, 3, 2)]
    assert report.rows_unchanged == 1


def test_a_statement_told_twice_counts_once(home: Path) -> None:
    again = ONE | {"id": ONE["id"].upper(), "stored": "2026-04-14T00:00:00Z", "timestamp": "2026-04-12T23:30:00Z"}
    drop(home, "study_log/a-2026.jsonl", lines(ONE, ONE), at=1)
    report = loaded(home, lines(again, WRONG), "b-2026.jsonl")
    assert (report.rows_loaded, report.rows_unchanged, report.rejected) == (1, 1, {})
    assert sum(row[3] for row in figures(home)) == 2


def test_without_an_id_the_same_words_are_the_same_statement(home: Path) -> None:
    later = answered(1, at="2026-04-13T08:31:00+09:00", id=None)
    report = loaded(home, lines(answered(1, id=None), answered(1, id=None), later))
    assert (report.rows_loaded, report.rows_unchanged) == (2, 1)


def test_one_id_that_says_two_things_is_believed_the_first_time(home: Path) -> None:
    drop(home, "study_log/a-2026.jsonl", lines(ONE), at=1)
    report = loaded(home, lines(WRONG, ONE | {"result": WRONG["result"]}), "b-2026.jsonl")
    assert (report.rows_loaded, report.rejected) == (1, {"conflicting_statement": 1})
    assert sum(row[4] for row in figures(home)) == 1
    assert json.loads((home / report.kept_in).read_text())["id"] == ONE["id"]
    assert rows_in(home, "rejected_row", "all").select("file_row", "value").row(0) == (2, ONE["id"])


@pytest.mark.parametrize("order", [(ONE, voiding(8, 1)), (voiding(8, 1), ONE)])
def test_a_statement_taken_back_disappears(home: Path, order: tuple[dict[str, Any], ...]) -> None:
    report = loaded(home, lines(*order, WRONG))
    assert figures(home) == [("2026-04-13", "算数", 5, 1, 0)]
    assert (report.rows_loaded, report.rows_unchanged, report.rejected) == (1, 2, {})


@pytest.mark.parametrize(("first", "second"), [(lines(ONE, WRONG), lines(voiding(8, 1))), (lines(voiding(8, 1)), lines(ONE, WRONG))])
def test_a_statement_is_taken_back_from_another_file(home: Path, first: bytes, second: bytes) -> None:
    drop(home, "study_log/a-2026.jsonl", first, at=1)
    drop(home, "study_log/b-2026.jsonl", second, at=2)
    ingest.load(home)
    assert figures(home) == [("2026-04-13", "算数", 5, 1, 0)]


def test_taken_back_in_the_next_year_in_the_file_of_its_own(home: Path) -> None:
    late = voiding(8, 1) | {"timestamp": "2027-04-02T08:00:00+09:00"}
    assert loaded(home, lines(ONE, WRONG, late)).rejected == {}
    assert figures(home) == [("2026-04-13", "算数", 5, 1, 0)]


DRILL = "学習者ID,日付,教科,学習時間(秒),解答数,正答数"


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        (f"{DRILL}\n{HANA},2026-04-13,算数,600,12,9\n", [600]),
        (f"{DRILL},ツール\n{HANA},2026-04-13,算数,600,12,9,drill\n", [600]),
        (f"{DRILL},ツール\n{HANA},2026-04-13,算数,600,12,9,book\n", [600, 10]),
        (f"{DRILL}\n{HANA},2026-04-13,国語,600,12,9\n", [600, 10]),
        (f"{DRILL}\n{REN},2026-04-13,算数,600,12,9\n", [10]),
    ],
)
def test_a_summary_and_statements_of_the_same_tool_are_not_added_up(home: Path, summary: str, expected: list[int]) -> None:
    drop(home, "study_log/drill-2026.csv", summary)
    report = loaded(home, lines(ONE))
    assert sorted((row[2] for row in figures(home)), reverse=True) == expected
    assert report.rows_loaded == int(10 in expected)


def test_every_figure_knows_its_file(home: Path) -> None:
    drop(home, "study_log/a-2026.jsonl", lines(ONE), at=1)
    drop(home, "study_log/b-2026.jsonl", lines(WRONG), at=2)
    ingest.load(home)
    files = dict(rows_in(home, "load_source", "all").select("file_id", "file").rows())
    rows = rows_in(home, "study_log").select("file_id", "answers", "correct").rows()
    assert {files[file]: rest for file, *rest in rows} == {"a-2026.jsonl": [1, 1], "b-2026.jsonl": [1, 0]}


def test_loading_the_same_statements_again_changes_nothing(home: Path) -> None:
    loaded(home, lines(ONE, WRONG))
    assert ingest.load(home).outcome == "unchanged"
    assert QUESTION["id"] not in str(rows_in(home, "study_log").rows()), "what was asked is not kept, only what came of it"


def test_what_goes_to_the_disk_meanwhile_lies_with_the_load_and_goes_with_it(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        (place,) = ledger.connection.execute("select current_setting('temp_directory')").fetchone()
        assert Path(place).parent == tmp_path
        assert Path(place).is_dir()
    assert list(tmp_path.iterdir()) == []
