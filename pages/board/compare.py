"""学校を比べる: schools of one kind beside each other, with what chance alone would do; never a rank, never a colour for good or bad."""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, foot, frame, heading
from components.cards.states import quiet, where
from components.charts.funnel import funnel_chart
from components.choices import add_to_several, switched
from components.figures.figures import value_text
from components.figures.funnel import (
    OUTSIDE_95,
    OUTSIDE_998,
    Funnel,
    funnel_finding,
    funnel_of,
    interval_text,
    limits_at,
)
from components.session_answers import ask
from components.wording import _, said
from pages.board.bright_card import bright_card
from pages.board.compare_cards import MOST_SCHOOLS, series_cards, side_by_side
from pages.board.similar_card import similar_card
from pages.choice import Period, offered_on, period
from pages.gaps import incomplete_notice
from pages.months import about, indicator_choice
from pages.origin import origin_of
from queries.catalogue import Indicator, indicators
from queries.statistics import Z_998

KINDS = ("elementary", "junior_high", "compulsory", "high", "special_needs")


def page(viewer: Viewer) -> None:
    """All schools of one kind, fairly."""
    now = period(viewer)
    used = frozenset(ask(viewer, "coverage_of_schools").get_column("source").drop_nulls())
    offered = offered_on("compare", "funnel", used)
    if not offered:
        st.title(_("menu.compare"), anchor=False)
        quiet(_("state.nothing_to_compare"))
        return
    head = st.container()
    indicator = indicator_choice(offered)
    every = ask(viewer, "figures_of_schools", indicator=indicator.name)
    kinds = [kind for kind in KINDS if kind in set(every.get_column("school_kind"))]
    kind = switched("kind", _("choice.kind"), {kind: _(f"school.kind_{kind}") for kind in kinds})
    rows = every.filter((pl.col("school_kind") == kind) & (pl.col("fiscal_year") == now.fiscal_year))
    found = funnel_of(rows, indicator)
    kind_words = _(f"school.kind_{kind}")
    with head:
        st.title(
            funnel_finding(found, said(indicator.label), kind_words)
            if found
            else _("compare.few", label=said(indicator.label), kind=kind_words),
            anchor=False,
        )
        where(f"{_('compare.where')}　{now.until_text}")
        incomplete_notice(viewer, now)
    if found is None:
        quiet(_("compare.too_few"))
    else:
        _funnel_card(viewer, found, indicator, now)
    names = dict(rows.select("school_key", "school_name").iter_rows())
    chosen = side_by_side(viewer, found, rows, indicator, names, now)
    series_cards(viewer, chosen, indicator)
    if not viewer.masked:  # sizes and rates of schools are not for a wall
        similar_card(viewer, rows, found, indicator, kind, now)
    bright_card(viewer, [name for name in offered if indicators()[name].is_judged], now)


def _funnel_card(viewer: Viewer, found: Funnel, indicator: Indicator, now: Period) -> None:
    finding = _("compare.funnel_finding", label=said(indicator.label))
    with frame(f"funnel-{indicator.name}"):
        meaning = "\n".join((about(indicator, now), _("compare.about")))
        heading(finding, meaning)
        smallest = min(place.figure.people or 0 for place in found.shown)
        top = max(limits_at(found, smallest, Z_998).high, *(place.figure.value or 0.0 for place in found.shown))
        st.plotly_chart(
            funnel_chart(
                found,
                (_("compare.axis_people"), f"{said(indicator.label)} ({said(indicator.unit)})"),
                min(top * 1.15, indicator.per),  # all schools stand in one picture: its own scale, from 0
                frozenset(st.session_state.get("chosen-schools", [])),
                viewer.masked,
            ),
            width="stretch", theme=None, key=f"funnel-{indicator.name}-{'projector' if viewer.masked else 'desk'}",
            on_select=partial(_press, f"funnel-{indicator.name}-desk"), selection_mode="points",
            config={"displayModeBar": False}, alt=finding,
        )  # fmt: skip
        st.text(
            _(
                "compare.caption",
                centre=value_text(indicator, found.share * indicator.per),
                phi=f"{found.phi:.1f}",
                tau=f"{found.tau_squared:.5f}",
                schools=len(found.shown),
                expected_95=f"{len(found.shown) * OUTSIDE_95:.1f}",
                expected_998=f"{len(found.shown) * OUTSIDE_998:.2f}",
            )
        )
        if any(place.figure.is_hidden for place in found.places):
            st.text(_("figure.legend"))
        if not viewer.masked:
            st.text(_("compare.press"))
        foot(Card(finding, f"funnel-{indicator.name}", meaning, table_of(found), f"miharashi-funnel-{indicator.name}",
                  origin=origin_of(viewer, [indicator.name])))  # fmt: skip


def _press(widget: str) -> None:
    """A press on a point chooses its school to stand beside others."""
    points: list[dict[str, Any]] = st.session_state.get(widget, {}).get("selection", {}).get("points", [])
    for point in points:
        if isinstance(point.get("customdata"), str):
            add_to_several("schools", point["customdata"], MOST_SCHOOLS)


def table_of(found: Funnel) -> pl.DataFrame:
    """The funnel as a table, in the order of the list."""
    return pl.DataFrame(
        {
            _("column.school"): [place.name for place in found.places],
            _("column.people"): pl.Series([place.figure.people for place in found.places], dtype=pl.Int32),
            said(found.indicator.label): [place.figure.text for place in found.places],
            _("column.interval"): [interval_text(place.figure, found.phi) for place in found.places],
            _("column.standing"): [_(f"compare.standing_{place.standing}") for place in found.places],
        }
    )


