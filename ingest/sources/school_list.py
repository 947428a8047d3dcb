"""The national list of 学校コード: which schools there are, and which were closed. Codes of the roster are looked up in it.

The list is a spreadsheet made for people: a line above the titles, line breaks within titles, cells such as 9(廃).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import polars as pl

from ingest.files.encoding import as_utf8
from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping, plain
from ingest.files.moments import day_of, fiscal_year_of
from ingest.files.rows import Rows
from ingest.files.sheet import Sheet, sheet_of
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
FURTHEST_TITLES = 10  # lines in which the titles are looked for


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


def list_sheet(raw: bytes, mapping: Mapping) -> Sheet:
    """The table below whatever stands above its titles; rows keep the numbers a spreadsheet shows.

    Raises:
        IngestError: where it cannot be read as a table.
    """
    lines = io.StringIO(as_utf8(raw)[0].decode("utf-8", errors="replace"), newline="").readlines()
    wanted = {plain(title) for title in mapping.columns["code"]}
    records = csv.reader(lines)
    try:
        for above, (record, _) in enumerate(zip(records, range(FURTHEST_TITLES), strict=False)):
            if not any(plain(cell) in wanted for cell in record):
                continue
            titles = io.StringIO(newline="")
            csv.writer(titles, lineterminator="\n").writerow([re.sub(r"\s+", "", cell) for cell in record])
            below = "".join(lines[records.line_num:])
            sheet = sheet_of((titles.getvalue() + below).encode())
            return replace(sheet, frame=sheet.frame.with_columns(pl.col("file_row") + above))
    except csv.Error:
        pass
    return sheet_of(raw)  # which says what is missing


def year_of(file: Dropped, mapping: Mapping) -> int | None:
    """The 年度 in which a school of the list was last changed."""
    rows = Rows(list_sheet(file.raw, mapping), mapping)
    days = [day for cell in rows.frame["raw_changed"].unique() if (day := day_of(cell))]
    return fiscal_year_of(max(days)) if days else None


SOURCE = fact_source(FLOW, check, sheets_of=lambda file, mapping: [list_sheet(file.raw, mapping)], year_of=year_of)
