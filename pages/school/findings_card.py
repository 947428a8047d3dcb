"""What has changed at a school, or in the district, beyond noise, in sentences made by rule, each with the numbers behind it."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import streamlit as st

from components.cards.card import Card, foot, frame, heading
from components.figures.figures import value_text
from components.figures.xmr import XmrSeries, limit_texts, month_words, series_finding, strength
from components.wording import _, said
from pages.choice import Period


def findings_card(
    looked_at: list[tuple[XmrSeries, str]], now: Period, origin: pl.DataFrame | None, beside: Callable[[], None] | None = None
) -> None:
    """The changes, what goes furthest beyond its own variation first; that there is none is said too."""
    changed = changed_of(looked_at)
    finding = _("xmr.findings", findings=len(changed)) if changed else _("xmr.findings_none")
    with frame("findings"):
        heading(finding, _("xmr.findings_about"))
        if changed:
            st.text("\n".join(_("xmr.line", said=series_finding(series, place)) for series, place in changed))
        about = "\n".join((_("xmr.findings_about"), _("xmr.looked_at", figures=len(looked_at)), _("xmr.about")))
        foot(Card(finding, "findings", f"{about}\n{now.until_text}", _numbers(looked_at), "miharashi-findings", origin=origin,
                  beside=beside))  # fmt: skip


def changed_of(looked_at: list[tuple[XmrSeries, str]]) -> list[tuple[XmrSeries, str]]:
    """What has changed beyond noise, furthest first, each with the grade it is of."""
    changed = [pair for pair in looked_at if strength(pair[0]) > 0]
    return sorted(changed, key=lambda pair: strength(pair[0]), reverse=True)


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
