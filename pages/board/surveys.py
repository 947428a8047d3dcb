"""調査: standing figures a school would otherwise be asked for, and of every recurring survey whether it is answered here."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card, foot, frame, heading, plain_table, ruled_table
from components.cards.states import where
from components.choices import switched
from components.dates import fiscal_year_text
from components.tables.report import ReportTable
from components.wording import _, language, said
from pages.board.dx_tables import dx_tables
from pages.board.tables import facts_table, health_room_table, hours_tables, long_absence_tables
from pages.choice import Period, period
from pages.gaps import incomplete_notice
from pages.months import about
from pages.origin import origin
from pages.report_card import report_card
from queries.catalogue import indicators
from queries.surveys import STATUS, surveys


def page(viewer: Viewer) -> None:
    """What need not be asked of schools."""
    now = period(viewer)
    counts = {status: sum(each.status == status for each in surveys()) for status in STATUS}
    st.title(
        _("surveys.finding", surveys=len(surveys()), here=counts["here"], partly=counts["partly"], ask=counts["ask"]),
        anchor=False,
    )
    where(f"{_('district.where')}　{now.until_text}")
    incomplete_notice(viewer, now)
    with frame("surveys"):
        heading(_("surveys.list"), _("surveys.list_about"))
        table = pl.DataFrame(
            {
                _("column.survey"): [said(each.name) for each in surveys()],
                _("column.asked_by"): [said(each.asked_by) for each in surveys()],
                _("column.answered"): [_(f"surveys.status_{each.status}") for each in surveys()],
                _("column.rest"): [said(each.rest) for each in surveys()],
            }
        )
        ruled_table(table)
        foot(
            Card(_("surveys.list"), "surveys", _("surveys.list_about"), table, "miharashi-surveys", is_table_shown=True)
        )
    span = switched("span", _("surveys.span"), {"to_date": _("surveys.to_date"), "year": _("surveys.last_year")})
    year = now.fiscal_year if span == "to_date" else now.fiscal_year - 1
    tables = survey_tables(viewer, now, year, "to_date" if span == "to_date" else "year")
    came_by = origin(viewer, ("attendance", "health_room", "staff_hours", "school_facts", "dx_checklist"))
    for each in tables:
        meaning = "\n".join((_meaning(each.key, now), each.note)).strip()
        with card(
            Card(
                each.title, each.key, meaning, each.frame, f"miharashi-{each.key}", is_table_shown=True, origin=came_by
            )
        ):
            plain_table(each.frame, each.title, height="content")
            if each.note:
                st.text(each.note)
    st.text(_("report.legend"))
    report_card(viewer, "surveys", _("menu.surveys"), tables, now, fiscal_year_text(year, language()))


def survey_tables(viewer: Viewer, now: Period, year: int, span: str) -> list[ReportTable]:
    """Every standing table that has rows."""
    found = [
        *long_absence_tables(viewer, year, span), health_room_table(viewer, now), *hours_tables(viewer, now), *dx_tables(viewer),
        facts_table(viewer, now),
    ]  # fmt: skip
    return [table for table in found if table.rows]


def _meaning(key: str, now: Period) -> str:
    """The definition of a table's figures: a table the board is asked for every year is about this figure and no other."""
    names = {
        "long_absence": "long_absence", "long_absence_grades": "long_absence", "long_absence_sexes": "long_absence",
        "long_absence_bases": "long_absence_absent",
        "health_room": "health_room_visits", "hours": "overtime_hours", "hours_kinds": "overtime_hours", "hours_groups": "overtime_hours",
    }  # fmt: skip
    return about(indicators()[names[key]], now) if key in names else _(f"surveys.about_{key}")
