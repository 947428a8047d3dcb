"""An Excel export as it stands in the workbook: its titles, and the value of every cell as text with the row it stands in.

Dates become 2026-04-07, times 08:05, numbers are written as people write them (12, not 12.0), formulas are read as the values
last calculated. A workbook is a zip, so the limits of archive.py hold; and two cells far apart would ask for a sheet of billions
of cells between them, so the outermost cells are looked at before anything is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from typing import Any

import fastexcel
import polars as pl

from ingest.files.archive import bytes_of, opened_zip
from ingest.files.encoding import OLD_EXCEL
from ingest.files.mapping import plain
from ingest.files.reasons import IngestError, sentence
from ingest.files.sheet import Sheet

LOCKED = "EncryptedPackage".encode("utf-16-le")
MOST_CELLS = 40_000_000
MOST_SHEETS = 100
ROWS_ABOVE = 30  # a title, a date, the name of the school: nobody writes more above a table
CELL = re.compile(rb"""<(?:\w+:)?(?:c|row)\s[^>]{0,200}?\br\s*=\s*["']([A-Z]{0,3})(\d{0,7})["']""")
OVERLAP = 256
MIDNIGHT = r"^(\d{4}-\d\d-\d\d)[ T]00:00:00(\.0+)?$"
CLOCK = r"^1(?:899-12-3[01]|900-01-0[01])[ T](\d\d:\d\d)(?::\d\d(\.\d+)?)?$"


def excel_sheet(raw: bytes, settings: Table[str, Any], wanted: Table[str, tuple[str, ...]]) -> Sheet:
    """The table in a workbook.

    Args:
        raw: the file.
        settings: the mapping file; `sheet` names the sheet, `rows_above` says how many rows stand above the titles.
        wanted: the titles the source knows; the row that holds most of them is the header.

    Raises:
        IngestError: not_csv, locked_excel, broken_excel, unknown_sheet, empty_file, zip_bomb, unsafe_name, encrypted_zip, too_large.
    """
    reject_hostile_workbook(raw)
    name, cells, others = table_in(raw, settings.get("sheet"))
    header = settings.get("rows_above")
    if header is None:
        header = header_row(cells, wanted)
    if not 0 <= header < cells.height:
        raise IngestError("empty_file")
    titles = [cell.strip() for cell in cells.row(header)]
    while titles and not titles[-1] and is_empty(cells.slice(header + 1), len(titles) - 1):
        titles.pop()  # formatted but never filled
    frame = cells.select(
        pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("file_row"), pl.lit(None, pl.String).alias("flaw"),
        *(pl.col(cells.columns[place]).alias(f"c{place}") for place in range(len(titles))),
    ).slice(header + 1)
    is_blank = pl.all_horizontal(pl.col(f"c{place}").str.strip_chars() == "" for place in range(len(titles)))
    where = settings.get("mapping_file", "mappings")
    sentences = (sentence("further_sheets", found=name, known="、".join(others), mapping=where),) if others else ()
    return Sheet(tuple(titles), frame.filter(~is_blank), sentences=sentences)


def table_in(raw: bytes, asked: str | None) -> tuple[str, pl.DataFrame, list[str]]:
    """Name and cells of the sheet asked for, or of the first one with something in it, and the names of other filled sheets."""
    try:
        workbook = fastexcel.read_excel(raw)
        names = workbook.sheet_names[:MOST_SHEETS]
        if asked is not None:
            found = [name for name in names if plain(name) == plain(str(asked))][:1]
            if not found:
                raise IngestError("unknown_sheet", value=asked, known="、".join(names))
            names = found
        filled = [(name, cells) for name in names if not is_empty(cells := cells_of(workbook, name))]
    except IngestError:
        raise
    except BaseException as error:  # a panic of the reader is no ordinary exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise IngestError("broken_excel") from None
    if not filled:
        raise IngestError("empty_file")
    return *filled[0], [name for name, _ in filled[1:]]


def cells_of(workbook: fastexcel.ExcelReader, name: str) -> pl.DataFrame:
    """Every cell of a sheet as text, from its first row on; an empty one is ""."""
    sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    text = pl.all().fill_null("").str.replace(MIDNIGHT, "$1").str.replace(CLOCK, "$1")
    return sheet.select(text) if sheet.width else sheet


def is_empty(cells: pl.DataFrame, place: int | None = None) -> bool:
    """Whether a sheet, or one column of it, has nothing in it."""
    asked = cells if place is None else cells[:, place].to_frame()
    return not asked.height or not asked.select(pl.any_horizontal(pl.all().str.strip_chars() != "").any()).item()


def header_row(cells: pl.DataFrame, wanted: Table[str, tuple[str, ...]]) -> int:
    """The row most of whose cells are titles the source knows; where it knows none, the first one filled as widely as the table."""
    known = {plain(title) for titles in wanted.values() for title in titles}
    top = [[cell for cell in row if cell.strip()] for row in cells.head(ROWS_ABOVE).iter_rows()]
    fits = [len({plain(cell) for cell in row} & known) for row in top]
    if max(fits) > 0:
        return fits.index(max(fits))
    widest = max(len(row) for row in top)
    return next(place for place, row in enumerate(top) if len(row) * 2 > widest)


def reject_hostile_workbook(raw: bytes) -> None:
    """Refuse what is no workbook, what is locked, and what would grow beyond all reason."""
    if raw.startswith(OLD_EXCEL):
        if LOCKED in raw:
            raise IngestError("locked_excel")
        return  # an .xls can hold 65,536 rows of 256 columns and no more
    try:
        with opened_zip(raw) as (archive, entries):
            if "xl/workbook.xml" not in archive.namelist():
                raise IngestError("not_csv", kind="ZIP")
            for entry in entries:
                widest, deepest, rest = 1, 1, b""
                for chunk in bytes_of(archive, entry):
                    for column, row in CELL.findall(rest + chunk):
                        widest, deepest = max(widest, column_number(column)), max(deepest, int(row or 1))
                    rest = chunk[-OVERLAP:]
                if widest * deepest > MOST_CELLS:
                    raise IngestError("zip_bomb", member=entry.filename)
    except IngestError as error:
        if error.code == "not_a_zip":
            raise IngestError("broken_excel") from None
        raise


def column_number(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
