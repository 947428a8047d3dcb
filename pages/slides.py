"""What a wall shows of each item of a meeting: made once, as a viewer without names, when the meeting begins.

Words people typed stand on a slide only where no child of the school is named in them; everything else is counted or chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

import polars as pl

from access import Viewer, sight_of
from components.answers import ask
from components.charts.trend import trend
from components.charts.xmr import xmr
from components.dates import grade_text, long_day_text, month_text, short_fiscal_year_text
from components.figures import Figure, figure, figure_in, year_before
from components.pictures import svg_of
from components.wording import _, language, said
from components.xmr import series_finding, series_of
from components.xmr_rows import event_rows, month_rows
from pages.choice import Period, sources_of
from pages.findings_card import changes_of
from pages.months import MONTHS, axis_top, labelled, months_of, trend_finding, trend_rows
from pages.school import CHOICE_NAMES
from queries.catalogue import Indicator, indicators
from records import school_events
from records.decisions import Decision
from records.meetings import Item, Slide
from records.school_events import SchoolEvent

PICTURE = (1240, 520)  # points; shown half as large again on a wall of 1920
TILES = ("absence_rate", "long_absence", "late_rate", "health_room_visits", "study_minutes", "overtime_hours")
STEPS = 3


def slides_of(
    viewer: Viewer, chosen: dict[str, Any], items: Iterable[Item], earlier: list[Decision], now: Period, names: frozenset[str]
) -> dict[int, Slide]:
    """The slides of an agenda, by item. `viewer` must be masked; `names` are the children's, none of which may stand on a wall."""
    if not viewer.masked:
        raise ValueError("slides are made for a wall")
    return {item.item_id: _slide(viewer, chosen, item, earlier, now, names) for item in items}


def offered(viewer: Viewer, school_id: int) -> list[str]:
    """The indicators there are slides of at a school: those its page offers."""
    counts, used = sight_of(viewer).counts, sources_of(viewer, school_id)
    return [name for name in CHOICE_NAMES if indicators()[name].kind in counts and indicators()[name].source in used]


def names_of(viewer: Viewer, school_id: int) -> frozenset[str]:
    """How the children of a school are called: the full name, its reading, and the given name with さん, くん or ちゃん."""
    rows = ask(viewer, "children_of_school", school_id=school_id)
    called: set[str] = set()
    for row in rows.rows(named=True):
        called.add(f"{row['family_name']}{row['given_name']}")
        called.add(f"{row['family_name_kana'] or ''}{row['given_name_kana'] or ''}")
        called |= {f"{row['given_name']}{title}" for title in _("meeting.titles").split("|")}
    return frozenset(called - {""})


def names_in(words: str, names: frozenset[str]) -> bool:
    """Whether a child is named in these words, with or without a space."""
    plain = "".join(words.split())
    return any(name in plain for name in names)


def _slide(
    viewer: Viewer, chosen: dict[str, Any], item: Item, earlier: list[Decision], now: Period, names: frozenset[str]
) -> Slide:
    if item.kind == "text":
        return Slide(_heading(item.topic if not names_in(item.topic, names) else _("meeting.item"), is_alone=True))
    if item.kind == "case":
        return Slide(f'<p class="code">{escape(item.code or "")}</p>' + _heading(_(f"meeting.topic_{item.topic}"), is_alone=True))
    if item.kind == "decisions":
        return Slide(_decisions(earlier))
    place = {"place": "school", "school_id": chosen["school_id"], "grade": None, "class_id": None}
    if item.kind == "tiles":
        return Slide(_tiles(viewer, chosen, place, now))
    if item.kind == "findings":
        return Slide(_findings(viewer, chosen, now))
    indicator = indicators()[item.topic]
    if item.kind == "grid":
        return Slide(_grid(viewer, chosen, indicator, now))
    if item.kind == "trend":
        return _trend(viewer, place, indicator, now)
    return _series(viewer, place, indicator, now, names)


def _heading(words: str, *, is_alone: bool = False) -> str:
    opened = '<h1 class="alone">' if is_alone else "<h1>"
    return f"{opened}{escape(words)}</h1>"


def _until(now: Period) -> str:
    return f'<p class="until">{escape(now.until_text)}</p>'


