"""A real spring, a summer and an ordinary month, lived through day by day: what must hold after every load, and whether it did."""

from __future__ import annotations

import logging
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

import sample_data
from tests.replay.replaying import days_between, replayed
from tests.replay.spring import real_year

STRETCHES = ((date(2026, 3, 20), date(2026, 4, 30)), (date(2026, 6, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 9, 30)))
MEANS = {
    "rights": "people in a role asked: each sees exactly the children of the roster in force that day",
    "known": "days of children: none known after its school's register, and each school's days absent and required are the register's",
    "kept": "days of children said at the load before: said again, unless a row of theirs has changed",
    "tables": "tables built upon the file before: the same as from nothing",
    "pages": "pages drawn: each speaks, and says until when",
    "questions": "questions the gate has answered",
}
FRIDAY = 4


def measured(console: Console, *, is_whole: bool) -> bool:
    """Print each day lived through, what was asked and what did not hold; true where everything held."""
    days = [day for first, last in STRETCHES for day in days_between(first, last)]
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # pages are drawn outside a served app, which it says of each line
    began = time.perf_counter()
    with TemporaryDirectory() as place:
        sample_data.write(Path(place) / "exports", scale="small")
        folder = real_year(Path(place) / "exports" / "inbox", days[-1], is_whole=is_whole)
        found = replayed(
            Path(place) / "home", folder, days,
            equal_on=lambda day: day.weekday() == FRIDAY or day.day == 1,
            pages_on=lambda day: frozenset() if day.day in (1, 2, 7) else None,
            tell=lambda line: console.print(line, markup=False, highlight=False),
        )
    board = Table("", "", "", title=f"{found.asked['days']} days lived through in {time.perf_counter() - began:,.0f} s")
    for kind, words in MEANS.items():
        missed = sum(f" {kind}: " in fault for fault in found.faults)
        board.add_row(kind, f"{found.asked[kind]:,}", words + (f" [red]{missed} did not hold[/red]" if missed else ""))
    console.print(board)
    return not found.faults
