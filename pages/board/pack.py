"""月報: the monthly pack of a board, made by itself: a paper and a workbook for all schools, and a page for each."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import frame, heading
from components.charts.trend import labelled, trend
from components.cross_table import crosswise
from components.date_columns import short_day_column
from components.dates import month_text, short_fiscal_year_text
from components.documents.downloads import MIME
from components.documents.pictures import svg_of
from components.figures.figures import Figure, figure_in
from components.figures.funnel import Funnels, funnel_of, interval_text
from components.session_answers import ask
from components.tables.report import (
    Column,
    ReportTable,
    Value,
    pdf_report,
    value_alone,
    value_of,
    words_of,
    xlsx_report,
)
from components.wording import _, language, said
from pages.board.bright_card import looked_at, spot_text
from pages.board.dx_tables import dx_tables
from pages.board.tables import figure_of_kind, health_room_table, hours_tables, long_absence_tables
from pages.choice import Period
from pages.months import MONTHS, axis_top, trend_rows
from pages.report_card import footer_text
from queries.catalogue import Indicator, indicators, shown_on
from records import exports

PICTURE = (760, 250)  # points


def pack_card(viewer: Viewer, now: Period) -> None:
    """One press, then two files to save."""
    if viewer.masked:
        return
    with frame("pack"):
        heading(_("pack.title"), _("pack.about"))
        st.text(_("pack.about"))
        if st.button(_("pack.make"), key="pack-make", type="primary"):
            with st.spinner(_("pack.making")):
                made = pack_files(viewer, now)
            with st.container(horizontal=True):
                for kind, file in made.items():
                    st.download_button(
                        _(f"pack.save_{kind}"), data=file, file_name=f"miharashi-board-{now.day:%Y%m}.{kind}", mime=MIME[kind],
                        key=f"pack-{kind}", on_click="ignore",
                    )  # fmt: skip


def pack_files(viewer: Viewer, now: Period) -> dict[str, bytes]:
    """The paper and the workbook; that they were made is written down."""
    district, schools = pack_tables(viewer, now)
    title, about = _("pack.paper", month=_("xmr.month", year=now.day.year, month=month_text(now.day.month, language()))), now.until_text
    made = {
        "pdf": pdf_report(title, about, [*district, *schools], footer_text(), language(), frozenset(table.key for table in schools)),
        "xlsx": xlsx_report([*district, _one_sheet(schools)], f"{title}\n{about}", language()),
    }
    for kind, file in made.items():
        exports.record(viewer, exports.Export(f"board_pack_{kind}", None, ("all",)), file)
    return made


def pack_tables(viewer: Viewer, now: Period) -> tuple[list[ReportTable], list[ReportTable]]:
    """What is said of the district, and a table for each school."""
    used = frozenset(ask(viewer, "coverage_of_schools").get_column("source").drop_nulls())
    offered = [indicator for indicator in shown_on("report", "line") if indicator.source in used]
    rows = {indicator.name: ask(viewer, "figures_of_schools", indicator=indicator.name) for indicator in offered}
    funnels: Funnels = {
        (indicator.name, kind): funnel_of(_of(rows[indicator.name], kind, now.fiscal_year), indicator)
        for indicator in offered
        for kind in set(rows[indicator.name].get_column("school_kind"))
    }
    judged = [indicator.name for indicator in offered if indicator.is_judged and "compare" in indicator.shown]
    found = looked_at(viewer, judged, now)
    bright = ReportTable(
        "bright", _("bright.finding", spots=len(found.better)) if found.better else _("bright.finding_none"),
        (Column(_("column.finding")),), tuple((spot_text(spot),) for spot in found.better),
        note=_("bright.expected", looks=found.changes + found.levels, expected=f"{found.expected:.1f}",
               labels=_("state.comma").join(said(indicators()[name].label) for name in judged)),
    )  # fmt: skip
    district = [
        _summary(viewer, offered, now),
        bright,
        *(_schools(rows[indicator.name], indicator, funnels, now) for indicator in offered),
        *long_absence_tables(viewer, now.fiscal_year, "to_date"),
        health_room_table(viewer, now),
        *hours_tables(viewer, now),
        *dx_tables(viewer),
        _coverage(viewer),
    ]
    places = _places(rows[offered[0].name])
    months = ask(viewer, "months_of_schools", indicator=_drawn().name, fiscal_year=now.fiscal_year)
    schools = [_school(place, offered, rows, funnels, months, now) for place in places.rows(named=True)]
    return [table for table in district if table.rows or table.note], schools


def _places(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select("school_id", "school_name", "school_kind", "list_order").unique("school_id").sort("list_order")


def _of(rows: pl.DataFrame, kind: str, year: int) -> pl.DataFrame:
    return rows.filter((pl.col("school_kind") == kind) & (pl.col("fiscal_year") == year))


def _summary(viewer: Viewer, offered: list[Indicator], now: Period) -> ReportTable:
    rows = ask(viewer, "figures_of_kinds")
    lines = []
    for indicator in offered:
        this, last = (figure_of_kind(rows, indicator.name, None, now.fiscal_year - back, "to_date") for back in (0, 1))
        before = words_of(last) if indicator.is_compared_across_years else _("report.not_applicable")
        lines.append((said(indicator.label), words_of(this), before))
    return ReportTable(
        "summary", _("pack.district"),
        (Column(_("column.figure")), Column(_("column.this_year")), Column(_("column.same_time_last_year"))), tuple(lines),
    )  # fmt: skip


def _schools(rows: pl.DataFrame, indicator: Indicator, funnels: Funnels, now: Period) -> ReportTable:
    lines = []
    for place in _places(rows).rows(named=True):
        this, last = (_figure(rows, indicator, place["school_id"], now.fiscal_year - back) for back in (0, 1))
        funnel = funnels[(indicator.name, place["school_kind"])]
        phi = funnel.phi if funnel else 1.0
        lines.append(
            (
                place["school_name"], value_of(this), interval_text(this, phi),
                value_alone(last, phi) if indicator.is_compared_across_years else _("report.not_applicable"),
                _("figure.hidden") if this.is_hidden else this.people,
            )
        )  # fmt: skip
    unit = f"{said(indicator.label)} ({said(indicator.unit)})"
    return ReportTable(
        f"schools-{indicator.name}", _("district.table_finding", label=said(indicator.label)),
        (Column(_("column.school")), Column(unit, indicator.decimals), Column(_("column.interval")),
         Column(_("column.same_time_last_year"), indicator.decimals), Column(_("column.people"), 0)),
        tuple(lines),
    )  # fmt: skip


def _school(
    place: dict[str, object], offered: list[Indicator], rows: dict[str, pl.DataFrame], funnels: Funnels, months: pl.DataFrame, now: Period
) -> ReportTable:
    lines: list[tuple[Value, ...]] = []
    for indicator in offered:
        this, last = (_figure(rows[indicator.name], indicator, place["school_id"], now.fiscal_year - back) for back in (0, 1))
        funnel = funnels[(indicator.name, str(place["school_kind"]))]
        standing = next((each.standing for each in (funnel.places if funnel else ()) if each.school_id == place["school_id"]), "unknown")
        lines.append(
            (
                said(indicator.label), words_of(this),
                interval_text(this, funnel.phi if funnel else 1.0),
                words_of(last) if indicator.is_compared_across_years else _("report.not_applicable"),
                _(f"compare.standing_{standing}") if indicator.is_share else _("report.not_applicable"),
            )
        )  # fmt: skip
    return ReportTable(
        f"school-{place['school_id']}", str(place["school_name"]),
        (Column(_("column.figure")), Column(_("column.this_year")), Column(_("column.interval")), Column(_("column.same_time_last_year")),
         Column(_("column.standing"))),
        tuple(lines), note=_("pack.school_note", label=said(_drawn().label)),
        chart=_chart(months.filter(pl.col("school_id") == place["school_id"]), now),
    )  # fmt: skip


def _drawn() -> Indicator:
    """The figure whose months are drawn on the page of each school."""
    [indicator] = shown_on("report", "chart")
    return indicator


def _chart(months: pl.DataFrame, now: Period) -> str:
    """This figure through this 年度 and the last, as a picture."""
    indicator = _drawn()
    lines = [
        trend_rows(months, year, indicator.per, short_fiscal_year_text(year, language()), role)
        for year, role in ((now.fiscal_year, "this"), (now.fiscal_year - 1, "last"))
    ]
    rows = pl.concat(lines)
    if rows.get_column("value").null_count() == rows.height:
        return ""
    top = axis_top(rows, indicator)
    labels = tuple(month_text(month, language()) for month in MONTHS)
    spec = trend(f"{said(indicator.label)} ({said(indicator.unit)})", labels, top, f".{indicator.decimals}f", projector=False)
    return svg_of(labelled(rows, top), spec, *PICTURE)


def _figure(rows: pl.DataFrame, indicator: Indicator, school: object, year: int) -> Figure:
    found = rows.filter((pl.col("school_id") == school) & (pl.col("fiscal_year") == year))
    return figure_in(found.row(0, named=True) if found.height else {}, indicator.name)


def _coverage(viewer: Viewer) -> ReportTable:
    rows = ask(viewer, "coverage_of_schools")
    sources = sorted(set(rows.get_column("source").drop_nulls()))
    ends = crosswise(rows.with_columns(day=short_day_column("recorded_through")), ["school_name"], "source", "day")
    return ReportTable(
        "coverage", _("pack.coverage"), (Column(_("column.school")), *(Column(_(f"source.{source}")) for source in sources)),
        tuple(
            (row["school_name"], *(row.get(source) or _("report.not_available") for source in sources)) for row in ends.rows(named=True)
        ),
    )  # fmt: skip


def _one_sheet(schools: list[ReportTable]) -> ReportTable:
    """The pages of all schools as one sheet, a line for each school and figure."""
    return ReportTable(
        "pages", _("pack.pages"), (Column(_("column.school")), *schools[0].columns),
        tuple((table.title, *row) for table in schools for row in table.rows),
    )  # fmt: skip
