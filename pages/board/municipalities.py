"""The municipalities of a prefecture side by side, out of what each has decided to send: on one scale, in the order of their codes."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.states import quiet, where
from components.cards.tiles import Tile, definitions, indicator_tile, tiles
from components.dates import day_text, short_fiscal_year_text
from components.figures.figures import Figure, figure_in
from components.session_answers import ask
from components.tables.report import Column, ReportTable, Value, count_of, value_alone
from components.wording import _, language, said
from pages.board.municipality_cards import beside_card, months_card, sent_card
from pages.board.tables import kind_text, kinds_in
from pages.choice import Period, period
from pages.months import indicator_choice, trend_finding
from pages.report_card import report_card
from queries.catalogue import indicators, shown_on


@dataclass(frozen=True, slots=True)
class Sum:
    """What was sent, added up: this 年度 to date, the last one of the same municipalities, and how many they are."""

    this: Figure
    last: Figure
    municipalities: int


def page(viewer: Viewer) -> None:
    """How the municipalities are, as far as they say so."""
    now = period(viewer)
    sent = ask(viewer, "sent_by_municipalities")
    names = [name for name in indicators() if name in set(sent.get_column("indicator"))]
    if not names:
        st.title(_("municipality.none"), anchor=False)
        quiet(_("municipality.none_next"))
        return
    everyone = sent.get_column("municipality_code").n_unique()
    added = ask(viewer, "sums_of_municipalities", fiscal_year=now.fiscal_year)
    sums = {each.name: sum_of(added, each.name) for each in shown_on("municipalities", "tile") if each.name in names}
    lead = next(iter(sums.values()), None) or sum_of(added, names[0])
    st.title(
        _("municipality.finding", municipalities=everyone, finding=trend_finding(lead.this.indicator, lead.this, lead.last)),
        anchor=False,
    )
    where(f"{_('municipality.where')}　{now.until_text}")
    tiles([_tile(total, everyone) for total in sums.values()])
    definitions(list(sums), None)
    indicator = indicator_choice(names)
    months_card(viewer, indicator, now)
    beside_card(viewer, indicator, now)
    sent_card(sent, names)
    report_card(viewer, "municipalities", _("menu.municipalities"), tables_of(viewer, names, now), now, _("municipality.about"))


def sum_of(added: pl.DataFrame, name: str) -> Sum:
    """One indicator among rows of `sums_of_municipalities`: this 年度, and the last where it may be held beside it."""
    found = added.filter(pl.col("indicator") == name)
    if found.is_empty():
        return Sum(figure_in({}, name), figure_in({}, name), 0)
    row = found.row(0, named=True)
    this, last = (
        {part: row[f"{year}_{part}"] for part in ("numerator", "denominator", "people")} for year in ("this", "last")
    )
    last_figure = figure_in(last if indicators()[name].is_compared_across_years else {}, name)
    return Sum(figure_in(this, name), last_figure, row["municipalities"])


def _tile(total: Sum, everyone: int) -> Tile:
    made = indicator_tile(total.this, total.last, _("tile.same_time_last_year"))
    if total.municipalities == everyone:
        return made
    some = _("municipality.some", municipalities=total.municipalities, everyone=everyone)
    return Tile(made.label, made.value, (*made.notes, some), made.unit, made.is_small)


def tables_of(viewer: Viewer, names: list[str], now: Period) -> list[ReportTable]:
    """A table for each indicator: municipalities, and kinds of schools within them, this 年度 to date and the last."""
    years = (now.fiscal_year, now.fiscal_year - 1)
    tables = []
    for name in names:
        rows = ask(viewer, "figures_of_municipalities", indicator=name).filter(pl.col("period") == "to_date")
        kinds = kinds_in(rows)
        lines: list[tuple[Value, ...]] = []
        for code, place, until in rows.select("municipality_code", "municipality_name", "counted_until").unique(
            maintain_order=True).rows():  # fmt: skip
            own = rows.filter(pl.col("municipality_code") == code)
            for kind in (None, *(each for each in kinds if each)):  # the whole first
                of_kind = own.filter(pl.col("school_kind").eq_missing(pl.lit(kind, dtype=pl.String)))
                made = [_figure(of_kind, name, year) for year in years]
                if any(each.value is not None for each in made):
                    lines.append((place, kind_text(kind) if kind else _("municipality.whole"), *map(value_alone, made),
                                  count_of(made[0]), made[0].people, day_text(until, language())))  # fmt: skip
        indicator = indicators()[name]
        tables.append(ReportTable(
            name,
            _("municipality.table", label=said(indicator.label), unit=said(indicator.unit)),
            (
                Column(_("column.municipality")), Column(_("column.school_kind")),
                *(Column(short_fiscal_year_text(year, language()), indicator.decimals) for year in years),
                Column(said(indicator.numerator_label), 0), Column(_("column.people"), 0), Column(_("column.last_on")),
            ),
            tuple(lines),
        ))  # fmt: skip
    return tables


def _figure(rows: pl.DataFrame, name: str, year: int) -> Figure:
    found = rows.filter(pl.col("fiscal_year") == year)
    return figure_in(found.row(0, named=True) if found.height else {}, name)
