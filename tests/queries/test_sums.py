"""Sums a question makes, over rows written by hand: what a page shows of them, it only lays out."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import polars as pl

from components.figures.figures import figure_in
from components.figures.hours import hours_so_far
from pages.board.equity import summed
from pages.board.municipalities import sum_of
from queries.ask import questions
from queries.catalogue import indicators

APRIL, MAY, OCTOBER = date(2026, 4, 1), date(2026, 5, 1), date(2026, 10, 1)


def asked(question: str, views: dict[str, tuple[str, list[tuple[Any, ...]]]], **parameters: Any) -> pl.DataFrame:
    """The answer where the views hold these rows; a view's columns stand before its rows, with their types."""
    with duckdb.connect() as connection:
        for view, (columns, rows) in views.items():
            connection.execute(f"create table {view} ({columns})").fetchall()
            for row in rows:
                connection.execute(f"insert into {view} values ({', '.join('?' * len(row))})", row).fetchall()
        return connection.sql(questions()[question].text, params=parameters or None).pl()


def own_hours(*rows: tuple[int, date, float | None]) -> pl.DataFrame:
    columns = "school_id integer, month date, overtime_hours double, hours double, fiscal_year smallint, is_viewer boolean"
    return asked("hours_of_viewer", {"staff_hours": (columns, [(*row, None, 2026, True) for row in rows])})


def test_who_works_at_two_schools_has_one_month() -> None:
    stands = hours_so_far(own_hours((1, APRIL, 30.0), (2, APRIL, 20.0)))
    assert (stands.hours, stands.months, stands.months_over) == (50.0, 1, 1)


def test_a_month_no_school_has_reported_is_not_counted() -> None:
    rows = own_hours((1, APRIL, None), (2, APRIL, None), (1, MAY, 30.0), (2, MAY, None))
    assert rows["overtime_hours"].to_list() == [None, 30.0]
    assert hours_so_far(rows).months == 1


def test_a_persons_year_stands_beside_each_month() -> None:
    columns = "school_id integer, staff_id integer, fiscal_year smallint, month date, overtime_hours double"
    hours = [(1, 7, 2026, APRIL, 45.0), (1, 7, 2026, MAY, 45.5), (1, 7, 2026, OCTOBER, None), (1, 8, 2026, APRIL, None),
             (2, 7, 2026, APRIL, 99.0), (1, 7, 2025, APRIL, 99.0)]  # fmt: skip
    names = "staff_id integer, staff_number varchar, staff_family_name varchar, staff_given_name varchar"
    views = {"staff_hours": (columns, hours), "staff_name": (names, [(7, "T07", "森", "葵"), (8, "T08", "林", "陽")])}
    rows = asked("hours_of_staff", views, school_id=1, fiscal_year=2026, most_hours=45.0)
    assert rows.select("staff_number", "month", "year_hours", "months", "months_over").rows() == [
        ("T07", APRIL, 90.5, 2, 1), ("T07", MAY, 90.5, 2, 1), ("T07", OCTOBER, 90.5, 2, 1), ("T08", APRIL, None, 0, 0),
    ]  # fmt: skip


def test_a_groups_year_is_of_the_months_both_years_have() -> None:
    columns = "school_id integer, fiscal_year smallint, month date, staff_group varchar, is_to_date boolean, people integer"
    rows = [(1, 2026, APRIL, "all", True, 10, 300.0), (1, 2026, MAY, "all", True, 12, 580.0), (2, 2026, MAY, "all", True, 50, 9.0),
            (1, 2025, date(2026, 3, 1), "all", False, 10, 999.0), (1, 2025, date(2025, 4, 1), "all", True, 10, 250.0)]  # fmt: skip
    made = asked("hours_of_groups", {"staff_group_month": (f"{columns}, overtime_hours double", rows)}, school_id=1)
    assert made.rows() == [("all", 2026, 12, 40.0), ("all", 2025, 10, 25.0)]


def test_cases_are_counted_up_to_the_same_month_of_each_year() -> None:
    columns = "school_id integer, fiscal_year smallint, month date, kind varchar, incidents integer"
    rows = [(1, 2026, APRIL, "violence", 1), (1, 2026, MAY, "bullying", 2), (1, 2025, date(2025, 4, 1), "violence", 3),
            (1, 2025, date(2025, 5, 1), "violence", 4), (1, 2025, date(2026, 3, 1), "violence", 5), (1, 2025, date(2026, 1, 1), "lost", 6),
            (2, 2026, MAY, "violence", 99)]  # fmt: skip
    made = asked("incidents_of_school", {"incident": (columns, rows)}, school_id=1, fiscal_year=2026)
    assert set(made["until_month"]) == {MAY}
    assert made.select("kind", "fiscal_year", "incidents", "incidents_to_date").rows() == [
        ("bullying", 2026, 2, 2), ("lost", 2025, 6, 0), ("violence", 2025, 12, 7), ("violence", 2026, 1, 1),
    ]  # fmt: skip


