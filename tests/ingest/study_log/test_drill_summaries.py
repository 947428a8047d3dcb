"""What summaries of drills may look like: minutes or seconds, right answers or their share, on either scale, or no answer at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.statements import figures, loaded
from tests.ingest.tiny import HANA, drop

CHILD = f"{HANA},2026-04-13,算数"


@pytest.mark.parametrize(
    ("titles", "cells", "figure"),
    [
        ("学習時間(秒),解答数,正答数", "630,12,9", (630, 12, 9)),
        ("学習時間(分),解答数,正答数", "10.5,12,9", (630, 12, 9)),
        ("学習時間（分）,学習時間（秒）,回答数,正答数", "10,630,12,9", (630, 12, 9)),
        ("学習時間(分),解答数,正答率", "10.5,12,75.0", (630, 12, 9)),
        ("学習時間(分),解答数,正答率(%)", "10.5,12,66.7", (630, 12, 8)),
        ("学習時間(分),解答数,正答率", "10.5,12,0", (630, 12, 0)),
        ("学習時間(分),解答数,正答率", "１０．５,１２,１００", (630, 12, 12)),
    ],
)
def test_minutes_answers_and_correct_rate(home: Path, titles: str, cells: str, figure: tuple[int, int, int]) -> None:
    report = loaded(home, f"学習者ID,日付,教科,{titles}\n{CHILD},{cells}\n".encode(), "drill-2026.csv")
    assert (report.rejected, report.remarked) == ({}, {})
    assert figures(home) == [("2026-04-13", "算数", *figure)]


@pytest.mark.parametrize("rate", ["75.0", "75", "0.75", "0.7500"])
def test_a_rate_may_be_of_0_to_1_or_of_0_to_100_where_the_right_answers_are_counted(home: Path, rate: str) -> None:
    content = f"学習者ID,日付,教科,学習時間(秒),解答数,正答数,正答率\n{CHILD},600,12,9,{rate}\n"
    assert loaded(home, content.encode(), "drill-2026.csv").remarked == {}


def test_a_rate_of_0_to_1_counts_once_the_mapping_says_so(home: Path) -> None:
    content = f"学習者ID,日付,教科,学習時間(秒),解答数,正答率\n{CHILD},600,12,0.75\n".encode()
    report = loaded(home, content, "drill-2026.csv")
    assert (report.rejected, report.rows_loaded) == ({"rate_of_which_scale": 1}, 0)
    drop(home, "../mappings/study_log.toml", 'rate_scale = 1\n[columns]\n' + "".join(
        f'{name} = ["{title}"]\n' for name, title in {"learner": "学習者ID", "day": "日付", "subject": "教科", "seconds": "学習時間(秒)",
                                                     "answers": "解答数", "rate": "正答率"}.items()))
    report = loaded(home, content, "drill-2026.csv")
    assert (report.rejected, report.remarked) == ({}, {})
    assert figures(home) == [("2026-04-13", "算数", 600, 12, 9)]


def test_a_rate_with_no_answers_is_undefined_not_nought(home: Path) -> None:
    content = f"学習者ID,日付,教科,学習時間(秒),解答数,正答率\n{CHILD},60,0,\n{HANA},2026-04-14,算数,60,0,0\n{HANA},2026-04-15,算数,60,5,\n"
    report = loaded(home, content.encode(), "drill-2026.csv")
    assert (report.rejected, report.remarked) == ({"missing_value": 1}, {"rate_without_answers": 1})
    assert figures(home) == [("2026-04-13", "算数", 60, 0, 0), ("2026-04-14", "算数", 60, 0, 0)]


# answers, right ones and the rate the file gives, row by row; and how many of the rates are not those of the counts
ROUNDED = [
    ([(3, 2, "67"), (3, 1, "33"), (8, 1, "13")], 0, "to the nearest"),
    ([(3, 2, "66"), (3, 1, "33"), (8, 7, "87")], 0, "down"),
    ([(3, 2, "67"), (3, 1, "34"), (8, 7, "88")], 0, "up"),
    ([(3, 2, "66.6"), (3, 1, "33.3"), (8, 7, "87.5")], 0, "down to one decimal"),
    ([(3, 2, "0.67"), (3, 1, "0.33"), (2, 1, "0.5")], 0, "of 1, to the nearest"),
    ([(3, 2, "66"), (3, 1, "33"), (8, 7, "87"), (8, 1, "13")], 1, "one up where the others go down"),
    ([(3, 2, "66.7"), (3, 1, "33.3"), (8, 7, "87")], 1, "a whole one among decimals"),
    ([(3, 2, "67"), (3, 1, "50"), (8, 1, "13")], 1, "another rate altogether"),
    ([(3, 0, "0"), (3, 3, "100"), (3, 3, "1")], 0, "nothing, all, and all of 1"),
]


@pytest.mark.parametrize(("rows", "differing", "_way"), ROUNDED, ids=[way for _, _, way in ROUNDED])
def test_a_rate_is_compared_as_its_source_rounds(home: Path, rows: list[tuple[int, int, str]], differing: int, _way: str) -> None:
    lines = [f"{HANA},2026-04-{13 + place},算数,60,{answers},{right},{rate}" for place, (answers, right, rate) in enumerate(rows)]
    report = loaded(home, "\n".join(["学習者ID,日付,教科,学習時間(秒),解答数,正答数,正答率", *lines]).encode(), "drill-2026.csv")
    assert report.remarked == ({"rate_differs": differing} if differing else {})
    assert [figure[4] for figure in figures(home)] == [right for _, right, _ in rows]


def test_a_rate_is_compared_only_where_something_was_counted(home: Path) -> None:
    """70 % of 3 answers are 2 of 3, which is no 70 %: nobody counted, so nothing differs."""
    only_rates = f"学習者ID,日付,教科,学習時間(秒),解答数,正答率\n{CHILD},60,3,70\n".encode()
    assert loaded(home, only_rates, "drill-2026.csv").remarked == {}
    some = f"学習者ID,日付,教科,学習時間(秒),解答数,正答数,正答率\n{CHILD},60,3,,70\n{HANA},2026-04-14,算数,60,3,1,70\n".encode()
    report = loaded(home, some, "drill-2026.csv")
    assert (report.rejected, report.remarked) == ({}, {"rate_differs": 1})
    assert [figure[3:] for figure in figures(home)] == [(3, 2), (3, 1)]


@pytest.mark.parametrize(("titles", "lacking"), [
    ("解答数,正答数", "学習時間(秒)"), ("学習時間(分),解答数", "正答数"), ("学習時間(分),正答数", "解答数"),
])
def test_a_summary_that_lacks_time_or_answers_says_which(home: Path, titles: str, lacking: str) -> None:
    cells = ",".join("1" for _ in titles.split(","))
    report = loaded(home, f"学習者ID,日付,教科,{titles}\n{CHILD},{cells}\n".encode(), "drill-2026.csv")
    assert [(said.code, lacking in said.ja) for said in report.sentences] == [("missing_column", True)]
