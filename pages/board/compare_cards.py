"""Two to four schools beside each other: their figures with intervals, what may be said of them, and their months."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, foot, frame, heading, picture
from components.cards.states import quiet
from components.charts.intervals import intervals
from components.charts.xmr import xmr as drawn
from components.choices import several
from components.figures.figures import Figure, figure_in
from components.figures.funnel import Funnel, Place, interval_of, interval_text, overlaps
from components.figures.xmr import series_finding, series_of
from components.figures.xmr_rows import month_rows
from components.wording import _, language, said
from pages.choice import Period
from pages.months import about, months_of
from pages.origin import origin_of
from queries.catalogue import Indicator

MOST_SCHOOLS = 4
INTERVAL_ROWS = {
    "place": pl.String, "place_order": pl.Int32, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "said": pl.String,
}  # fmt: skip


def side_by_side(
    viewer: Viewer, found: Funnel | None, rows: pl.DataFrame, indicator: Indicator, names: dict[str, str], now: Period
) -> list[Place]:
    """The schools chosen, with intervals and in words; which they are."""
    phi = found.phi if found else 1.0
    places = {
        row["school_key"]: Place(row["school_key"], row["school_id"], row["school_name"], figure_in(row, indicator.name), "unknown")
        for row in rows.rows(named=True)
    }
    with frame("side-by-side"):
        head = st.container()
        keys = several("schools", _("compare.choose", most=MOST_SCHOOLS), names, MOST_SCHOOLS)
        chosen = [places[key] for key in names if key in keys]  # in the order of the list, never of the figures
        finding = _("compare.beside", label=said(indicator.label), schools=len(chosen)) if chosen else _("compare.beside_none")
        with head:
            heading(finding, _("compare.beside_about"))
        if len(chosen) < 2:
            quiet(_("compare.choose_two"))
            return chosen
        _draw_intervals(viewer, chosen, indicator, phi, finding)
        st.text("\n".join(overlaps(chosen, phi)))
        table = pl.DataFrame(
            {
                _("column.school"): [place.name for place in chosen],
                said(indicator.label): [place.figure.text for place in chosen],
                _("column.interval"): [interval_text(place.figure, phi) for place in chosen],
                _("column.people"): pl.Series([place.figure.people for place in chosen], dtype=pl.Int32),
            }
        )
        meaning = "\n".join((about(indicator, now), _("compare.beside_about")))
        foot(Card(finding, "side-by-side", meaning, table, f"miharashi-schools-{indicator.name}",
                  origin=origin_of(viewer, [indicator.name])))  # fmt: skip
    return chosen


def _draw_intervals(viewer: Viewer, chosen: list[Place], indicator: Indicator, phi: float, finding: str) -> None:
    """Each school's figure as a dot on the interval it may lie in."""
    words = []
    for place in chosen:
        value, span = place.figure.text, interval_text(place.figure, phi)
        words.append(f"{value}（{span}）" if language() == "ja" else f"{value} ({span})")
    figures = [place.figure for place in chosen]
    spans = [interval_of(made, phi) for made in figures]
    top = max([indicator.top, *(span.high for span in spans if span)])
    picture(
        interval_rows([place.name for place in chosen], figures, phi, words),
        intervals(f"{said(indicator.label)} ({said(indicator.unit)})", top, viewer.masked),
        finding,
        f"intervals-{indicator.name}-{len(chosen)}-{language()}",
    )


def interval_rows(names: list[str], figures: list[Figure], phi: float, words: list[str]) -> pl.DataFrame:
    """The rows of a picture of figures with their intervals, one for each place, in the order given."""
    spans = [interval_of(made, phi) for made in figures]
    return pl.DataFrame(
        {
            "place": names,
            "place_order": list(range(len(names))),
            "value": [made.value if made.is_comparable else None for made in figures],
            "low": [span.low if span else None for span in spans],
            "high": [span.high if span else None for span in spans],
            "said": words,
        },
        schema=INTERVAL_ROWS,
    )


def series_cards(viewer: Viewer, chosen: list[Place], indicator: Indicator) -> None:
    """The months of each school chosen, against the limits of its own ordinary variation, all on one scale."""
    if "month" not in indicator.periods:
        return
    found = []
    for place in chosen:
        school = {"place": "school", "school_id": place.school_id, "grade": None, "class_id": None}
        found.append((place, series_of(months_of(viewer, indicator.name, school), indicator)))
    highest = [float(series.months.get_column("value").max() or 0) for _place, series in found if series]  # type: ignore[arg-type]
    for place, series in found:
        if series is None:
            quiet(_("compare.no_series", school=place.name))
            continue
        finding = series_finding(series, place.name)
        with frame(f"series-{place.key}"):
            heading(finding, _("xmr.about"))
            picture(
                month_rows(series),
                drawn(f"{said(indicator.label)} ({said(indicator.unit)})", max(indicator.top, *highest), viewer.masked),
                finding,
                f"series-{indicator.name}-{place.key}-{language()}",
            )
