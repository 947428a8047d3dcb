"""How far each source has come for each school: a table of states, one row per school, one column per source."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from access import Viewer
from access.clock import today
from components.cards.card import Card, card
from components.dates import month_text, short_fiscal_year_text
from components.session_answers import ask
from components.tables.heat_table import Cell, heat_table
from components.wording import _, language
from pages.choice import period
from pages.origin import declared

# Of a list of exceptions silence means that nothing happened, but a school of some size is not silent for this many school days.
LONG_SILENCE = 10
STALE_DAYS = 2


def freshness(viewer: Viewer) -> pl.DataFrame:
    """Rows of `freshness_of_schools` with `days_behind` (school days) and `is_late`; null and false where days say nothing."""
    rows, flows = ask(viewer, "freshness_of_schools", today=today()), declared(viewer).values()
    # anything but a daily source has its own, slower beat and cannot be late by days
    is_daily = pl.col("source").is_in([flow["source"] for flow in flows if flow["beat"] == "daily"])
    is_list = pl.col("source").is_in([flow["source"] for flow in flows if flow["lists_exceptions"]])
    is_listed = is_list & (pl.col("silent_days") <= LONG_SILENCE)
    return rows.with_columns(
        days_behind=pl.when(is_daily).then(pl.when(is_listed).then("unspoken_days").otherwise("silent_days")),
        until=pl.when(is_listed).then("spoken_on").otherwise("last_on"),
    ).with_columns(is_late=(pl.col("days_behind") > STALE_DAYS).fill_null(value=False))


def coverage_card(viewer: Viewer, rows: pl.DataFrame) -> None:
    """Which school sends what, and until when it speaks."""
    late = rows.filter("is_late").get_column("school_id").n_unique()
    sent = set(rows.get_column("source").drop_nulls())
    flows = [flow for source, flow in declared(viewer).items() if source in sent]
    known = {(row["school_id"], row["source"]): row for row in rows.rows(named=True)}
    schools = rows.select("school_id", "school_name").unique(maintain_order=True).rows()
    finding = _("loads.coverage_late", schools=late) if late else _("loads.coverage_fresh", schools=len(schools))
    now = period(viewer)
    with card(Card(finding, "coverage", _("loads.coverage_about", days=STALE_DAYS, until=now.until_text))):
        heat_table(
            _("column.school"),
            [_(f"source.{flow['source']}") for flow in flows],
            [(name, [_cell(flow, known.get((school, flow["source"]))) for flow in flows]) for school, name in schools],
            finding,
        )


def _cell(flow: dict[str, Any], row: dict[str, Any] | None) -> Cell:
    if row is None:
        return Cell(_("loads.not_used"), tone="unused")
    until: date | None = row["until"]
    if flow["beat"] == "yearly" or until is None:
        return Cell(short_fiscal_year_text(row["fiscal_year"], language()))
    if flow["day_column"] == "month":
        return Cell(month_text(until.month, language()))
    day = f"{until.month}/{until.day}"
    if row["days_behind"] is None:
        return Cell(day)
    if row["is_late"]:
        return Cell(f"▲ {day}", _("loads.days_behind", days=row["days_behind"]), "late")
    return Cell(day, _("loads.days_behind", days=row["days_behind"]) if row["days_behind"] else _("loads.newest"), "good")
