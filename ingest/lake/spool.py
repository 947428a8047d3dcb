"""The rows of one table of a 年度 on their way into the lake: in memory while they are few, on disk when they are many.

On disk they lie in a small database of the load's own folder, which sorts and compares more than fits into memory and goes with the load.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from ingest.lake.lake import Lake, typed

HELD = 1_500_000  # rows kept in memory
MEMORY = "512MB"


class Spool:
    """Rows on disk."""

    def __init__(self, lake: Lake, table: str) -> None:
        lake.staging.mkdir(parents=True, exist_ok=True)
        self.table = table
        self.path = lake.staging / f"{table}.spool"
        self.path.unlink(missing_ok=True)
        self.opened = duckdb.connect(str(self.path), config={
            "memory_limit": MEMORY, "temp_directory": f"{self.path}.tmp", "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        })
        self.columns: list[str] = []
        self.written: int | None = None

    @property
    def height(self) -> int:
        """How many rows there are, or were when they were written."""
        if self.written is None:
            return self.opened.execute("select count(*) from spool").fetchall()[0][0]
        return self.written

    def add(self, rows: pl.DataFrame) -> None:
        """Put rows behind those there are."""
        rows = typed(rows, self.table)
        self.opened.register("further", rows.to_arrow())
        if self.columns:
            self.opened.execute(f"insert into spool select {', '.join(self.columns)} from further").fetchall()
        else:
            self.columns = rows.columns
            self.opened.execute("create table spool as select * from further").fetchall()
        self.opened.unregister("further")

    def forget(self, file_id: int) -> None:
        """Take the rows of a file out again."""
        if self.columns:
            self.opened.execute(f"delete from spool where file_id = {int(file_id)}").fetchall()

    def lines_known(self, rows: pl.DataFrame, keys: tuple[str, ...], file_id: int) -> list[int]:
        """`line` of those rows that say again what a row of this file further up has said."""
        if not self.columns or not keys:
            return []
        self.opened.register("further", rows.select("line", *keys).to_arrow())
        known = self.opened.execute(
            f"select further.line from further semi join (select * from spool where file_id = {int(file_id)}) as known"
            f" on {same('further', 'known', keys)}"
        ).fetchall()
        self.opened.unregister("further")
        return [line for (line,) in known]

    def superseded(self, keys: tuple[str, ...]) -> dict[int, int]:
        """Take out what a later file says anew; how many rows of which file that were."""
        later = f"select 1 from spool as later where {same('later', 'spool', keys)} and later.file_id > spool.file_id"
        gone = self.opened.execute(
            f"select file_id, count(*) from spool where exists ({later}) group by file_id"
        ).fetchall()
        if gone:
            self.opened.execute(f"delete from spool where exists ({later})").fetchall()
        return dict(gone)

    def select(self, *columns: str) -> pl.DataFrame:
        """Some columns of all rows."""
        return self.opened.sql(f"select {', '.join(columns)} from spool").pl()

    def write_parquet(self, path: Path, order: tuple[str, ...]) -> None:
        """Write all rows, sorted, and close."""
        sorting = ", ".join(f"{column} nulls last" for column in (*order, "rowid"))
        self.opened.execute(
            f"copy (select {', '.join(self.columns)} from spool order by {sorting}) to '{path}'"
            " (format parquet, compression zstd, compression_level 1)"
        ).fetchall()
        self.written = self.height
        self.opened.close()
        self.path.unlink(missing_ok=True)


def same(one: str, other: str, keys: tuple[str, ...]) -> str:
    """That two rows have the same keys, nothing being the same as nothing."""
    return " and ".join(f"{one}.{key} is not distinct from {other}.{key}" for key in keys)


class Gathering:
    """All rows of one table of a 年度, wherever they are."""

    def __init__(self, lake: Lake, table: str, keys: tuple[str, ...]) -> None:
        self.lake = lake
        self.table = table
        self.keys = keys
        self.frames: list[pl.DataFrame] = []
        self.spool: Spool | None = None

    def add(self, rows: pl.DataFrame, *, is_portion: bool = False) -> None:
        """Take some rows in; those of a file in portions go to disk, to be compared with the portions to come."""
        if self.spool is None and (is_portion or sum(frame.height for frame in self.frames) + rows.height > HELD):
            self.spool = Spool(self.lake, self.table)
            for frame in self.frames:
                self.spool.add(frame)
            self.frames.clear()
        if self.spool is None:
            self.frames.append(rows)
        else:
            self.spool.add(rows)

    def lines_known(self, rows: pl.DataFrame, file_id: int) -> list[int]:
        """`line` of those rows that say again what an earlier portion of the file has said."""
        return self.spool.lines_known(rows, self.keys, file_id) if self.spool else []

    def forget(self, file_id: int) -> None:
        """Take the rows of a file out again."""
        if self.spool:
            self.spool.forget(file_id)
