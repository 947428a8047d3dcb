"""Asking from a page: an answer is kept for a few minutes in the one open page that got it, and nowhere else.

A page runs again at every touch; without this, choosing another chart would ask for the children again. What is kept
belongs to one viewer in one browser tab: the key holds the viewer, the projector, the day and the version of the district.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Any

import polars as pl
import streamlit as st

import queries
from access import Viewer, district_path
from access.clock import today

MOST_KEPT = 96  # a page that asks more than is kept would ask all of it again at every touch
# After this long a look is a new look: it is asked, and recorded, again.
SECONDS_KEPT = 300.0


def ask(viewer: Viewer, question: str, **parameters: Any) -> pl.DataFrame:
    """The answer to a question, as `queries.ask` gives it; raises what that raises."""
    kept: OrderedDict[Any, tuple[float, pl.DataFrame]] = st.session_state.setdefault("answers", OrderedDict())
    key = (district_path().name, viewer, today(), question, tuple(sorted(parameters.items())))
    now = time.monotonic()
    for old in [each for each, (asked_at, _rows) in kept.items() if now - asked_at >= SECONDS_KEPT]:
        del kept[old]
    if viewer.masked:  # what was seen by name at the desk is not kept behind the wall
        for named in [each for each in kept if not each[1].masked]:
            del kept[named]
    if key in kept:
        kept.move_to_end(key)
        return kept[key][1]
    rows = queries.ask(viewer, question, **parameters)
    kept[key] = (now, rows)
    kept.move_to_end(key)
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)
    return rows
