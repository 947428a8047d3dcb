"""Where rejected rows belong, as far as they tell it themselves: school, class and month, with the reason and the word nobody knows.

A word that no code table knows is kept where it stands with several children: then it is a code, and says nothing of one of them. No
other cell is.
"""

from __future__ import annotations

import json
from functools import partial

import polars as pl

from ingest.files.moments import bounds_of
from ingest.files.rows import Flaw, Rows
from ingest.flow import Flow
from ingest.intake.roster_index import RosterIndex
from ingest.lake.lake import Lake, schema_of

CODED = "unknown_code"
LEAST_CHILDREN = 5  # with fewer, what stands in a column of codes may be a name or a reason that has slipped into it
# such rows are about days and places no figure is made of: nothing is missing where they are
OUTSIDE = ("not_a_school_day", "date_outside_year", "not_enrolled", "not_enrolled_this_year", "other_school")
ASIDE = ("school_id", "student_id", "day", "code", "column", "value", "lines", "is_outside")
PLACE = ("file_id", "school_id", "class_id", "month", "code", "column", "value")


def set_aside(rows: Rows, flow: Flow, file_id: int) -> pl.DataFrame:
    """The rejected rows of some rows: the columns of ASIDE, those that tell what a row is about (the flow's keys), and `file_id`."""
    found = [_told(rows, group, rows.flaws[place], flow) for (place,), group in rows.faulty.group_by("flaw")]
    return pl.concat(found, how="diagonal_relaxed").with_columns(file_id=pl.lit(file_id, pl.Int32))


def set_aside_whole(rows: Rows, flow: Flow, file_id: int, code: str, column: str, lines: str) -> pl.DataFrame:
    """All rows of a file that is refused as a whole for one reason, as `set_aside` has them."""
    told = _told(rows, rows.frame, Flaw(code, ""), flow)
    return told.with_columns(column=pl.lit(column), lines=pl.lit(lines), file_id=pl.lit(file_id, pl.Int32))


def lines_for_title(rows: Rows, words: dict[str, object]) -> str:
    """The lines of a mapping file that would tell what a file calls a column it seems to lack; with its title where it can be but one."""
    strange = [title for place, title in enumerate(rows.sheet.titles) if place not in rows.places.values() and title.strip()]
    own = json.dumps(strange[0], ensure_ascii=False)[1:-1] if len(strange) == 1 else "…"
    return f"# {words['mapping']}\n[{words['section']}]\n" + str(words["lines"]).replace("、", "\n").replace("…", own)


def lines_for_word(words: dict[str, object], word: str) -> str:
    """The lines of a mapping file that would tell what a word of a code table means, with the meanings there are to choose from."""
    return f"# {words['mapping']}\n[codes.{words['table']}]\n{json.dumps(word, ensure_ascii=False)} = \"…\"  # {words['meanings']}"


def _told(rows: Rows, group: pl.DataFrame, flaw: Flaw, flow: Flow) -> pl.DataFrame:
    outside = [place for place, each in enumerate(rows.flaws) if each.code in OUTSIDE]
    noted = rows.noted(flaw, group)
    word = noted["value"].str.strip_chars() if flaw.code == CODED else pl.Series([None] * group.height, dtype=pl.String)
    lines = word.map_elements(partial(lines_for_word, flaw.words), pl.String) if "table" in flaw.words else word
    when = next((name for name in ("day", "month") if name in group.columns), None)
    known = [pl.col(name) if name in group.columns else pl.lit(None, pl.Int32).alias(name) for name in ("school_id", "student_id")]
    keys = [name for name in flow.keys if name in group.columns and name not in ASIDE]
    return group.select(
        *known, (pl.col(when) if when else pl.lit(None, pl.Date)).alias("day"), pl.lit(flaw.code).alias("code"),
        noted["title"].alias("column"), word.alias("value"), lines.alias("lines"),
        pl.col("flaw").is_in(outside).fill_null(value=False).alias("is_outside"), *keys,
    )


def rejected_places(aside: list[pl.DataFrame], flow: Flow, fiscal_year: int, lake: Lake, roster: RosterIndex) -> pl.DataFrame:
    """How many rejected rows there are of each file, school, class, month and reason (columns of the lake's rejected_place).

    `rows_missing` counts those that leave a gap: nothing that is loaded says the same, and they are about a day figures are made of.
    """
    columns = [name for name in schema_of("rejected_place") if name != "load_id"]
    if not aside:
        return pl.DataFrame(schema={name: schema_of("rejected_place")[name] for name in columns})
    rows = _in_classes(pl.concat(aside, how="diagonal_relaxed"), roster)
    rows = _with_gaps(rows, flow, fiscal_year, lake)
    first, last = bounds_of(fiscal_year)
    is_of_many = pl.col("student_id").n_unique().over("code", "column", "value") >= LEAST_CHILDREN
    rows = rows.with_columns(
        value=pl.when(is_of_many).then("value"), lines=pl.when(is_of_many | (pl.col("code") != CODED)).then("lines"),
        day=pl.when(pl.col("day").is_between(first, last)).then("day"),
    ).with_columns(month=pl.col("day").dt.month_start())
    counted = rows.group_by(PLACE).agg(
        lines=pl.col("lines").first(), rows_rejected=pl.len(), rows_missing=pl.col("is_missing").sum(),
        first_on=pl.col("day").min(), last_on=pl.col("day").max(),
    )
    whole = counted.with_columns(source=pl.lit(flow.source), fiscal_year=pl.lit(fiscal_year))
    return whole.select(pl.col(name).cast(schema_of("rejected_place")[name]) for name in columns).sort(PLACE, nulls_last=True)


def _in_classes(rows: pl.DataFrame, roster: RosterIndex) -> pl.DataFrame:
    """The rows with the class their child was in that day, and its school where the row names none."""
    enrolled = roster.classes_of_children
    numbered = rows.with_row_index("turn")
    placed = (
        numbered.join(enrolled, on="student_id", how="inner").filter(pl.col("day").is_between("begins_on", "ends_on"))
        .filter(pl.col("school_id").is_null() | (pl.col("school_id") == pl.col("home_id")))
        .unique("turn", keep="last").select("turn", "class_id", "home_id")
    )
    found = numbered.join(placed, on="turn", how="left", maintain_order="left")
    return found.with_columns(school_id=pl.coalesce("school_id", "home_id")).drop("turn", "home_id")


def _with_gaps(rows: pl.DataFrame, flow: Flow, fiscal_year: int, lake: Lake) -> pl.DataFrame:
    """The rows with `is_missing`; a row that has been mended, or says again what another has said, leaves no gap."""
    is_about = ~pl.col("is_outside")
    keys, table = list(flow.keys), flow.tables[0]
    if not keys or not set(keys) <= set(rows.columns) or not lake.has(table, fiscal_year):
        return rows.with_columns(is_missing=is_about)
    loaded = pl.read_parquet(lake.path(table, fiscal_year).read_bytes(), columns=keys).unique()
    wanted = rows.with_columns(pl.col(name).cast(kind) for name, kind in loaded.schema.items())
    said = wanted.join(loaded.with_columns(is_said=pl.lit(value=True)), on=keys, how="left", nulls_equal=True, maintain_order="left")
    return said.with_columns(is_missing=is_about & pl.col("is_said").is_null()).drop("is_said")

