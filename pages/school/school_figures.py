"""Every question of the page of a school: asked in one go before its first word stands, but for what waits for a figure to be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from access import Viewer, sight_of
from components.choices import refuse_unknown
from components.dates import grade_text
from components.figures.xmr import XmrSeries, series_of
from components.session_answers import ask
from components.tables.origin import Origins
from components.wording import language
from pages.choice import Period, offered_on, period, sources_of
from pages.months import DISTRICT, months_of
from pages.origin import origins
from pages.recording import Registers, recording_of, registers
from queries.catalogue import Indicator, indicators, shown_on


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """A school in numbers.

    `figures` are rows of `figures_of_place`, `recording` of `recording_of_school`. `tiles`, `charts` and `findings` name
    what the page shows of them. Where there is no chart to choose, no `series` is looked through for findings and no
    `incidents` are asked for.
    """

    chosen: dict[str, Any]
    now: Period
    counts: frozenset[str]
    used: frozenset[str]
    figures: pl.DataFrame
    origins: Origins
    tiles: list[str]
    charts: list[str]
    findings: list[str]
    series: list[tuple[XmrSeries, str]]
    incidents: pl.DataFrame
    recording: pl.DataFrame
    registers: Registers


@dataclass(frozen=True, slots=True)
class ChosenFigure:
    """One figure of a school by class and by grade (no rows where it is not counted by class), and its months beside the district's."""

    indicator: Indicator
    classes: pl.DataFrame
    grades: pl.DataFrame
    months: pl.DataFrame
    district: pl.DataFrame


def school_figures(viewer: Viewer, chosen: dict[str, Any]) -> SchoolFigures:
    """All that is known of the school before a figure is chosen on its page; raises Refused('not_found') for one it has not."""
    school_id, now, counts = chosen["school_id"], period(viewer, chosen["school_id"]), sight_of(viewer).counts
    used = sources_of(viewer, school_id)
    tiles = offered_on("school", ("tile", "tile_unless_mood"), used, counts)
    charts, findings = (offered_on("school", form, used, counts) for form in ("chart", "finding"))
    series, incidents = [], pl.DataFrame()
    if charts:
        refuse_unknown("indicator", charts)
        series = series_of_school(viewer, chosen, findings)
        incidents = ask(viewer, "incidents_of_school", school_id=school_id, fiscal_year=now.fiscal_year)
    figures = ask(viewer, "figures_of_place", **_place(school_id))
    return SchoolFigures(
        chosen, now, counts, used, figures, origins(viewer, school_id),
        tiles=tiles, charts=charts, findings=findings, series=series, incidents=incidents,
        recording=recording_of(viewer, school_id), registers=registers(viewer, school_id),
    )  # fmt: skip


def chosen_figure(viewer: Viewer, school_id: int, indicator: Indicator) -> ChosenFigure:
    """All that is known of one figure of the school."""
    classes = grades = pl.DataFrame()
    if "class" in indicator.levels:
        classes = ask(viewer, "figures_of_classes", school_id=school_id, indicator=indicator.name)
        grades = ask(viewer, "figures_of_grades", school_id=school_id, indicator=indicator.name)
    months = months_of(viewer, indicator.name, _place(school_id))
    return ChosenFigure(indicator, classes, grades, months, months_of(viewer, indicator.name, DISTRICT))


def series_of_school(viewer: Viewer, chosen: dict[str, Any], names: list[str]) -> list[tuple[XmrSeries, str]]:
    """The series of the school and of its grades, as far as their months can be judged, each with the grade it is of."""
    months = [(months_of(viewer, name, _place(chosen["school_id"])), name, "") for name in names]
    for name in [each.name for each in shown_on("school", "grade_finding") if each.name in names]:
        rows = ask(viewer, "months_of_grades", school_id=chosen["school_id"], indicator=name)
        for grade in sorted(set(rows.get_column("grade").drop_nulls())):
            words = grade_text(grade, chosen["school_kind"], language())
            months.append((rows.filter(pl.col("grade") == grade), name, words))
    found = [(series_of(rows, indicators()[name]), words) for rows, name, words in months]
    return [(series, words) for series, words in found if series is not None]


def _place(school_id: int) -> dict[str, Any]:
    return {"place": "school", "school_id": school_id, "grade": None, "class_id": None}
