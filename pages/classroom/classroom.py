"""One class: how it is beside its school, the last days of each child, and the way on to a child."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from access import Refused, Viewer, sight_of
from components.cards.card import Card, card, chosen_row, plain_table
from components.cards.states import where
from components.cards.tiles import definitions, indicator_tile, mood_tile, tiles, without
from components.dates import month_text
from components.figures.figures import difference_text, direction, figure
from components.session_answers import ask
from components.tables.register_marks import LENSES
from components.wording import _, language
from pages.child.notes_card import notes_card
from pages.choice import Period, class_choice, offered_on, period, sources_of
from pages.classroom.register_cards import months_card, register_card
from pages.months import indicator_choice, month_figure, months_of, trend_card
from pages.origin import COUNTED_WITH, origin, origin_of
from pages.recording import recording_notice
from queries.catalogue import title_of


def page(viewer: Viewer) -> None:
    """How one class is doing, and each child of it."""
    chosen = class_choice(viewer)
    now = period(viewer, chosen["school_id"])
    place = {"place": "class", "school_id": chosen["school_id"], "grade": None, "class_id": chosen["class_id"]}
    whole = {"place": "school", "school_id": chosen["school_id"], "grade": None, "class_id": None}
    figures, school_figures = ask(viewer, "figures_of_place", **place), ask(viewer, "figures_of_place", **whole)
    used, counts = sources_of(viewer, chosen["school_id"]), sight_of(viewer).counts

    st.title(_finding(viewer, chosen["class_name"], place, whole, now), anchor=False)
    where(f"{chosen['school_name']} {chosen['class_name']}　{now.until_text}")
    recording_notice(viewer, chosen["school_id"])
    shown = offered_on("class", "tile", used, counts)
    drawn = [
        indicator_tile(
            figure(figures, name, now.fiscal_year), figure(school_figures, name, now.fiscal_year), _("tile.school")
        )
        for name in shown
    ]
    if "mood" in counts and "mood" in used:
        drawn.insert(2, mood_tile(figures, now.fiscal_year))
    tiles(drawn)
    without([kind for kind in LENSES.values() if kind in counts and kind not in used])
    definitions(shown, origin_of(viewer, shown, chosen["school_id"]))

    lens = register_card(viewer, chosen, used, now)
    _notes(viewer, chosen)
    if offered := offered_on("class", "chart", used, counts):
        indicator = indicator_choice(offered)
        trend_card(
            viewer,
            indicator,
            place,
            now,
            figures,
            (_("tile.school"), whole),
            figure(school_figures, indicator.name, now.fiscal_year),
        )
    if lens is not None:
        months_card(viewer, chosen, lens, now)
    _children_card(viewer, chosen, used, now)


def _notes(viewer: Viewer, chosen: dict[str, Any]) -> None:
    try:
        rows = ask(viewer, "children_of_class", school_id=chosen["school_id"], class_id=chosen["class_id"])
    except Refused:
        return
    called = pl.concat_str(pl.col("number").cast(pl.String).fill_null("–"), pl.lit(" "), "family_name", pl.lit(" "), "given_name")
    notes_card(viewer, chosen["school_id"], chosen["school_name"], dict(rows.select("student_id", called).iter_rows()))


def _finding(viewer: Viewer, name: str, place: dict[str, Any], whole: dict[str, Any], now: Period) -> str:
    """How this month is beside the whole school's: a year's average would calm where last week does not."""
    lead = title_of("class").name
    this, school = (month_figure(months_of(viewer, lead, at), lead, now) for at in (place, whole))
    turn = direction(this, school)
    words = {"name": name, "when": month_text(now.day.month, language()), "value": this.text}
    if turn is None:
        return _("class.finding_none" if this.is_unknown else "class.finding_alone", **words)
    return _(f"class.finding_{turn}", **words, whole=school.text, difference=difference_text(this, school))


def _children_card(viewer: Viewer, chosen: dict[str, Any], used: frozenset[str], now: Period) -> None:
    try:
        rows = ask(viewer, "children_of_class", school_id=chosen["school_id"], class_id=chosen["class_id"])
    except Refused:
        return
    named = sight_of(viewer).named & used
    finding = _("class.children", children=rows.height)
    came_by = origin(viewer, (*(kind for kind in LENSES.values() if kind in named), *COUNTED_WITH), chosen["school_id"])
    with card(Card(finding, "children", _("class.children_about", until=now.until_text), origin=came_by)):
        st.text(_("class.choose_child"))
        event = plain_table(
            rows.select(**_child_columns(named)),
            finding,
            on_select="rerun",
            selection_mode="single-row",
            key="children",
            height="content",
        )
        row = chosen_row(event)
        if row is not None:
            key = rows.row(row, named=True)["student_key"]
            st.switch_page(
                st.session_state["pages"]["student"], query_params={"student": key, "class": chosen["class_key"]}
            )


def _child_columns(named: frozenset[str]) -> dict[str, pl.Expr]:
    """What stands in a child's line: number, name, days away, and of each further kind the viewer sees its sum."""
    columns = {
        _("column.number"): pl.col("number"),
        _("column.name"): pl.concat_str("family_name", pl.lit(" "), "given_name"),
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
