"""What each status of the register says of a day, for whoever reads a register before the tables are made."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import polars as pl

STATUSES = Path(__file__).with_name("build") / "attendance_status.sql"


@lru_cache(maxsize=1)
def absences() -> tuple[str, ...]:
    """The statuses that are an absence."""
    return tuple(pl.sql(STATUSES.read_text(encoding="utf-8"), eager=True).filter("is_absent")["status"])
