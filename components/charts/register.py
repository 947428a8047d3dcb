"""The register as a picture: children down, school days across, one mark a day."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from components.charts.finish_spec import dressed
from components.palette import MOOD_COLORS, palette

# Rows a register is drawn from: child String (number and name), child_order and day_order Int32, day_label String,
# mark String, tone String, said String (what a tooltip says). `tone` is one of TONES.
ROWS = ("child", "child_order", "day_label", "day_order", "mark", "tone", "said")

# What a cell's ground means. Absence is a pale ground with a dark mark: it is to be found, not shouted.
TONES = (
    "present",
    "unknown",
    "absent",
    "excused",
    "late",
    "none",
    "mood_1",
    "mood_2",
    "mood_3",
    "mood_4",
    "visit",
    "study_1",
    "study_2",
    "study_3",
)


# long: one chart, said in one piece
@lru_cache(maxsize=4)
def register(projector: bool, *, dense: bool = False) -> dict[str, Any]:
    """One cell for each child and school day; rows in 出席番号 order, never by value.

    `dense` is for a whole term: narrow cells that are read by their ground, without a mark in them.
    The specification is shared by everyone, so it knows no child: names and order come with the rows.
    """
    colours = palette(projector)
    grounds = {
        "present": colours["ground"],
        "unknown": colours["surface"],
        "absent": "#F2C9AE",
        "excused": "#DCE6EC",
        "late": "#FBEBC3",
        "none": colours["ground"],
        **{f"mood_{level}": color for level, color in MOOD_COLORS.items()},
        "visit": "#E3D3E4",
        "study_1": "#D5E9EA",
        "study_2": "#8FC4C7",
        "study_3": "#3F959A",
    }
    x = alt.X(
        "day_label",
        type="ordinal",
        sort=alt.EncodingSortField(field="day_order", op="min"),
        scale=alt.Scale(paddingInner=0.08),
        axis=alt.Axis(title=None, orient="top", labelAngle=0, ticks=False, domain=False, labelOverlap=True),
    )
    y = alt.Y(
        "child",
        type="ordinal",
        sort=alt.EncodingSortField(field="child_order", op="min"),
        scale=alt.Scale(paddingInner=0.12),
        axis=alt.Axis(title=None, ticks=False, domain=False, labelLimit=220),
    )
    base = alt.Chart(alt.Data(name="rows"))
    cells = base.mark_rect(cornerRadius=2, stroke=colours["line"], strokeWidth=0.6).encode(
        x=x,
        y=y,
        color=alt.Color(
            "tone",
            type="nominal",
            scale=alt.Scale(domain=list(TONES), range=[grounds[tone] for tone in TONES]),
            legend=None,
        ),
        tooltip=[alt.Tooltip("said", type="nominal", title=" ")],
    )
    marks = base.mark_text(baseline="middle", fontSize=12, fontWeight="bold", color="#1B1F24").encode(
        x=x, y=y, text=alt.Text("mark", type="nominal")
    )
    drawn = cells if dense else cells + marks
    return dressed(drawn.properties(height=alt.Step(18 if dense else 22)), projector)
