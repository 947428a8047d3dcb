"""この数字の出どころ: which system's records a card's figures come from, by which load, and up to which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from components.dates import day_text
from components.wording import _, language
from queries.catalogue import indicators

# 授業日 and who is enrolled where stand behind every figure of children; hours of staff need neither.
COUNTED_WITH = ("calendar", "roster")
MOST_LOADS = 3
WITHOUT_CHILDREN = ("staff_hours",)


@dataclass(frozen=True, slots=True)
class Origins:
    """The loads behind the figures of a place, and what each source says of itself.

    `loads` are rows of `origin_of_figures`; `flows` rows of `declared_flows` by source.
    """

    loads: pl.DataFrame
    flows: Mapping[str, dict[str, Any]]

    def of(self, sources: Iterable[str]) -> pl.DataFrame:
        """Source, load, time and last day in words, for the foot of a card; file names only for those who may see them."""
        lines: list[tuple[dict[str, Any], int]] = []
        for source in sources:
            loads = self.loads.filter(pl.col("source") == source).rows(named=True)
            # the last line shown counts the loads before it
            lines += [
                (row, max(0, len(loads) - MOST_LOADS) * (at == MOST_LOADS)) for at, row in enumerate(loads[:MOST_LOADS], 1)
            ]
        table = {
            _("column.source"): [_(f"source.{row['source']}") for row, _earlier in lines],
            _("column.load"): [_load_text(row, earlier) for row, earlier in lines],
            _("column.loaded_at"): [_time_text(row) for row, _earlier in lines],
            _("column.last_on"): [_until_text(row, self.flows.get(row["source"], {})) for row, _earlier in lines],
        }
        if any(row["file"] for row, _earlier in lines):
            table[_("column.file")] = [_file_text(row) for row, _earlier in lines]
        return pl.DataFrame(table, schema=dict.fromkeys(table, pl.String))

    def of_figures(self, names: list[str]) -> pl.DataFrame:
        """The same for the sources these indicators are counted from."""
        counted = [indicators()[name].source for name in names]
        besides = COUNTED_WITH if set(counted) - set(WITHOUT_CHILDREN) else ()
        return self.of(dict.fromkeys((*counted, *besides)))


def _load_text(row: dict[str, Any], earlier: int) -> str:
    words = _("origin.load", load=row["load_id"])
    return words + _("origin.earlier", loads=earlier) if earlier else words


def _time_text(row: dict[str, Any]) -> str:
    at = row["loaded_at"]
    return f"{day_text(at.date(), language())} {at:%H:%M}" if at else _("figure.none")


def _until_text(row: dict[str, Any], flow: dict[str, Any]) -> str:
    """A list of exceptions speaks as far as its file; any other source as far as its last row about the place."""
    until = row["spoken_on"] if flow.get("lists_exceptions") else row["last_on"]
    return day_text(until, language()) if until else _("origin.no_day")


def _file_text(row: dict[str, Any]) -> str:
    file = row["file"] or _("figure.none")
    return _("origin.files", file=file, more=row["files"] - 1) if row["files"] > 1 else file
