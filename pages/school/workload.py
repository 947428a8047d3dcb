"""働き方: one's own hours, the school's, those of groups large enough, how heavy the work feels, and for the head each person's."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer, sight_of
from components.cards.states import quiet, where
from components.cards.tiles import Tile, definitions, indicator_tile, tiles
from components.figures.figures import figure, year_before
from components.figures.hours import AIM, MOST_MONTHS, YEAR_LIMIT, hours_so_far
from components.session_answers import ask
from components.wording import _
from pages.choice import period, school_choice, sources_of
from pages.gaps import gaps_notice
from pages.months import months_of, trend_finding
from pages.origin import origin_of
from pages.school.workload_cards import groups_card, own_card, people_card, pulse_card
from pages.school.xmr_card import xmr_card
from queries.catalogue import indicators, shown_on


# long: the screen from top to bottom, one line a card
def page(viewer: Viewer) -> None:
    """The hours of a school's staff, as far as this viewer may see them."""
    chosen = school_choice(viewer)
    now = period(viewer, chosen["school_id"])
    place = {"place": "school", "school_id": chosen["school_id"], "grade": None, "class_id": None}
    figures = ask(viewer, "figures_of_place", **place)
    # the page is about these hours: its title, the aim and the months are theirs, whatever else stands beside them
    hours = indicators()["overtime_hours"]
    this, last = figure(figures, hours.name, now.fiscal_year), year_before(figures, hours.name, now.fiscal_year)
    st.title(_("school.finding", name=chosen["school_name"], finding=trend_finding(hours, this, last)), anchor=False)
    where(f"{chosen['school_name']}　{now.until_text}")
    gaps_notice(viewer, chosen["school_id"])
    if "staff_hours" not in sources_of(viewer, chosen["school_id"]):
        quiet(_("workload.no_source"))
        pulse_card(viewer, chosen, now)
        return
    shown = [each.name for each in shown_on("workload", "tile")]
    own = ask(viewer, "hours_of_viewer").filter(pl.col("fiscal_year") == now.fiscal_year)
    drawn = [
        indicator_tile(
            figure(figures, name, now.fiscal_year),
            year_before(figures, name, now.fiscal_year),
            _("tile.same_time_last_year"),
        )
        for name in shown
    ]
    if this.value is not None:
        drawn.append(_aim_tile(this.value))
    if own.height and not viewer.masked:
        drawn += _own_tiles(own)
    tiles(drawn)
    definitions(shown, origin_of(viewer, shown, chosen["school_id"]))
    if not viewer.masked:
        own_card(viewer, own, now)
    came_by = origin_of(viewer, [hours.name], chosen["school_id"])
    xmr_card(viewer, chosen["school_id"], hours, months_of(viewer, hours.name, place), now, came_by)
    groups_card(viewer, chosen, now)
    pulse_card(viewer, chosen, now)
    if "staff_hours" in sight_of(viewer).named:
        people_card(viewer, chosen, now)
    quiet(_("workload.no_duties"))


def _aim_tile(mean: float) -> Tile:
    """The aim of the law, and how far the school's mean is from it."""
    left = mean - AIM
    key = "workload.aim_left" if left > 0 else "workload.aim_reached"
    return Tile(_("workload.aim"), _("workload.hours", hours=f"{AIM:.0f}"), (_(key, hours=f"{abs(left):.1f}"),))


def _own_tiles(own: pl.DataFrame) -> list[Tile]:
    """One's own hours beside the limit of a year, and one's own months over the limit of a month."""
    mine = hours_so_far(own)
    return [
        Tile(
            _("workload.own_hours"),
            _("workload.hours", hours=f"{mine.hours:.0f}"),
            (_("workload.pace", pace=f"{mine.pace:.0f}", limit=f"{YEAR_LIMIT:.0f}"),),
        ),
        Tile(
            _("workload.own_over"),
            _("workload.months", months=mine.months_over),
            (_("workload.most_months", most=MOST_MONTHS),),
        ),
    ]
