"""いじめの認知 and other incidents as a school counts them each month. A high count is a school that looks, not a bad one."""

from __future__ import annotations

import polars as pl

from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex, add_school

FLOW = Flow(
    source="incidents",
    label={"ja": "いじめ認知など", "en": "Incidents"},
    beat="monthly",
    tables=("incident",),
    purpose={
        "ja": "認知から解消までを見守り、調査の手間を減らすため",
        "en": "to follow cases from recognition to resolution, and to spare schools surveys",
    },
    seen_by={
        "ja": "管理職は自校、教育委員会は件数",
        "en": "heads for their own school; the board as counts",
    },
    retention={"ja": "10年", "en": "ten years"},
    files=TABLES,
    example="incidents-2026.csv",
    needs=("roster",),
    order=("school_id", "month", "kind"),
    keys=("school_id", "month", "kind"),
)
MOST = 10_000


def check(rows: Rows, roster: RosterIndex) -> None:
    """The months of one file."""
    year = roster.fiscal_year
    add_school(rows, roster)
    rows.read_month("month", "month", year)
    rows.read_code("kind", "kind", pl.String)
    rows.read_number("incidents", "incidents", pl.Int32, 0, MOST)
    rows.reject_repeated(FLOW.keys, "month")


SOURCE = fact_source(FLOW, check)
