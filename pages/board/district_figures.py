"""Every question of the page of all schools: asked in one go before its first word stands, but for what waits for a figure to be chosen."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from access import Viewer
from components.choices import refuse_unknown
from components.figures.xmr import XmrSeries, series_of
from components.session_answers import ask
from components.tables.origin import Origins
from pages.choice import Period, offered_on, period
from pages.months import DISTRICT, months_of
from pages.origin import origins
from pages.recording import Registers, registers
from queries.catalogue import Indicator, indicators, title_of


@dataclass(frozen=True, slots=True)
class DistrictFigures:
    """The district in numbers.

    `figures` are rows of `figures_of_place`, `coverage` of `coverage_of_schools`. `tiles`, `charts` and `findings` name
    what the page shows of them. Where there is no chart to choose, no `series` is looked through for findings.
    """

    now: Period
    used: frozenset[str]
    figures: pl.DataFrame
    schools: int
    coverage: pl.DataFrame
    origins: Origins
    tiles: list[str]
    charts: list[str]
    findings: list[str]
    series: list[tuple[XmrSeries, str]]
    registers: Registers


@dataclass(frozen=True, slots=True)
class ChosenFigure:
    """One figure: the months of each school, of the district, and each school's year so far."""

    indicator: Indicator
    months_of_schools: pl.DataFrame
    months: pl.DataFrame
    schools: pl.DataFrame


def district_figures(viewer: Viewer) -> DistrictFigures:
    """All that is known of the district before a figure is chosen on its page; raises Refused('not_found') for one it has not."""
    coverage = ask(viewer, "coverage_of_schools")
    used = frozenset(coverage.get_column("source").drop_nulls())
    tiles, charts, findings = (offered_on("district", form, used) for form in ("tile", "chart", "finding"))
    if charts:
        refuse_unknown("indicator", charts)
    by_school = ask(viewer, "figures_of_schools", indicator=title_of("district").name)
    return DistrictFigures(
        period(viewer), used, ask(viewer, "figures_of_place", **DISTRICT),
        schools=by_school.get_column("school_id").n_unique(),
        coverage=coverage, origins=origins(viewer), tiles=tiles, charts=charts, findings=findings,
        series=_series(viewer, findings) if charts else [], registers=registers(viewer),
    )  # fmt: skip


def chosen_figure(viewer: Viewer, indicator: Indicator, fiscal_year: int) -> ChosenFigure:
    """All that is known of one figure of the district."""
    return ChosenFigure(
        indicator,
        ask(viewer, "months_of_schools", indicator=indicator.name, fiscal_year=fiscal_year),
        months_of(viewer, indicator.name, DISTRICT),
        ask(viewer, "figures_of_schools", indicator=indicator.name),
    )


def _series(viewer: Viewer, names: list[str]) -> list[tuple[XmrSeries, str]]:
    """The series of the whole district, as far as their months can be judged; of no grade."""
    found = [series_of(months_of(viewer, name, DISTRICT), indicators()[name]) for name in names]
    return [(series, "") for series in found if series is not None]
