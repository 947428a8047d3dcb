"""One class: how it is beside its school, the last days of each child, and the way on to a child."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from access.clock import fiscal_year_of, today
from components.cards.card import Card, card, chosen_row, plain_table
from components.cards.states import quiet, where
from components.cards.tiles import definitions, indicator_tile, mood_tile, tiles, without
from components.dates import month_text
from components.figures.figures import difference_text, direction, figure
from components.tables.origin import COUNTED_WITH
from components.tables.register_marks import LENSES
from components.wording import _, language
from pages.child.notes_card import notes_card
from pages.choice import class_choice
from pages.classroom.class_figures import ClassFigures, class_figures
from pages.classroom.register_cards import months_card, register_card
from pages.gaps import gaps_notice
from pages.months import indicator_choice, month_figure, months_of, trend_card, trend_lines, whole_finding
from pages.recording import recorded_texts, recording_notice

CAME_LATER = "*"  # after the name of a child who came into the class in the course of the year


def page(viewer: Viewer) -> None:
    """How one class is doing, and each child of it."""
    chosen = class_choice(viewer)
    asked = class_figures(viewer, chosen)
    st.title(_finding(asked), anchor=False)
    where(f"{chosen['school_name']} {chosen['class_name']}　{asked.now.until_text}")
    recording_notice(asked.recording)
    gaps_notice(viewer, chosen["school_id"], chosen["class_id"])
    if is_begun := asked.now.fiscal_year == fiscal_year_of(today()):
        _tiles(asked)
    else:
        quiet(_("class.before_first_alone" if asked.children is None else "class.before_first"))
    lens = register_card(viewer, asked)
    if asked.children is not None:
        notes_card(viewer, chosen["school_id"], chosen["school_name"], _called(asked.children))
    if asked.charts and is_begun:
        _trend_card(viewer, asked)
    if lens is not None:
        months_card(asked, lens, projector=viewer.masked)
    if asked.children is not None:
        _children_card(asked, asked.children)


def _finding(asked: ClassFigures) -> str:
    """How this month is beside the whole school's: a year's average would calm where last week does not."""
    if asked.now.fiscal_year != fiscal_year_of(today()):
        return _("recording.no_records_yet", name=asked.chosen["class_name"])
    this, school = (month_figure(months, asked.lead.name, asked.now) for months in (asked.own_months, asked.school_months))
    turn = direction(this, school)
    words = {"name": asked.chosen["class_name"], "when": month_text(asked.now.day.month, language()), "value": this.text}
    if turn is None:
        return _("class.finding_none" if this.is_unknown else "class.finding_alone", **words)
    return _(f"class.finding_{turn}", **words, whole=school.text, difference=difference_text(this, school))


def _tiles(asked: ClassFigures) -> None:
    """The figures of the class beside its school's, what they mean, and what the school does not use."""
    used, counts, year = asked.used, asked.sight.counts, asked.now.fiscal_year
    recorded = recorded_texts(asked.recording, asked.now.day)
    drawn = [
        indicator_tile(figure(asked.own, name, year), figure(asked.school, name, year), _("tile.school"), recorded)
        for name in asked.tiles
    ]
    if "mood" in counts and "mood" in used:
        drawn.insert(2, mood_tile(asked.own, year, recorded))
    tiles(drawn)
    without([kind for kind in LENSES.values() if kind in counts and kind not in used])
    definitions(asked.tiles, asked.origins.of_figures(asked.tiles))


def _trend_card(viewer: Viewer, asked: ClassFigures) -> None:
    """A figure of choice through the months, the school's beside it."""
    indicator, now = indicator_choice(asked.charts), asked.now
    own, school = (months_of(viewer, indicator.name, at) for at in (asked.place, asked.whole))
    lines = trend_lines(indicator, now, own, (_("tile.school"), school))
    this, whole = (figure(rows, indicator.name, now.fiscal_year) for rows in (asked.own, asked.school))
    finding = whole_finding(indicator, this, whole)
    trend_card(indicator, now, finding, lines, asked.origins.of_figures([indicator.name]), projector=viewer.masked)


def _called(children: pl.DataFrame) -> dict[int, str]:
    """What each child is called where one is to be chosen: number, family name, given name."""
    called = pl.concat_str(pl.col("number").cast(pl.String).fill_null("–"), pl.lit(" "), "family_name", pl.lit(" "), "given_name")
    return dict(children.select("student_id", called).iter_rows())


def _children_card(asked: ClassFigures, children: pl.DataFrame) -> None:
    named = asked.sight.named & asked.used
    table = children.select(**_child_columns(named))
    finding = _("class.children", children=children.height)
    came_by = asked.origins.of((*(kind for kind in LENSES.values() if kind in named), *COUNTED_WITH))
    with card(Card(finding, "children", _("class.children_about", until=asked.now.until_text), origin=came_by)):
        st.text(_("class.choose_child"))
        if children.get_column("came_later").any():
            st.text(_("class.came_later"))
        event = plain_table(
            table, finding, on_select="rerun", selection_mode="single-row", key="children", height="content"
        )
        row = chosen_row(event)
        if row is not None:
            key = children.row(row, named=True)["student_key"]
            st.switch_page(
                st.session_state["pages"]["student"], query_params={"student": key, "class": asked.chosen["class_key"]}
            )


def _child_columns(named: frozenset[str]) -> dict[str, pl.Expr]:
    """What stands in a child's line: number, name, days away, and of each further kind the viewer sees its sum."""
    columns = {
        _("column.number"): pl.col("number"),
        _("column.name"): pl.concat_str(
            "family_name", pl.lit(" "), "given_name", pl.when("came_later").then(pl.lit(CAME_LATER)).otherwise(pl.lit(""))
        ),
        _("column.absent_days"): pl.col("absent_days"),
        _("column.suspended_days"): pl.col("suspended_days"),
        _("column.late_days"): pl.col("late_days"),
    }
    if "mood" in named:
        columns[_("column.mood")] = pl.format(
            "☀{} ☁{} ☂{} ⚡{}", "sunny_days", "cloudy_days", "rain_days", "thunder_days"
        )
    if "health_room" in named:
        columns[_("column.visits")] = pl.col("health_room_visits")
    if "study_log" in named:
        columns[_("column.minutes")] = (
            pl.col("study_minutes") / pl.when(pl.col("study_school_days") > 0).then(pl.col("study_school_days"))
        ).round(1)
        columns[_("column.accuracy")] = (
            pl.col("study_correct") / pl.when(pl.col("study_answers") > 0).then(pl.col("study_answers")) * 100
        ).round(0)
    return columns