def of_municipalities(*rows: tuple[str, int, str, float, float, int]) -> pl.DataFrame:
    columns = (
        "municipality_code varchar, fiscal_year smallint, period varchar, numerator double, denominator double, people integer,"
        " indicator varchar, school_kind varchar, grade integer"
    )
    held = [(*row, "absence_rate", None, None) for row in rows]
    return asked("sums_of_municipalities", {"municipality_figure": (columns, held)}, fiscal_year=2026)


def test_figures_are_added_up_as_they_were_sent() -> None:
    sent = (("1", 2026, "to_date", 3.0, 100.0, 10), ("2", 2026, "to_date", 5.0, 60.0, 12))
    added = of_municipalities(*sent, ("2", 2026, "year", 9.0, 9.0, 9))
    total = sum_of(added, "absence_rate").this
    assert (total.numerator, total.denominator, total.people, total.text) == (8.0, 160.0, 22, "5.0%")
    assert sum_of(added.clear(), "absence_rate").this == figure_in({}, "absence_rate")


def test_the_last_year_is_of_the_same_municipalities_or_not_told() -> None:
    both = (("1", 2026, "to_date", 3.0, 100.0, 10), ("2", 2026, "to_date", 5.0, 60.0, 12))
    one, two, other = (("1", 2025, "to_date", 1.0, 10.0, 10), ("2", 2025, "to_date", 2.0, 20.0, 10), ("3", 2025, "to_date", 90.0, 90.0, 90))
    assert sum_of(of_municipalities(*both, one, two, other), "absence_rate").last.numerator == 3.0
    some = sum_of(of_municipalities(*both, one, other), "absence_rate")
    assert (some.last, some.municipalities) == (figure_in({}, "absence_rate"), 2)


def dx_items(*rows: tuple[int, str, int, str]) -> pl.DataFrame:
    columns = "school_id integer, item varchar, fiscal_year smallint, answer varchar, item_name varchar"
    views = {"school": ("school_id integer", [(school,) for school in (1, 2, 3)]), "dx_answer": (columns, [(*row, "FAX") for row in rows])}
    return asked("dx_items", views)


def test_answers_that_have_moved_are_counted_school_by_school() -> None:
    rows = dx_items((1, "01", 2025, "no"), (1, "01", 2026, "yes"), (2, "01", 2025, "yes"), (2, "01", 2026, "partly"),
                    (3, "01", 2026, "yes"), (1, "02", 2025, "partly"), (1, "01", 2024, "yes"))  # fmt: skip
    assert (rows["further"].sum(), rows["back"].sum()) == (1, 1)
    assert rows.drop("item_name", "further", "back").rows() == [("01", 2026, 2025, 2, 1, 0, 1), ("02", 2026, 2025, 0, 0, 0, 0)]
    assert dx_items((1, "01", 2026, "no")).select("year_before", "yes_before", "further").rows() == [(None, 0, 0)]


def thirds(rates: dict[int, float], figures: int | None = None) -> pl.DataFrame:
    """Schools with these rates, each with 10 of 100 and as many people as its own number, so that it can be known again."""
    facts = [(school, 2026, rate) for school, rate in rates.items()]
    cells = [(school, "school", "to_date", "absence_rate", 2026, 10.0, 100.0, 2**school, False) for school in list(rates)[:figures]]
    columns = "school_id integer, place varchar, period varchar, indicator varchar, fiscal_year smallint"
    views = {
        "school": ("school_id integer, kind varchar, list_order integer", [(school, "elementary", school) for school in rates]),
        "school_fact": ("school_id integer, fiscal_year smallint, school_aid_rate double", facts),
        "cell": (f"{columns}, numerator double, denominator double, people integer, is_incomplete boolean", cells),
    }
    return asked("figures_of_thirds", views, indicator="absence_rate", fiscal_year=2026)


def test_thirds_have_three_schools_or_there_are_none() -> None:
    absence = indicators()["absence_rate"]
    assert summed(thirds({school: float(school) for school in range(8)}), absence) == (None, [])
    figures, sizes = summed(thirds({school: float(-school) for school in range(10)}), absence)
    assert figures is not None
    assert sizes == [4, 3, 3]
    assert (figures[0].people or 0) & 2**9, "the lowest rate is in the lowest third"
    figures, sizes = summed(thirds({school: float(school) for school in range(9)}), absence)
    assert sizes == [3, 3, 3]
    assert figures is not None
    assert [made.value for made in figures] == [10.0] * 3
    assert summed(thirds({school: float(school) for school in range(9)}, figures=8), absence) == (None, [])


def test_of_schools_with_one_rate_the_lower_number_comes_first() -> None:
    figures, _sizes = summed(thirds(dict.fromkeys(range(9), 5.0)), indicators()["absence_rate"])
    assert figures is not None
    assert [made.people for made in figures] == [0b111, 0b111000, 0b111000000]
