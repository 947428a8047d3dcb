"""A city of any size written, built and published: seconds of work and peak memory, beside smaller ones in the same run."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

PUBLISHED = "district/district-1.duckdb"


@dataclass(frozen=True)
class Spent:
    """What a piece of work took: seconds on the clock, seconds of work on all cores, and memory at its highest."""

    seconds: float
    cpu_seconds: float
    peak_gib: float


def measured(sample: Path, sizes: list[int], place: Path, console: Console) -> None:
    """Print, size by size, what writing, building and publishing took, each in a process of its own."""
    board = Table("schools", "children", "school days", "rows in the lake", "write s", "build s", "CPU s", "verify s", "peak GiB",
                  "file GiB", "CPU s per M days", title="A city's lake, built into the district file")
    for schools in sizes:
        city = place / str(schools)
        writing = spent(written, sample / "lake", city, schools)
        building, publishing = spent(built, city), spent(published, city)
        children, days = life_of(city)
        board.add_row(
            str(schools), f"{children:,}", f"{days:,}", f"{rows_of(city / 'lake'):,}", f"{writing.seconds:.0f}",
            f"{building.seconds:.0f}", f"{building.cpu_seconds:.0f}", f"{publishing.seconds:.0f}",
            f"{max(building.peak_gib, publishing.peak_gib):.2f}", f"{(city / PUBLISHED).stat().st_size / 1024**3:.2f}",
            f"{building.cpu_seconds / days * 1e6:.2f}",
        )
    console.print(board)


def written(sample: Path, city: Path, schools: int) -> None:
    """The city's lake, anew."""
    from bench.city_lake import write_city

    shutil.rmtree(city, ignore_errors=True)
    write_city(sample, city / "lake", schools)


def built(city: Path) -> None:
    """The city's district file, under its unfinished name."""
    from ingest.registry import declarations
    from marts.building import build_district

    shutil.rmtree(city / "district", ignore_errors=True)
    build_district(city / "lake", city / "district", 1, declared=declarations())


def published(city: Path) -> None:
    """The city's district file, found sound and serving."""
    from marts.publish import publish

    publish(next((city / "district").glob(".building-*")), city / "district", 1)


def spent(work: Callable[..., None], *arguments: Any) -> Spent:
    """What a function takes in a process of its own, so that its memory is told apart from all before it.

    Raises RuntimeError when it does not come to its end.
    """
    worker = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    began = time.perf_counter()
    worker.start()
    _, status, usage = os.wait4(worker.pid or 0, 0)
    seconds = time.perf_counter() - began
    if status:
        raise RuntimeError(f"{work.__name__} ended with {os.waitstatus_to_exitcode(status)}")
    unit = 1024**3 if sys.platform == "darwin" else 1024**2
    return Spent(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def life_of(city: Path) -> tuple[int, int]:
    """Children enrolled on the last day, and school days of children over all 年度, as the build has counted them."""
    import duckdb

    with duckdb.connect(str(city / PUBLISHED), read_only=True) as connection:
        children = connection.execute("select count(*) from student where class_id is not null").fetchall()[0][0]
        days = connection.execute("select count(*) from student_day").fetchall()[0][0]
    return children, days


def rows_of(lake: Path) -> int:
    """Rows really written into a lake."""
    return sum(pl.scan_parquet(file).select(pl.len()).collect().item() for file in lake.glob("*/*.parquet"))
