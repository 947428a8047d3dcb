"""管理図 of a school: what is ordinary variation and what is not, with the events the head has written into it."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import polars as pl
import streamlit as st

from access import Refused, Viewer
from access.clock import today
from components.cards.card import Card, foot, frame, heading, picture
from components.cards.states import quiet
from components.charts.xmr import xmr as drawn
from components.dates import long_day_text
from components.figures.before_after import before_and_after
from components.figures.figures import value_text
from components.figures.xmr import XmrSeries, limit_texts, month_words, series_finding, series_of
from components.figures.xmr_rows import event_rows, month_rows, rules_text
from components.wording import _, language, said
from pages.add_to_meeting import to_meeting
from pages.choice import Period
from pages.months import about
from queries.catalogue import Indicator
from records import school_events
from records.school_events import KINDS, LONGEST, SchoolEvent

TITLE, KIND, DAY = "event-title", "event-kind", "event-day"


def xmr_card(
    viewer: Viewer, school_id: int, indicator: Indicator, months: pl.DataFrame, now: Period, origin: pl.DataFrame
) -> None:
    """Every month there is, against the limits of its own ordinary variation. `months` are rows of `months_of_place`."""
    series = series_of(months, indicator)
    if series is None:
        quiet(_("xmr.too_few", label=said(indicator.label)))
        return
    first = series.months.item(0, "month")
    events = [event for event in school_events.of_school(viewer, school_id) if first <= event.happened_on <= now.day]
    finding = series_finding(series)
    with frame(f"xmr-{indicator.name}"):
        heading(finding, _("xmr.about"))
        told = [(event.happened_on, event_text(number, event)) for number, event in enumerate(events, start=1)]
        rows = pl.concat([month_rows(series), event_rows(told)])
        top = max(indicator.top, float(series.months.get_column("value").max() or 0))  # type: ignore[arg-type]
        picture(rows, drawn(f"{said(indicator.label)} ({said(indicator.unit)})", top, viewer.masked), finding,
                f"xmr-{indicator.name}-{language()}")  # fmt: skip
        low, high = limit_texts(series)
        judged = series.judged.height
        key = "xmr.key_trial" if series.limits.is_trial else "xmr.key"
        st.text(_(key, low=low, high=high, centre=value_text(indicator, series.limits.centre), months=judged))
        for number, event in enumerate(events, start=1):
            _event(viewer, school_id, series, number, event)
        if school_events.may_write(viewer) and not viewer.masked:
            _form(viewer, school_id)
        meaning = "\n".join((about(indicator, now), _("xmr.about")))
        foot(Card(finding, f"xmr-{indicator.name}", meaning, _table(series), f"miharashi-xmr-{indicator.name}", origin=origin,
                  beside=partial(to_meeting, viewer, school_id, "xmr", indicator.name)))  # fmt: skip


def event_text(number: int, event: SchoolEvent) -> str:
    """An event in words, with its number in the chart."""
    day = long_day_text(event.happened_on, language())
    return _("xmr.event", number=number, day=day, kind=_(f"xmr.kind_{event.kind}"), title=event.title)


def _event(viewer: Viewer, school_id: int, series: XmrSeries, number: int, event: SchoolEvent) -> None:
    words = event_text(number, event)
    if found := before_and_after(series, event.happened_on):
        months, before, after = found
        before_text, after_text = (value_text(series.indicator, value) for value in (before, after))
        words += "\n" + _("xmr.before_after", months=months, before=before_text, after=after_text)
    with st.container(horizontal=True, vertical_alignment="center", key=f"event-{event.event_id}-{series.indicator.name}"):
        st.text(words, width="stretch")
        if school_events.may_write(viewer) and not viewer.masked:
            st.button(
                _("xmr.withdraw"),
                key=f"event-withdraw-{event.event_id}-{series.indicator.name}",
                on_click=_withdraw,
                args=(viewer, school_id, event.event_id),
            )


def _form(viewer: Viewer, school_id: int) -> None:
    with st.expander(_("xmr.write")), st.form("event-form", border=False, clear_on_submit=True):
        st.text_input(_("xmr.title"), max_chars=LONGEST, key=TITLE, help=_("xmr.title_help"))
        with st.container(horizontal=True):
            st.date_input(_("xmr.day"), value=today(), format="YYYY/MM/DD", width=230, key=DAY)
            st.selectbox(_("xmr.kind"), KINDS, format_func=lambda kind: _(f"xmr.kind_{kind}"), width=230, key=KIND)
        st.form_submit_button(_("xmr.keep"), type="primary", key="event-keep", on_click=_keep, args=(viewer, school_id))


def _keep(viewer: Viewer, school_id: int) -> None:
    with suppress(Refused, ValueError):  # an empty form is no event; the page, drawn anew, shows what stands
        school_events.write(
            viewer, school_id, st.session_state[DAY], st.session_state[KIND], st.session_state.get(TITLE) or ""
        )


def _withdraw(viewer: Viewer, school_id: int, event_id: int) -> None:
    with suppress(Refused):
        school_events.withdraw(viewer, school_id, event_id)


def _table(series: XmrSeries) -> pl.DataFrame:
    rows = series.months.rows(named=True)
    return pl.DataFrame(
        {
            _("column.month"): [month_words(row["month"]) for row in rows],
            said(series.indicator.label): [value_text(series.indicator, row["value"]) for row in rows],
            _("column.stands_out"): [rules_text(row).strip() or _("figure.none") for row in rows],
        }
    )
