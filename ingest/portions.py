"""A file of the inbox as a table, whichever kind of file it is: its bytes decide, never its name."""

from __future__ import annotations

from collections.abc import Mapping as Table
from typing import Any

from ingest.excel import excel_sheet, is_excel
from ingest.sheet import Sheet, sheet_of


def sheet_in(raw: bytes, settings: Table[str, Any], wanted: Table[str, tuple[str, ...]]) -> Sheet:
    """The table in a CSV or a workbook.

    Args:
        raw: the file.
        settings: the mapping file; it may say which sheet of a workbook.
        wanted: our columns and the titles each may have.

    Raises:
        Refusal: why it cannot be read.
    """
    return excel_sheet(raw, settings, wanted) if is_excel(raw) else sheet_of(raw)
