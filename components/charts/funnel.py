"""The funnel plot: each school by its size and its figure, between the limits chance and size alone would set."""

from __future__ import annotations

import plotly.graph_objects as go

from components.figures.funnel import Funnel, curves
from components.palette import FONTS, palette

LOOKS = {"inside": ("circle", 11), "beyond_95": ("diamond", 14), "beyond_998": ("diamond", 17)}


# long: one chart, said in one piece
def funnel_chart(funnel: Funnel, titles: tuple[str, str], top: float, chosen: frozenset[str], projector: bool) -> go.Figure:
    """Points that can be pressed; their customdata is the school's key. Those outside, and those chosen, carry their name.

    `titles` name the axes. The value axis runs from 0 to `top`.
    """
    colours = palette(projector)
    size = 22 if projector else 13
    lines = curves(funnel)
    figure = go.Figure()
    for name, dash in (("998", "solid"), ("95", "dash")):
        for side in ("low", "high"):
            figure.add_trace(
                go.Scatter(x=lines["people"], y=lines[f"{side}_{name}"], mode="lines", hoverinfo="skip", showlegend=False,
                           line={"color": colours["grey"], "width": 1.5, "dash": dash})
            )  # fmt: skip
    figure.add_hline(y=funnel.share * funnel.indicator.per, line={"color": colours["ink"], "width": 1})
    for standing, (symbol, points) in LOOKS.items():
        places = funnel.outside(standing)
        is_named = standing != "inside"
        figure.add_trace(
            go.Scatter(
                x=[place.figure.people for place in places],
                y=[place.figure.value for place in places],
                text=[place.name if is_named or place.key in chosen else "" for place in places],
                customdata=[place.key for place in places],
                mode="markers+text",
                textposition="top center",
                textfont={"size": size, "color": colours["ink"]},
                marker={
                    "symbol": symbol, "size": points * (1.5 if projector else 1),
                    "color": ["#D55E00" if is_named else colours["accent"]] * len(places),
                    "line": {"width": [3 if place.key in chosen else 1 for place in places], "color": colours["ink"]},
                },
                hovertext=[f"{place.name}<br>{place.figure.text}" for place in places],
                hovertemplate="%{hovertext}<extra></extra>",
                showlegend=False,
            )
        )  # fmt: skip
    figure.update_layout(
        height=520 if projector else 420,
        margin={"l": 20, "r": 20, "t": 16, "b": 20},
        font={"family": FONTS, "size": size, "color": colours["ink"]},
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False, clickmode="event+select",
    )  # fmt: skip
    look = {"fixedrange": True, "gridcolor": colours["line"], "zeroline": False, "automargin": True}
    figure.update_xaxes(title={"text": titles[0], "standoff": 12}, rangemode="tozero", **look)
    figure.update_yaxes(title={"text": titles[1], "standoff": 12}, range=[0, top], **look)
    return figure
