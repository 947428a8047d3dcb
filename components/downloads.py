"""Copies to take along, made when they are asked for."""

from __future__ import annotations

import polars as pl

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
