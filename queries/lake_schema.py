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
        )
        for name, entry in declared.items()
    }
