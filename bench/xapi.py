"""Rows per second of the statement reader, against DuckDB's bare `read_json` of the same bytes into a table, in one run."""

from __future__ import annotations

import hashlib
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import duckdb
import polars as pl
from rich.console import Console
from rich.table import Table

from ingest.files.inbox import Dropped
from ingest.files.mapping import mapping_of
from ingest.intake.reading import Reading
from ingest.lake.lake import Lake, schema_of
from ingest.study_log.log import statement_rows
from ingest.study_log.source import FLOW

STATEMENTS = 200_000
WRAPPINGS: dict[str, Callable[[list[bytes]], bytes]] = {
    "JSON Lines": lambda each: b"\n".join(each) + b"\n",
    "record store's answer": lambda each: b'{"statements": [' + b",".join(each) + b'], "more": ""}',
}


def measured(district: Path, runs: int, console: Console) -> None:
    """Print both readers' rows per second for the sample district's own statements, as often as it takes to fill a large file."""
    lines = [line for file in sorted((district / "inbox" / "study_log").glob("xapi*")) for line in file.read_bytes().splitlines()]
    sound = [line for line in lines if line.endswith(b"}")]
    board = Table("file", "MB", "reader", "statements/s", "× bare", "× bare (CPU)", title=f"{STATEMENTS:,} statements, median of {runs}")
    with tempfile.TemporaryDirectory() as folder:
        for name, wrapped in WRAPPINGS.items():
            path = Path(folder) / "xapi-2026.json"
            path.write_bytes(wrapped(many(sound)))
            fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
            file = Dropped("study_log", path.name, path, fingerprint, 2026)
            times: dict[str, list[tuple[float, float]]] = {"DuckDB read_json": [], "ours": []}
            for _ in range(runs):
                times["DuckDB read_json"].append(seconds_of(lambda path=path: bare(path)))
                times["ours"].append(seconds_of(lambda file=file: ours(file, district, Path(folder))))
            medians = {reader: [statistics.median(clock) for clock in zip(*taken, strict=True)] for reader, taken in times.items()}
            plain, plain_cpu = medians["DuckDB read_json"]
            for reader, (took, cpu) in medians.items():
                size = f"{path.stat().st_size / 1e6:.0f}"
                board.add_row(name, size, reader, f"{STATEMENTS / took:,.0f}", f"{took / plain:.2f}", f"{cpu / plain_cpu:.2f}")
    console.print(board)


def many(sound: list[bytes]) -> list[bytes]:
    """As many different statements as asked for: the sample's own, each time under other ids."""
    found = []
    for turn in count():
        found += [line.replace(b'"id":"', b'"id":"%08x' % turn, 1) for line in sound[: STATEMENTS - len(found)]]
        if len(found) == STATEMENTS:
            return found
    raise AssertionError


def bare(path: Path) -> None:
    """The bytes into a table, and nothing asked of them."""
    size = path.stat().st_size + 1
    with duckdb.connect() as connection:
        connection.execute("create table heard as select * from read_json($path, maximum_object_size = $size)",
                           {"path": str(path), "size": min(size, 1 << 31)})


def ours(file: Dropped, district: Path, folder: Path) -> None:
    """The bytes into rows of the study log: every child found, every statement judged."""
    reading = Reading(FLOW, 2026, [file], mapping_of("study_log"), Lake(district / "lake"), folder / "rejected", count(1))
    rows = statement_rows(reading, [file], pl.DataFrame(schema=schema_of("study_log")))
    assert rows is not None
    assert reading.reports[0].rows_read == STATEMENTS


def seconds_of(work: Callable[[], None]) -> tuple[float, float]:
    """How long it takes once: by the clock, and of the processors."""
    began, began_cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - began_cpu
