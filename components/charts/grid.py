"""Grade × class as a heat table that can be touched: press a class and go on to it."""

from __future__ import annotations

import plotly.graph_objects as go

from components.palette import FONTS, palette


# long: one chart, said in one piece
def grid(
    grades: list[str],
    columns: list[str],
    values: list[list[float | None]],
    texts: list[list[str]],
    top: float,
    projector: bool,
) -> go.Figure:
    """One cell for each class; the darker, the higher the figure, with the figure written in it.

    `values` and `texts` are rows of grades, columns of classes; None is a class that does not exist, or whose figure
    is not shown (its text says so). The colour range is fixed from 0 to `top`, not stretched to the data.
    """
    colours = palette(projector)
    # the strong end stays far enough from the ink for the figure on it to be read
    quiet, strong = (colours["surface"], "#1F6B70") if projector else (colours["surface"], "#7FBBBE")
    figure = go.Figure(
        go.Heatmap(
            z=values,
            x=columns,
            y=grades,
            text=texts,
            texttemplate="%{text}",
            textfont={"size": 28 if projector else 15, "color": colours["ink"]},
            colorscale=[[0, quiet], [1, strong]],
            zmin=0,
            zmax=top,
            xgap=4,
            ygap=4,
            showscale=False,
            hoverinfo="skip",
        )
    )
    # A heat map cannot be selected; an invisible marker on each class can.
    points = [
        (column, grade)
        for grade, line in zip(grades, texts, strict=True)
        for column, text in zip(columns, line, strict=True)
        if text
    ]
    figure.add_trace(
        go.Scatter(
            x=[column for column, _ in points],
            y=[grade for _, grade in points],
            mode="markers",
            marker={"size": 44, "symbol": "square", "color": "rgba(0,0,0,0)"},
            selected={"marker": {"color": "rgba(213,94,0,0.35)"}},
            unselected={"marker": {"opacity": 0}},
            # without a hover there is no click either
            hovertemplate="%{y}<extra></extra>",
            showlegend=False,
        )
    )
    figure.update_layout(
        height=max(150, 54 * len(grades) + 12) * (1.5 if projector else 1),
        margin={"l": 10, "r": 10, "t": 6, "b": 6},
        font={"family": FONTS, "size": 22 if projector else 14, "color": colours["ink"]},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        clickmode="event+select",
    )
    figure.update_xaxes(showgrid=False, fixedrange=True, type="category", ticks="", showticklabels=False)
    figure.update_yaxes(
        autorange="reversed", showgrid=False, fixedrange=True, type="category", ticks="", automargin=True
    )
    return figure
