"""A series and the events of a school as rows of the XmR chart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from components.figures.figures import value_text
from components.figures.xmr import XmrSeries, month_words
from components.wording import _


def month_rows(series: XmrSeries) -> pl.DataFrame:
    """The months, each with the limits it was held against."""
    limits, indicator = series.limits, series.indicator
    months = series.months
    said_of = [
        f"{month_words(row['month'])}　{value_text(indicator, row['value'])}" + rules_text(row) for row in months.rows(named=True)
    ]
    tone = (
        pl.when(~pl.col("is_judged"))
        .then(pl.lit("short"))
        .when(pl.col("signals").list.len() > 0)
        .then(pl.lit("signal"))
        .otherwise(pl.lit("plain"))
    )
    return months.select(
        part=pl.lit("month"),
        month="month",
        value="value",
        tone=tone,
        said=pl.Series(said_of, dtype=pl.String),
        mark=pl.lit(""),
        low=pl.lit(max(0.0, limits.low)),
        centre=pl.lit(limits.centre),
        high=pl.lit(limits.high),
    )


def rules_text(row: dict[str, Any]) -> str:
    """Which rules a month is part of, in words."""
    if row["is_incomplete"]:
        return _("xmr.incomplete")
    if not row["is_judged"]:
        return _("xmr.short")
    return "".join(_("xmr.rule", rule=_(f"xmr.rule_{rule}")) for rule in row["signals"])


def event_rows(events: Iterable[tuple[date, str]]) -> pl.DataFrame:
    """The events, numbered in their order: day, and what a finger on it is told."""
    told = [
        {"part": "event", "month": day, "mark": f"{number}", "said": words} for number, (day, words) in enumerate(events, start=1)
    ]
    schema = {"part": pl.String, "month": pl.Date, "value": pl.Float64, "tone": pl.String, "said": pl.String, "mark": pl.String,
              "low": pl.Float64, "centre": pl.Float64, "high": pl.Float64}  # fmt: skip
    return pl.DataFrame(told, schema=schema)
