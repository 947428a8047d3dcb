"""The signals looked back upon: do they find the planted stories, how soon, and how often do they speak at all?

Figures of what the rules do, not of speed. The app knows nothing of the stories; only this bench and the tests do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from queries.rules import signals
from sample_data.planting import StoryChild, planted
from sample_data.stories import CONTRADICTION, LOW_MOOD, QUIET_DROP, RECOVERY, WITHDRAWAL

GOING_AWAY = ("absence_run", "absence_days", "late_run", "mood_run", "mood_share", "health_room_visits", "drill_stopped")
# what a signal could see of each kind of story; 転入, 転出 and 転学 are no stories for a signal
TOLD_BY: dict[str, tuple[str, ...]] = {
    WITHDRAWAL: GOING_AWAY,
    RECOVERY: (*GOING_AWAY, "return_after_absence"),
    QUIET_DROP: ("drill_stopped", "accuracy_drop"),
    LOW_MOOD: ("mood_run", "mood_share", "health_room_visits", "late_run"),
    CONTRADICTION: ("contradiction",),
}
EARLY = timedelta(days=14)  # a flag so long before the turning point may still be about it

Raised = dict[str, list[date]]  # signal → first days of its flags


@dataclass(frozen=True)
class Story:
    """A planted story, and what was raised about its child."""

    child: StoryChild
    turning: date
    raised: Raised

    def first(self, names: Iterable[str]) -> date | None:
        """The first flag of these signals from shortly before the turning point on."""
        days = [day for name in names for day in self.raised.get(name, []) if day >= self.turning - EARLY]
        return min(days, default=None)


def measured(district: Path, console: Console) -> None:
    """Print, for each signal, the stories it found, how soon, and how often it speaks."""
    path = district / "district" / (district / "district" / "CURRENT").read_text(encoding="utf-8").strip()
    with duckdb.connect(str(path), read_only=True) as connection:
        told, weeks = stories_of(connection), class_weeks(connection)
        children = figure(
            connection,
            "count(distinct student_day.student_id) from student_day inner join as_of on as_of.fiscal_year = student_day.fiscal_year",
        )
        counts = dict(connection.execute("select signal, count(*) from flag group by signal").fetchall())
        reached = dict(connection.execute("select signal, count(distinct student_id) from flag group by signal").fetchall())
    columns = ("signal", "stories found", "days from the turning point", "new flags a class and week", "children it spoke of")
    board = Table(*columns, title="Looking back")
    for name in signals():
        due = [story for story in told if name in TOLD_BY[story.child.kind]]
        found = [(story.first([name]), story.turning) for story in due]
        days = sorted((first - turning).days for first, turning in found if first)
        board.add_row(
            name, f"{len(days)} of {len(due)}", f"{median(days):+.0f} ({days[0]:+d} to {days[-1]:+d})" if days else "–",
            f"{counts.get(name, 0) / weeks:.2f}", f"{reached.get(name, 0) / children:.1%}",
        )  # fmt: skip
    hits = [(story, story.first(TOLD_BY[story.child.kind])) for story in told]
    days = sorted((first - story.turning).days for story, first in hits if first)
    board.add_row(
        "any of them", f"{len(days)} of {len(told)}", f"{median(days):+.0f} ({days[0]:+d} to {days[-1]:+d})" if days else "–",
        f"{sum(counts.values()) / weeks:.2f}", "",
    )  # fmt: skip
    console.print(board)
    console.print(f"{weeks} weeks of a class, {children} children; aims: 90 % of the stories, at most 3 new flags a class and week")
    for story, first in hits:
        if first is None:
            console.print(f"not found: {story.child.kind} {story.child.school} {story.child.class_title}, from {story.turning}")


def stories_of(connection: duckdb.DuckDBPyConnection) -> list[Story]:
    """The stories a signal could tell of, with what was raised about their children this 年度."""
    numbers = dict(connection.execute("select student_number, student_id from student_identifier").fetchall())
    starts_on = figure(connection, "min(school_day.day) from school_day inner join as_of on as_of.fiscal_year = school_day.fiscal_year")
    told = []
    for child in planted().children:
        if child.kind not in TOLD_BY or child.student_number not in numbers:
            continue
        raised: Raised = {}
        rows = connection.execute(
            "select signal, begins_on from flag where student_id = ? order by begins_on", [numbers[child.student_number]]
        ).fetchall()
        for name, day in rows:
            raised.setdefault(name, []).append(day)
        turning = min(child.days, default=child.begins_on)
        told.append(Story(child, max(turning, starts_on), raised))
    return told


def class_weeks(connection: duckdb.DuckDBPyConnection) -> int:
    """In how many weeks of how many classes there was school this 年度."""
    return int(figure(
        connection,
        "count(*) from (select distinct class_id, date_trunc('week', student_day.day) from student_day"
        " inner join as_of on as_of.fiscal_year = student_day.fiscal_year)",
    ))  # fmt: skip


def figure(connection: duckdb.DuckDBPyConnection, select: str) -> Any:
    """One figure of the district file."""
    rows = connection.execute(f"select {select}").fetchall()
    return rows[0][0]
