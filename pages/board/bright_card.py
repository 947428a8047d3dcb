"""明るい兆し: schools to learn from, what they tell of it themselves, and schools to ask how they are."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, foot, frame, heading
from components.figures.bright import Looked, Spot, spots_of
from components.figures.figures import value_text
from components.session_answers import ask
from components.wording import _, said
from pages.choice import Period
from pages.origin import origin_of
from pages.school.practice_card import practice_text
from queries.catalogue import indicators
from records import practices


def looked_at(viewer: Viewer, names: list[str], now: Period) -> Looked:
    """What stands out over all these indicators."""
    found = [spots_of(ask(viewer, "figures_of_schools", indicator=name), indicators()[name], now.fiscal_year) for name in names]
    return Looked(
        tuple(spot for each in found for spot in each.better),
        tuple(spot for each in found for spot in each.worse),
        sum(each.changes for each in found),
        sum(each.levels for each in found),
    )


def bright_card(viewer: Viewer, names: list[str], now: Period) -> None:
    """What has become better beyond what others' figures did, with the schools' own words; the other side only at a desk."""
    found = looked_at(viewer, names, now)
    finding = _("bright.finding", spots=len(found.better)) if found.better else _("bright.finding_none")
    labels = _("state.comma").join(said(indicators()[name].label) for name in names)
    expected = _("bright.expected", looks=found.changes + found.levels, expected=f"{found.expected:.1f}", labels=labels)
    came_by = origin_of(viewer, names)
    with frame("bright"):
        heading(finding, _("bright.about"))
        if found.better:
            st.text("\n".join(spot_text(spot) for spot in found.better))
        st.text(expected)
        for practice in practices.shared(viewer):
            st.text(practice_text(practice))
        foot(Card(finding, "bright", "\n".join((_("bright.about"), expected, now.until_text)), spot_table(found.better), "miharashi-bright",
                  origin=came_by))  # fmt: skip
    if viewer.masked:
        return
    finding = _("bright.mirror", spots=len(found.worse)) if found.worse else _("bright.mirror_none")
    with frame("mirror"):
        heading(finding, _("bright.mirror_about"))
        if found.worse:
            st.text("\n".join(spot_text(spot) for spot in found.worse))
        st.text(_("bright.mirror_key"))
        foot(Card(finding, "mirror", "\n".join((_("bright.mirror_about"), expected, now.until_text)), origin=came_by))


def spot_text(spot: Spot) -> str:
    """A school that stands out, with the numbers behind it."""
    label = said(spot.indicator.label)
    if spot.is_change and spot.last is not None and spot.change is not None and spot.limits is not None:
        decimals = spot.indicator.decimals
        words = _(
            "bright.change", school=spot.name, label=label, this=spot.this.text, last=spot.last.text,
            change=f"{spot.change:+.{decimals}f}", low=f"{spot.limits.low:+.{decimals}f}", high=f"{spot.limits.high:+.{decimals}f}",
        )  # fmt: skip
        return f"{words}{_('bright.level_too')}" if spot.is_level else words
    return _("bright.level", school=spot.name, label=label, this=spot.this.text)


def spot_table(spots: tuple[Spot, ...]) -> pl.DataFrame | None:
    """The same as a table; None where there is nothing."""
    if not spots:
        return None
    return pl.DataFrame(
        {
            _("column.school"): [spot.name for spot in spots],
            _("column.figure"): [said(spot.indicator.label) for spot in spots],
            _("column.this_year"): [spot.this.text for spot in spots],
            _("column.same_time_last_year"): [spot.last.text if spot.last else _("figure.none") for spot in spots],
            _("column.others_changes"): [
                f"{value_text(spot.indicator, spot.limits.low)} – {value_text(spot.indicator, spot.limits.high)}"
                if spot.limits
                else _("figure.none")
                for spot in spots
            ],
        }
    )
