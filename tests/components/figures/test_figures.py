"""A difference is said only where there is one."""

from __future__ import annotations

import polars as pl
import pytest

from components.documents.downloads import csv_of
from components.figures.figures import Figure, difference_text, direction, figure
from queries.catalogue import indicators

ABSENCE = indicators()["absence_rate"]
MINUTES = indicators()["study_minutes"]


def absence(numerator: float | None, denominator: float | None, *, is_hidden: bool = False) -> Figure:
    return Figure(ABSENCE, numerator, denominator, is_hidden=is_hidden)


def test_a_figure_of_nothing_is_a_dash_and_not_zero() -> None:
    assert absence(None, None).text == "–"
    assert absence(0, 0).text == "–"
    assert absence(0, 20).text == "0.0%"


def test_a_figure_of_too_few_people_is_a_typed_c() -> None:
    assert absence(None, None, is_hidden=True).text == "c"


@pytest.mark.parametrize(
    ("this", "last", "expected"),
    [
        ((300, 10_000), (380, 10_000), "lower"),
        ((380, 10_000), (300, 10_000), "higher"),
        ((300, 10_000), (310, 10_000), "same"),  # intervals overlap
        ((3, 100), (4, 100), "same"),  # few days: noise
        ((30_000, 1_000_000), (31_500, 1_000_000), "same"),  # certain, but too small to speak of
    ],
)
def test_more_or_less_is_said_only_beyond_noise(this: tuple[int, int], last: tuple[int, int], expected: str) -> None:
    assert direction(absence(*this), absence(*last)) == expected


def test_no_direction_without_a_figure() -> None:
    assert direction(absence(None, None), absence(3, 100)) is None


def test_means_are_compared_by_a_twentieth() -> None:
    assert direction(Figure(MINUTES, 670, 100), Figure(MINUTES, 650, 100)) == "same"
    assert direction(Figure(MINUTES, 800, 100), Figure(MINUTES, 650, 100)) == "higher"


def test_a_class_of_six_is_not_compared() -> None:
    assert direction(Figure(ABSENCE, 48, 700, people=6), Figure(ABSENCE, 1000, 50_000, people=468)) is None
    assert direction(Figure(ABSENCE, 48, 700, people=10), Figure(ABSENCE, 1000, 50_000, people=468)) == "higher"


def test_a_difference_is_that_of_the_values_shown() -> None:
    one, other = absence(2_865, 100_000), absence(2_044, 100_000)
    assert (one.text, other.text, difference_text(one, other)) == ("2.9%", "2.0%", "0.9ポイント")


def test_a_difference_of_shares_is_in_points() -> None:
    assert difference_text(absence(300, 10_000), absence(380, 10_000)) == "0.8ポイント"


def test_a_figure_is_found_by_indicator_and_year() -> None:
    rows = pl.DataFrame(
        {
            "indicator": ["absence_rate", "absence_rate"],
            "fiscal_year": [2025, 2026],
            "numerator": [1.0, 3.0],
            "denominator": [100.0, 100.0],
            "people": [20, 20],
            "is_hidden": [False, False],
        }
    )
    assert figure(rows, "absence_rate", 2026).text == "3.0%"
    assert figure(rows, "late_rate", 2026).value is None


def test_a_copy_opens_in_a_spreadsheet_with_no_formula_in_it() -> None:
    made = csv_of(pl.DataFrame({"学校": ["見晴小学校", "=1+1", "@x"], "幅": ["–", "-1", "1"], "値": [1.5, 2.0, -1.0]}))
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig").splitlines() == ["学校,幅,値", "見晴小学校,–,1.5", "'=1+1,'-1,2.0", "'@x,1,-1.0"]
