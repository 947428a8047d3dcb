"""What a wall shows of each item of a meeting: made once, as a viewer without names, when the meeting begins.

Words people typed stand on a slide only where no child of the school is named in them; everything else is counted or chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from access import Viewer, sight_of
from components.charts.trend import labelled, trend
from components.charts.xmr import xmr
from components.dates import grade_text, long_day_text, month_text, short_fiscal_year_text
from components.documents.pictures import svg_of
from components.documents.slide import Chart, ChartLine, Content, markup
from components.figures.figures import Figure, figure, figure_in, year_before
from components.figures.xmr import series_finding, series_of
from components.figures.xmr_rows import event_rows, month_rows
from components.session_answers import ask
from components.wording import _, language, said
from pages.child_names import names_in
from pages.choice import Period, offered_on, sources_of
from pages.months import MONTHS, axis_top, months_of, trend_finding, trend_rows
from pages.school.findings_card import changed_of
from pages.school.school_figures import series_of_school
from queries.catalogue import Indicator, indicators, title_of
from queries.screens import Form
from records import school_events
from records.decisions import Decision
from records.meetings import Item, Slide
from records.school_events import SchoolEvent

PICTURE = (1100, 400)  # points; shown half as large again and more on a wall of 1920, so that type of 22 is 28 and more there
STEPS = 3


def contents_of(
    viewer: Viewer, chosen: dict[str, Any], items: Iterable[Item], earlier: list[Decision], now: Period, names: frozenset[str]
) -> dict[int, Content]:
    """The slides of an agenda, by item. `viewer` must be masked; `names` are the children's, none of which may stand on a wall."""
    if not viewer.masked:
        raise ValueError("slides are made for a wall")
    return {item.item_id: _content(viewer, chosen, item, earlier, now, names) for item in items}


def slide_of(content: Content) -> Slide:
    """A slide as the store keeps it for the projectors."""
    chart = content.chart
    return Slide(markup(content), chart.dark if chart else None, chart.light if chart else None)


def offered(viewer: Viewer, school_id: int, form: Form = "slide") -> list[str]:
    """The indicators a meeting at a school may put on the wall: each as a slide of its own, or as tiles of one."""
    return offered_on("meeting", form, sources_of(viewer, school_id), sight_of(viewer).counts)


def _content(
    viewer: Viewer, chosen: dict[str, Any], item: Item, earlier: list[Decision], now: Period, names: frozenset[str]
) -> Content:
    if item.kind == "text":
        return Content(item.topic if not names_in(item.topic, names) else _("meeting.item"))
    if item.kind == "case":
        return Content(_(f"meeting.topic_{item.topic}"), code=item.code or "")
    if item.kind == "decisions":
        return _decisions(earlier)
    place = {"place": "school", "school_id": chosen["school_id"], "grade": None, "class_id": None}
    if item.kind == "tiles":
        return _tiles(viewer, chosen, place, now)
    if item.kind == "findings":
        return _findings(viewer, chosen, now)
    indicator = indicators()[item.topic]
    if item.kind == "grid":
        return _grid(viewer, chosen, indicator, now)
    if item.kind == "trend":
        return _trend(viewer, place, indicator, now)
    return _series(viewer, place, indicator, now, names)


def _decisions(earlier: list[Decision]) -> Content:
    if not earlier:
        return Content(_("meeting.no_earlier"))
    done, dropped, left = (sum(each.state == state for each in earlier) for state in ("done", "dropped", "open"))
    lines = (_("meeting.became_done", count=done), _("meeting.became_open", count=left), _("meeting.became_dropped", count=dropped))
    return Content(_("meeting.earlier", count=len(earlier)), lines=lines)


def _tiles(viewer: Viewer, chosen: dict[str, Any], place: dict[str, Any], now: Period) -> Content:
    figures = ask(viewer, "figures_of_place", **place)
    tiles = []
    for name in offered(viewer, chosen["school_id"], "tile"):
        this, last = figure(figures, name, now.fiscal_year), year_before(figures, name, now.fiscal_year)
        beside = f"{_('tile.same_time_last_year')} {last.text}" if last.value is not None else ""
        tiles.append((said(indicators()[name].label), this.text, beside))
    lead = title_of("school")
    both = [figure(figures, lead.name, year) for year in (now.fiscal_year, now.fiscal_year - 1)]
    return Content(trend_finding(lead, *both), tiles=tuple(tiles), until=now.until_text)


def _findings(viewer: Viewer, chosen: dict[str, Any], now: Period) -> Content:
    looked_at = series_of_school(viewer, chosen, offered(viewer, chosen["school_id"]))
    changed = [series_finding(series, place) for series, place in changed_of(looked_at)]
    if not changed:
        return Content(_("xmr.findings_none"))
    return Content(_("xmr.findings", findings=len(changed)), lines=tuple(changed), until=now.until_text)


