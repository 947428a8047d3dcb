"""Every question of the page of a class, asked before its first word stands, but for what waits for a choice made on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from access import Refused, Sight, Viewer, sight_of
from components.session_answers import ask
from components.tables.origin import Origins
from components.tables.register_marks import LENSES
from pages.choice import Period, offered_on, period, sources_of
from pages.origin import origins
from pages.recording import recording_of
from queries.catalogue import Indicator, title_of

MOST_DAYS = 250


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """A class beside its school, and its children as far as this person sees them.

    `place` and `whole` are the class and its school as questions name them. Rows: `own` and `school` of
    `figures_of_place`; `recording` of `recording_of_school`; `own_months` and `school_months` of `months_of_place`, for the
    figure of the title, `lead`; `days` of `recent_school_days`, `events` of `events_of_school`, `months` of
    `months_of_children`, `children` of `children_of_class`. Who sees no child has no days, no events, no months, and None
    for the children.
    """

    chosen: dict[str, Any]
    place: dict[str, Any]
    whole: dict[str, Any]
    now: Period
    sight: Sight
    used: frozenset[str]
    origins: Origins
    recording: pl.DataFrame
    lead: Indicator
    own: pl.DataFrame
    school: pl.DataFrame
    own_months: pl.DataFrame
    school_months: pl.DataFrame
    tiles: list[str]
    charts: list[str]
    lenses: tuple[str, ...]
    days: pl.DataFrame
    events: pl.DataFrame
    months: pl.DataFrame
    children: pl.DataFrame | None


def class_figures(viewer: Viewer, chosen: dict[str, Any]) -> ClassFigures:
    """All that is known of the class before anything is chosen on its page."""
    school_id, class_id, grade = chosen["school_id"], chosen["class_id"], chosen["grade"]
    place = {"place": "class", "school_id": school_id, "grade": None, "class_id": class_id}
    whole = {"place": "school", "school_id": school_id, "grade": None, "class_id": None}
    now, used, sight, lead = period(viewer, school_id), sources_of(viewer, school_id), sight_of(viewer), title_of("class")
    tiles, charts = (offered_on("class", form, used, sight.counts) for form in ("tile", "chart"))
    lenses = tuple(lens for lens, kind in LENSES.items() if kind in sight.named & used)
    days = events = months = pl.DataFrame()
    if "roster" in sight.named:
        days = ask(viewer, "recent_school_days", school_id=school_id, grade=grade, days=MOST_DAYS)
    if days.height and lenses:
        events = ask(viewer, "events_of_school", school_id=school_id, grade=grade, fiscal_year=now.fiscal_year)
        months = ask(viewer, "months_of_children", school_id=school_id, class_id=class_id, fiscal_year=now.fiscal_year)
    try:
        children = ask(viewer, "children_of_class", school_id=school_id, class_id=class_id)
    except Refused:
        children = None
    return ClassFigures(
        chosen, place, whole, now, sight, used,
        origins=origins(viewer, school_id),
        recording=recording_of(viewer, school_id),
        lead=lead,
        own=ask(viewer, "figures_of_place", **place),
        school=ask(viewer, "figures_of_place", **whole),
        own_months=ask(viewer, "months_of_place", indicator=lead.name, **place),
        school_months=ask(viewer, "months_of_place", indicator=lead.name, **whole),
        tiles=tiles, charts=charts, lenses=lenses, days=days, events=events, months=months, children=children,
    )  # fmt: skip
