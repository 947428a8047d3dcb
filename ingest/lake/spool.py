"""The rows of one table of a 年度 on their way into the lake: in memory while they are few, on disk when they are many.

On disk they lie in a small database of the load's own folder, which sorts and compares more than fits into memory and goes with the load.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from ingest.files.rows import Rows
from ingest.lake.lake import Lake, lake_columns, schema_of

HELD = 1_500_000  # rows kept in memory
MEMORY = "512MB"


class Spool:
    """All rows of one table of a 年度; no two files say the same of anything once `supersede` has looked at them."""

    def __init__(self, lake: Lake, table: str, fiscal_year: int, keys: tuple[str, ...]) -> None:
        self.lake, self.table, self.fiscal_year, self.keys = lake, table, fiscal_year, keys
        self.frames: list[pl.DataFrame] = []  # of one file each, while all are in memory
        self.opened: duckdb.DuckDBPyConnection | None = None  # the database, once they are on disk
        self.columns: list[str] = []
        self.file_ids: set[int] = set()
        self.path = lake.staging / f"{table}.spool"
        self.written: int | None = None

    @property
    def rows(self) -> pl.DataFrame | Spool:
        """What goes into the lake: one frame, or the spool itself where the rows are on disk."""
        if self.opened is not None:
            return self
        return pl.concat(self.frames, how="diagonal") if self.frames else pl.DataFrame(schema=schema_of(self.table))

    @property
    def height(self) -> int:
        """How many rows are on disk, or were when they were written."""
        if self.written is None:
            return self.opened.execute("select count(*) from spool").fetchall()[0][0]
        return self.written

    def add(self, rows: Rows, file_id: int) -> pl.DataFrame:
        """The sound rows of a file or of a chunk of it, put behind those there are.

        The chunks of a file go to disk at once, to be compared with the chunks to come.
        """
        sound = rows.sound.with_columns(file_id=pl.lit(file_id, pl.Int32))
        return self.append(sound, is_chunk=rows.sheet.is_chunk)

    def append(self, frame: pl.DataFrame, *, is_chunk: bool = False) -> pl.DataFrame:
        """Rows that bear their `file_id`, put behind those there are, in the columns of the lake."""
        frame = lake_columns(frame, self.table, self.fiscal_year)
        if self.opened is None and (is_chunk or sum(other.height for other in self.frames) + frame.height > HELD):
            self.begin_on_disk()
        if self.opened is None:
            self.frames.append(frame)
        else:
            self.insert(frame)
        self.file_ids.update(frame["file_id"].unique())
        return frame

    def begin_on_disk(self) -> None:
        """Begin on disk, with the rows that were in memory."""
        self.lake.staging.mkdir(parents=True, exist_ok=True)
        self.path.unlink(missing_ok=True)
        self.opened = duckdb.connect(str(self.path), config={
            "memory_limit": MEMORY, "temp_directory": f"{self.path}.tmp", "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        })
        for frame in self.frames:
            self.insert(frame)
        self.frames.clear()

    def insert(self, frame: pl.DataFrame) -> None:
        """Put rows behind those on disk."""
        self.opened.register("further", frame.to_arrow())
        if self.columns:
            self.opened.execute(f"insert into spool select {', '.join(self.columns)} from further").fetchall()
        else:
            self.columns = frame.columns
            self.opened.execute("create table spool as select * from further").fetchall()
        self.opened.unregister("further")

    def rows_alike(self, file_id: int, keys: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
        """Some columns of the rows of a file further up that have one of these keys."""
        self.opened.register("further", keys.unique().to_arrow())
        known = self.opened.sql(
            f"select {', '.join(columns)} from (select * from spool where file_id = {int(file_id)}) as known semi join further"
            f" on {same('further', 'known', tuple(keys.columns))} order by known.file_row"
        ).pl()
        self.opened.unregister("further")
        return known

    def forget(self, file_id: int) -> None:
        """Take the rows of a file out again: it cannot be read to its end."""
        self.file_ids.discard(file_id)
        self.frames = [frame for frame in self.frames if file_id not in frame["file_id"]]
        if self.columns:
            self.opened.execute(f"delete from spool where file_id = {int(file_id)}").fetchall()

    def supersede(self) -> dict[int, int]:
        """Take out what a later file says anew; how many rows of which file those were."""
        if len(self.file_ids) < 2:
            return {}
        if self.opened is None:
            whole = pl.concat(self.frames, how="diagonal")
            self.frames = [whole.filter(pl.col("file_id") == pl.col("file_id").max().over(self.keys))]
            left = dict(self.frames[0]["file_id"].value_counts().iter_rows())
            return {file_id: rows - left.get(file_id, 0) for file_id, rows in whole["file_id"].value_counts().iter_rows()}
        later = f"select 1 from spool as later where {same('later', 'spool', self.keys)} and later.file_id > spool.file_id"
        gone = self.opened.execute(
            f"select file_id, count(*) from spool where exists ({later}) group by file_id"
        ).fetchall()
        if gone:
            self.opened.execute(f"delete from spool where exists ({later})").fetchall()
        return dict(gone)

    def select(self, *columns: str) -> pl.DataFrame:
        """Some columns of all rows."""
        if self.opened is None:
            return self.rows.select(*columns)
        return self.opened.sql(f"select {', '.join(columns)} from spool").pl()

    def write_parquet(self, path: Path, order: tuple[str, ...]) -> None:
        """Write all rows that are on disk, sorted, and close."""
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
