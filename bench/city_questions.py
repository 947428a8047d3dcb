"""Every question of every page asked of a city, warm and cold, beside the same question asked of the sample district in the same run.

The first ward of a city is the sample district itself, so the same person asks for the same child, class and school and gets the same
answer: whatever is slower is slower because of the city around it. Where there are any, people in the same office in other
wards ask as well, so that the answer is not always found where it was found before.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from access import Viewer, gate, use_district, viewers_of
from bench.questions import WARM_UP, Asked, asked_by
from sample_data.cast import member
from tests.cast import CAST

WARDS = (3, 7, 12)  # whose people ask beside the cast, where the city is that large
COLD_TURNS = 3


@dataclass
class Timed:
    """A question as one person of the cast asks it: its milliseconds in either district, warm and cold."""

    username: str
    question: str
    sample: list[float] = field(default_factory=list)
    city: list[float] = field(default_factory=list)
    elsewhere: list[float] = field(default_factory=list)
    cold_sample: list[float] = field(default_factory=list)
    cold_city: list[float] = field(default_factory=list)
    rows: tuple[int, int] = (0, 0)

    @property
    def ratio(self) -> float:
        """The city's median beside the sample's."""
        return statistics.median(self.city) / statistics.median(self.sample)


def measured(sample: Path, city: Path, runs: int, console: Console) -> None:
    """Print the time of each question in the city and in the sample district, the slowest first."""
    os.environ["MIHARASHI_DATA"] = str(sample)  # who saw what is recorded there, for both
    from records import schema

    schema.migrate()
    districts = sample / "district", city / "district"
    found = [timed(viewer, asked, others, districts, runs) for viewer, asked, others in questions_of(*districts)]
    board = Table(
        "as", "question", "rows", "sample p50", "city p50", "ratio", "city p95", "elsewhere p50", "p95", "cold sample", "cold city",
        title=f"Questions in ms, {runs} asked after {WARM_UP}; cold: the first after the file has left memory, median of {COLD_TURNS}",
    )
    for one in sorted(found, key=lambda one: -statistics.median(one.city)):
        rows = f"{one.rows[0]}" if one.rows[0] == one.rows[1] else f"{one.rows[0]} → {one.rows[1]}"
        board.add_row(
            one.username, one.question, rows, *(f"{it:.1f}" for it in (statistics.median(one.sample), statistics.median(one.city))),
            f"{one.ratio:.2f}", f"{high(one.city):.1f}",
            *((f"{statistics.median(one.elsewhere):.1f}", f"{high(one.elsewhere):.1f}") if one.elsewhere else ("", "")),
            *(f"{statistics.median(it):.1f}" for it in (one.cold_sample, one.cold_city)),
        )
    console.print(board)
    slow = [one for one in found if statistics.median(one.city) > 20]
    wide = [one for one in found if one.ratio > 1.5]
    console.print(f"{len(found)} questions; over 20 ms warm in the city: {len(slow)}; over 1.5 times the sample's time: {len(wide)}")


def questions_of(sample: Path, city: Path) -> Iterator[tuple[Viewer, Asked, list[tuple[Viewer, Asked]]]]:
    """Each question each of the cast asks, once, with the same question as people of other wards ask it."""
    from pages import pages_for

    for username in ("tanaka", "watanabe", "suzuki", "sato", "takahashi"):
        number = member(username).staff_number
        use_district(sample)
        viewer = replace(viewers_of(number)[0], username=username)
        known: dict[Asked, None] = {}
        for entry in pages_for(CAST[username]):
            known |= dict.fromkeys(asked_by(entry.path, viewer))
        use_district(city)
        others = []
        for ward in WARDS:
            for other in viewers_of(f"{number}x{2 * ward}")[:1]:
                for entry in pages_for(CAST[username]):
                    others += [(replace(other, username=username), asked) for asked in asked_by(entry.path, other)]
        for asked in known:
            yield viewer, asked, [other for other in others if is_alike(asked, other[1])]


def is_alike(one: Asked, other: Asked) -> bool:
    """Whether two questions differ in nothing but the place or person they ask about."""
    def frame(asked: Asked) -> tuple[str, frozenset[tuple[str, Any]]]:
        return asked[0], frozenset(it for it in asked[1] if not it[0].endswith(("_id", "_key")))
    return frame(one) == frame(other)


def timed(viewer: Viewer, asked: Asked, others: list[tuple[Viewer, Asked]], districts: tuple[Path, Path], runs: int) -> Timed:
    """One question asked in turn of the sample, of the city, and elsewhere in the city."""
    sample, city = districts
    one = Timed(viewer.username or "", asked[0])
    for turn in range(WARM_UP + runs):
        turns = [(sample, viewer, asked, one.sample), (city, viewer, asked, one.city)]
        if others:
            turns.append((city, *others[turn % len(others)], one.elsewhere))
        for district, person, question, times in turns:
            spent, _ = milliseconds(district, person, question)
            if turn >= WARM_UP:
                times.append(spent)
    for _ in range(COLD_TURNS):
        for district, times in ((sample, one.cold_sample), (city, one.cold_city)):
            forget(district)
            times.append(milliseconds(district, viewer, asked)[0])
    one.rows = milliseconds(sample, viewer, asked)[1], milliseconds(city, viewer, asked)[1]
    return one


def milliseconds(district: Path, viewer: Viewer, asked: Asked) -> tuple[float, int]:
    """How long an answer took, and how many rows it has."""
    from queries import ask

    use_district(district)
    started = time.perf_counter()
    answer = ask(viewer, asked[0], **dict(asked[1]))
    return (time.perf_counter() - started) * 1000, answer.height


def forget(district: Path) -> None:
    """Close a district's file and let the machine forget its pages, as after a night."""
    path = (district / (district / "CURRENT").read_text(encoding="utf-8").strip())
    opened = gate._open.pop(path, None)  # noqa: SLF001 - nothing else has a reason to close it
    if opened:
        opened.close()
    if hasattr(os, "posix_fadvise"):
        handle = os.open(path, os.O_RDONLY)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)


def high(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]
