"""Small multiples: every school on the same scale, in the order of the list and never by value."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from components.charts.finish_spec import dressed
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
    lines = [
        _line("last", colours["grey"], 3 if projector else 1.2, months, value_title, top, value_format),
        _line("this", colours["accent"], 5 if projector else 2.5, months, value_title, top, value_format),
    ]
    size = {"width": 245, "height": 105} if projector else {"width": 118, "height": 64}
    panel = alt.layer(*lines, data=alt.Data(name="rows")).properties(**size)
    chart = panel.facet(
        facet=alt.Facet(
            "place",
            type="nominal",
            sort=list(places),
            header=alt.Header(title=None, labelAnchor="start", labelFontWeight="bold", labelPadding=4),
        ),
        columns=columns,
        spacing=14,
    )
    return dressed(chart, projector)


def year_axis(months: tuple[str, ...]) -> Any:
    """April to March, with three months named: a small panel has no room for twelve."""
    first, middle, last = months[0], months[5], months[11]
    return alt.X(
        "month_order",
        type="quantitative",
        scale=alt.Scale(domain=[0, 11]),
        axis=alt.Axis(
            title=None,
            values=[0, 5, 11],
            labelExpr=f"datum.value == 0 ? '{first}' : datum.value == 5 ? '{middle}' : '{last}'",
            grid=False,
            ticks=False,
        ),
    )


def _line(
    role: str, colour: str, width: float, months: tuple[str, ...], value_title: str, top: float, value_format: str
) -> Any:
    """One year's line of every panel; this year is drawn over the last."""
    return (
        alt.Chart()
        .mark_line(interpolate="linear", strokeWidth=width, color=colour)
        .transform_filter(f"datum.role === '{role}'")
        .encode(
            x=year_axis(months),
            y=alt.Y(
                "value",
                type="quantitative",
                scale=alt.Scale(domain=[0, top]),
                axis=alt.Axis(title=None, tickCount=3, domain=False, ticks=False),
            ),
            tooltip=[
                alt.Tooltip("place", type="nominal", title=" "),
                alt.Tooltip("month_label", type="nominal", title=" "),
                alt.Tooltip("value", type="quantitative", title=value_title, format=value_format),
            ],
        )
    )
