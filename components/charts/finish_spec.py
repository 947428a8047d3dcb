"""The last step of every Altair chart: a plain specification in house dress, its rows left open."""

from __future__ import annotations

from typing import Any

from components.palette import chart_config

# The name under which a page brings the rows of a chart.
ROWS = "rows"


def dressed(chart: Any, projector: bool) -> dict[str, Any]:
    """The specification of a chart without rows; the page brings those under the name ROWS."""
    spec: dict[str, Any] = chart.to_dict()
    spec["data"] = {"name": ROWS}
    spec["config"] = chart_config(projector)
    spec["autosize"] = {"type": "fit-x", "contains": "padding"} if "facet" not in spec else {"type": "pad"}
    if "facet" in spec:
        spec["padding"] = {"top": 10, "bottom": 4, "left": 4, "right": 4}  # the panels' titles reach above the chart
    return spec
