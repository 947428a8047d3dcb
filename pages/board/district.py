"""All schools of the district side by side, on one scale, in the order of the list."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card, chosen_row, picture, plain_table
from components.cards.states import quiet, where
from components.cards.tiles import Tile, definitions, indicator_tile, mood_tile, tiles, without
from components.charts.multiples import multiples
from components.cross_table import crosswise
from components.date_columns import month_column, short_day_column
from components.dates import month_text, short_fiscal_year_text
from components.figures.figures import figure, figure_in, unit_text, value_text, year_before
from components.wording import _, language, said
from pages.board.district_figures import ChosenFigure, DistrictFigures, chosen_figure, district_figures
from pages.board.pack import pack_card
from pages.choice import Period
from pages.gaps import incomplete_notice
from pages.months import MONTHS, about, indicator_choice, panel_rows, trend_card, trend_finding, trend_lines
from pages.recording import recorded_schools_texts, registers_finding
from pages.school.findings_card import findings_card
from queries.catalogue import Indicator, sources, title_of
from queries.statistics import wilson_interval

PANELS_ACROSS, PANELS_ACROSS_ON_WALL = 6, 6


def page(viewer: Viewer) -> None:
    """All schools, in numbers, without a rank."""
    asked = district_figures(viewer)
    now = asked.now
    _head(viewer, asked)
    if not asked.charts:  # a sentence of the head has said what does not come
        _coverage_card(asked)
        return
    findings_card(asked.series, now, asked.origins.of_figures(asked.findings))
    found = chosen_figure(viewer, indicator_choice(asked.charts), now.fiscal_year)
    came_by = asked.origins.of_figures([found.indicator.name])
    _schools_card(found, now, came_by, projector=viewer.masked)
    _trend_card(found, asked, came_by, projector=viewer.masked)
    _table_card(found, now, came_by, projector=viewer.masked)
    _coverage_card(asked)
    pack_card(viewer, now)


def _head(viewer: Viewer, asked: DistrictFigures) -> None:
    """The finding, the tiles, what they mean, and what no school sends."""
    now, used = asked.now, asked.used
    lead = title_of("district")
    both = [figure(asked.figures, lead.name, year) for year in (now.fiscal_year, now.fiscal_year - 1)]
    st.title(
        _("district.finding", schools=asked.schools, finding=trend_finding(lead, *both)),
        anchor=False,
    )
    where(f"{_('district.where')}　{now.until_text}")
    incomplete_notice(viewer, now)
    if words := registers_finding(asked.registers, now.day):
        quiet(words)
    tiles(_tiles(asked))
    without([source for source in sources() if source not in used], "state.not_sent")
    if lead.source in used and both[0].is_unknown:
        quiet(_("state.no_school_days"))
    definitions(asked.tiles, asked.origins.of_figures(asked.tiles))


def _tiles(asked: DistrictFigures) -> list[Tile]:
    figures, now, recorded = asked.figures, asked.now, recorded_schools_texts(asked.coverage, asked.now.day)
    drawn = [
        indicator_tile(
            figure(figures, name, now.fiscal_year),
            year_before(figures, name, now.fiscal_year),
            _("tile.same_time_last_year"),
            recorded,
        )
        for name in asked.tiles
    ]
    if "mood" in asked.used:
        drawn.insert(2, mood_tile(figures, now.fiscal_year, recorded))
    return drawn


def _schools_card(found: ChosenFigure, now: Period, came_by: pl.DataFrame, *, projector: bool) -> None:
    rows, indicator = found.months_of_schools, found.indicator
    finding = _(
        "district.schools_finding", label=said(indicator.label), schools=rows.get_column("school_id").n_unique()
    )
    with card(Card(finding, f"schools-{indicator.name}", about(indicator, now), origin=came_by)):
        if rows.is_empty():
            quiet(_("state.no_months", label=said(indicator.label)))
            return
        if not indicator.is_compared_across_years:
            rows = rows.filter(pl.col("fiscal_year") == now.fiscal_year)
        places = tuple(rows.get_column("school_name").unique(maintain_order=True))
        picture(
            panel_rows(rows, "school_name", indicator, now),
            multiples(
                places,
                tuple(month_text(month, language()) for month in MONTHS),
                said(indicator.label),
                indicator.top,
                f".{indicator.decimals}f",
                PANELS_ACROSS_ON_WALL if projector else PANELS_ACROSS,
                projector=projector,
            ),
            finding,
            f"schools-{indicator.name}-{language()}",
        )
        st.text(
            _(
                "district.schools_key" if indicator.is_compared_across_years else "district.schools_key_one",
                this=short_fiscal_year_text(now.fiscal_year, language()),
                last=short_fiscal_year_text(now.fiscal_year - 1, language()),
                top=value_text(indicator, indicator.top),
            )
        )


def _trend_card(found: ChosenFigure, asked: DistrictFigures, came_by: pl.DataFrame, *, projector: bool) -> None:
    indicator, now = found.indicator, asked.now
    this, last = figure(asked.figures, indicator.name, now.fiscal_year), year_before(asked.figures, indicator.name, now.fiscal_year)
    finding, lines = trend_finding(indicator, this, last), trend_lines(indicator, now, found.months)
    trend_card(indicator, now, finding, lines, came_by, projector=projector)


def _table_card(found: ChosenFigure, now: Period, came_by: pl.DataFrame, *, projector: bool) -> None:
    rows, indicator = found.schools, found.indicator
    places = rows.unique("school_id", keep="first", maintain_order=True).select("school_id", "school_name", "school_key")
    table = _beside_last_year(rows, places, indicator, now)
    finding = _("district.table_finding", label=said(indicator.label))
    with card(
        Card(
            finding, f"table-{indicator.name}", about(indicator, now), table, f"miharashi-schools-{indicator.name}",
            is_table_shown=True, origin=came_by,
        )
    ):
        event = plain_table(
            table,
            finding,
            on_select="rerun",
            selection_mode="single-row",
            key=f"schools-{indicator.name}",
            height="content",
        )
        if not projector:
            st.text(_("district.choose_school"))
        row = chosen_row(event)
        if row is not None:
            st.switch_page(st.session_state["pages"]["school"], query_params={"school": places.item(row, "school_key")})


def _beside_last_year(rows: pl.DataFrame, places: pl.DataFrame, indicator: Indicator, now: Period) -> pl.DataFrame:
    """One line for each school: this 年度 with its interval, and the last over the same days where the two may be compared."""
    wide: dict[str, list[object]] = {name: [] for name in ("school", "this", "interval", "last", "people")}
    by_year = {(row["school_id"], row["fiscal_year"]): figure_in(row, indicator.name) for row in rows.rows(named=True)}
    none = figure_in({}, indicator.name)
    for school, name, _key in places.iter_rows():
        this, last = (by_year.get((school, year), none) for year in (now.fiscal_year, now.fiscal_year - 1))
        if not indicator.is_compared_across_years:
            last = none
        wide["school"].append(name)
        wide["this"].append(this.text)
        wide["interval"].append(_interval(this.numerator, this.denominator, indicator))
        wide["last"].append(last.text)
        wide["people"].append(this.people)
    return pl.DataFrame(
        {
            _("column.school"): wide["school"],
            short_fiscal_year_text(now.fiscal_year, language()): wide["this"],
            _("column.interval"): wide["interval"],
            _("column.same_time_last_year"): wide["last"],
            _("column.people"): pl.Series(wide["people"], dtype=pl.Int32),
        }
    )


def _interval(numerator: float | None, denominator: float | None, indicator: Indicator) -> str:
    if numerator is None or not denominator or not indicator.is_share:
        return _("figure.none")
    share = wilson_interval(numerator, denominator)
    if share is None:
        return _("figure.none")
    low, high = (f"{edge * indicator.per:.{indicator.decimals}f}" for edge in (share.low, share.high))
    return f"{low}–{high}{unit_text(indicator)}"


def _coverage_card(asked: DistrictFigures) -> None:
    rows, flows = asked.coverage, asked.origins.flows
    by_month = [source for source in sources() if flows[source]["day_column"] == "month"]
    through = "recorded_through"
    until = pl.when(pl.col("source").is_in(by_month)).then(month_column(through, language())).otherwise(short_day_column(through))
    known = crosswise(rows.with_columns(until=until), ["school_name"], "source", "until")
    ends = [pl.col(source) if source in known.columns else pl.lit(None, dtype=pl.String).alias(source) for source in sources()]
    shown = known.select("school_name", *ends)
    without = shown.filter(pl.any_horizontal(pl.col(*sources()).is_null())).height
    words = {"school_name": _("column.school"), **{source: _(f"source.{source}") for source in sources()}}
    table = shown.with_columns(pl.col(*sources()).fill_null(_("district.not_used"))).rename(words)
    finding = _("district.coverage_all") if without == 0 else _("district.coverage_some", schools=without)
    about_coverage = _("district.coverage_about", until=asked.now.until_text)
    with card(Card(finding, "coverage", about_coverage, origin=asked.origins.of(sources()))):
        plain_table(table, finding, height="content")
