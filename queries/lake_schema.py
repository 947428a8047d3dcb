"""Which tables the lake has, and which columns of which type: read from queries/lake.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DECLARATION = Path(__file__).with_name("lake.toml")


@dataclass(frozen=True)
class LakeTable:
    """One table of the lake: its columns in order with their SQL types, and those an older file may lack."""

    name: str
    is_per_fiscal_year: bool
    types: dict[str, str]
    may_lack: frozenset[str]
    source: str | None = None
    day: str | None = None

    def files(self, lake: Path) -> list[Path]:
        """The Parquet files of this table, none when the district does not have the source."""
        return sorted((lake / self.name).glob("*.parquet"))


@lru_cache(maxsize=1)
def lake_tables() -> dict[str, LakeTable]:
    """Every table of the lake by name."""
    declared = tomllib.loads(DECLARATION.read_text(encoding="utf-8"))
    return {
        name: LakeTable(
            name=name,
            is_per_fiscal_year=entry["per"] == "fiscal_year",
            types={column: kind.rstrip("?") for column, kind in entry["columns"].items()},
            may_lack=frozenset(column for column, kind in entry["columns"].items() if kind.endswith("?")),
            source=entry.get("source"),
            day=entry.get("day"),
        )
        for name, entry in declared.items()
    }


def source_rows() -> str:
    """A SELECT of every row that is told of as some source's: its school, child where it is about one, source, 年度, day and file."""
    found = []
    for name, table in lake_tables().items():
        if table.source:
            day = f"{name}.{table.day}" if table.day else "cast(null as date)"
            child = f"{name}.student_id" if "student_id" in table.types else "cast(null as integer)"
            found.append(
                f"select {name}.school_id, '{table.source}' as source, {name}.fiscal_year, {day} as day, {child} as student_id,"
                f" {name}.file_id\nfrom lake.{name} as {name}"
            )
    return "\nunion all\n".join(found)
