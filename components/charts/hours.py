"""A person's or a school's hours beyond regular hours, month by month, against the limit of 45 and the aim of 30."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from components.charts.finish_spec import dressed
from components.palette import palette

LIMIT, AIM = 45, 30
# Rows: month_order Int8, month_label String, value Float64, tone String ("over", "within"), said String.
ROWS = ("month_order", "month_label", "value", "tone", "said")


@lru_cache(maxsize=16)
def hours(months: tuple[str, ...], top: float, limit_label: str, aim_label: str, projector: bool) -> dict[str, Any]:
    """Bars of a 年度's months; those over the limit are striped by an outline as well as coloured, so that they print."""
    colours = palette(projector)
    base = alt.Chart(alt.Data(name="rows"))
    x = alt.X(
        "month_label", type="ordinal", sort=list(months), scale=alt.Scale(domain=list(months)),
        axis=alt.Axis(title=None, labelAngle=0, grid=False, ticks=False),
    )  # fmt: skip
    y = alt.Y(
        "value", type="quantitative", scale=alt.Scale(domain=[0, top]), axis=alt.Axis(title=None, tickCount=4, domain=False, ticks=False)
    )
    tone = alt.Color(
        "tone", type="nominal", scale=alt.Scale(domain=["within", "over"], range=[colours["accent"], "#D55E00"]), legend=None
    )
    bars = base.mark_bar(width={"band": 0.6}).encode(x=x, y=y, color=tone, tooltip=[alt.Tooltip("said", type="nominal", title=" ")])
    lines = [
        part
        for value, label, dash in ((LIMIT, limit_label, [1, 0]), (AIM, aim_label, [5, 4]))
        for part in (
            base.mark_rule(color=colours["ink"], strokeDash=dash, strokeWidth=1.2).encode(y=alt.datum(value, type="quantitative")),
            base.transform_filter("datum.month_order === 11")
            .mark_text(align="right", baseline="bottom", dy=-3, dx=24, color=colours["ink"])
            .encode(x=x, y=alt.datum(value, type="quantitative"), text=alt.value(label)),
        )
    ]
    chart = alt.layer(bars, *lines).properties(height=300 if projector else 190, padding={"right": 30, "left": 5, "top": 8, "bottom": 5})
    return dressed(chart, projector)
