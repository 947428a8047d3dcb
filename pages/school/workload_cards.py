"""The cards of the staff's hours: one's own months, groups, how heavy the work feels, and for the head one line for each person."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card, picture, ruled_table
from components.cards.states import quiet
from components.charts.answer_scale import answers
from components.charts.hours import hours
from components.cross_table import crosswise
from components.dates import month_text, short_fiscal_year_text
from components.figures.hours import LIMIT, MOST_MONTHS, YEAR_LIMIT, HoursSoFar, hours_so_far, month_bars
from components.session_answers import ask
from components.tables.heat_table import Cell, heat_table
from components.wording import _, language
from pages.choice import Period
from pages.origin import origin

MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
LEAST_TOP = 60.0
LEVELS = (1, 2, 3, 4, 5)


def own_card(viewer: Viewer, own: pl.DataFrame, now: Period) -> None:
    """One's own months; seen by oneself and the head of the school, and nobody else."""
    if own.is_empty():
        quiet(_("workload.own_none"))
        return
    mine = hours_so_far(own)
    finding = _("workload.own", hours=f"{mine.hours:.0f}", months=mine.months, over=mine.months_over)
    by_month = own.select("month", value=pl.col("overtime_hours").fill_null(0))
    with card(
        Card(
            finding, "own", _("workload.own_about", until=now.until_text), origin=origin(viewer, ("staff_hours",), None)
        )
    ):
        _bars(by_month, finding, viewer.masked, "own-hours")


def _bars(by_month: pl.DataFrame, finding: str, projector: bool, key: str) -> None:
    rows = month_bars(by_month)
    top = max(LEAST_TOP, float(by_month.get_column("value").max() or 0))  # type: ignore[arg-type]
    # a row for March, so that the labels of the lines have a place whatever month it is
    words = tuple(month_text(month, language()) for month in MONTHS)
    anchor = pl.DataFrame(
        {"month_order": [11], "month_label": [words[11]]}, schema={"month_order": pl.Int8, "month_label": pl.String}
    )
    rows = pl.concat([rows, anchor], how="diagonal")
    picture(
        rows, hours(words, top, _("workload.limit"), _("workload.aim_line"), projector), finding, f"{key}-{language()}"
    )


def groups_card(viewer: Viewer, chosen: dict[str, Any], now: Period) -> None:
    """Groups of ten people and more, this 年度 beside the last over the same months."""
    rows = ask(viewer, "hours_of_groups", school_id=chosen["school_id"])
    if rows.is_empty():
        quiet(_("workload.no_groups"))
        return
    shown = rows.filter(pl.col("fiscal_year").is_in([now.fiscal_year, now.fiscal_year - 1]))
    table = shown.select(
        **{
            _("column.group"): pl.col("staff_group").replace_strict(
                {name: _(f"workload.group_{name}") for name in ("leader", "homeroom", "subject", "other", "all")},
                return_dtype=pl.String,
            ),
            _("column.year"): pl.format(short_fiscal_year_text("{}", language()), "fiscal_year"),  # type: ignore[arg-type]
            _("column.people"): pl.col("people"),
            _("column.mean_hours"): pl.Series([f"{value:.1f}" for value in shown.get_column("mean_hours")], dtype=pl.String),
        }
    )
    finding = _("workload.groups", groups=rows.filter(pl.col("fiscal_year") == now.fiscal_year).height)
    came_by = origin(viewer, ("staff_hours",), chosen["school_id"])
    about = _("workload.groups_about", until=now.until_text)
    with card(Card(finding, "groups", about, table, "miharashi-groups", is_table_shown=True, origin=came_by)):
        ruled_table(table)


