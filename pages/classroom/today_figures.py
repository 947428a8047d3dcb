"""Every question of the page of today, asked before its first word stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from access import Viewer, sight_of
from access.clock import today
from components.children.flags import FlaggedChild, lines_of
from components.choices import refuse_unknown
from components.session_answers import ask
from components.tables.origin import Origins
from components.wording import _
from pages.choice import Period, period, sources_of
from pages.classroom.reviews_card import Review, plans_of, reviews_due
from pages.origin import origins
from pages.recording import recording_of
from queries.rules import signals
from records import acknowledgements
from records.plans import Plan

DAYS_LOOKED_BACK = 60
DAYS_LOOKED_AHEAD = 60
DAYS_PLANNED = 14
EVERY = "all"


@dataclass(frozen=True, slots=True)
class TodayFigures:
    """A class, or a whole school, this morning.

    `day` is today by the board's calendar, `shown_day` the day the tiles speak of. Rows: `flags` of `flags_of_place`,
    `held` of `recent_school_days`, `ahead` of `days_ahead` and `recording` of `recording_of_school` (none where no 授業日
    was held), `children` of `day_of_place`, `planned` of `planned_of_place`, two weeks of them.
    A whole school's list is long: `offered` are the signals it may be read by, one at a time; none of a class, or of one signal.
    """

    place: dict[str, Any]
    now: Period
    day: date
    shown_day: date
    named: frozenset[str]
    used: frozenset[str]
    flags: pl.DataFrame
    held: pl.DataFrame
    ahead: pl.DataFrame
    recording: pl.DataFrame
    children: pl.DataFrame
    planned: pl.DataFrame
    waiting: list[FlaggedChild]
    seen: list[FlaggedChild]
    offered: dict[str, str]
    plans: list[Plan]
    reviews: list[Review]
    origins: Origins


def today_figures(viewer: Viewer, place: dict[str, Any]) -> TodayFigures:
    """All that is known of a place this morning; raises Refused('not_found') for a signal nobody is on the list for."""
    now, school_id, day = period(viewer, place["school_id"]), place["school_id"], today()
    shown_day = min(day, now.day)
    at = {"school_id": school_id, "class_id": place["class_id"]}
    flags = ask(viewer, "flags_of_place", **at)
    held = ask(viewer, "recent_school_days", school_id=school_id, grade=place["grade"], days=DAYS_LOOKED_BACK)
    ahead = recording = pl.DataFrame()
    if held.height:
        ahead = ask(
            viewer, "days_ahead", school_id=school_id, grade=place["grade"], from_day=day, days=DAYS_LOOKED_AHEAD
        )
        recording = recording_of(viewer, school_id)
    stands = acknowledgements.of_children(viewer, school_id, flags.get_column("student_id").unique().to_list())
    waiting, seen = lines_of(flags, ask(viewer, "days_of_flags", **at), stands, set(held.get_column("day")))
    offered = _offered(waiting) if place["class_id"] is None else {}
    if offered:
        refuse_unknown("signal", offered)
    planned = ask(viewer, "planned_of_place", **at, from_day=day)
    plans = plans_of(viewer, school_id)
    return TodayFigures(
        place, now, day, shown_day, sight_of(viewer).named, sources_of(viewer, school_id), flags, held, ahead, recording,
        children=ask(viewer, "day_of_place", **at, day=shown_day),
        planned=planned.filter(pl.col("day") <= day + timedelta(days=DAYS_PLANNED)),
        waiting=waiting, seen=seen, offered=offered, plans=plans, reviews=reviews_due(viewer, school_id, plans, day),
        origins=origins(viewer, school_id),
    )  # fmt: skip


def _offered(waiting: list[FlaggedChild]) -> dict[str, str]:
    labels = {line.seen.signal: line.label for child in waiting for line in child.lines}
    if len(labels) < 2:
        return {}
    return {EVERY: _("today.every_signal"), **{name: labels[name] for name in signals() if name in labels}}
