"""A file of the inbox as tables, one after another in flat memory: whichever kind of file it is, its bytes decide, never its name.

A CSV of some size comes in chunks that end where a record ends, each with the header of the file; a workbook or a small file is one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import replace
from itertools import islice
from typing import Any, BinaryIO

import polars as pl

from ingest.files.encoding import SHIFTED, UTF16, is_excel
from ingest.files.excel import excel_sheets
from ingest.files.inbox import Dropped
from ingest.files.mapping import Mapping
from ingest.files.reasons import IngestError
from ingest.files.sheet import LONGEST_LINE, LONGEST_RECORD, Sheet, sheet_of, top_records

CHUNK = 16 << 20  # bytes
CHUNKED = 2 * CHUNK  # bytes from which on a file comes in chunks
LONGEST = 64 << 20  # bytes without a line end: no table looks like that


def sheets_in(raw: bytes, settings: Table[str, Any], wanted: Table[str, tuple[str, ...]]) -> list[Sheet]:
    """The table in a CSV or a workbook; several, where sheets of a workbook are alike.

    Args:
        raw: the file.
        settings: the mapping file; it may say which sheet of a workbook, and where its header is.
        wanted: our columns and the titles each may have.

    Raises:
        IngestError: why it cannot be read.
    """
    return excel_sheets(raw, settings, wanted) if is_excel(raw) else [sheet_of(raw, settings, wanted)]


def chunks_of(file: Dropped, mapping: Mapping) -> Iterator[Sheet]:
    """The table in a file, chunk by chunk.

    Raises:
        IngestError: why it cannot be read; also after some chunks, which then count for nothing.
    """
    if not comes_in_chunks(file):
        yield from whole_of(file, mapping)
        return
    try:
        with file.path.open("rb") as opened:
            for sheet in csv_chunks(opened, file.sha256, mapping):
                yield replace(sheet, file=file.path.name, is_chunk=True)
    except OSError:
        raise IngestError("unreadable_file") from None


def whole_of(file: Dropped, mapping: Mapping) -> Iterator[Sheet]:
    """The table in a file, all at once; of a workbook, sheet by sheet.

    Raises:
        IngestError: why it cannot be read.
    """
    sheets = sheets_in(file.raw, mapping.settings, mapping.columns)
    for sheet in sheets:
        yield replace(sheet, file=file.path.name, is_chunk=len(sheets) > 1)


def comes_in_chunks(file: Dropped) -> bool:
    """Whether a file comes in chunks: a CSV of some size.

    UTF-16 comes from Excel, which knows a million rows at most; without line ends there is nothing to cut at. In ISO-2022-JP half a
    character may look like a comma or a quotation mark.
    """
    try:
        with file.path.open("rb") as opened:
            head = opened.read(LONGEST_LINE)
        is_whole = is_excel(head) or head.startswith(UTF16) or SHIFTED in head or b"\n" not in head
        return file.path.stat().st_size > CHUNKED and not is_whole
    except OSError:
        raise IngestError("unreadable_file") from None


def csv_chunks(opened: BinaryIO, sha256: str, mapping: Mapping) -> Iterator[Sheet]:
    """Every chunk of a CSV as a sheet of its own, its rows numbered on from those before."""
    digest = hashlib.sha256()
    header, passed = b"", 0
    blocks = blocks_of(opened, digest)
    block = next(blocks, None)
    while block is not None:
        following = next(blocks, None)
        sheet = sheet_of(header + block, {} if header else mapping.settings, mapping.columns)
        if not header:
            top = list(islice(top_records(block.lstrip(b"\r\n")), sheet.header.above + sheet.header.rows))
            header = b"".join(top[sheet.header.above:])
        # a row's number within its chunk counts the header, which only the first chunk has by right
        numbered = sheet.frame.with_columns(pl.col("file_row") + passed)
        yield replace(sheet, frame=numbered, is_end=following is None)
        passed += sheet.records - sheet.header.rows
        block = following
    if digest.hexdigest() != sha256:
        raise IngestError("still_changing")


def blocks_of(opened: BinaryIO, digest: Any) -> Iterator[bytes]:
    """The bytes of a file in blocks that end where a record ends."""
    rest = b""
    while read := opened.read(CHUNK):
        digest.update(read)
        rest += read
        cut = end_of_records(rest)
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > LONGEST:
            raise IngestError("line_too_long", limit=f"{LONGEST >> 20} MiB")
    if rest:
        yield rest


def end_of_records(block: bytes) -> int:
    """Where the last whole record of a block ends: at a line end outside quotation marks.

    Where no such end is near, a quote was left open further up; that row alone is broken, and any line end will do.
    """
    last = cut = block.rfind(b"\n") + 1
    quotes = block.count(b'"', 0, cut)
    for _ in range(LONGEST_RECORD):
        if quotes % 2 == 0 or cut == 0:
            break
        before = block.rfind(b"\n", 0, cut - 1) + 1
        quotes -= block.count(b'"', before, cut)
        cut = before
    return cut if cut and quotes % 2 == 0 else last
