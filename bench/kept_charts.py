"""Charts a page has sent to the browser, kept on disk so that a bare page can draw the very same."""

from __future__ import annotations

import json
from pathlib import Path

from components.streamlit_internals import Element


def kept(elements: list[Element], folder: Path) -> int:
    """The number of charts and tables among a page's elements; each is written to the folder in its order."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for element in elements:
        kind = element.WhichOneof("type")
        place = folder / f"{count:03d}"
        if kind == "vega_lite_chart":
            chart = element.vega_lite_chart
            tables = {named.name: named.data.data.hex() for named in chart.datasets}
            if chart.HasField("data") and chart.data.data:
                tables[""] = chart.data.data.hex()
            told = {"specification": json.loads(chart.spec), "tables": tables}
            place.with_suffix(".vega").write_text(json.dumps(told), encoding="utf-8")
        elif kind == "plotly_chart":
            place.with_suffix(".plotly").write_text(element.plotly_chart.spec, encoding="utf-8")
        elif kind == "dataframe" and element.dataframe.arrow_data.data:
            place.with_suffix(".arrow").write_bytes(element.dataframe.arrow_data.data)
        else:
            continue
        count += 1
    return count
