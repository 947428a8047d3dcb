"""Cards of the page of municipalities: their months on one scale, their figures with intervals, and what each of them sends."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from access import Viewer
from access.sharing import sharing
from components.cards.card import Card, card, picture, plain_table
from components.cards.states import quiet
from components.charts.intervals import intervals
from components.charts.multiples import multiples
from components.dates import day_text, month_text, short_fiscal_year_text
from components.figures.figures import Figure, figure_in, value_text
from components.figures.funnel import funnel_of, interval_of, interval_text
from components.session_answers import ask
from components.wording import _, language, said
from pages.board.compare_cards import interval_rows
from pages.choice import Period
from pages.months import MONTHS, panel_rows
from queries.catalogue import Indicator, indicators

PANELS_ACROSS = 6
MOST_DRAWN = 24  # more lines would not be read; the table has them all


def about(indicator: Indicator) -> str:
    """What was counted, and that each municipality decided what to send."""
    return "\n".join((
        said(indicator.meaning),
        _("card.fraction", numerator=said(indicator.numerator_label), denominator=said(indicator.denominator_label),
          people=indicator.suppress_below),
        _("municipality.about"),
        *([_("card.same_days")] if indicator.is_compared_across_years else []),
    ))  # fmt: skip


def months_card(viewer: Viewer, indicator: Indicator, now: Period) -> None:
    """The months of every municipality, on one scale and in the order of their codes."""
    rows = ask(viewer, "months_of_municipalities", indicator=indicator.name, fiscal_year=now.fiscal_year)
    if not indicator.is_compared_across_years:
        rows = rows.filter(pl.col("fiscal_year") == now.fiscal_year)
    places = tuple(rows.get_column("municipality_name").unique(maintain_order=True))
    finding = _("municipality.months", label=said(indicator.label), municipalities=len(places))
    with card(Card(finding, f"months-{indicator.name}", about(indicator))):
        if rows.is_empty():
            quiet(_("state.no_months", label=said(indicator.label)))
            return
        picture(
            panel_rows(rows, "municipality_name", indicator, now),
            multiples(
                places, tuple(month_text(month, language()) for month in MONTHS), said(indicator.label), indicator.top,
                f".{indicator.decimals}f", PANELS_ACROSS, projector=viewer.masked,
            ),
            finding,
            f"municipalities-{indicator.name}-{language()}",
        )  # fmt: skip
        st.text(
            _(
                "municipality.key" if indicator.is_compared_across_years else "municipality.key_one",
                this=short_fiscal_year_text(now.fiscal_year, language()),
                last=short_fiscal_year_text(now.fiscal_year - 1, language()),
                top=value_text(indicator, indicator.top),
            )
        )


def beside_card(viewer: Viewer, indicator: Indicator, now: Period) -> None:
    """Every municipality's figure to date with the interval it may lie in; never in the order of the figures."""
    rows = ask(viewer, "figures_of_municipalities", indicator=indicator.name).filter(
        pl.col("school_kind").is_null() & (pl.col("period") == "to_date")
    )
    this = rows.filter(pl.col("fiscal_year") == now.fiscal_year)
    before = rows.filter(pl.col("fiscal_year") == now.fiscal_year - 1)
    found = funnel_of(this.select(pl.exclude("municipality_code", "municipality_name"), school_id=pl.lit(0),
                                  school_key="municipality_code", school_name="municipality_name"), indicator)  # fmt: skip
    phi = found.phi if found else 1.0
    made = [(row, figure_in(row, indicator.name)) for row in this.rows(named=True)]
    finding = _("municipality.beside", label=said(indicator.label), municipalities=len(made))
    table = _beside_last_year(made, before, indicator, phi, now)
    meaning = "\n".join((about(indicator), _("municipality.intervals" if found else "municipality.intervals_few", phi=f"{phi:.1f}")))
    with card(Card(finding, f"beside-{indicator.name}", meaning, table, f"miharashi-municipalities-{indicator.name}")):
        if not made:
            quiet(_("state.no_months", label=said(indicator.label)))
            return
        spans = [interval_of(each, phi) for _row, each in made]
        top = max([indicator.top, *(span.high for span in spans if span), *(each.value or 0.0 for _row, each in made)])
        if len(made) <= MOST_DRAWN:
            names, figures = [row["municipality_name"] for row, _figure in made], [each for _row, each in made]
            drawn = interval_rows(names, figures, phi, [each.text for each in figures])
            title = f"{said(indicator.label)} ({said(indicator.unit)})"
            picture(drawn, intervals(title, top, viewer.masked), finding, f"beside-{indicator.name}-{language()}")
        else:
            plain_table(table, finding)


def _beside_last_year(
    made: list[tuple[dict[str, Any], Figure]], before: pl.DataFrame, indicator: Indicator, phi: float, now: Period
) -> pl.DataFrame:
    """One line for each municipality: this 年度 with its interval, and the last over the same days where the two may be compared."""
    last = {row["municipality_code"]: figure_in(row, indicator.name) for row in before.rows(named=True)}
    none = figure_in({}, indicator.name)
    return pl.DataFrame(
        {
            _("column.municipality"): [row["municipality_name"] for row, _figure in made],
            short_fiscal_year_text(now.fiscal_year, language()): [each.text for _row, each in made],
            _("column.interval"): [interval_text(each, phi) for _row, each in made],
            _("column.same_time_last_year"): [
                last.get(row["municipality_code"], none).text if indicator.is_compared_across_years else _("figure.none")
                for row, _figure in made
            ],
            _("column.people"): pl.Series([each.people for _row, each in made], dtype=pl.Int32),
            _("column.last_on"): [day_text(row["counted_until"], language()) for row, _figure in made],
        }
    )


def sent_card(sent: pl.DataFrame, names: list[str]) -> None:
    """Which municipality sends what, and until when; a municipality decides that on its own."""
    places = sent.select("municipality_code", "municipality_name", "counted_until").unique(maintain_order=True)
    has = set(sent.select("municipality_code", "indicator").iter_rows())
    kinds = list(dict.fromkeys(indicators()[name].kind for name in names))
    words = sharing().kinds
    columns: dict[str, list[str]] = {
        _("column.municipality"): list(places.get_column("municipality_name")),
        _("column.last_on"): [day_text(day, language()) for day in places.get_column("counted_until")],
    }
    for kind in kinds:
        of_kind = [name for name in names if indicators()[name].kind == kind]
        columns[said(words[kind])] = [
            _("municipality.sends") if any((code, name) in has for name in of_kind) else _("municipality.sends_not")
            for code in places.get_column("municipality_code")
        ]
    table = pl.DataFrame(columns)
    finding = _("municipality.sent", municipalities=places.height)
    with card(Card(finding, "sent", _("municipality.about"), table, is_table_shown=True)):
        plain_table(table, finding, height="content")