def pulse_card(viewer: Viewer, chosen: dict[str, Any], now: Period) -> None:
    """質的な負担感: what the staff answered last, where ten or more answered."""
    rows = ask(viewer, "pulse_of_school", school_id=chosen["school_id"])
    if rows.is_empty():
        quiet(_("workload.no_pulse"))
        return
    newest = rows.filter(pl.col("month") == pl.col("month").max())
    month = newest.item(0, "month")
    when = _("xmr.month", year=month.year, month=month_text(month.month, language()))
    shown = newest.filter(~pl.col("is_hidden"))
    if shown.is_empty():
        quiet(_("workload.few_answers", month=when))
        return
    share = pl.col("answers") / pl.col("answered") * 100
    percent = share.round(0).cast(pl.Int32)
    words = {level: _(f"workload.level_{level}") for level in LEVELS}
    drawn = shown.select(
        "question",
        question_order=pl.col("question").rank("dense").cast(pl.Int32),
        level="level",
        share=share,
        said=pl.format(
            "{}　{} {}%", "question", pl.col("level").replace_strict(words, return_dtype=pl.String), percent
        ),
    )
    finding = _pulse_finding(shown, when)
    named = _pulse_table(shown.with_columns(share=percent), words)
    came_by = origin(viewer, ("staff_pulse",), chosen["school_id"])
    with card(
        Card(
            finding, "pulse", _("workload.pulse_about", until=now.until_text), named, "miharashi-pulse", origin=came_by
        )
    ):
        picture(drawn, answers(viewer.masked), finding, f"pulse-{language()}")
        st.text(_("workload.pulse_key"))


def _pulse_finding(shown: pl.DataFrame, when: str) -> str:
    """The question most of the staff answered heavily, in words."""
    heavy = shown.filter(pl.col("heavy_answers").is_not_null())
    most = heavy.sort(pl.col("heavy_answers") / pl.col("answered"), descending=True, maintain_order=True).row(0, named=True)
    heaviest = round(most["heavy_answers"] / most["answered"] * 100)
    return _("workload.pulse", month=when, question=most["question"], percent=heaviest)


def _pulse_table(shown: pl.DataFrame, words: dict[int, str]) -> pl.DataFrame:
    """One line for each question, and across it the share of each answer."""
    table = crosswise(shown, ["question", "answered"], "level", "share")
    return table.select(
        **{
            _("column.question"): "question",
            _("column.people"): "answered",
            **{words[level]: pl.format("{}%", f"{level}") for level in LEVELS if f"{level}" in table.columns},
        }
    )


def people_card(viewer: Viewer, chosen: dict[str, Any], now: Period) -> None:
    """One line for each member of staff, for the head alone; in the order of staff numbers, never of hours."""
    rows = ask(viewer, "hours_of_staff", school_id=chosen["school_id"], fiscal_year=now.fiscal_year, most_hours=LIMIT)
    if rows.is_empty():
        return
    months = rows.get_column("month").unique().sort().to_list()
    known = {(row["staff_id"], row["month"]): row["overtime_hours"] for row in rows.rows(named=True)}
    lines, over_limit, over_months = [], 0, 0
    for person in rows.unique("staff_id", keep="first", maintain_order=True).rows(named=True):
        stands = HoursSoFar(person["year_hours"] or 0.0, person["months"], person["months_over"])
        over_limit += stands.pace > YEAR_LIMIT
        over_months += stands.months_over > MOST_MONTHS
        cells = [_cell(known.get((person["staff_id"], month))) for month in months]
        pace = Cell(f"{stands.pace:.0f}", tone="late" if stands.pace > YEAR_LIMIT else "plain")
        name = f"{person['staff_family_name']} {person['staff_given_name']}"
        lines.append((name, [*cells, Cell(f"{stands.hours:.0f}"), pace, Cell(f"{stands.months_over}")]))
    finding = _("workload.people", people=len(lines), over=over_limit, months=over_months)
    heads = [
        *(month_text(month.month, language()) for month in months),
        _("column.sum"),
        _("column.pace"),
        _("column.over_45"),
    ]
    came_by = origin(viewer, ("staff_hours",), chosen["school_id"])
    with card(Card(finding, "people", _("workload.people_about", until=now.until_text), origin=came_by)):
        heat_table(_("column.person"), heads, lines, finding)


def _cell(value: float | None) -> Cell:
    if value is None:
        return Cell(_("figure.none"), tone="unused")
    return Cell(f"{value:.0f}", tone="late" if value > LIMIT else "plain")
