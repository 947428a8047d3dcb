"""A few schools beside each other: a point and the interval it may lie in, on one scale."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from components.charts.finish_spec import dressed
from components.palette import palette

# Rows: place String, place_order Int32, value Float64, low Float64, high Float64, said String.
ROWS = ("place", "place_order", "value", "low", "high", "said")


@lru_cache(maxsize=32)
def intervals(value_title: str, top: float, projector: bool) -> dict[str, Any]:
    """One line a place, in the order given; the scale runs from 0 to `top`."""
    colours = palette(projector)
    size = 22 if projector else 13
    y = alt.Y(
        "place", type="nominal", sort=alt.EncodingSortField(field="place_order", op="min"),
        axis=alt.Axis(title=None, ticks=False, domain=False, labelLimit=320),
    )  # fmt: skip
    scale = alt.Scale(domain=[0, top], nice=False)
    x = alt.X("value", type="quantitative", scale=scale, axis=alt.Axis(title=value_title, domain=False, ticks=False))
    low = alt.X("low", type="quantitative", scale=scale, axis=alt.Axis(title=value_title, domain=False, ticks=False))
    rows = alt.Chart(alt.Data(name="rows"))
    tooltip = [alt.Tooltip("said", type="nominal", title=" ")]
    bars = rows.mark_rule(strokeWidth=5 if projector else 3, color=colours["grey"]).encode(
        y=y, x=low, x2=alt.X2("high"), tooltip=tooltip
    )
    points = rows.mark_point(filled=True, size=240 if projector else 110, color=colours["accent"], opacity=1).encode(
        y=y, x=x, tooltip=tooltip
    )
    words = rows.mark_text(align="center", dy=-14, fontSize=size, color=colours["ink"]).encode(
        y=y, x=x, text=alt.Text("said", type="nominal")
    )
    return dressed(alt.layer(bars, points, words).properties(height=alt.Step(64 if projector else 46)), projector)
