"""What municipalities release to their prefecture: figures of a municipality and its kinds of schools, of ten people or more."""

from __future__ import annotations

import re

import polars as pl

from ingest.files.moments import day_of
from ingest.files.rows import Rows
from ingest.flow import TABLES, Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex
from queries.catalogue import indicators

FLOW = Flow(
    source="municipality_figures",
    label={"ja": "市区町村から届いた集計", "en": "Figures municipalities sent"},
    beat="occasional",
    comes={"ja": "市区町村が取り込むたび", "en": "whenever a municipality loads"},
    tables=("municipality_figure",),
    purpose={
        "ja": "市区町村ごとの様子を、調査を増やさずに知るため",
        "en": "to know how municipalities are without asking them for another survey",
    },
    seen_by={
        "ja": "都道府県教育委員会だけ。一つの学校の数字は届かない",
        "en": "the prefectural board alone; no figure of a single school arrives",
    },
    retention={"ja": "10年", "en": "ten years"},
    files=TABLES,
    example="figures-131999-2026.csv",
    order=("indicator", "municipality_code", "period", "period_on"),
    keys=("municipality_code", "indicator", "school_kind", "grade", "period", "period_on"),
    is_watched=False,
)
CODE = re.compile(r"[0-9]{6}")
NAMED = re.compile(r"(?:^|/)figures-([0-9]{6})-[0-9]{4}\.[a-z]+$")
FEWEST = 10  # people; whoever counted fewer has kept the figure back
MOST = 100_000_000


def check(rows: Rows, roster: RosterIndex) -> None:
    """The figures of one file."""
    known = set(indicators())
    rows.read("municipality_code", "municipality_code", lambda cell: cell if CODE.fullmatch(cell) else None, pl.String,
              code="not_allowed", expected="000000–999999")
    own = code_in(rows.sheet.file)  # whoever sends speaks for one municipality, the one its file is named after
    rows.reject("not_allowed", "municipality_code", pl.col("municipality_code") != own, expected=own)
    rows.read("municipality_name", "municipality_name", str.strip, pl.String, code="missing_value")
    rows.read("indicator", "indicator", lambda cell: cell if cell in known else None, pl.String, code="not_allowed",
              expected=", ".join(indicators()))
    rows.read_code("school_kind", "school_kind", pl.String, is_required=False)
    rows.read_number("grade", "grade", pl.Int16, 1, 12, is_required=False)
    rows.reject("missing_value", "school_kind", pl.col("grade").is_not_null() & pl.col("school_kind").is_null())
    rows.read_code("period", "period", pl.String)
    rows.read_day("period_on", "period_on", roster.fiscal_year)
    rows.read_number("numerator", "numerator", pl.Float64, 0, MOST)
    rows.read_number("denominator", "denominator", pl.Float64, 0, MOST)
    rows.read_number("people", "people", pl.Int32, FEWEST, MOST)
    rows.read("counted_until", "counted_until", day_of, pl.Date, code="bad_date")
    rows.reject_repeated(FLOW.keys, "indicator")


def code_in(file: str) -> str:
    """The 教育委員会コード a file is named after; nothing where it names none."""
    found = NAMED.search(file)
    return found[1] if found else ""


SOURCE = fact_source(FLOW, check)
