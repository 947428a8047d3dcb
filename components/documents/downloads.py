"""Copies to take along, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

import polars as pl

from access import Viewer
from records import exports

MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "pdf": "application/pdf",
}
LONGEST_SHEET_NAME = 31
# A spreadsheet takes a cell that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_of(table: pl.DataFrame) -> bytes:
    """A table as CSV that Excel opens with Japanese intact and no cell taken for a formula."""
    safe = table.with_columns(
        pl.when(pl.col(name).str.slice(0, 1).is_in(FORMULA_STARTS))
        .then(pl.format("'{}", name))
        .otherwise(pl.col(name))
        .alias(name)
        for name, kind in table.schema.items()
        if kind == pl.String
    )
    return "\ufeff".encode() + safe.write_csv(line_terminator="\r\n").encode("utf-8")


def xlsx_of(table: pl.DataFrame, title: str) -> bytes:
    """A table as a workbook: numbers stay numbers, and no cell is taken for a formula."""
    kept = BytesIO()
    sheet = "".join(sign for sign in title if sign not in r"[]:*?/\\'")[:LONGEST_SHEET_NAME] or "1"
    table.write_excel(
        kept, sheet, autofit=True, freeze_panes=(1, 0), header_format={"bold": True},
        dtype_formats={pl.String: "@"},
    )  # fmt: skip
    return kept.getvalue()


def recorded(viewer: Viewer | None, kind: str, card: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same, written down as it is made; away from a person's page there is nobody to write down."""
    return partial(_recorded, viewer, kind, card, make)


def _recorded(viewer: Viewer | None, kind: str, card: str, make: Callable[[], Any]) -> bytes:
    made: bytes = make()
    if viewer is not None:
        exports.record(viewer, exports.Export(f"card_{kind}", None, (card,)), made)
    return made
