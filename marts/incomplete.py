"""Which figures rest on months of which too many rows are missing: each bears the mark, whatever page or paper asks for it."""

from __future__ import annotations

from pathlib import Path

from marts.engines import DuckDB

MARKED = Path(__file__).parents[1] / "queries" / "incomplete" / "marked.sql"


def mark_incomplete(engine: DuckDB) -> None:
    """Marks the cells of the places and months in table incomplete_place, and takes the mark from those that are whole again.

    Raises BuildError where a table it reads is not there.
    """
    engine.run("update cell set is_incomplete = false where is_incomplete")
    engine.run(MARKED.read_text(encoding="utf-8"))
