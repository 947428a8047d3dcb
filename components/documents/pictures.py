"""Charts as pictures, for a wall and for paper: the same specification a page draws, drawn without a browser."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl
import pylopdf_fonts_jp
import vl_convert

from components.charts.finish_spec import ROWS


def svg_of(rows: pl.DataFrame, spec: dict[str, Any], width: int, height: int) -> str:
    """The chart as SVG of this many points; type keeps its size, so a small width makes large type on a wall."""
    _with_font()
    drawn = spec | {"datasets": {ROWS: _plain(rows)}}
    if "facet" not in spec and "vconcat" not in spec:  # small panels and lanes have sizes of their own
        drawn |= {"width": width, "height": height, "autosize": {"type": "fit", "contains": "padding"}}
    return str(vl_convert.vegalite_to_svg(drawn))


def _plain(rows: pl.DataFrame) -> list[dict[str, Any]]:
    dates = [pl.col(name).dt.to_string("%Y-%m-%d") for name, kind in rows.schema.items() if kind == pl.Date]
    return rows.with_columns(dates).to_dicts()


@cache
def _with_font() -> None:
    vl_convert.register_font_directory(str(pylopdf_fonts_jp.sans_path().parent))