def _decisions(earlier: list[Decision]) -> str:
    if not earlier:
        return _heading(_("meeting.no_earlier"), is_alone=True)
    done, dropped, left = (sum(each.state == state for each in earlier) for state in ("done", "dropped", "open"))
    lines = [_("meeting.became_done", count=done), _("meeting.became_open", count=left), _("meeting.became_dropped", count=dropped)]
    return _heading(_("meeting.earlier", count=len(earlier))) + "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _tiles(viewer: Viewer, chosen: dict[str, Any], place: dict[str, Any], now: Period) -> str:
    figures = ask(viewer, "figures_of_place", **place)
    there = offered(viewer, chosen["school_id"])
    drawn = []
    for name in [name for name in TILES if name in there]:
        this, last = figure(figures, name, now.fiscal_year), year_before(figures, name, now.fiscal_year)
        beside = f"{_('tile.same_time_last_year')} {last.text}" if last.value is not None else ""
        drawn.append(f"<li>{escape(said(indicators()[name].label))}<b>{escape(this.text)}</b>{escape(beside)}</li>")
    absence = [figure(figures, "absence_rate", year) for year in (now.fiscal_year, now.fiscal_year - 1)]
    finding = trend_finding(indicators()["absence_rate"], *absence)
    return _heading(finding) + f'<ul class="tiles">{"".join(drawn)}</ul>' + _until(now)


def _findings(viewer: Viewer, chosen: dict[str, Any], now: Period) -> str:
    changed = [series_finding(series, place) for series, place in changes_of(viewer, chosen, offered(viewer, chosen["school_id"]))]
    if not changed:
        return _heading(_("xmr.findings_none"), is_alone=True)
    lines = "".join(f"<li>{escape(line)}</li>" for line in changed)
    return _heading(_("xmr.findings", findings=len(changed))) + f"<ul>{lines}</ul>" + _until(now)


def _grid(viewer: Viewer, chosen: dict[str, Any], indicator: Indicator, now: Period) -> str:
    rows = ask(viewer, "figures_of_classes", school_id=chosen["school_id"], indicator=indicator.name)
    lines: dict[str, list[str]] = {}
    for row in rows.rows(named=True):
        grade = _("school.special_classes") if row["is_special_needs"] else grade_text(row["grade"], chosen["school_kind"], language())
        lines.setdefault(grade, []).append(_cell(row["class_name"], figure_in(row, indicator.name), indicator))
    body = "".join(f"<tr><th>{escape(grade)}</th>{''.join(cells)}</tr>" for grade, cells in lines.items())
    return _heading(_("meeting.grid", label=said(indicator.label))) + f"<table>{body}</table>" + _until(now)


def _cell(name: str, made: Figure, indicator: Indicator) -> str:
    step = 0 if made.value is None else min(STEPS, int(made.value / indicator.top * (STEPS + 1)))
    return f'<td class="step-{step}">{escape(name)}<b>{escape(made.text)}</b></td>'


def _trend(viewer: Viewer, place: dict[str, Any], indicator: Indicator, now: Period) -> Slide:
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
    return _with_picture(finding, labelled(rows, top), spec, now)


def _series(viewer: Viewer, place: dict[str, Any], indicator: Indicator, now: Period, names: frozenset[str]) -> Slide:
    series = series_of(months_of(viewer, indicator.name, place), indicator)
    if series is None:
        return Slide(_heading(_("xmr.too_few", label=said(indicator.label)), is_alone=True))
    first = series.months.item(0, "month")
    events = [each for each in school_events.of_school(viewer, place["school_id"]) if first <= each.happened_on <= now.day]
    rows = pl.concat([month_rows(series), event_rows((each.happened_on, "") for each in events)]).with_columns(said=pl.lit(""))
    top = max(indicator.top, float(series.months.get_column("value").max() or 0))  # type: ignore[arg-type]
    told = "".join(f"<li>{escape(_event(number, each))}</li>" for number, each in enumerate(events, 1) if not names_in(each.title, names))
    below = f'<ul class="events">{told}</ul>' if told else ""
    spec = xmr(f"{said(indicator.label)} ({said(indicator.unit)})", top, projector=True)
    return _with_picture(series_finding(series), rows, spec, now, below)


def _event(number: int, each: SchoolEvent) -> str:
    day = long_day_text(each.happened_on, language())
    return _("xmr.event", number=number, day=day, kind=_(f"xmr.kind_{each.kind}"), title=each.title)


def _with_picture(finding: str, rows: pl.DataFrame, spec: dict[str, Any], now: Period, below: str = "") -> Slide:
    dark = svg_of(rows, spec, *PICTURE)
    return Slide(_heading(finding) + '<div class="picture"></div>' + below + _until(now), dark, _in_light(dark))


def _in_light(svg: str) -> str:
    """The same picture for a lit room: ink for white, and the deeper of each pair of colours."""
    pairs = (("#F4F6F5", "#1B1F24"), ("#39424B", "#D9DDD8"), ("#5CC4CA", "#0B6E74"), ("#A9B1BA", "#6B7280"), ("#F08A3C", "#D55E00"),
             ("#101418", "#FFFFFF"))  # fmt: skip
    for dark, light in pairs:
        svg = svg.replace(dark, light).replace(dark.lower(), light.lower())
    return svg
