"""The months of one figure as a series: its centre, the limits of ordinary variation, and what stands out of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median

import polars as pl

from components.dates import month_text
from components.figures.figures import value_text, whole_months
from components.wording import _, language, said
from queries.catalogue import Indicator
from queries.statistics import ControlLimits, xmr_limits, xmr_signals

# A month with less than this part of a usual month's denominator (August) is drawn, but neither judged nor counted.
SHORTEST_PART = 0.5
FEWEST_MONTHS = 6
RULES = ("beyond", "shift", "trend", "near")


@dataclass(frozen=True, slots=True)
class XmrSeries:
    """Months with their values and signals, and the limits they were held against."""

    indicator: Indicator
    months: pl.DataFrame
    limits: ControlLimits

    @property
    def judged(self) -> pl.DataFrame:
        """The months long enough to be judged, and without a gap in their records."""
        return self.months.filter("is_judged")


def series_of(months: pl.DataFrame, indicator: Indicator) -> XmrSeries | None:
    """The series behind rows of `months_of_place`; None where fewer than six months can be judged.

    Its months: month Date, value Float64, numerator Float64, denominator Float64, is_judged Boolean, is_incomplete Boolean,
    signals List(String).
    """
    known = months.filter(pl.col("denominator") > 0).sort("period_on")
    if known.is_empty():
        return None
    usual = median(known.get_column("denominator").to_list())
    with_values = known.select(
        month="period_on",
        value=pl.col("numerator") / pl.col("denominator") * indicator.per,
        numerator=pl.col("numerator").cast(pl.Float64),
        denominator=pl.col("denominator").cast(pl.Float64),
        is_judged=(pl.col("denominator") >= usual * SHORTEST_PART) & whole_months(known),
        is_incomplete=~whole_months(known),
    )
    judged = with_values.filter("is_judged")
    limits = xmr_limits(judged.get_column("value").to_list()) if judged.height >= FEWEST_MONTHS else None
    if limits is None:
        return None
    signals = xmr_signals(judged.get_column("value").to_list(), limits)
    found = iter(signals)
    marked = [sorted(next(found)) if is_judged else [] for is_judged in with_values.get_column("is_judged")]
    return XmrSeries(indicator, with_values.with_columns(signals=pl.Series(marked, dtype=pl.List(pl.String))), limits)


def series_finding(series: XmrSeries, of: str = "") -> str:
    """What the newest judged month is part of, in words; that nothing stands out is a finding too. `of` names a grade."""
    label = _("xmr.of", place=of, label=said(series.indicator.label)) if of else said(series.indicator.label)
    judged = series.judged
    newest = judged.row(-1, named=True)
    month = month_words(newest["month"])
    low, high = limit_texts(series)
    if not newest["signals"]:
        earlier = judged.filter(pl.col("signals").list.len() > 0).height
        key = "xmr.quiet_before" if earlier else "xmr.quiet"
        return _(key, label=label, month=month, value=value_text(series.indicator, newest["value"]), low=low, high=high, months=earlier)
    rule = next(rule for rule in RULES if rule in newest["signals"])
    is_high = newest["value"] > series.limits.centre
    if rule == "trend":
        is_high = newest["value"] > judged.item(-2, "value")
    return _(
        f"xmr.{rule}_{'high' if is_high else 'low'}",
        label=label,
        month=month,
        value=value_text(series.indicator, newest["value"]),
        low=low,
        high=high,
        centre=value_text(series.indicator, series.limits.centre),
        months=run_length(judged, rule),
    )


def strength(series: XmrSeries) -> float:
    """How far the newest judged month lies from the centre, in widths from centre to limit; 0 where it is part of no sign."""
    newest = series.judged.row(-1, named=True)
    half = series.limits.high - series.limits.centre
    if not newest["signals"]:
        return 0.0
    return abs(newest["value"] - series.limits.centre) / half if half else float("inf")


def run_length(judged: pl.DataFrame, rule: str) -> int:
    """For how many months in a row, up to the newest, a rule has held."""
    months = 0
    for signals in reversed(judged.get_column("signals").to_list()):
        if rule not in signals:
            break
        months += 1
    return months


def limit_texts(series: XmrSeries) -> tuple[str, str]:
    """The limits in words; a share or a count of hours is never below nothing."""
    low = max(0.0, series.limits.low)
    high = min(series.limits.high, series.indicator.per) if series.indicator.is_share else series.limits.high
    return value_text(series.indicator, low), value_text(series.indicator, high)


def month_words(month: date) -> str:
    """A month with its year, for a series runs over several: 2025年11月."""
    return _("xmr.month", year=month.year, month=month_text(month.month, language()))
