"""What has changed at a school beyond noise, in sentences made by rule, each with the numbers behind it."""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, foot, frame, heading
from components.dates import grade_text
from components.figures.figures import value_text
from components.figures.xmr import XmrSeries, limit_texts, month_words, series_finding, series_of, strength
from components.session_answers import ask
from components.wording import _, language, said
from pages.add_to_meeting import to_meeting
from pages.choice import Period
from pages.months import months_of
from pages.origin import origin_of
from queries.catalogue import indicators, shown_on


def findings_card(viewer: Viewer, chosen: dict[str, Any], offered: list[str], now: Period) -> None:
    """The changes of this school, what goes furthest beyond its own variation first; that there is none is said too."""
    looked_at = _all_series(viewer, chosen, offered)
    changed = _changed(looked_at)
    finding = _("xmr.findings", findings=len(changed)) if changed else _("xmr.findings_none")
    with frame("findings"):
        heading(finding, _("xmr.findings_about"))
        if changed:
            st.text("\n".join(_("xmr.line", said=series_finding(series, place)) for series, place in changed))
        about = "\n".join((_("xmr.findings_about"), _("xmr.looked_at", figures=len(looked_at)), _("xmr.about")))
        came_by = origin_of(viewer, offered, chosen["school_id"])
        table = _numbers(looked_at)
        foot(Card(finding, "findings", f"{about}\n{now.until_text}", table, "miharashi-findings", origin=came_by,
                  beside=partial(to_meeting, viewer, chosen["school_id"], "findings")))  # fmt: skip


def district_findings_card(viewer: Viewer, offered: list[str], now: Period) -> None:
    """The changes of the whole district beyond its own variation; that there is none is said too."""
    place = {"place": "district", "school_id": None, "grade": None, "class_id": None}
    found = [series_of(months_of(viewer, name, place), indicators()[name]) for name in offered]
    looked_at = [(series, "") for series in found if series is not None]
    changed = _changed(looked_at)
    finding = _("xmr.findings", findings=len(changed)) if changed else _("xmr.findings_none")
    with frame("findings"):
        heading(finding, _("xmr.findings_about"))
        if changed:
            st.text("\n".join(_("xmr.line", said=series_finding(series)) for series, _place in changed))
        about = "\n".join((_("xmr.findings_about"), _("xmr.looked_at", figures=len(looked_at)), _("xmr.about")))
        foot(Card(finding, "findings", f"{about}\n{now.until_text}", _numbers(looked_at), "miharashi-findings",
                  origin=origin_of(viewer, offered)))  # fmt: skip


def changes_of(viewer: Viewer, chosen: dict[str, Any], offered: list[str]) -> list[tuple[XmrSeries, str]]:
    """What has changed beyond noise, furthest first, each with the grade it is of."""
    return _changed(_all_series(viewer, chosen, offered))


def _changed(looked_at: list[tuple[XmrSeries, str]]) -> list[tuple[XmrSeries, str]]:
    changed = [pair for pair in looked_at if strength(pair[0]) > 0]
    return sorted(changed, key=lambda pair: strength(pair[0]), reverse=True)


def _all_series(viewer: Viewer, chosen: dict[str, Any], offered: list[str]) -> list[tuple[XmrSeries, str]]:
    """The series of the school and of its grades, as far as their months can be judged, each with the grade it is of."""
    school = {"place": "school", "school_id": chosen["school_id"], "grade": None, "class_id": None}
    months = [(months_of(viewer, name, school), name, "") for name in offered]
    for name in [each.name for each in shown_on("school", "grade_finding") if each.name in offered]:
        rows = ask(viewer, "months_of_grades", school_id=chosen["school_id"], indicator=name)
        for grade in sorted(set(rows.get_column("grade").drop_nulls())):
            words = grade_text(grade, chosen["school_kind"], language())
            months.append((rows.filter(pl.col("grade") == grade), name, words))
    found = [(series_of(rows, indicators()[name]), words) for rows, name, words in months]
    return [(series, words) for series, words in found if series is not None]


def _numbers(looked_at: list[tuple[XmrSeries, str]]) -> pl.DataFrame:
    rows = []
    for series, place in looked_at:
        newest = series.judged.row(-1, named=True)
        low, high = limit_texts(series)
        label = said(series.indicator.label)
        rows.append(
            (
                _("xmr.of", place=place, label=label) if place else label,
                f"{month_words(newest['month'])}　{value_text(series.indicator, newest['value'])}",
                value_text(series.indicator, series.limits.centre),
                f"{low} – {high}",
                _("state.comma").join(_(f"xmr.rule_{rule}") for rule in newest["signals"]) or _("figure.none"),
            )
        )
    names = ("figure", "newest", "centre", "range", "stands_out")
    return pl.DataFrame(rows, schema={_(f"column.{name}"): pl.String for name in names}, orient="row")
