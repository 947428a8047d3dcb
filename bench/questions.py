"""Every question of every page, asked as the pages ask it: median and p95 milliseconds, warm."""

from __future__ import annotations

import os
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table
from streamlit.testing.v1 import AppTest

from access import Viewer, use_district, viewers_of
from sample_data.cast import member
from tests.cast import CAST

WARM_UP = 3
Asked = tuple[str, tuple[tuple[str, Any], ...]]


def measured(district: Path, runs: int, console: Console) -> None:
    """Print the time of each question of each page, and how much of it is the viewer's views and the record."""
    os.environ["MIHARASHI_DATA"] = str(district)  # who saw what is recorded there, as it is in earnest
    from pages import pages_for
    from records import schema

    schema.migrate()
    use_district(district / "district")
    board = Table("page", "as", "question", "rows", "p50 ms", "p95 ms", title=f"Questions, {runs} asked after {WARM_UP}")
    for username in ("tanaka", "watanabe", "suzuki", "sato", "takahashi"):
        viewer = replace(viewers_of(member(username).staff_number)[0], username=username)
        for entry in pages_for(CAST[username]):
            for question, parameters in asked_by(entry.path, viewer):
                rows, times = timed(viewer, question, dict(parameters), runs)
                p95 = statistics.quantiles(times, n=20)[-1]
                board.add_row(
                    f"/{entry.path}", username, question, str(rows), f"{statistics.median(times):.1f}", f"{p95:.1f}"
                )
    console.print(board)


def asked_by(path: str, viewer: Viewer) -> list[Asked]:
    """The questions a page asks when it is drawn for this viewer, each once."""
    asking = sys.modules["queries.ask"]
    answer = asking.answer
    asked: dict[Asked, None] = {}

    def noted(person: Viewer, question: Any, parameters: dict[str, Any]) -> Any:
        asked[question.name, tuple(parameters.items())] = None
        return answer(person, question, parameters)

    # there is no menu here that a link could lead to
    with patch.object(asking, "answer", noted), patch("streamlit.page_link"):
        AppTest.from_function(drawn, kwargs={"path": path, "viewer": viewer}, default_timeout=60).run()
    return list(asked)


def drawn(path, viewer):
    """One page, without the frame around it; Streamlit's test copies these lines away from this file's imports."""
    import streamlit as st

    from pages import PAGES

    st.session_state["pages"] = {entry.path: entry.path for entry in PAGES}
    next(entry for entry in PAGES if entry.path == path).page(viewer)


def timed(viewer: Viewer, question: str, parameters: dict[str, Any], runs: int) -> tuple[int, list[float]]:
    """The number of rows of an answer, and the milliseconds of each time it was asked."""
    from queries import ask

    times = []
    for turn in range(WARM_UP + runs):
        started = time.perf_counter()
        answer = ask(viewer, question, **parameters)
        if turn >= WARM_UP:
            times.append((time.perf_counter() - started) * 1000)
    return answer.height, times
