"""A series: a figure month by month with its centre, the limits of ordinary variation, and dated events."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from components.charts.finish_spec import dressed
from components.palette import palette

# Rows: part String ("month", "event"), month Date, value Float64, tone String ("plain", "signal", "short"), said String,
# mark String (the number of an event), low, centre, high Float64 (on the rows of months).
ROWS = ("part", "month", "value", "tone", "said", "mark", "low", "centre", "high")
SIGNAL = {False: "#D55E00", True: "#F08A3C"}


# long: one chart, said in one piece
@lru_cache(maxsize=128)
def xmr(value_title: str, top: float, projector: bool) -> dict[str, Any]:
    """Months as points on a line; limits dashed, the centre a plain rule; a point that stands out is ringed and orange.

    Months too short to be judged are hollow. Events are rules through the chart with a number, told below it.
    """
    colours = palette(projector)
    base = alt.Chart(alt.Data(name="rows"))
    months = base.transform_filter("datum.part === 'month'")
    x = alt.X(
        "month",
        type="temporal",
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(title=None, grid=False, format="%Y/%-m", tickCount=8, labelAngle=0, labelOverlap=True),
    )
    y = alt.Y(
        "value",
        type="quantitative",
        scale=alt.Scale(domain=[0, top]),
        axis=alt.Axis(
            title=value_title, titleAngle=0, titleAlign="left", titleAnchor="end", titleY=-12, titleX=0, tickCount=5,
            domain=False, ticks=False,
        ),
    )  # fmt: skip
    tooltip = [alt.Tooltip("said", type="nominal", title=" ")]
    wide = 2.0 if projector else 1.0
    limits = [
        months.mark_line(strokeWidth=1.4 * wide, strokeDash=dash, color=colours["grey"], clip=True).encode(
            x=x, y=alt.Y(name, type="quantitative", scale=alt.Scale(domain=[0, top]))
        )
        for name, dash in (("low", [5, 4]), ("centre", [1, 0]), ("high", [5, 4]))
    ]
    events = base.transform_filter("datum.part === 'event'")
    rules = events.mark_rule(color=colours["ink"], strokeWidth=1.2 * wide, strokeDash=[2, 2]).encode(x=x, tooltip=tooltip)
    numbers = events.mark_text(dy=-4, baseline="bottom", fontWeight="bold", color=colours["ink"]).encode(
        x=x, y=alt.value(0), text=alt.Text("mark", type="nominal"), tooltip=tooltip
    )
    line = months.mark_line(color=colours["accent"], strokeWidth=2 * wide).encode(x=x, y=y)
    plain = _points(months, "plain", x, y, tooltip, color=colours["accent"], filled=True, size=50 * wide * wide)
    short = _points(months, "short", x, y, tooltip, color=colours["accent"], filled=False, size=50 * wide * wide)
    signal = _points(months, "signal", x, y, tooltip, color=SIGNAL[projector], filled=True, size=60 * wide * wide)
    rings = _points(months, "signal", x, y, tooltip, color=SIGNAL[projector], filled=False, size=190 * wide * wide)
    chart = alt.layer(*limits, rules, numbers, line, plain, short, signal, rings).properties(
        height=460 if projector else 260, padding={"right": 20, "left": 5, "top": 30, "bottom": 5}
    )
    return dressed(chart, projector)


def _points(months: Any, tone: str, x: Any, y: Any, tooltip: Any, **look: Any) -> Any:
    return months.transform_filter(f"datum.tone === '{tone}'").mark_point(opacity=1, strokeWidth=1.8, **look).encode(
        x=x, y=y, tooltip=tooltip
    )
