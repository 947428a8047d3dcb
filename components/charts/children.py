"""Small multiples of the children of a class: one panel each in 出席番号 order, all on one scale, never by value."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from components.charts.finish_spec import dressed
from components.charts.multiples import year_axis
from components.palette import palette

# Rows: child String, child_order Int32, month_order Int8, value Float64 (null = gap), role String ("this" or "last"), said String.
ROWS = ("child", "child_order", "month_order", "value", "role", "said")


@lru_cache(maxsize=64)
def children(months: tuple[str, ...], top: float, columns: int, projector: bool) -> dict[str, Any]:
    """Each child's months: this 年度 strong, the one before grey; `top` is where every panel ends.

    The specification is shared by everyone, so it knows no child: names and order come with the rows.
    """
    colours = palette(projector)
    lines = [
        _line("last", colours["grey"], 1.2, months, top),
        _line("this", colours["accent"], 2.2, months, top),
    ]
    panel = alt.layer(*lines, data=alt.Data(name="rows")).properties(width=130, height=60)
    chart = panel.facet(
        facet=alt.Facet(
            "child",
            type="nominal",
            sort=alt.EncodingSortField(field="child_order", op="min"),
            header=alt.Header(title=None, labelAnchor="start", labelPadding=3, labelLimit=130),
        ),
        columns=columns,
        spacing=12,
    )
    return dressed(chart, projector)


def _line(role: str, colour: str, width: float, months: tuple[str, ...], top: float) -> Any:
    return (
        alt.Chart()
        .mark_line(strokeWidth=width, color=colour, point={"size": 14, "color": colour})
        .transform_filter(f"datum.role === '{role}'")
        .encode(
            x=year_axis(months),
            y=alt.Y(
                "value",
                type="quantitative",
                scale=alt.Scale(domain=[0, top]),
                axis=alt.Axis(title=None, values=[0, top / 2, top], domain=False, ticks=False),
            ),
            tooltip=[alt.Tooltip("said", type="nominal", title=" ")],
        )
    )
