"""What stands across a child's lanes: terms, changes of class, support, and in a lane of its own notes and plans."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import polars as pl

from access.clock import here
from components.children.lanes import SCHEMA
from components.dates import day_text
from components.wording import _, language, said
from records.notes import Note, tags
from records.plans import Plan

TERM_BEGINS = "始業"  # 始業式, 入学・始業式 …: what calendars call the first day of a term
PLAN_HEIGHTS, NOTE_HEIGHT = (0.86, 0.6, 0.34), 0.1  # plans above, each on a line of its own, notes below, in a lane from 0 to 1
LONGEST_AIM = 16


def rule_rows(events: pl.DataFrame, classes: Iterable[dict[str, Any]], plans: Iterable[Plan], starts_on: date, until: date) -> pl.DataFrame:
    """Rules through all lanes: the first day of a term, of a new class in mid-year, of a support.

    Takes rows of `events_of_school` and `years_of_child`; only days after `starts_on` and up to `until` are drawn.
    """
    begins = [row for row in events.rows(named=True) if TERM_BEGINS in row["event"]]
    rules = [("term", row["day"], row["event"], row["event"]) for row in begins]
    rules += [
        ("class", row["begins_on"], _("lane.class_mark", name=row["class_name"]), _("lane.class_said", name=row["class_name"]))
        for row in classes
    ]
    rules += [("phase", plan.said.starts_on, "", _("lane.phase_said")) for plan in plans]
    return _rows(
        {"lane": "rule", "day": day, "until": None, "value": None, "mark": mark, "tone": tone, "said": _dated(day, words)}
        for tone, day, mark, words in rules
        if starts_on < day <= until
    )


def support_rows(notes: Iterable[Note], plans: Iterable[Plan], starts_on: date, until: date) -> pl.DataFrame:
    """The lane of notes and plans between two days; a plan is a bar with its aim, a note a point with its tag and writer."""
    rows: list[dict[str, Any]] = []
    for plan in sorted(plans, key=lambda plan: plan.said.starts_on):
        first, last = max(plan.said.starts_on, starts_on), min(plan.said.ends_on or until, until)
        if first <= last:
            aim = plan.said.aim if len(plan.said.aim) <= LONGEST_AIM else f"{plan.said.aim[: LONGEST_AIM - 1]}…"
            period = _dated(plan.said.starts_on, plan.said.aim)
            rows.append(
                {"lane": "support", "day": first, "until": last + timedelta(days=1),
                 "value": PLAN_HEIGHTS[len(rows) % len(PLAN_HEIGHTS)], "mark": aim, "tone": "plan", "said": period}
            )  # fmt: skip
    for note in notes:
        day = here(note.written_at).date()
        if starts_on <= day <= until:
            tag = said(tags()[note.tag]) if note.tag in tags() else note.tag
            rows.append(
                {"lane": "support", "day": day, "until": None, "value": NOTE_HEIGHT, "mark": "", "tone": "note",
                 "said": _dated(day, _("lane.note_said", tag=tag, name=note.name))}
            )  # fmt: skip
    return _rows(rows)


def _dated(day: date, words: str) -> str:
    return f"{day_text(day, language())}　{words}"


def _rows(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=SCHEMA)
