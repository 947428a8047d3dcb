"""Every day of one 年度 of a child on one time axis, with terms, changes of class, notes and support."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from access import Viewer
from access.clock import today
from components.cards.card import Card, foot, frame, heading, picture
from components.cards.states import quiet
from components.charts.lanes import lanes
from components.children.lanes import days_between, lane_rows
from components.children.marks import rule_rows, support_rows
from components.choices import switched
from components.dates import month_text, short_fiscal_year_text
from components.session_answers import ask
from components.tables.origin import COUNTED_WITH
from components.wording import _, language
from pages.choice import Period
from pages.origin import origin
from records import notes, plans

LANE_KINDS = {
    "attendance": "attendance",
    "mood": "mood",
    "health_room": "health_room",
    "study": "study_log",
    "accuracy": "study_log",
}
STUDY_TOP_MINUTES = 40.0


def lanes_card(
    viewer: Viewer, named: frozenset[str], child: dict[str, Any], years: pl.DataFrame, days: pl.DataFrame, now: Period
) -> None:
    """The lanes of the 年度 chosen, the newest at first.

    Takes rows of `years_of_child` and of `days_of_child`, of all the schools this viewer may see.
    """
    if days.is_empty():
        quiet(_("state.no_school_days"))
        return
    known = days.get_column("fiscal_year").unique().sort(descending=True).to_list()
    with frame("lanes"):
        head = st.container()
        fiscal_year = _year_choice(known)
        year = days.filter(pl.col("fiscal_year") == fiscal_year)
        classes = years.filter(pl.col("fiscal_year") == fiscal_year)
        finding = _finding(child, classes, fiscal_year, now)
        with head:
            heading(finding, _("student.lanes_about", until=now.until_text))
        starts_on, ends_on = _span(viewer, fiscal_year)
        until = min(ends_on, today())
        shown = tuple(lane for lane, kind in LANE_KINDS.items() if kind in named)
        rows = lane_rows(year, _without_school(viewer, child, classes, year, until), shown)
        rows, shown = _with_marks(viewer, child, classes, (starts_on, until), rows, shown)
        _draw(rows, shown, (starts_on, until), finding, viewer.masked)
        st.text(_("student.lanes_key") + (_("student.support_key") if "support" in shown else ""))
        kinds = dict.fromkeys(LANE_KINDS[lane] for lane in shown if lane in LANE_KINDS)
        came_by = origin(viewer, (*kinds, *COUNTED_WITH), child["school_id"])
        foot(Card(finding, "lanes", _("student.lanes_about", until=now.until_text), origin=came_by))


def _year_choice(known: list[int]) -> int:
    """The 年度 chosen; nothing to choose where there is one only."""
    if len(known) == 1:
        return known[0]
    words = {str(each): short_fiscal_year_text(each, language()) for each in known}
    return int(switched("year", _("choice.year"), words))


def _draw(rows: pl.DataFrame, shown: tuple[str, ...], span: tuple[date, date], finding: str, projector: bool) -> None:
    """The lanes one above the other, on the axis of the days from the first to the last."""
    month_words = str([month_text(month, language()) for month in range(1, 13)])
    picture(
        rows,
        lanes(
            tuple(_(f"lane.{lane}") for lane in shown),
            *map(str, span),
            f"{month_words}[utcmonth(datum.value)]",
            STUDY_TOP_MINUTES,
            projector,
            shown,
        ),
        finding,
        f"lanes-{language()}",
    )


def _finding(child: dict[str, Any], classes: pl.DataFrame, fiscal_year: int, now: Period) -> str:
    if fiscal_year == now.fiscal_year and set(classes.get_column("school_id")) <= {child["school_id"]}:
        return _("student.lanes")
    places = [f"{row['school_name']} {row['class_name']}" for row in classes.rows(named=True)]
    year = short_fiscal_year_text(fiscal_year, language())
    return _("student.lanes_of", year=year, places=_("state.comma").join(places))


def _span(viewer: Viewer, fiscal_year: int) -> tuple[date, date]:
    years = ask(viewer, "school_years").filter(pl.col("fiscal_year") == fiscal_year).row(0, named=True)
    return years["starts_on"], years["ends_on"]


def _without_school(
    viewer: Viewer, child: dict[str, Any], classes: pl.DataFrame, year: pl.DataFrame, until: date
) -> pl.DataFrame:
    """The days without school: of this school by its calendar, of an earlier one by the child's own days there."""
    found = [days_between(year.filter(pl.col("school_id") != child["school_id"]).get_column("day"))]
    for grade, fiscal_year in classes.filter(school_id=child["school_id"]).select("grade", "fiscal_year").unique().iter_rows():
        breaks = ask(viewer, "breaks_of_school", school_id=child["school_id"], grade=grade, fiscal_year=fiscal_year)
        found.append(breaks.filter(pl.col("day") <= until).select("day"))
    return pl.concat(found)


def _with_marks(
    viewer: Viewer,
    child: dict[str, Any],
    classes: pl.DataFrame,
    span: tuple[date, date],
    rows: pl.DataFrame,
    shown: tuple[str, ...],
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The lanes with rules through them, and with one more lane for who reads notes or plans."""
    place = (viewer, child["school_id"], [child["student_id"]])
    standing, written = plans.of_children(*place), notes.of_children(*place)
    own = classes.filter(school_id=child["school_id"])
    events = [
        ask(viewer, "events_of_school", school_id=child["school_id"], grade=grade, fiscal_year=fiscal_year)
        for grade, fiscal_year in own.select("grade", "fiscal_year").unique().iter_rows()
    ]
    drawn = [rows]
    if events:
        drawn.append(rule_rows(pl.concat(events), classes.rows(named=True), standing, *span))
    if notes.may_write(viewer) or plans.may_write(viewer):
        drawn.append(support_rows(written, standing, *span))
        shown = (*shown, "support")
    return pl.concat(drawn), shown
