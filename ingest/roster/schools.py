"""Schools and school years of a roster (orgs.csv, academicSessions.csv)."""

from __future__ import annotations

import polars as pl

from ingest.files.mapping import SCHOOLS, plain
from ingest.files.moments import day_of, fiscal_year_of
from ingest.files.rows import Rows
from ingest.roster.keys import Keys

# kind of school, prefecture, founder, number, check digit
SCHOOL_CODE = r"^(A[12]|B1|C[12]|D[12]|E1|F[12]|G1|H[12])(0[1-9]|[1-3][0-9]|4[0-7])[123][1-9][0-9]{6}[0-9]$"


def check_sessions(rows: Rows, year: int) -> None:
    """Keep the school year itself; terms are not used."""
    rows.read_code("type", "session_type", pl.String, "session_type")
    rows.read("startDate", "starts_on", day_of, pl.Date, code="bad_date")
    rows.read("endDate", "ends_on", day_of, pl.Date, code="bad_date")
    rows.reject("ends_before_begin", "endDate", pl.col("ends_on") < pl.col("starts_on"))
    rows.read_text("title", "title")
    begins = pl.col("starts_on").map_elements(fiscal_year_of, return_dtype=pl.Int64)
    rows.frame = rows.frame.with_columns(is_unused=(pl.col("session_type") != "schoolYear") | (begins != year))


def session_of(sessions: pl.DataFrame) -> pl.DataFrame:
    """The one row of the 年度."""
    return sessions.sort("file_id").tail(1).select("title", "starts_on", "ends_on", "file_id", "file_row")


def check_orgs(rows: Rows, kinds: dict[str, str], listed: pl.DataFrame | None) -> None:
    """Keep schools and the board; a school needs its 学校コード, whose first letters tell its kind."""
    rows.read_code("type", "org_type", pl.String, "org_type")
    rows.read("name", "name", str, pl.String, code="missing_value")
    is_school = pl.col("org_type") == "school"
    own = {plain(word): means for word, means in rows.mapping.codes.get(SCHOOLS, {}).items()}
    cells = rows.frame["raw_identifier"].unique().to_list()
    meant = [own.get(plain(cell), cell).upper() for cell in cells]
    code = pl.col("raw_identifier").replace_strict(cells, meant, default=None, return_dtype=pl.String)
    rows.frame = rows.frame.with_columns(
        school_code=code,
        kind=pl.when(is_school).then(code.str.slice(0, 2).replace_strict(kinds, default=None, return_dtype=pl.String)),
        is_unused=pl.col("org_type") == "",
        list_order=pl.col("file_row") - 1,
    )
    rows.reject("missing_value", "identifier", is_school & (code == ""))
    code = pl.col("school_code")
    rows.reject("not_a_school_code", "identifier", is_school & pl.col("kind").is_null() & ~code.str.contains(SCHOOL_CODE))
    rows.reject("unknown_school_kind", "identifier", is_school & pl.col("kind").is_null(), expected="、".join(kinds))
    rows.frame = rows.frame.with_columns(held_by=pl.when(is_school).then(code).otherwise("sourced_id"))
    rows.reject_repeated(("held_by",), "identifier", "school_code_taken", differing=("sourced_id",))
    has_odd_code = code.map_elements(lambda cell: not has_right_check_digit(cell), return_dtype=pl.Boolean)
    rows.remark("odd_school_code", "identifier", is_school & has_odd_code)
    if listed is not None:
        known, closed = listed["school_code"], listed.filter("is_closed")["school_code"]
        rows.remark("school_not_listed", "identifier", is_school & ~has_odd_code & ~code.is_in(known.implode()))
        rows.remark("school_closed", "identifier", is_school & code.is_in(closed.implode()))


def has_right_check_digit(code: str) -> bool:
    """Whether the thirteenth character of a 学校コード fits the twelve before it."""
    if len(code) != 13 or not code[1:].isdigit() or not "A" <= code[0] <= "H":
        return False
    digits = [ord(code[0]) - ord("A") + 1, *map(int, code[1:12])]
    doubled = [digit * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits)]
    total = sum(number // 10 + number % 10 for number in doubled)
    return (10 - total % 10) % 10 == int(code[12])


def schools_of(orgs: pl.DataFrame, keys: Keys) -> pl.DataFrame:
    """The schools as this roster names them."""
    return orgs.filter(pl.col("org_type") == "school").select(
        school_id=keys.expr("sourced_id"), source_id="sourced_id", school_code="school_code", name="name", kind="kind",
        list_order="list_order", file_id="file_id", file_row="file_row",
    )
