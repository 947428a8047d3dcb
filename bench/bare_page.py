"""A bare Streamlit page with a title and another page's charts on constant data: what Streamlit itself costs.

Run by bench/pages.py, which names the folder where it kept the charts.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st


@st.cache_resource
def charts(folder: str) -> list[tuple[str, Any]]:
    """The charts kept in the folder, in the order they were drawn, ready to be drawn again."""
    kept = []
    for place in sorted(Path(folder).iterdir()):
        if place.suffix == ".vega":
            told = json.loads(place.read_text(encoding="utf-8"))
            tables = {name: table(bytes.fromhex(arrow)) for name, arrow in told["tables"].items()}
            kept.append(("vega", (told["specification"], tables)))
        elif place.suffix == ".plotly":
            kept.append(("plotly", go.Figure(json.loads(place.read_text(encoding="utf-8")))))
        elif place.suffix == ".arrow":
            kept.append(("table", table(place.read_bytes())))
    return kept


def table(arrow: bytes) -> pa.Table:
    """A table from its bytes."""
    return pa.ipc.open_stream(BytesIO(arrow)).read_all()


st.title("bare")
for position, (kind, drawing) in enumerate(charts(sys.argv[1])):
    if kind == "vega":
        specification, tables = drawing
        whole = tables.get("")
        named = {name: rows for name, rows in tables.items() if name}
        st.vega_lite_chart(whole, specification | ({"datasets": named} if named else {}), key=f"chart{position}")
    elif kind == "plotly":
        st.plotly_chart(drawing, key=f"chart{position}")
    else:
        st.dataframe(drawing, key=f"table{position}")
