"""One child's year: lanes above each other on one time axis."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from components.charts.finish_spec import dressed
from components.palette import MOOD_COLORS, palette

# Rows: lane String (one of LANES), day Date, value Float64, until Date, mark String, tone String, said String.
ROWS = ("lane", "day", "until", "value", "mark", "tone", "said")
LANES = ("holiday", "unknown", "rule", "attendance", "mood", "health_room", "study", "accuracy", "support")
LOW_LANES = ("attendance", "health_room", "support")


# long: one chart, said in one piece
@lru_cache(maxsize=64)
def lanes(
    titles: tuple[str, ...],
    starts_on: str,
    ends_on: str,
    month_word: str,
    study_top: float,
    projector: bool,
    shown: tuple[str, ...],
) -> dict[str, Any]:
    """Attendance, mood, health room, study time and accuracy of one child, day under day.

    `titles` names the lanes in `shown`, in order; `starts_on` and `ends_on` are ISO days; days without school are a
    quiet band through all lanes, terms, a new class and a support are rules through them, and a day without a record is a gap.
    """
    drawn = {
        "attendance": _attendance,
        "mood": _mood,
        "health_room": _visits,
        "study": _minutes,
        "accuracy": _accuracy,
        "support": _support,
    }
    panels = []
    for position, (lane, title) in enumerate(zip(shown, titles, strict=True)):
        is_last = position == len(shown) - 1
        x = alt.X(
            "day",
            type="temporal",
            scale=alt.Scale(type="utc", domain=[starts_on, ends_on]),
            axis=alt.Axis(
                title=None,
                grid=False,
                labels=is_last,
                ticks=is_last,
                domain=is_last,
                tickCount="month",
                labelExpr=month_word,
                labelAlign="left",
            ),
        )
        panels.append(_lane(lane, title, x, drawn[lane], study_top, projector, is_first=position == 0))
    return dressed(alt.vconcat(*panels, spacing=6).resolve_scale(x="shared", color="independent"), projector)


def _lane(lane: str, title: str, x: Any, draw: Any, study_top: float, projector: bool, *, is_first: bool) -> Any:
    rows = alt.Chart(alt.Data(name="rows"))
    bands = (
        rows.transform_filter("datum.lane == 'holiday'")
        .mark_rect(color=palette(projector)["surface"], opacity=1)
        .encode(x=x, x2=alt.X2("until"))
    )
    layers = [bands, _rules(rows, x, projector)]
    if is_first:  # what a rule is for stands once, above the lanes
        layers.append(
            rows.transform_filter("datum.lane == 'rule' && datum.mark != ''")
            .mark_text(align="left", dx=3, baseline="bottom", fontSize=11, color=palette(projector)["ink"])
            .encode(x=x, y=alt.value(-1), text=alt.Text("mark", type="nominal"))
        )
    layers.append(draw(rows.transform_filter(f"datum.lane == '{lane}'"), x, title, study_top, projector))
    height = 56 if lane in LOW_LANES else 84
    return alt.layer(*layers).properties(width="container", height=height * (1.4 if projector else 1))


def _rules(rows: Any, x: Any, projector: bool) -> Any:
    """Terms and classes as quiet rules, the beginning of a support as a dashed one: shape tells them apart, not colour alone."""
    dash = alt.StrokeDash(
        "tone", type="nominal", scale=alt.Scale(domain=["term", "class", "phase"], range=[[1, 0], [1, 0], [4, 3]]), legend=None
    )
    return (
        rows.transform_filter("datum.lane == 'rule'")
        .mark_rule(color=palette(projector)["grey"], strokeWidth=1.2)
        .encode(x=x, strokeDash=dash, tooltip=_said())
    )


def _axis(title: str, **more: Any) -> Any:
    return alt.Axis(
        title=title,
        titleAngle=0,
        titleAlign="left",
        titleAnchor="start",
        titleX=-124,
        titleY=12,
        domain=False,
        ticks=False,
        grid=False,
        minExtent=126,
        maxExtent=126,
        **more,
    )


def _said() -> list[Any]:
    return [alt.Tooltip("said", type="nominal", title=" ")]


def _attendance(rows: Any, x: Any, title: str, study_top: float, projector: bool) -> Any:
    del study_top
    colours = palette(projector)
    y = alt.Y("value", type="quantitative", scale=alt.Scale(domain=[0, 1]), axis=_axis(title, labels=False))
    tone = alt.Color(
        "tone",
        type="nominal",
        scale=alt.Scale(
            domain=["present", "absent", "excused", "late"], range=[colours["line"], "#D55E00", "#6B7280", "#B57A00"]
        ),
        legend=None,
    )
    unknown = alt.Chart(alt.Data(name="rows")).transform_filter("datum.lane == 'unknown'")
    hatched = unknown.mark_rect(fill="transparent", stroke=colours["grey"], strokeDash=[3, 3], strokeWidth=1).encode(
        x=x, x2=alt.X2("until"), tooltip=_said()
    )
    slashes = unknown.mark_text(align="left", dx=2, fontSize=11, color=colours["grey"]).encode(
        x=x, y=y, text=alt.Text("mark", type="nominal"), tooltip=_said()
    )
    ticks = rows.mark_bar(width=2.2).encode(x=x, y=y, color=tone, tooltip=_said())
    marks = (
        rows.transform_filter("datum.mark != ''")
        .mark_text(dy=-7, fontSize=11)
        .encode(x=x, y=y, text=alt.Text("mark", type="nominal"))
    )
    return hatched + slashes + ticks + marks


def _mood(rows: Any, x: Any, title: str, study_top: float, projector: bool) -> Any:
    del study_top, projector
    signs = "datum.value == 4 ? '☀' : datum.value == 3 ? '☁' : datum.value == 2 ? '☂' : '⚡'"
    y = alt.Y(
        "value",
        type="quantitative",
        scale=alt.Scale(domain=[0.5, 4.5]),
        axis=_axis(title, values=[1, 2, 3, 4], labelExpr=signs),
    )
    tone = alt.Color(
        "tone",
        type="nominal",
        scale=alt.Scale(domain=[f"mood_{level}" for level in MOOD_COLORS], range=list(MOOD_COLORS.values())),
        legend=None,
    )
    return rows.mark_point(filled=True, size=26, opacity=1, shape="square").encode(
        x=x, y=y, color=tone, tooltip=_said()
    )


def _visits(rows: Any, x: Any, title: str, study_top: float, projector: bool) -> Any:
    del study_top, projector
    y = alt.Y("value", type="quantitative", scale=alt.Scale(domain=[0, 2]), axis=_axis(title, labels=False))
    return rows.mark_point(filled=True, shape="diamond", size=90, color="#CC79A7", opacity=1).encode(
        x=x, y=y, tooltip=_said()
    )


def _minutes(rows: Any, x: Any, title: str, study_top: float, projector: bool) -> Any:
    y = alt.Y(
        "value", type="quantitative", scale=alt.Scale(domain=[0, study_top], clamp=True), axis=_axis(title, tickCount=2)
    )
    return rows.mark_bar(width=5, color=palette(projector)["accent"], opacity=0.75).encode(x=x, y=y, tooltip=_said())


def _accuracy(rows: Any, x: Any, title: str, study_top: float, projector: bool) -> Any:
    del study_top
    y = alt.Y(
        "value",
        type="quantitative",
        scale=alt.Scale(domain=[0, 100]),
        axis=_axis(title, values=[0, 50, 100], labelExpr="datum.value + '%'"),
    )
    line = rows.mark_line(
        color=palette(projector)["ink"], strokeWidth=1.6, point={"size": 26, "color": palette(projector)["ink"]}
    )
    return line.encode(x=x, y=y, tooltip=_said())


def _support(rows: Any, x: Any, title: str, study_top: float, projector: bool) -> Any:
    del study_top
    colours = palette(projector)
    y = alt.Y("value", type="quantitative", scale=alt.Scale(domain=[0, 1]), axis=_axis(title, labels=False))
    plans = rows.transform_filter("datum.tone == 'plan'")
    bars = plans.mark_bar(height=12, color=colours["accent"], opacity=0.35).encode(x=x, x2=alt.X2("until"), y=y, tooltip=_said())
    # cut at the edge of the lane: type that stands out would make every lane narrower
    aims = plans.mark_text(align="left", dx=4, fontSize=11, clip=True, color=colours["ink"]).encode(
        x=x, y=y, text=alt.Text("mark", type="nominal"), tooltip=_said()
    )
    notes = (
        rows.transform_filter("datum.tone == 'note'")
        .mark_point(filled=True, shape="triangle-up", size=70, color=colours["ink"], opacity=1)
        .encode(x=x, y=y, tooltip=_said())
    )
    return bars + aims + notes
