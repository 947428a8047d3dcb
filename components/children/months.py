"""Months of the children of a class as rows of their small multiples."""

from __future__ import annotations

import math

import polars as pl

from components.date_columns import month_column, month_order_column
from components.tables.register_marks import UNNUMBERED
from components.wording import _, language

# Where a panel ends at least, and the step to which the highest value of the class is rounded up.
LEAST_TOP = {"attendance": 4.0, "mood": 100.0, "health_room": 4.0, "study": 10.0}
STEP = {"attendance": 2.0, "mood": 100.0, "health_room": 2.0, "study": 10.0}


def month_value(lens: str) -> pl.Expr:
    """What a panel shows: days absent, the share of answers that were rain or thunder, visits, minutes per school day.

    Nothing where nothing was asked or the source does not speak: a gap, never a zero.
    """
    if lens == "mood":
        return pl.when(pl.col("mood_answers") > 0).then(pl.col("stormy_answers") / pl.col("mood_answers") * 100)
    if lens == "study":
        return pl.when(pl.col("study_school_days") > 0).then(pl.col("study_minutes") / pl.col("study_school_days"))
    return pl.col({"attendance": "absent_days", "health_room": "health_room_visits"}[lens]).cast(pl.Float64)


def month_rows(months: pl.DataFrame, lens: str, fiscal_year: int) -> pl.DataFrame:
    """Rows of `months_of_children` for the chart; columns child, child_order, month_order, value, role, said."""
    return months.select(
        child=pl.format("{} {} {}", pl.col("number").cast(pl.String).fill_null("–"), "family_name", "given_name"),
        child_order=pl.struct(pl.col("number").fill_null(UNNUMBERED), "student_id").rank("dense").cast(pl.Int32),
        month_order=month_order_column("month"),
        value=month_value(lens),
        role=pl.when(pl.col("fiscal_year") == fiscal_year).then(pl.lit("this")).otherwise(pl.lit("last")),
        said=pl.format(
            "{} {}　{} {}　{}",
            "family_name",
            "given_name",
            pl.col("month").dt.year(),
            month_column("month", language()),
            pl.format(_(f"lens.{lens}_month_said"), _plain(month_value(lens))),
        ),
    ).filter(pl.col("value").is_not_null())


def top_of(rows: pl.DataFrame, lens: str) -> float:
    """Where every panel of the class ends: one scale for all, wide enough for the highest."""
    highest = rows.get_column("value").max() if rows.height else None
    step = STEP[lens]
    return max(LEAST_TOP[lens], math.ceil(float(highest or 0) / step) * step)  # type: ignore[arg-type]


def _plain(value: pl.Expr) -> pl.Expr:
    """A value in words: days and visits whole, shares and minutes with one decimal where there is one."""
    rounded = value.round(1)
    return pl.when(rounded == rounded.round(0)).then(rounded.cast(pl.Int64).cast(pl.String)).otherwise(rounded.cast(pl.String))
