"""Every question of the page of a class, asked before its first word stands, but for what waits for a choice made on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from access import Refused, Sight, Viewer, sight_of
from components.children.marks import TERM_BEGINS
from components.choices import refuse_unknown
from components.session_answers import ask
from components.tables.origin import Origins
from components.tables.register_marks import LENSES
from pages.choice import Period, offered_on, period, sources_of
from pages.origin import origins
from pages.recording import recording_of
from queries.catalogue import Indicator, title_of

DAYS_SHOWN, MOST_DAYS = 20, 250


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """A class beside its school, and its children as far as this person sees them.

    `place` and `whole` are the class and its school as questions name them. Rows: `own` and `school` of
    `figures_of_place`; `recording` of `recording_of_school`; `own_months` and `school_months` of `months_of_place`, for the
    figure of the title, `lead`; `days` of `recent_school_days`, `months` of `months_of_children`, `children` of
    `children_of_class`. `spans` are the days to choose from, by their name. Who sees no child has no days, no spans, no
    months, and None for the children.
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
    spans: dict[str, pl.Series]
    months: pl.DataFrame
    children: pl.DataFrame | None


def class_figures(viewer: Viewer, chosen: dict[str, Any]) -> ClassFigures:
    """All that is known of the class before anything is chosen on its page.

    Raises Refused('not_found') where the address asks for a choice the page has not, before any child is asked for.
    """
    school_id, class_id, grade = chosen["school_id"], chosen["class_id"], chosen["grade"]
    place = {"place": "class", "school_id": school_id, "grade": None, "class_id": class_id}
    whole = {"place": "school", "school_id": school_id, "grade": None, "class_id": None}
    now, used, sight, lead = period(viewer, school_id), sources_of(viewer, school_id), sight_of(viewer), title_of("class")
    tiles, charts = (offered_on("class", form, used, sight.counts) for form in ("tile", "chart"))
    lenses = tuple(lens for lens, kind in LENSES.items() if kind in sight.named & used)
    days, spans, months = pl.DataFrame(), dict[str, pl.Series](), pl.DataFrame()
    if charts:
        refuse_unknown("indicator", charts)
    if "roster" in sight.named:
        days = ask(viewer, "recent_school_days", school_id=school_id, grade=grade, days=MOST_DAYS)
    if days.height and lenses:
        refuse_unknown("lens", lenses)
        spans = _spans(days, ask(viewer, "events_of_school", school_id=school_id, grade=grade, fiscal_year=now.fiscal_year), now)
        refuse_unknown("span", spans)
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
        tiles=tiles, charts=charts, lenses=lenses, days=days, spans=spans, months=months, children=children,
    )  # fmt: skip


def _spans(days: pl.DataFrame, events: pl.DataFrame, now: Period) -> dict[str, pl.Series]:
    """The 授業日 to choose from: the last twenty, and this term where the calendar says when it began."""
    known = days.get_column("day").sort(descending=True)
    spans = {"recent": known.head(DAYS_SHOWN)}
    begun = events.filter(pl.col("event").str.contains(TERM_BEGINS, literal=True), pl.col("day") <= now.day).get_column("day")
    if begun.len():
        spans["term"] = known.filter(known >= begun.max())
    return spans
