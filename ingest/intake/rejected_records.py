"""Records of the roster that were rejected: where each stands, so that a row that points to one can say so.

A row is told its cause once, at the place: "the class was set aside in row 12 of classes.csv", not "there is no such class". What was
rejected of the roster is kept in the lake for that (`rejected_record`, a part per 年度), beside what was loaded.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from ingest.files.mapping import plain
from ingest.files.moments import bounds_of, narrow
from ingest.files.rows import Rows
from ingest.lake.lake import Lake

REJECTED = "rejected_record"
SCHEMA = {
    "table": pl.String, "name": pl.String, "within": pl.String, "begins_on": pl.Date, "ends_on": pl.Date, "file": pl.String,
    "file_row": pl.Int32,
}
# what exports call a record of each table, and of which other record it is
NAMES = {
    "orgs": (("sourcedId", "identifier"), ""), "users": (("sourcedId", "identifier", "userMasterIdentifier"), ""),
    "classes": (("sourcedId", "title"), "schoolSourcedId"), "enrollments": (("userSourcedId",), ""),
}
Place = tuple[str, int]  # a file and a row of it


def rejected_places(tables: dict[str, list[tuple[str, Rows]]]) -> pl.DataFrame:
    """Where each rejected record of a roster stands, a line per name exports may call it by (columns of SCHEMA).

    Args:
        tables: of each table of the roster the rows of every file with what reports call that file.
    """
    found = [pl.DataFrame(schema=SCHEMA)]
    for table, (names, within) in NAMES.items():
        for file, rows in tables.get(table, ()):
            faulty = with_causes(rows, file)
            for name in names:
                days = (pl.col(day) if day in faulty.columns else pl.lit(None, pl.Date).alias(day) for day in ("begins_on", "ends_on"))
                found.append(faulty.filter(pl.col(f"raw_{name}") != "").select(
                    pl.lit(table).alias("table"), pl.col(f"raw_{name}").alias("name"),
                    (pl.col(f"raw_{within}") if within else pl.lit("")).alias("within"), *days,
                    pl.col("at_file").alias("file"), pl.col("at_row").alias("file_row"),
                ))
    return pl.concat(found).unique(["table", "name", "within", "begins_on"], keep="first", maintain_order=True)


def with_causes(rows: Rows, file: str) -> pl.DataFrame:
    """The rejected rows with `at_file` and `at_row`: where each stands, or where the rejected record stands that it points to.

    A class whose school was rejected leads to the row of the school, and so do its children: the cause is told, not what lies between.
    """
    own = {"file": pl.lit(file), "row": pl.col("file_row")}
    found = [rows.faulty.clear().with_columns(at_file=own["file"], at_row=own["row"])]
    for (place,), group in rows.faulty.group_by("flaw", maintain_order=True):
        words = rows.flaws[place].words
        cause = words if isinstance(words.get("file"), pl.Expr) else own
        found.append(group.with_columns(at_file=cause["file"], at_row=cause["row"]))
    return pl.concat(found)


def keep_rejected(lake: Lake, year: int, places: pl.DataFrame) -> None:
    """Keep the rejected records of a roster for the sources that are read after it."""
    lake.write(REJECTED, year, places)


def rejected_in(lake: Lake, year: int, table: str) -> pl.DataFrame:
    """The rejected records of one table of the roster; none where no roster has kept any."""
    known = lake.read(REJECTED, year) if lake.has(REJECTED, year) else pl.DataFrame(schema=SCHEMA)
    return known.filter(pl.col("table") == table)


def by_name(places: pl.DataFrame) -> dict[str, Place]:
    """Name → place."""
    return {name: (file, row) for name, file, row in places.select("name", "file", "file_row").iter_rows()}


def place_of(places: dict[str, Place], cell: str) -> Place | None:
    """Where the record a cell names was rejected."""
    return places.get(cell) or places.get(narrow(cell))


def reject_pointing(
    rows: Rows, name: str, code: str, places: dict[str, Place], *, known: Callable[[str], object] | None = None, by: str = "",
    when: pl.Expr | None = None,
) -> None:
    """Reject the rows whose cell names a record that was rejected itself, and say where that stands.

    Args:
        rows: the rows.
        name: the mapping's name of the column the reason is about.
        code: the reason; it has {file} and {row}.
        places: where each rejected record stands, by what a cell may call it.
        known: tells whether a cell names a record that was loaded; then nothing is said.
        by: the column of the frame that holds the names; that of the cells if not given.
        when: only these rows.
    """
    if not places:
        return
    column = by or f"raw_{name}"
    found = {cell: at for cell in rows.frame[column].unique() if cell and (at := place_of(places, cell)) and not (known and known(cell))}
    files, numbers = [file for file, _ in found.values()], [row for _, row in found.values()]
    file = pl.col(column).replace_strict(list(found), files, default=None, return_dtype=pl.String)
    row = pl.col(column).replace_strict(list(found), numbers, default=None, return_dtype=pl.Int32)
    is_pointing = pl.col(column).is_in(list(found))
    rows.reject(code, name, is_pointing if when is None else is_pointing & when, file=file, row=row)


def rejected_enrollment(places: pl.DataFrame, student_ids: dict[str, int], year: int) -> pl.DataFrame:
    """Child and days of each rejected enrolment, a line each: student_id, from_on, to_on, at_file, at_row."""
    first, last = bounds_of(year)
    return places.select(
        pl.col("name").replace_strict(student_ids, default=None, return_dtype=pl.Int32).alias("student_id"),
        pl.col("begins_on").fill_null(first).alias("from_on"), pl.col("ends_on").fill_null(last).alias("to_on"),
        at_file="file", at_row="file_row",
    ).filter(pl.col("student_id").is_not_null())


def class_places(places: pl.DataFrame, school_ids: dict[str, int]) -> dict[str, Place]:
    """School and name, with a tab between, of each rejected class of a known school → place."""
    return {
        f"{school_ids[within]}\t{plain(name)}": (file, row)
        for name, within, file, row in places.select("name", "within", "file", "file_row").iter_rows() if within in school_ids
    }

