"""Small multiples: every school on the same scale, in the order of the list and never by value."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from components.charts.dress import dressed
from components.palette import palette

# Rows: place String, month_order Int8, value Float64 (null = gap), role String ("this" or "last").
ROWS = ("place", "month_order", "month_label", "value", "role")


@lru_cache(maxsize=64)
def multiples(
    places: tuple[str, ...],
    months: tuple[str, ...],
    value_title: str,
    top: float,
    value_format: str,
    columns: int,
    projector: bool,
) -> dict[str, Any]:
    """One small panel for each place; this year strong, last year grey, one value axis for all."""
    colours = palette(projector)
    encoded = (
        alt.Chart()
        .mark_line(interpolate="linear", strokeWidth=2.5 if not projector else 4)
        .encode(
            x=alt.X(
                "month_order",
                type="quantitative",
                scale=alt.Scale(domain=[0, 11]),
                axis=alt.Axis(
                    title=None,
                    values=[0, 5, 11],
                    labelExpr=f"['{months[0]}','','','','','{months[5]}','','','','','','{months[11]}'][datum.value]",
                    grid=False,
                    ticks=False,
                ),
            ),
            y=alt.Y(
                "value",
                type="quantitative",
                scale=alt.Scale(domain=[0, top]),
                axis=alt.Axis(title=None, tickCount=3, domain=False, ticks=False),
            ),
            color=alt.Color(
                "role",
                type="nominal",
                scale=alt.Scale(domain=["this", "last"], range=[colours["accent"], colours["grey"]]),
                legend=None,
            ),
            strokeWidth=alt.StrokeWidth(
                "role", type="nominal", scale=alt.Scale(domain=["this", "last"], range=[2.5, 1.2]), legend=None
            ),
            tooltip=[
                alt.Tooltip("place", type="nominal", title=" "),
                alt.Tooltip("month_label", type="nominal", title=" "),
                alt.Tooltip("value", type="quantitative", title=value_title, format=value_format),
            ],
        )
    )
    panel = encoded.properties(width=118 if not projector else 245, height=64 if not projector else 105)
    chart = panel.facet(
        facet=alt.Facet(
            "place",
            type="nominal",
            sort=list(places),
            header=alt.Header(title=None, labelAnchor="start", labelFontWeight="bold", labelPadding=4),
        ),
        columns=columns,
        data=alt.Data(name="rows"),
        spacing=14,
    )
    return dressed(chart, projector)