def _grid(viewer: Viewer, chosen: dict[str, Any], indicator: Indicator, now: Period) -> Content:
    rows = ask(viewer, "figures_of_classes", school_id=chosen["school_id"], indicator=indicator.name)
    lines: dict[str, list[tuple[str, str, int]]] = {}
    for row in rows.rows(named=True):
        grade = _("school.special_classes") if row["is_special_needs"] else grade_text(row["grade"], chosen["school_kind"], language())
        made = figure_in(row, indicator.name)
        lines.setdefault(grade, []).append((row["class_name"], made.text, _step(made, indicator)))
    grid = tuple((grade, tuple(cells)) for grade, cells in lines.items())
    legend = (_("figure.legend"),) if rows.get_column("is_hidden").any() else ()
    return Content(_("meeting.grid", label=said(indicator.label)), grid=grid, events=legend, until=now.until_text)


def _step(made: Figure, indicator: Indicator) -> int:
    return 0 if made.value is None else min(STEPS, int(made.value / indicator.top * (STEPS + 1)))


def _trend(viewer: Viewer, place: dict[str, Any], indicator: Indicator, now: Period) -> Content:
    months = months_of(viewer, indicator.name, place)
    figures = ask(viewer, "figures_of_place", **place)
    years = [(now.fiscal_year, "this")] + ([(now.fiscal_year - 1, "last")] if indicator.is_compared_across_years else [])
    rows = pl.concat(
        [trend_rows(months, year, indicator.per, short_fiscal_year_text(year, language()), role) for year, role in years]
    )
    top = axis_top(rows, indicator)
    finding = trend_finding(
        indicator, figure(figures, indicator.name, now.fiscal_year), year_before(figures, indicator.name, now.fiscal_year)
    )
    labels = tuple(month_text(month, language()) for month in MONTHS)
    spec = trend(f"{said(indicator.label)} ({said(indicator.unit)})", labels, top, f".{indicator.decimals}f", projector=True)
    lines = []
    for year, _role in years:
        name = short_fiscal_year_text(year, language())
        known = dict(rows.filter(pl.col("series") == name).select("month_order", "value").iter_rows())
        lines.append(ChartLine(name, tuple(known.get(order) for order in range(len(MONTHS)))))
    return Content(finding, chart=_chart(labelled(rows, top), spec, labels, lines), until=now.until_text)


def _series(viewer: Viewer, place: dict[str, Any], indicator: Indicator, now: Period, names: frozenset[str]) -> Content:
    series = series_of(months_of(viewer, indicator.name, place), indicator)
    if series is None:
        return Content(_("xmr.too_few", label=said(indicator.label)))
    first = series.months.item(0, "month")
    events = [each for each in school_events.of_school(viewer, place["school_id"]) if first <= each.happened_on <= now.day]
    rows = pl.concat([month_rows(series), event_rows((each.happened_on, "") for each in events)]).with_columns(said=pl.lit(""))
    top = max(indicator.top, float(series.months.get_column("value").max() or 0))  # type: ignore[arg-type]
    spec = xmr(f"{said(indicator.label)} ({said(indicator.unit)})", top, projector=True)
    months = series.months
    low, centre, high = max(0.0, series.limits.low), series.limits.centre, series.limits.high
    limits = ((_("meeting.high"), high), (_("meeting.centre"), centre), (_("meeting.low"), low))
    lines = [ChartLine(said(indicator.label), tuple(months.get_column("value")))]
    lines += [ChartLine(name, (value,) * months.height) for name, value in limits]
    labels = tuple(f"{month.year}/{month.month}" for month in months.get_column("month"))
    told = tuple(_event(number, each) for number, each in enumerate(events, 1) if not names_in(each.title, names))
    return Content(series_finding(series), chart=_chart(rows, spec, labels, lines), events=told, until=now.until_text)


def _event(number: int, each: SchoolEvent) -> str:
    day = long_day_text(each.happened_on, language())
    return _("xmr.event", number=number, day=day, kind=_(f"xmr.kind_{each.kind}"), title=each.title)


def _chart(rows: pl.DataFrame, spec: dict[str, Any], labels: tuple[str, ...], lines: list[ChartLine]) -> Chart:
    dark = svg_of(rows, spec, *PICTURE)
    return Chart(dark, _in_light(dark), labels, tuple(lines))


def _in_light(svg: str) -> str:
    """The same picture for a lit room: ink for white, and the deeper of each pair of colours."""
    pairs = (("#F4F6F5", "#1B1F24"), ("#39424B", "#D9DDD8"), ("#5CC4CA", "#0B6E74"), ("#A9B1BA", "#6B7280"), ("#F08A3C", "#D55E00"),
             ("#101418", "#FFFFFF"))  # fmt: skip
    for dark, light in pairs:
        svg = svg.replace(dark, light).replace(dark.lower(), light.lower())
    return svg
