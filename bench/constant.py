"""Server time of each page against the same page on constant data: what asking adds, at the first opening and at every touch after it."""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import polars as pl
from rich.console import Console
from rich.table import Table
from streamlit.testing.v1 import AppTest

import queries
from access import Viewer, use_district, viewers_of
from components import session_answers
from records import engine, schema
from sample_data.cast import member
from tests.cast import CAST

READERS = ("tanaka", "watanabe", "suzuki", "sato")
PAGES = (
    "today", "class", "student", "school", "workload", "meeting", "district", "compare", "staff-plan", "surveys", "equity", "dx",
)  # fmt: skip
MODULES = {"class": "classroom", "staff-plan": "staff_plan"}


class Asker:
    """Answers as a page gets them: asked anew, as the house keeps them for an open page, or constant from the first time on."""

    def __init__(self) -> None:
        self.how = "kept"
        self.known: dict[Any, pl.DataFrame] = {}
        self.house = session_answers.ask

    def ask(self, viewer: Viewer, question: str, **parameters: Any) -> pl.DataFrame:
        """One answer."""
        key = (viewer, question, tuple(sorted(parameters.items())))
        if self.how == "kept":
            self.known[key] = rows = self.house(viewer, question, **parameters)
            return rows
        if self.how == "anew" or key not in self.known:
            self.known[key] = queries.ask(viewer, question, **parameters)
        return self.known[key]


def drawn() -> None:
    """One page, as the frame calls it."""
    import importlib

    import streamlit as st

    importlib.import_module(st.session_state["module"]).page(st.session_state["viewer"])


def measured(district: Path, runs: int, console: Console) -> None:
    """Print, page by page, what asking adds; the three ways take turns, so that whatever else the machine does falls on all."""
    import pages

    board = Table("page", "as", "constant ms", "touch", "first opening", title=f"Against the same page on constant data, median of {runs}")
    with TemporaryDirectory() as place, patch.dict("os.environ", {"MIHARASHI_RECORDS": f"sqlite:///{place}/records.sqlite"}):
        schema.migrate()
        use_district(district / "district")
        for username in READERS:
            viewer = replace(viewers_of(member(username).staff_number)[0], username=username)
            for entry in pages.pages_for(CAST[username]):
                if entry.path in PAGES:
                    constant, kept, anew = times_of(viewer, f"pages.{MODULES.get(entry.path, entry.path)}", runs)
                    board.add_row(f"/{entry.path}", username, f"{constant:.0f}", f"{kept / constant:.2f}", f"{anew / constant:.2f}")
        engine.forget()
    console.print(board)


def times_of(viewer: Viewer, module: str, runs: int) -> tuple[float, float, float]:
    """Median milliseconds of a page on constant data, with kept answers, and asking everything anew."""
    asker = Asker()
    page = AppTest.from_function(drawn, default_timeout=120)
    page.session_state["viewer"], page.session_state["module"], page.session_state["pages"] = viewer, module, {}
    page.run()  # imports the page, so that its own name for asking can be replaced
    users = [each for name, each in sys.modules.items() if name.startswith("pages") and getattr(each, "ask", None) is asker.house]
    spent: dict[str, list[float]] = {"constant": [], "kept": [], "anew": []}
    try:
        for user in users:
            user.ask = asker.ask  # type: ignore[attr-defined]
        page.run()
        for _turn in range(runs):
            for how, times in spent.items():
                asker.how = how
                begun = time.perf_counter()
                page.run()
                times.append((time.perf_counter() - begun) * 1000)
    finally:
        for user in users:
            user.ask = asker.house  # type: ignore[attr-defined]
    constant, kept, anew = (statistics.median(times) for times in spent.values())
    return constant, kept, anew
