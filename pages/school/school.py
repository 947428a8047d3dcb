"""One school: where it stands beside last 年度, by grade and class, and through the months."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card
from components.cards.states import quiet, where
from components.cards.tiles import Tile, definitions, indicator_tile, mood_tile, tiles, without
from components.charts.grid import grid
from components.dates import grade_text, short_fiscal_year_text
from components.figures.figures import Figure, figure, figure_in, value_text, year_before
from components.wording import _, language, said
from pages.add_to_meeting import to_meeting
from pages.choice import school_choice
from pages.gaps import gaps_notice
from pages.months import about, indicator_choice, trend_card, trend_finding, trend_lines
from pages.recording import recorded_texts, recording_notice, school_register_finding
from pages.school.findings_card import findings_card
from pages.school.incidents_card import incidents_card
from pages.school.practice_card import practice_card
from pages.school.school_figures import ChosenFigure, SchoolFigures, chosen_figure, school_figures
from pages.school.xmr_card import xmr_card
from queries.catalogue import Indicator, shown_on, sources, title_of


def page(viewer: Viewer) -> None:
    """How one school is doing, in numbers."""
    chosen = school_choice(viewer)
    asked = school_figures(viewer, chosen)
    _head(viewer, asked)
    if not asked.charts:  # a sentence of the head has said what does not come
        return
    to_agenda = partial(to_meeting, viewer, chosen["school_id"])
    findings_card(asked.series, asked.now, asked.origins.of_figures(asked.findings), partial(to_agenda, "findings"))
    found = chosen_figure(viewer, chosen["school_id"], indicator_choice(asked.charts))
    _indicator_cards(viewer, asked, found, to_agenda)
    incidents_card(asked.incidents, asked.now, asked.origins.of(("incidents",)))
    practice_card(viewer, chosen, asked.charts)


def _head(viewer: Viewer, asked: SchoolFigures) -> None:
    """The finding, the tiles, what they mean, and what the school does not use."""
    name, now, used, counts = asked.chosen["school_name"], asked.now, asked.used, asked.counts
    lead = title_of("school")
    both = [figure(asked.figures, lead.name, year) for year in (now.fiscal_year, now.fiscal_year - 1)]
    st.title(_("school.finding", name=name, finding=trend_finding(lead, *both)), anchor=False)
    where(f"{name}　{now.until_text}")
    recording_notice(asked.recording)
    gaps_notice(viewer, asked.chosen["school_id"])
    if words := school_register_finding(asked.registers):
        quiet(words)
    tiles(_tiles(asked, has_mood="mood" in counts & used))
    without([kind for kind in sources() if kind in counts and kind not in used])
    if lead.source in used and both[0].is_unknown:
        quiet(_("state.no_school_days"))
    definitions(asked.tiles, asked.origins.of_figures(asked.tiles))


def _indicator_cards(viewer: Viewer, asked: SchoolFigures, found: ChosenFigure, to_agenda: Callable[..., None]) -> None:
    """One indicator by class, through the months beside the district, against its own variation, and by grade."""
    indicator, now = found.indicator, asked.now
    came_by = asked.origins.of_figures([indicator.name])
    _grid_card(found, asked, came_by, partial(to_agenda, "grid", indicator.name), projector=viewer.masked)
    this, last = figure(asked.figures, indicator.name, now.fiscal_year), year_before(asked.figures, indicator.name, now.fiscal_year)
    lines = trend_lines(indicator, now, found.months, (_("tile.district"), found.district))
    beside = partial(to_agenda, "trend", indicator.name)
    trend_card(indicator, now, trend_finding(indicator, this, last), lines, came_by, projector=viewer.masked, beside=beside)
    xmr_card(viewer, asked.chosen["school_id"], indicator, found.months, now, came_by)
    _grades_card(found, asked, came_by)


def _tiles(asked: SchoolFigures, *, has_mood: bool) -> list[Tile]:
    figures, shown, now = asked.figures, asked.tiles, asked.now
    recorded = recorded_texts(asked.recording, now.day)
    drawn = [
        indicator_tile(
            figure(figures, name, now.fiscal_year),
            year_before(figures, name, now.fiscal_year),
            _("tile.same_time_last_year"),
            recorded,
        )
        for name in shown
    ]
    if has_mood:
        # The mood takes the place of another tile where both are there: five tiles, not six.
        giving_way = {each.name for each in shown_on("school", "tile_unless_mood")}
        drawn = [tile for tile, name in zip(drawn, shown, strict=True) if name not in giving_way]
        drawn.insert(min(2, len(drawn)), mood_tile(figures, now.fiscal_year, recorded))
    return drawn


def _grid_card(
    found: ChosenFigure, asked: SchoolFigures, came_by: pl.DataFrame, beside: Callable[[], None], *, projector: bool
) -> None:
    rows, indicator = found.classes, found.indicator
    if rows.height < 2:
        return  # one class is the school itself
    classes = [(row, figure_in(row, indicator.name)) for row in rows.rows(named=True)]
    values = [(row, made) for row, made in classes if made.value is not None]
    finding = _grid_finding(indicator, [made for _row, made in values])
    table = rows.select(
        **{
            _("column.class"): pl.col("class_name"),
            said(indicator.label): pl.Series([made.text for _row, made in classes], dtype=pl.String),
            _("column.people"): pl.col("people"),
        }
    )
    with card(Card(finding, f"grid-{indicator.name}", about(indicator, asked.now), table, f"miharashi-classes-{indicator.name}",
                   origin=came_by, beside=beside)):  # fmt: skip
        if not values:
            quiet(_("state.no_months", label=said(indicator.label)))
            return
        grades, columns, cells, texts, keys = _grid(classes, asked.chosen["school_kind"])
        event = st.plotly_chart(
            grid(grades, columns, cells, texts, indicator.top, projector=projector),
            width="stretch",
            theme=None,
            on_select="rerun",
            selection_mode="points",
            key=f"grid-{indicator.name}-{'projector' if projector else 'desk'}",
            config={"displayModeBar": False},
            alt=finding,
        )
        if any(made.is_hidden for _row, made in classes):
            st.text(_("figure.legend"))
        if "class" in st.session_state["pages"] and not projector:
            st.text(_("school.choose_class"))
            for point in event.selection.points:
                key = keys.get((point["y"], point["x"]))
                if key:
                    st.switch_page(st.session_state["pages"]["class"], query_params={"class": key})


def _grid(
    classes: list[tuple[dict[str, Any], Figure]], kind: str
) -> tuple[list[str], list[str], list[list[float | None]], list[list[str]], dict[tuple[str, str], str]]:
    """Classes laid out by grade down and place in the grade across; special classes have a line of their own."""
    lines: dict[str, list[tuple[dict[str, Any], Figure]]] = {}
    for row, made in classes:
        grade = _("school.special_classes") if row["is_special_needs"] else grade_text(row["grade"], kind, language())
        lines.setdefault(grade, []).append((row, made))
    width = max(len(line) for line in lines.values())
    columns = [_("school.column", number=number + 1) for number in range(width)]
    cells: list[list[float | None]] = []
    texts: list[list[str]] = []
    keys: dict[tuple[str, str], str] = {}
    for grade, line in lines.items():
        cells.append([0.0 if made.is_hidden else made.value for _row, made in line] + [None] * (width - len(line)))
        texts.append(
            [f"{escape(row['class_name'])}<br><b>{made.text}</b>" for row, made in line] + [""] * (width - len(line))
        )
        keys.update({(grade, columns[at]): row["class_key"] for at, (row, _made) in enumerate(line)})
    return list(lines), columns, cells, texts, keys


def _grid_finding(indicator: Indicator, figures: list[Figure]) -> str:
    if not figures:
        return said(indicator.label)
    known = [made.value for made in figures if made.value is not None and made.is_comparable]
    if not known:
        return said(indicator.label)
    return _(
        "school.grid_finding",
        label=said(indicator.label),
        low=value_text(indicator, min(known)),
        high=value_text(indicator, max(known)),
        classes=len(known),
    )


def _grades_card(found: ChosenFigure, asked: SchoolFigures, came_by: pl.DataFrame) -> None:
    rows, indicator = found.grades, found.indicator
    if rows.is_empty():
        return
    years = sorted(set(rows.get_column("fiscal_year")), reverse=True)
    if not indicator.is_compared_across_years:
        years = years[:1]
    by_grade: dict[int, dict[int, Figure]] = {}
    for row in rows.rows(named=True):
        by_grade.setdefault(row["grade"], {})[row["fiscal_year"]] = figure_in(row, indicator.name)
    table = pl.DataFrame(
        {
            _("column.grade"): [grade_text(grade, asked.chosen["school_kind"], language()) for grade in by_grade],
            **{
                short_fiscal_year_text(year, language()): [
                    figures[year].text if year in figures else _("figure.none") for figures in by_grade.values()
                ]
                for year in years
            },
        }
    )
    finding = _("school.grades_finding", label=said(indicator.label))
    name = f"miharashi-grades-{indicator.name}"
    with card(Card(finding, f"grades-{indicator.name}", about(indicator, asked.now), table, name, is_table_shown=True, origin=came_by)):
        st.table(table.to_arrow(), border="horizontal")
        if rows.get_column("is_hidden").any():
            st.text(_("figure.legend"))
