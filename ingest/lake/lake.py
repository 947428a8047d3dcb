"""The lake: one sorted Parquet file per table and 年度, and how a load replaces several of them as one.

A load may be killed at any moment, so it never writes over a file that is in use:

1. every new file is written into `lake/.load-<id>/` and brought safely to disk;
2. `COMMIT`, the list of those files, is put beside them in one step: from here on the load counts as done;
3. each file is moved to its place, then the folder is removed.

Killed before step 2, nothing has happened: the next load removes the folder. Killed after it, the next load moves what is left to
move; moving again what has been moved is harmless. Nobody but a load reads the lake (pages read the published district file),
and only one load runs at a time, so a half-moved lake is never seen.
"""

from __future__ import annotations

import json
import shutil
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from marts.disk import brought_to_disk

TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "integer": pl.Int32, "smallint": pl.Int16, "bigint": pl.Int64, "varchar": pl.String, "boolean": pl.Boolean,
    "date": pl.Date, "double": pl.Float64, "timestamp": pl.Datetime("us"),
}
DECLARED = Path(__file__).parents[2] / "queries" / "lake.toml"
COMMIT = "COMMIT"


class Sorted(Protocol):
    """Rows that write themselves, sorted: more than fits into memory."""

    @property
    def height(self) -> int:
        """How many rows there are."""

    def write_parquet(self, path: Path, order: tuple[str, ...]) -> None:
        """Write all of them."""


class Lake:
    """The lake of one district as one load sees it: what it has written so far, else what was there before."""

    def __init__(self, root: Path, load_id: int = 0) -> None:
        self.root = root
        self.staging = root / f".load-{load_id}"
        self.written: dict[str, int] = {}  # path below the lake → rows

    def begin(self) -> None:
        """Finish or undo what an interrupted load left behind."""
        self.root.mkdir(parents=True, exist_ok=True)
        for left in sorted(self.root.glob(".load-*")):
            if (left / COMMIT).is_file():
                moved_into_place(left, self.root)
            shutil.rmtree(left)

    def path(self, table: str, part: int | str) -> Path:
        """Where a part is now: in this load's own folder, or in the lake."""
        name = f"{table}/{part}.parquet"
        return (self.staging if name in self.written else self.root) / name

    def has(self, table: str, part: int | str) -> bool:
        """Whether the lake holds this part."""
        return self.path(table, part).is_file()

    def parts(self, table: str) -> list[int]:
        """The 年度 of a table, oldest first."""
        folders = (self.root / table, self.staging / table)
        return sorted({int(file.stem) for folder in folders for file in folder.glob("*.parquet") if file.stem.isdigit()})

    def has_rows(self, *tables: str) -> bool:
        """Whether any 年度 of any of these tables has a row."""
        return any(self.read(table, year).height for table in tables for year in self.parts(table))

    def read(self, table: str, part: int | str) -> pl.DataFrame:
        """A part's rows; none where the part does not exist."""
        path = self.path(table, part)
        if not path.is_file():
            return pl.DataFrame(schema=schema_of(table) if table in declared() else None)
        # the bytes are taken at once: a file kept mapped could not be replaced on every system
        return pl.read_parquet(path.read_bytes())

    def write(self, table: str, part: int | str, frame: pl.DataFrame | Sorted, order: tuple[str, ...] = ()) -> None:
        """Put a part's rows into this load's folder, in the table's types and the order pages read them in."""
        path = self.staging / table / f"{part}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(frame, pl.DataFrame):
            self.write_frame(table, path, frame, order)
        else:
            frame.write_parquet(path, order)
        brought_to_disk(path)
        self.written[f"{table}/{part}.parquet"] = frame.height

    def write_frame(self, table: str, path: Path, frame: pl.DataFrame, order: tuple[str, ...]) -> None:
        """Write rows that are held in memory."""
        if table in declared():
            frame = typed(frame, table)
        if order:
            frame = frame.sort(order, nulls_last=True, maintain_order=True)
        frame.write_parquet(path, compression="zstd", compression_level=1, statistics=True)

    def notes(self, name: str) -> dict[str, Any]:
        """A small JSON file of the lake, empty where there is none."""
        path = (self.staging if name in self.written else self.root) / name
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

    def write_notes(self, name: str, notes: dict[str, Any]) -> None:
        """Put a small JSON file into this load's folder."""
        self.staging.mkdir(parents=True, exist_ok=True)
        path = self.staging / name
        path.write_text(json.dumps(notes, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
        brought_to_disk(path)
        self.written[name] = 0

    def commit(self) -> None:
        """Make everything this load has written count, as one step."""
        if not self.written:
            return
        unborn = self.staging / f"{COMMIT}.part"
        unborn.write_text(json.dumps(sorted(self.written)), encoding="utf-8")
        brought_to_disk(unborn)
        for folder in {(self.staging / name).parent for name in self.written}:
            brought_to_disk(folder)
        unborn.replace(self.staging / COMMIT)
        brought_to_disk(self.staging)
        moved_into_place(self.staging, self.root)
        self.abandon()

    def abandon(self) -> None:
        """Forget what this load has written and not committed."""
        shutil.rmtree(self.staging, ignore_errors=True)
        self.written.clear()


def moved_into_place(staging: Path, root: Path) -> None:
    """Move every file a commit lists to its place in the lake."""
    folders = {root}
    for name in json.loads((staging / COMMIT).read_text(encoding="utf-8")):
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (staging / name).is_file():
            (staging / name).replace(target)
        folders.add(target.parent)
    for folder in folders:
        brought_to_disk(folder)


@cache
def declared() -> dict[str, dict[str, Any]]:
    """Every table of the lake as declared for the build."""
    return tomllib.loads(DECLARED.read_text(encoding="utf-8"))


def schema_of(table: str) -> dict[str, pl.DataType | type[pl.DataType]]:
    """Column → type of a declared table."""
    return {column: TYPES[kind.removesuffix("?")] for column, kind in declared()[table]["columns"].items()}


def typed(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """The frame with the declared columns first, in their types; further columns follow as they are."""
    schema = schema_of(table)
    further = [column for column in frame.columns if column not in schema]
    return frame.select(*(pl.col(column).cast(kind) for column, kind in schema.items()), *further)


def lake_columns(frame: pl.DataFrame, table: str, fiscal_year: int) -> pl.DataFrame:
    """Exactly the columns the lake declares for a table."""
    whole = frame.with_columns(fiscal_year=pl.lit(fiscal_year, pl.Int16))
    return whole.select([pl.col(column).cast(kind) for column, kind in schema_of(table).items()])
