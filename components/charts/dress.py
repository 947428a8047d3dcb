"""The last step of every Altair chart: a plain specification in house dress, its rows left open."""

from __future__ import annotations

from typing import Any

from components.palette import chart_config


def dressed(chart: Any, projector: bool) -> dict[str, Any]:
    """The specification of a chart without rows; `streamlit.vega_lite_chart` brings those."""
    spec: dict[str, Any] = chart.to_dict()
    spec.pop("data", None)
    spec["config"] = chart_config(projector)
    spec["autosize"] = {"type": "fit-x", "contains": "padding"} if "facet" not in spec else {"type": "pad"}
    return spec
