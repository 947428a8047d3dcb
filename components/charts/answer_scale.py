"""Answers on a scale from light to heavy, a bar for each question, in shares of those who answered."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from components.charts.finish_spec import dressed
from components.palette import palette

# Rows: question String, question_order Int32, level Int16, share Float64 (0 to 100), said String.
ROWS = ("question", "question_order", "level", "share", "said")
# One colour, darker with the burden: shades of one idea, not five ideas.
SHADES = ("#E6F0F0", "#BFDADB", "#8FBFC1", "#4D9A9E", "#0B5A5F")


@lru_cache(maxsize=2)
def answers(projector: bool) -> dict[str, Any]:
    """Stacked bars of 100 %; questions in the order they were asked, never by burden."""
    colours = palette(projector)
    y = alt.Y(
        "question", type="nominal", sort=alt.EncodingSortField(field="question_order", op="min"),
        axis=alt.Axis(title=None, ticks=False, domain=False, labelLimit=340),
    )  # fmt: skip
    x = alt.X(
        "share", type="quantitative", stack="zero", scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(title=None, values=[0, 50, 100], labelExpr="datum.value + '%'", domain=False, ticks=False, grid=False),
    )  # fmt: skip
    color = alt.Color("level", type="ordinal", scale=alt.Scale(domain=[1, 2, 3, 4, 5], range=list(SHADES)), legend=None)
    chart = (
        alt.Chart(alt.Data(name="rows"))
        .mark_bar(stroke=colours["ground"], strokeWidth=1)
        .encode(
            x=x,
            y=y,
            color=color,
            order=alt.Order("level", type="quantitative"),
            tooltip=[alt.Tooltip("said", type="nominal", title=" ")],
        )
    )
    return dressed(chart.properties(height=alt.Step(44 if projector else 30)), projector)
