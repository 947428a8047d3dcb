"""給特法の計画: the district's hours at work against the law's aims, and the board's plan as a paper to publish."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card, frame, heading, picture, plain_table
from components.cards.states import quiet, where
from components.cards.tiles import Tile, definitions, tiles
from components.charts.hours import hours
from components.dates import month_text, short_fiscal_year_text
from components.figures.figures import value_text
from components.figures.hours import month_bars
from components.session_answers import ask
from components.tables.report import ReportTable
from components.wording import _, language, said
from pages.board.tables import figure_of_kind, hours_tables
from pages.choice import Period, period
from pages.gaps import incomplete_notice
from pages.months import DISTRICT, MONTHS, about, months_of
from pages.origin import origin_of
from pages.report_card import report_card
from queries.catalogue import indicators
from queries.staff_plan import staff_plan

LEAST_TOP = 60.0


# long: the screen from top to bottom, one line a card
def page(viewer: Viewer) -> None:
    """Shares within 45 hours, the mean against the aim, by kind of school and by group; no school and nobody is named."""
    now = period(viewer)
    rows = ask(viewer, "figures_of_kinds")
    # the plan is about these two figures; its aims are set for them
    this, last = (figure_of_kind(rows, "overtime_hours", None, now.fiscal_year - back, "to_date") for back in (0, 1))
    over, over_last = (
        figure_of_kind(rows, "overtime_over_45", None, now.fiscal_year - back, "to_date") for back in (0, 1)
    )
    plan = staff_plan()
    if this.value is None or over.value is None:
        st.title(_("menu.staff_plan"), anchor=False)
        quiet(_("workload.no_source"))
        return
    left = max(0.0, this.value - plan.mean_hours)
    key = "staff_plan.finding" if left > 0 else "staff_plan.finding_reached"
    year = short_fiscal_year_text(plan.by_fiscal_year, language())
    aim = f"{plan.mean_hours:.0f}"
    st.title(_(key, within=f"{100 - over.value:.1f}", mean=f"{this.value:.1f}", aim=aim, left=f"{left:.1f}", year=year), anchor=False)
    where(f"{_('district.where')}　{now.until_text}")
    incomplete_notice(viewer, now)
    over_before = None if over_last.value is None else over_last.text
    within_before = None if over_last.value is None else f"{100 - over_last.value:.1f}%"
    hours_label, hours_unit = said(indicators()["overtime_hours"].label), said(indicators()["overtime_hours"].unit)
    tiles(
        [
            Tile(_("staff_plan.within"), f"{100 - over.value:.1f}", (_before(within_before),), "%"),
            Tile(hours_label, f"{this.value:.1f}", (_before(None if last.value is None else last.text),), hours_unit),
            Tile(_("staff_plan.left"), f"{left:.1f}", (_("staff_plan.left_note", aim=aim, year=year),)),
            Tile(said(indicators()["overtime_over_45"].label), f"{over.value:.1f}", (_before(over_before),), "%"),
        ]
    )
    definitions(["overtime_hours", "overtime_over_45"], origin_of(viewer, ["overtime_hours"]))
    _months_card(viewer, this.text, now.fiscal_year)
    tables = _table_cards(viewer, now)
    measures = "\n".join(_("staff_plan.measure", words=said(measure)) for measure in plan.measures)
    with frame("measures"):
        heading(_("staff_plan.measures"), _("staff_plan.measures_about", version=plan.version))
        st.text(measures)
    words = _("staff_plan.paper_about", aim=aim, limit=f"{plan.limit:.0f}", year=year, decided=plan.decided_on.isoformat())
    report_card(viewer, "staff-plan", _("staff_plan.paper"), tables, now, f"{words}\n{measures}")


def _before(text: str | None) -> str:
    return _("staff_plan.before", value=text if text is not None else _("figure.none"))


def _table_cards(viewer: Viewer, now: Period) -> list[ReportTable]:
    """The tables of hours, a card each, and once more for the paper."""
    came_by = origin_of(viewer, ["overtime_hours", "overtime_over_45"])
    tables = hours_tables(viewer, now)
    for table in tables:
        meaning = "\n".join((about(indicators()["overtime_hours"], now), table.note))
        with card(
            Card(
                table.title,
                table.key,
                meaning,
                table.frame,
                f"miharashi-{table.key}",
                is_table_shown=True,
                origin=came_by,
            )
        ):
            plain_table(table.frame, table.title, height="content")
            if table.note:
                st.text(table.note)
    return tables


def _months_card(viewer: Viewer, value: str, fiscal_year: int) -> None:
    months = months_of(viewer, "overtime_hours", DISTRICT).filter(
        (pl.col("fiscal_year") == fiscal_year) & (pl.col("denominator") > 0)
    )
    by_month = months.select(month="period_on", value=pl.col("numerator") / pl.col("denominator"))
    finding = _("staff_plan.months", value=value)
    table = by_month.select(
        **{
            _("column.month"): pl.Series(
                [month_text(month.month, language()) for month in by_month.get_column("month")], dtype=pl.String
            ),
            _("board.mean_hours"): pl.Series(
                [value_text(indicators()["overtime_hours"], each) for each in by_month.get_column("value")],
                dtype=pl.String,
            ),
        }
    )
    with card(Card(finding, "plan-months", _("board.hours_note"), table, "miharashi-plan-months",
                   origin=origin_of(viewer, ["overtime_hours"]))):  # fmt: skip
        words = tuple(month_text(month, language()) for month in MONTHS)
        anchor = pl.DataFrame(
            {"month_order": [11], "month_label": [words[11]]}, schema={"month_order": pl.Int8, "month_label": pl.String}
        )
        rows = pl.concat([month_bars(by_month), anchor], how="diagonal")
        top = max(LEAST_TOP, float(by_month.get_column("value").max() or 0))  # type: ignore[arg-type]
        picture(
            rows,
            hours(words, top, _("workload.limit"), _("workload.aim_line"), viewer.masked),
            finding,
            f"plan-{language()}",
        )
