"""Colours, each meaning one thing, and how a chart wears them in a light room and a dark one."""

from __future__ import annotations

from typing import Any

FONTS = '"BIZ UDPGothic", "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic", sans-serif'

ACCENT = "#0B6E74"
COMPARISON = "#6B7280"

# Shape and colour together: the mood of a day is never told by colour alone.
MOOD_COLORS = {1: "#E69F00", 2: "#9AA3AD", 3: "#56B4E9", 4: "#0072B2"}
MOOD_SIGNS = {1: "☀", 2: "☁", 3: "☂", 4: "⚡"}

LIGHT = {
    "ground": "#FFFFFF",
    "surface": "#F5F6F4",
    "ink": "#1B1F24",
    "line": "#D9DDD8",
    "accent": ACCENT,
    "grey": COMPARISON,
    "good": "#DDEEEF",
    "late": "#F6D58E",
}
DARK = {
    "ground": "#101418",
    "surface": "#1A2026",
    "ink": "#F4F6F5",
    "line": "#39424B",
    "accent": "#5CC4CA",
    "grey": "#A9B1BA",
    "good": "#16393C",
    "late": "#6B4A00",
}


def palette(projector: bool) -> dict[str, str]:
    """The plain colours: of a lit office, or of a dark meeting room."""
    return DARK if projector else LIGHT


def chart_config(projector: bool) -> dict[str, Any]:
    """How every chart is dressed: the house type, quiet lines, and on a projector everything larger."""
    colours = palette(projector)
    size = 22 if projector else 13
    return {
        "background": "transparent",
        "font": FONTS,
        "view": {"stroke": None},
        # the whole chart says its finding; a mark that says itself as well, or none, would only be read out beside it
        "mark": {"aria": False},
        "axis": {
            "labelColor": colours["ink"],
            "titleColor": colours["ink"],
            "labelFontSize": size,
            "titleFontSize": size,
            "titleFontWeight": "normal",
            "gridColor": colours["line"],
            "domainColor": colours["line"],
            "tickColor": colours["line"],
            "labelPadding": 6,
        },
        "header": {"labelColor": colours["ink"], "labelFontSize": size, "titleColor": colours["ink"]},
        "text": {"color": colours["ink"], "fontSize": size, "font": FONTS},
        "legend": {"labelColor": colours["ink"], "titleColor": colours["ink"], "labelFontSize": size},
        "line": {"strokeWidth": 4 if projector else 2.5},
    }
