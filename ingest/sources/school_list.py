"""The national list of 学校コード: which schools there are, and which were closed. Codes of the roster are looked up in it.

The list is a spreadsheet made for people: a line above the titles, line breaks within titles, cells such as 9(廃).
"""

from __future__ import annotations

import polars as pl

from ingest.files.chunks import whole_of
from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping, plain
from ingest.files.moments import day_of, fiscal_year_of
from ingest.files.rows import Rows
from ingest.files.sheet import sheet_of
from ingest.flow import Flow
from ingest.intake.reading import fact_source
from ingest.intake.roster_index import RosterIndex
from ingest.roster.schools import SCHOOL_CODE, has_right_check_digit

FLOW = Flow(
    source="school_list",
    label={"ja": "学校コード一覧", "en": "National school list"},
    beat="occasional",
    comes={"ja": "文部科学省の公表のたび（年2回ほど）", "en": "when the ministry publishes it, about twice a year"},
    tables=("school_list",),
    purpose={
        "ja": "名簿の学校コードの誤りや、廃止された学校のコードに気づくため",
        "en": "to notice wrong school codes in the roster, and codes of schools that were closed",
    },
    seen_by={"ja": "だれでも（公表されている一覧）", "en": "anybody: it is published"},
    retention={"ja": "次の一覧を置くまで", "en": "until the next list"},
    files=r"\.(csv|txt|tsv)$",
    example="school_list-2026.csv",
    order=("school_code",),
    keys=("school_code",),
)


def check(rows: Rows, _roster: RosterIndex) -> None:
    """The schools of one file."""
    code = pl.col("raw_code").str.strip_chars().str.to_uppercase()
    rows.frame = rows.frame.with_columns(school_code=code)
    rows.reject("missing_value", "code", code == "")
    is_right = code.str.contains(SCHOOL_CODE) & code.map_elements(has_right_check_digit, pl.Boolean)
    rows.reject("odd_school_code", "code", ~is_right)
    rows.read("name", "name", str.strip, pl.String, code="missing_value")
    rows.read("branch", "is_closed", lambda cell: plain(cell).startswith("9"), pl.Boolean, code="unknown_code", is_required=False)
    rows.read_text("follower", "moved_to")
    rows.frame = rows.frame.with_columns(pl.col("is_closed").fill_null(value=False))
    rows.reject_repeated(FLOW.keys, "code", "duplicate_id")


def year_of(file: Dropped, mapping: Mapping) -> int | None:
    """The 年度 in which a school of the list was last changed."""
    rows = Rows(sheet_of(file.raw, mapping.settings, mapping.columns), mapping)
    days = [day for cell in rows.frame["raw_changed"].unique() if (day := day_of(cell))]
    return fiscal_year_of(max(days)) if days else None


SOURCE = fact_source(FLOW, check, sheets_of=whole_of, year_of=year_of)
