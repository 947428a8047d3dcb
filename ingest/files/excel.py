"""An Excel export as it stands in the workbook: its titles, and the value of every cell as text with the row it stands in.

Dates become 2026-04-07, times 08:05, numbers are written as people write them (12, not 12.0), formulas are read as the values
last calculated. A workbook is a zip, so the limits of archive.py hold; and two cells far apart would ask for a sheet of billions
of cells between them, so the outermost cells are looked at before anything is read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from typing import Any

import fastexcel
import polars as pl
from python_calamine import CalamineWorkbook

from ingest.files.archive import bytes_of, opened_zip
from ingest.files.encoding import OLD_EXCEL
from ingest.files.header import ROWS_ABOVE, Header, header_in
from ingest.files.mapping import plain
from ingest.files.reasons import IngestError, sentence
from ingest.files.sheet import Sheet

LOCKED = "EncryptedPackage".encode("utf-16-le")
MOST_CELLS = 40_000_000
MOST_SHEETS = 100
SHEET_TITLE = "シート名"  # as a mapping calls the name of a row's sheet, where nothing else tells the month
CELL = re.compile(rb"""<(?:\w+:)?(?:c|row)\s[^>]{0,200}?\br\s*=\s*["']([A-Z]{0,3})(\d{0,7})["']""")
OVERLAP = 256
MERGED = b"mergeCell "
MIDNIGHT = r"^(\d{4}-\d\d-\d\d)[ T]00:00:00(\.0+)?$"
CLOCK = r"^1(?:899-12-3[01]|900-01-0[01])[ T](\d\d:\d\d)(?::\d\d(\.\d+)?)?$"

Range = tuple[tuple[int, int], tuple[int, int]]  # first and last cell, row and column counted from 0


@dataclass(frozen=True)
class Worksheet:
    """One filled sheet: its cells as text, where its titles are, and which cells hold the value of a merged one above or before."""

    name: str
    cells: pl.DataFrame
    header: Header
    merged: Table[str, tuple[int, ...]]  # column → file rows

    @property
    def shape(self) -> tuple[str, ...]:
        """Its titles, width and blanks aside."""
        titles = [plain(title) for title in self.header.titles]
        while titles and not titles[-1]:
            titles.pop()
        return tuple(titles)


def excel_sheets(raw: bytes, settings: Table[str, Any], wanted: Table[str, tuple[str, ...]]) -> list[Sheet]:
    """The table in a workbook: the visible sheet that holds most titles the source knows, and every other one that has the same titles.

    Args:
        raw: the file.
        settings: the mapping file; `sheet` names the sheet, `rows_above` says how many rows stand above the titles.
        wanted: the titles the source knows; the row that holds most of them is the header.

    Raises:
        IngestError: not_csv, locked_excel, broken_excel, unknown_sheet, hidden_sheets, empty_file, zip_bomb, unsafe_name, encrypted_zip,
            too_large.
    """
    has_merged = reject_hostile_workbook(raw)
    filled = worksheets_in(raw, settings, wanted, has_merged=has_merged)
    best = max(filled, key=lambda each: each.header.known)
    alike = [each for each in filled if each.shape == best.shape]
    others = [each.name for each in filled if each.shape != best.shape]
    with_name = SHEET_TITLE in str(settings)
    sheets = [sheet for each in alike if (sheet := sheet_from(each, with_name=with_name)).frame.height] or [sheet_from(best)]
    if others:
        said = sentence("further_sheets", found="、".join(sheet.name for sheet in sheets), known="、".join(others),
                        mapping=settings.get("mapping_file", "mappings"))
        sheets = [replace(sheet, sentences=(said,)) for sheet in sheets]
    return sheets


def excel_sheet(raw: bytes, settings: Table[str, Any], wanted: Table[str, tuple[str, ...]]) -> Sheet:
    """The first of the alike sheets of a workbook.

    Raises:
        IngestError: as `excel_sheets`.
    """
    return excel_sheets(raw, settings, wanted)[0]


def sheet_from(worksheet: Worksheet, *, with_name: bool = False) -> Sheet:
    """The rows below the titles of a sheet; with its name in a column of its own, where the mapping asks for that."""
    cells, header = worksheet.cells, worksheet.header
    first = header.above + header.rows
    titles = [cell.strip() for cell in header.titles]
    while titles and not titles[-1] and is_empty(cells.slice(first), len(titles) - 1):
        titles.pop()  # formatted but never filled
    frame = cells.select(
        pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("file_row"), pl.lit(None, pl.String).alias("flaw"),
        *(pl.col(cells.columns[place]).alias(f"c{place}") for place in range(len(titles))),
    ).slice(first)
    is_blank = pl.all_horizontal(pl.col(f"c{place}").str.strip_chars() == "" for place in range(len(titles)))
    frame = frame.filter(~is_blank)
    if with_name:
        frame = frame.with_columns(pl.lit(worksheet.name).alias(f"c{len(titles)}"))
        titles.append(SHEET_TITLE)
    return Sheet(tuple(titles), frame, name=worksheet.name, merged=worksheet.merged, header=header)


def worksheets_in(
    raw: bytes, settings: Table[str, Any], wanted: Table[str, tuple[str, ...]], *, has_merged: bool
) -> list[Worksheet]:
    """Every visible sheet with something in it, or the one the mapping asks for, hidden or not."""
    asked = settings.get("sheet")
    try:
        workbook = fastexcel.read_excel(raw)
        names = workbook.sheet_names[:MOST_SHEETS]
        if asked is not None:
            found = [name for name in names if plain(name) == plain(str(asked))][:1]
            if not found:
                raise IngestError("unknown_sheet", value=asked, known="、".join(names))
            names = found
        read = [(name, *cells_of(workbook, name)) for name in names]
        filled = [(name, cells, is_visible or asked is not None) for name, cells, is_visible in read if not is_empty(cells)]
        beside = CalamineWorkbook.from_filelike(io.BytesIO(raw)) if has_merged else None
        sheets = [worksheet_of(name, cells, beside, settings, wanted) for name, cells, is_visible in filled if is_visible]
    except IngestError:
        raise
    except BaseException as error:  # a panic of the reader is no ordinary exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise IngestError("broken_excel") from None
    if filled and not sheets:
        raise IngestError("hidden_sheets", known="、".join(name for name, _, _ in filled))
    if not sheets:
        raise IngestError("empty_file")
    return sheets


def worksheet_of(
    name: str, cells: pl.DataFrame, beside: CalamineWorkbook | None, settings: Table[str, Any], wanted: Table[str, tuple[str, ...]]
) -> Worksheet:
    """A sheet with its header found and merged cells below it filled."""
    header = header_in(list(cells.head(ROWS_ABOVE + 2).iter_rows()), wanted, settings.get("rows_above"))
    merged: dict[str, tuple[int, ...]] = {}
    if beside is not None:
        sheet = beside.get_sheet_by_name(name)
        offset = sheet.start[1] if sheet.start else 0
        cells, merged = filled_from_merged(cells, sheet.merged_cell_ranges or [], offset, header.above + header.rows)
    return Worksheet(name, cells, header, merged)


def filled_from_merged(
    cells: pl.DataFrame, ranges: list[Range], offset: int, first: int
) -> tuple[pl.DataFrame, dict[str, tuple[int, ...]]]:
    """What a merged cell says, in each of the rows and columns it is merged over; rows with nothing else in them stay as they are.

    Args:
        cells: the sheet.
        ranges: its merged cells.
        offset: how many columns of the sheet stand before the first of `cells`.
        first: the row below the titles, counted from 0.
    """
    below = [each for each in ranges if each[0][0] >= first and each[0] != each[1]]
    if not below:
        return cells, {}
    is_filled = cells.select(pl.any_horizontal(pl.all().str.strip_chars() != "")).to_series().to_list()
    columns = [cells[:, place].to_list() for place in range(cells.width)]
    merged: dict[str, set[int]] = {}
    for (top, left), (bottom, right) in below:
        if top >= cells.height or not 0 <= left - offset < cells.width:
            continue
        value = columns[left - offset][top]
        rows = [row for row in range(top, min(bottom, cells.height - 1) + 1) if is_filled[row]]
        for place in range(left - offset, min(right - offset, cells.width - 1) + 1):
            for row in rows:
                columns[place][row] = value
            merged.setdefault(f"c{place}", set()).update(row + 1 for row in rows)
    filled = pl.DataFrame(dict(zip(cells.columns, columns, strict=True)), schema=cells.schema)
    return filled, {name: tuple(sorted(rows)) for name, rows in merged.items()}


def cells_of(workbook: fastexcel.ExcelReader, name: str) -> tuple[pl.DataFrame, bool]:
    """Every cell of a sheet as text, from its first row on, an empty one being ""; and whether the sheet is visible."""
    sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    cells = sheet.to_polars()
    text = pl.all().fill_null("").str.replace(MIDNIGHT, "$1").str.replace(CLOCK, "$1")
    return cells.select(text) if cells.width else cells, sheet.visible == "visible"


def is_empty(cells: pl.DataFrame, place: int | None = None) -> bool:
    """Whether a sheet, or one column of it, has nothing in it."""
    asked = cells if place is None else cells[:, place].to_frame()
    return not asked.height or not asked.select(pl.any_horizontal(pl.all().str.strip_chars() != "").any()).item()


def reject_hostile_workbook(raw: bytes) -> bool:
    """Refuse what is no workbook, what is locked, and what would grow beyond all reason; whether cells may be merged in the others."""
    if raw.startswith(OLD_EXCEL):
        if LOCKED in raw:
            raise IngestError("locked_excel")
        return True  # an .xls can hold 65,536 rows of 256 columns and no more
    has_merged = False
    try:
        with opened_zip(raw) as (archive, entries):
            if "xl/workbook.xml" not in archive.namelist():
                raise IngestError("not_csv", kind="ZIP")
            for entry in entries:
                widest, deepest, rest = 1, 1, b""
                for chunk in bytes_of(archive, entry):
                    has_merged |= MERGED in rest + chunk
                    for column, row in CELL.findall(rest + chunk):
                        widest, deepest = max(widest, column_number(column)), max(deepest, int(row or 1))
                    rest = chunk[-OVERLAP:]
                if widest * deepest > MOST_CELLS:
                    raise IngestError("zip_bomb", member=entry.filename)
    except IngestError as error:
        if error.code == "not_a_zip":
            raise IngestError("broken_excel") from None
        raise
    return has_merged


def column_number(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
