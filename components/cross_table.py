"""Rows laid out as a cross table: the columns are what the rows themselves say (subjects, terms, sources), which no question can know."""

from __future__ import annotations

import polars as pl


def crosswise(rows: pl.DataFrame, down: list[str], across: str, cell: str) -> pl.DataFrame:
    """A line for each value of `down` and a column for each of `across`, both as they first come; empty where there is no row.

    Nothing is counted or added up: where several rows meet in one place the first is shown.
    """
    return rows.pivot(across, index=down, values=cell, aggregate_function="first")


def sittings(tests: pl.DataFrame) -> pl.DataFrame:
    """Tests with the sitting each belongs to: `nth`, from 0, among those of one year, title and subject, and `day`, the sitting's last.

    A child's tests come in an answer for each school, and a sitting may lie in two of them: no question can number them.
    """
    nth = tests.with_columns(nth=pl.int_range(pl.len()).over("fiscal_year", "title", "subject"))
    return nth.with_columns(pl.col("day").max().over("fiscal_year", "title", "nth"))
