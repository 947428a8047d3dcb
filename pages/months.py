"""The card every height shares: one indicator through the months, this 年度 beside the last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card, picture
from components.cards.states import quiet
from components.charts.trend import labelled, trend
from components.choices import switched
from components.cross_table import crosswise
from components.date_columns import month_column, month_order_column
from components.dates import month_text, short_fiscal_year_text
from components.figures.figures import (
    Figure,
    difference_text,
    direction,
    figure_in,
    value_text,
    whole_months,
)
from components.session_answers import ask
from components.wording import _, language, said
from pages.choice import Period
from queries.catalogue import Indicator, indicators

MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
DISTRICT = {"place": "district", "school_id": None, "grade": None, "class_id": None}


def months_of(viewer: Viewer, indicator: str, place: dict[str, Any]) -> pl.DataFrame:
    """The months of an indicator at a place, over all 年度."""
    return ask(viewer, "months_of_place", indicator=indicator, **place)


def indicator_choice(names: list[str], key: str = "indicator") -> Indicator:
    """The indicator a card is about; the choice stays in the address."""
    chosen = switched(key, _("choice.indicator"), {name: said(indicators()[name].label) for name in names})
    return indicators()[chosen]


def month_figure(months: pl.DataFrame, indicator: str, now: Period) -> Figure:
    """The figure of the month the period ends in; an empty one where nothing has been counted yet."""
    this = months.filter(pl.col("period_on") == now.day.replace(day=1))
    return figure_in(this.row(0, named=True) if this.height else {}, indicator)


def trend_rows(months: pl.DataFrame, fiscal_year: int, per: float, series: str, role: str) -> pl.DataFrame:
    """The rows of one line: a value for each month of a 年度, with gaps where nothing may be shown or records are missing."""
    chosen = months.filter(pl.col("fiscal_year") == fiscal_year)
    return chosen.select(
        month_order=month_order_column("period_on"),
        month_label=month_column("period_on", language()),
        value=pl.col("numerator") / pl.when((pl.col("denominator") > 0) & whole_months(chosen)).then(pl.col("denominator")) * per,
        series=pl.lit(series),
        role=pl.lit(role),
    )


def panel_rows(rows: pl.DataFrame, place: str, indicator: Indicator, now: Period) -> pl.DataFrame:
    """The rows of small pictures side by side, one for each place: its months of this 年度 and of the last."""
    return rows.select(
        place=place,
        month_order=month_order_column("period_on"),
        month_label=month_column("period_on", language()),
        value=pl.col("numerator") / pl.when((pl.col("denominator") > 0) & whole_months(rows)).then(pl.col("denominator")) * indicator.per,
        role=pl.when(pl.col("fiscal_year") == now.fiscal_year).then(pl.lit("this")).otherwise(pl.lit("last")),
    )


def trend_card(
    indicator: Indicator, now: Period, finding: str, rows: pl.DataFrame, origin: pl.DataFrame,
    *, projector: bool, beside: Callable[[], None] | None = None,
) -> None:  # fmt: skip
    """One indicator through this 年度; last year's line behind it, the larger whole beside it. `rows` are of `trend_lines`."""
    top, table = axis_top(rows, indicator), _trend_table(rows, indicator)
    rows = labelled(rows, top)
    with card(
        Card(
            finding,
            f"trend-{indicator.name}",
            about(indicator, now),
            table,
            f"miharashi-{indicator.name}-{now.day:%Y%m%d}",
            origin=origin,
            beside=beside,
        )
    ):
        if rows.get_column("value").null_count() == rows.height:
            quiet(_("state.no_months", label=said(indicator.label)))
            return
        labels = tuple(month_text(month, language()) for month in MONTHS)
        title = f"{said(indicator.label)} ({said(indicator.unit)})"
        drawn = trend(title, labels, top, f".{indicator.decimals}f", projector=projector)
        picture(rows, drawn, finding, f"trend-{indicator.name}-{language()}")
        if now.is_incomplete:
            st.text(_("figure.gaps"))


def trend_lines(
    indicator: Indicator, now: Period, months: pl.DataFrame, whole: tuple[str, pl.DataFrame] | None = None
) -> pl.DataFrame:
    """The line of this 年度, of the last where the two may be compared, and of the larger whole, by its name, where there is one."""
    lines = [
        trend_rows(months, now.fiscal_year, indicator.per, short_fiscal_year_text(now.fiscal_year, language()), "this"),
    ]
    if indicator.is_compared_across_years:
        before = now.fiscal_year - 1
        lines.append(trend_rows(months, before, indicator.per, short_fiscal_year_text(before, language()), "last"))
    if whole is not None:
        name, other = whole
        lines.append(trend_rows(other, now.fiscal_year, indicator.per, name, "other"))
    return pl.concat(lines)


def axis_top(rows: pl.DataFrame, indicator: Indicator) -> float:
    """Where the value axis ends: the same for every place, unless one goes beyond it, which must not be cut off."""
    highest = rows.get_column("value").max()
    return max(indicator.top, float(highest) if highest is not None else 0.0)  # type: ignore[arg-type]


def trend_finding(indicator: Indicator, this: Figure, last: Figure) -> str:
    """The finding of a year beside the last over the same number of 授業日, in words."""
    label = said(indicator.label)
    turn = direction(this, last)
    if turn is None:
        return _(_alone(this, last), label=label, value=this.text)
    return _(
        f"finding.year_{turn}", label=label, value=this.text, last=last.text, difference=difference_text(this, last)
    )


def whole_finding(indicator: Indicator, this: Figure, whole: Figure) -> str:
    """The finding of a class beside its whole school, in words: a class is made anew every year and has no year before."""
    label = said(indicator.label)
    turn = direction(this, whole)
    if turn is None:
        return _(_alone(this, whole), label=label, value=this.text)
    return _(
        f"finding.whole_{turn}", label=label, value=this.text, whole=whole.text, difference=difference_text(this, whole)
    )


def _alone(this: Figure, other: Figure) -> str:
    """How a figure is said that is held against nothing."""
    if this.is_unknown:
        return "finding.none"
    return "finding.incomplete" if this.is_incomplete else "finding.other_incomplete" if other.is_incomplete else "finding.alone"


def about(indicator: Indicator, now: Period) -> str:
    """Definition, source and date of an indicator, for the foot of its card."""
    return "\n".join(
        (
            said(indicator.meaning),
            _(
                "card.fraction",
                numerator=said(indicator.numerator_label),
                denominator=said(indicator.denominator_label),
                people=indicator.suppress_below,
            ),
            _("card.source", source=_(f"source.{indicator.source}"), until=now.until_text),
            *([_("card.same_days")] if indicator.is_compared_across_years else []),
            *([_("card.interval")] if indicator.is_share else []),
            *([_("figure.incomplete_legend")] if now.is_incomplete else []),
        )
    )


def _trend_table(rows: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    text = pl.Series([value_text(indicator, value) for value in rows.get_column("value")], dtype=pl.String)
    in_order = rows.with_columns(text=text).sort("month_order")
    wide = crosswise(in_order, ["month_order", "month_label"], "series", "text").sort("month_order")
    return wide.drop("month_order").rename({"month_label": _("column.month")}).fill_null(_("figure.none"))
