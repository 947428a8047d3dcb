"""A CSV as it stands in the file: its titles, and every cell as text with the row it stands in.

The quick way is polars on the whole file. A file it stumbles over (a stray quote, a row longer than the header) is read again
record by record, so that only the broken rows stay out. Row numbers are those a spreadsheet shows: the file's first row is row 1.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import polars as pl

from ingest.files.encoding import as_utf8
from ingest.files.header import FIRST_ROW, ROWS_ABOVE, Header, header_in
from ingest.files.reasons import IngestError, Sentence, sentence

LARGEST = 4 << 30  # bytes of one file
LONGEST_RECORD = 200  # physical lines: a quote open for longer was never meant to be one
LONGEST_LINE = 1 << 20
MOST_HEADER_LINES = 60
MOST_NAMED = 12  # rows named in one sentence
SEPARATORS = (",", "\t", ";")


@dataclass(frozen=True)
class Sheet:
    """Titles and cells of one CSV, or of one sheet of a workbook.

    `frame` has `file_row` (int32), `flaw` (a reason code, null for a sound row) and one text column c0, c1, … per title; an
    empty cell is "". Rows without any cell are left out.
    """

    titles: tuple[str, ...]
    frame: pl.DataFrame
    records: int = 0  # with the header, what stands above it, and the blank ones
    sentences: tuple[Sentence, ...] = ()  # what there is to say about the whole file
    file: str = ""  # what the file is called
    is_chunk: bool = False  # one of several of its file
    is_end: bool = True  # nothing of the table comes behind
    name: str = ""  # what the sheet of a workbook is called
    merged: Table[str, tuple[int, ...]] = field(default_factory=dict)  # column → rows whose cell is merged with others
    header: Header = FIRST_ROW  # where its titles stand


def sheet_of(raw: bytes, settings: Table[str, Any] | None = None, wanted: Table[str, tuple[str, ...]] | None = None) -> Sheet:
    """The sheet in these bytes.

    Args:
        raw: the file.
        settings: the mapping file; `rows_above` says how many rows stand above the titles.
        wanted: the titles the source knows, by which the header is found below a heading; without them it is the first row.

    Raises:
        IngestError: empty_file, not_csv, too_large, unreadable_csv.
    """
    if len(raw) > LARGEST:
        raise IngestError("too_large", limit=f"{LARGEST >> 30} GiB")
    frame = None
    for is_thorough in (False, True):
        text, is_lossy = lines_of(raw, is_thorough=is_thorough)
        header, text = header_of(text, (settings or {}).get("rows_above"), wanted or {})
        separator, titles = titles_of(text)
        titles = header.titles if header.rows > 1 else titles
        names = [f"c{place}" for place in range(len(titles))]
        first = header.above + header.rows + 1  # the row below the titles, as a spreadsheet counts
        frame = frame_by_record(text, separator, names, first) if is_thorough else frame_at_once(text, separator, names, first)
        if frame is not None:
            break
    if frame is None:
        raise IngestError("unreadable_csv")
    if b"\x00" in text:
        is_nul = pl.any_horizontal(pl.col(names).str.contains("\x00", literal=True))
        frame = frame.with_columns(flaw=pl.coalesce("flaw", pl.when(is_nul).then(pl.lit("nul_character"))))
    longest = frame.select(pl.max_horizontal(pl.col(names).str.len_bytes().max())).item() if frame.height else 0
    if longest > LONGEST_LINE:
        is_long = pl.any_horizontal(pl.col(names).str.len_bytes() > LONGEST_LINE)
        frame = frame.with_columns(flaw=pl.coalesce("flaw", pl.when(is_long).then(pl.lit("cell_too_long"))))
    is_blank = pl.all_horizontal(pl.col(name) == "" for name in names) & pl.col("flaw").is_null()
    frame, records = frame.filter(~is_blank), frame.height + first - 1
    return Sheet(titles, frame, records, (lost_in(frame, names),) if is_lossy else (), header=header)


def lost_in(frame: pl.DataFrame, names: list[str]) -> Sentence:
    """Which rows hold characters that could not be read."""
    is_lost = pl.any_horizontal(pl.col(names).str.contains("\ufffd", literal=True))
    rows = frame.filter(is_lost)["file_row"].to_list()
    named = "、".join(str(row) for row in rows[:MOST_NAMED]) + ("…" if len(rows) > MOST_NAMED else "")
    return sentence("undecodable", known=named or "1")


def lines_of(raw: bytes, *, is_thorough: bool = False) -> tuple[bytes, bool]:
    """The text of a file from its header line on, and whether characters were lost."""
    text, is_lossy = as_utf8(raw, is_thorough=is_thorough)
    if b"\r" in text[:LONGEST_LINE] and b"\n" not in text:  # an old Macintosh's line ends
        text = text.replace(b"\r", b"\n")
    return (text.lstrip(b"\r\n") if text[:1] in (b"\r", b"\n") else text), is_lossy


def header_of(text: bytes, rows_above: int | None, wanted: Table[str, tuple[str, ...]]) -> tuple[Header, bytes]:
    """The header of a file, and its text from the last row of the header on.

    Raises:
        IngestError: empty_file.
    """
    if not wanted and rows_above is None:
        return FIRST_ROW, text
    top = list(islice(top_records(text), ROWS_ABOVE + 2))
    header = header_in([cells_of_titles(record) for record in top], wanted, rows_above)
    return header, text[sum(len(record) for record in top[: header.above + header.rows - 1]):]


def top_records(text: bytes) -> Iterator[bytes]:
    """The first records of a file, one after another, each with its line end."""
    top = text[:LONGEST_LINE]
    while top:
        record = header_record(top)
        yield record
        top = top[len(record):]


def cells_of_titles(record: bytes) -> list[str]:
    """The cells of a record that may be a header, without line breaks and blanks around them; none where it cannot be read."""
    if len(record) > LONGEST_LINE:
        return []
    try:
        _, cells = titles_in(record)
    except (csv.Error, StopIteration):
        return []
    return [clean_title(cell) for cell in cells]


def titles_of(text: bytes) -> tuple[str, tuple[str, ...]]:
    """The separator and the titles of the first record."""
    record = header_record(text)
    if len(record) > LONGEST_LINE:
        raise IngestError("not_csv", kind={"ja": "改行のない文字の列", "en": "text without line ends"})
    try:
        separator, titles = titles_in(record)
    except (csv.Error, StopIteration):
        raise IngestError("unreadable_csv") from None
    return separator, tuple(clean_title(title) for title in titles)


def clean_title(title: str) -> str:
    """A title without the line breaks Excel writes into it, and without blanks around it."""
    return "".join(title.splitlines()).strip().strip("\ufeff")


def header_record(text: bytes) -> bytes:
    """The first record with its line end; a title may be broken over lines, as Excel writes it, inside quotation marks.

    A title over lines with a separator in it is no title: there the quote was never meant to be one, and the first line is the record.
    """
    top = text[: LONGEST_LINE + 1]
    first = end = top.find(b"\n") + 1 or len(top)
    while top.count(b'"', 0, end) % 2:
        end = top.find(b"\n", end) + 1
        if not end or top.count(b"\n", 0, end) > MOST_HEADER_LINES:
            return top[:first]
    if end > first:
        try:
            separator, titles = titles_in(top[:end])
        except (csv.Error, StopIteration):
            return top[:first]
        if any(separator in title and "\n" in title for title in titles):
            return top[:first]
    return top[:end]


def titles_in(record: bytes) -> tuple[str, list[str]]:
    """The separator and the cells of a header."""
    text = record.decode("utf-8", errors="replace").strip("\r\n")
    separator = max(SEPARATORS, key=text.count)
    return separator, next(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def frame_at_once(text: bytes, separator: str, names: list[str], first: int) -> pl.DataFrame | None:
    """Every cell as text, by the quick way, rows numbered from `first` on; None where the file is not sound enough for it."""
    try:
        frame = pl.read_csv(
            text, separator=separator, infer_schema=False, empty_string_is_null=False, new_columns=names,
            row_index_name="file_row", row_index_offset=first,
        )
    except pl.exceptions.NoDataError:
        raise IngestError("empty_file") from None
    except (pl.exceptions.PolarsError, ValueError):
        return None
    lines = text.count(b"\n") + (not text.endswith(b"\n"))
    if frame.columns[1:] != names or frame.height != lines - header_record(text).count(b"\n"):
        return None  # a cell with line breaks in it, or a quote that was never meant to be one: look closely
    return frame.select(
        pl.col("file_row").cast(pl.Int32), pl.lit(None, pl.String).alias("flaw"), pl.col(names).fill_null("")
    )


def frame_by_record(text: bytes, separator: str, names: list[str], first: int) -> pl.DataFrame:
    """Every cell as text, record by record, rows numbered from `first` on: slower, and only the broken records are marked."""
    width = len(names)
    columns: list[list[str]] = [[] for _ in names]
    rows: list[int] = []
    flaws: list[str | None] = []
    records = records_of(text.decode("utf-8", errors="replace"), separator, width)
    for row, (cells, flaw) in enumerate(records[1:], start=first):
        spare = cells[width:]
        is_long = any(cell.strip() for cell in spare)
        rows.append(row)
        flaws.append(flaw or ("row_too_long" if is_long else None))
        padded = cells[:width] + [""] * (width - len(cells))
        if is_long:  # nothing is lost: what stands beyond the last title is kept with the last cell
            padded[-1] = separator.join([padded[-1], *spare])
        for column, cell in zip(columns, padded, strict=True):
            column.append(cell)
    return pl.DataFrame(
        {"file_row": pl.Series(rows, dtype=pl.Int32), "flaw": pl.Series(flaws, dtype=pl.String)}
        | {name: pl.Series(column, dtype=pl.String) for name, column in zip(names, columns, strict=True)}
    )


def records_of(text: str, separator: str, width: int) -> list[tuple[list[str], str | None]]:
    """Cells and flaw of each record; a stray quote breaks its own line, not the rest of the file.

    A quote is stray if it never closes, or closes only after lines each of which is a whole row by itself.
    """
    lines = text.splitlines() if "\n" not in text else text.split("\n")
    if lines and not lines[-1].strip():
        lines.pop()
    found: list[tuple[list[str], str | None]] = []
    place = 0
    while place < len(lines):
        last = place + 1
        quotes = lines[place].count('"')
        while quotes % 2 and last < min(len(lines), place + LONGEST_RECORD):
            quotes += lines[last].count('"')
            last += 1
        is_stray = last - place > 1 and all(line.count(separator) >= width - 1 for line in lines[place:last])
        if quotes % 2 or (is_stray and width > 1):
            found.append((lines[place].rstrip("\r").split(separator), "broken_quotes"))
            place += 1
            continue
        found.append(cells_of("\n".join(lines[place:last]).rstrip("\r"), separator))
        place = last
    return found


def cells_of(record: str, separator: str) -> tuple[list[str], str | None]:
    """The cells of one record, and its flaw if it has one."""
    csv.field_size_limit((1 << 31) - 1)
    try:
        parsed = list(csv.reader(io.StringIO(record, newline=""), delimiter=separator))
    except csv.Error:
        return record.split(separator), "broken_quotes"
    if len(parsed) > 1:
        return record.split(separator), "broken_quotes"
    return (parsed[0] if parsed else []), None
