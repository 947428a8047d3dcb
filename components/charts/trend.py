"""A line through the months of a school year, with last year's thin and grey behind it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from components.charts.finish_spec import dressed
from components.palette import palette

# Rows a trend is drawn from: month_order Int8 (0 = April), month_label String, value Float64 (null = gap),
# series String (the label at the line's end), role String ("this", "last" or "other"), label_value Float64 (where on
# the value axis the label of the line stands, at its last month only).
ROWS = ("month_order", "month_label", "value", "series", "role", "label_value")
# Labels nearer to each other than this share of the axis would lie on top of each other.
LABEL_GAP = 0.075


def label_places(ends: dict[str, float], top: float) -> dict[str, float]:
    """Where labels stand beside the ends of their lines: pushed apart, lowest first, until none covers another."""
    places: dict[str, float] = {}
    lowest = 0.0
    for series, value in sorted(ends.items(), key=lambda end: end[1]):
        places[series] = max(value, lowest)
        lowest = places[series] + LABEL_GAP * top
    return places


def labelled(rows: pl.DataFrame, top: float) -> pl.DataFrame:
    """The rows of all lines, with the place of each line's label at the last month it has a value for."""
    known = rows.filter(pl.col("value").is_not_null())
    ends = known.filter(pl.col("month_order") == pl.col("month_order").max().over("series"))
    places = {
        series: place
        for month in ends.get_column("month_order").unique()
        for series, place in label_places(
            dict(ends.filter(pl.col("month_order") == month).select("series", "value").iter_rows()), top
        ).items()
    }
    at_end = pl.col("month_order") == pl.col("month_order").filter(pl.col("value").is_not_null()).max().over("series")
    place = pl.col("series").replace_strict(places, default=None, return_dtype=pl.Float64)
    return rows.with_columns(label_value=pl.when(at_end).then(place))


# long: one chart, said in one piece
@lru_cache(maxsize=256)
def trend(value_title: str, months: tuple[str, ...], top: float, value_format: str, projector: bool) -> dict[str, Any]:
    """One measure through the year: this year strong, last year thin and grey, the larger whole dashed.

    `months` are the labels from April on, `top` the end of the value axis (which always starts at 0, so that two
    schools or two classes can be held side by side), `value_format` a d3 format.
    """
    colours = palette(projector)
    x = alt.X(
        "month_label",
        type="ordinal",
        sort=list(months),
        scale=alt.Scale(domain=list(months)),
        axis=alt.Axis(title=None, labelAngle=0, grid=False, ticks=False),
    )
    y = alt.Y(
        "value",
        type="quantitative",
        scale=alt.Scale(domain=[0, top], nice=True),
        axis=alt.Axis(
            title=value_title,
            titleAngle=0,
            titleAlign="left",
            titleAnchor="end",
            titleY=-12,
            titleX=0,
            tickCount=5,
            domain=False,
            ticks=False,
        ),
    )
    color = alt.Color(
        "role",
        type="nominal",
        scale=alt.Scale(domain=["this", "last", "other"], range=[colours["accent"], colours["grey"], colours["grey"]]),
        legend=None,
    )
    dash = alt.StrokeDash(
        "role",
        type="nominal",
        scale=alt.Scale(domain=["this", "last", "other"], range=[[1, 0], [1, 0], [5, 4]]),
        legend=None,
    )
    width = alt.StrokeWidth(
        "role",
        type="nominal",
        scale=alt.Scale(domain=["this", "last", "other"], range=[5, 2, 2] if projector else [3, 1.5, 1.5]),
        legend=None,
    )
    tooltip = [
        alt.Tooltip("series", type="nominal", title=" "),
        alt.Tooltip("month_label", type="nominal", title=" "),
        alt.Tooltip("value", type="quantitative", title=value_title, format=value_format),
    ]
    base = alt.Chart(alt.Data(name="rows"))
    lines = base.mark_line(interpolate="linear").encode(
        x=x, y=y, color=color, strokeDash=dash, strokeWidth=width, detail=alt.Detail("series", type="nominal")
    )
    points = (
        base.transform_filter("datum.role == 'this'")
        .mark_point(filled=True, size=160 if projector else 60, opacity=1)
        .encode(x=x, y=y, color=color, tooltip=tooltip)
    )
    labels = (
        base.transform_filter("isValid(datum.label_value)")
        .mark_text(align="left", baseline="middle", dx=10, fontWeight="bold", clip=False)
        .encode(
            x=x,
            y=alt.Y("label_value", type="quantitative", scale=alt.Scale(domain=[0, top], nice=True)),
            color=color,
            text=alt.Text("series", type="nominal"),
        )
    )
    halo = labels.mark_text(
        align="left", baseline="middle", dx=10, fontWeight="bold", clip=False, stroke=colours["ground"], strokeWidth=5
    )
    chart = (lines + points + halo + labels).properties(
        height=460 if projector else 260, padding={"right": 90, "left": 5, "top": 26, "bottom": 5}
    )
    return dressed(chart, projector)
