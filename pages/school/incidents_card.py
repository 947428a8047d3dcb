"""いじめ認知などの件数: counts of this 年度 beside the last up to the same month, with the reminder that many are not bad."""

from __future__ import annotations

import polars as pl
import streamlit as st

from components.cards.card import Card, card, ruled_table
from components.dates import month_text, short_fiscal_year_text
from components.wording import _, language, wordings
from pages.choice import Period

KINDS = ("bullying_recognized", "bullying_resolved", "bullying_serious", "violence")


def incidents_card(rows: pl.DataFrame, now: Period, origin: pl.DataFrame) -> None:
    """The counts, for who sees them; no target beside them, no colour, and no finding of better or worse."""
    this, last = (rows.filter(pl.col("fiscal_year") == now.fiscal_year - back) for back in (0, 1))
    if this.is_empty():
        return
    last_month = this.item(0, "until_month")
    so_far = [_counts(part, "incidents_to_date") for part in (this, last)]
    whole = _counts(last, "incidents")
    kinds = [kind for kind in dict.fromkeys((*KINDS, *rows.get_column("kind"))) if kind in {*so_far[0], *so_far[1], *whole}]
    months = month_text(last_month.month, language())
    finding = _("incident.finding", months=months, count=so_far[0].get("bullying_recognized", 0))
    years = [short_fiscal_year_text(now.fiscal_year - back, language()) for back in (0, 1)]
    table = pl.DataFrame(
        {
            _("column.kind"): [_kind(kind) for kind in kinds],
            _("incident.until", year=years[0], month=months): [so_far[0].get(kind, 0) for kind in kinds],
            _("incident.until", year=years[1], month=months): [so_far[1].get(kind, 0) for kind in kinds],
            _("incident.whole", year=years[1]): [whole.get(kind, 0) for kind in kinds],
        }
    )
    about = "\n".join((_("incident.about", until=now.until_text), _("incident.reminder")))
    with card(Card(finding, "incidents", about, table, "miharashi-incidents", is_table_shown=True, origin=origin)):
        st.text(_("incident.reminder"))
        ruled_table(table)


def _counts(rows: pl.DataFrame, column: str) -> dict[str, int]:
    return dict(rows.select("kind", column).iter_rows())


def _kind(kind: str) -> str:
    key = f"incident.kind_{kind}"
    return _(key) if key in wordings() else kind
