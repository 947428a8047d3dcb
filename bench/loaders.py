"""Rows a second of each loader against DuckDB's bare `read_csv` of the same bytes, and how much memory each takes at two file sizes.

A loader decodes, types, keys and checks every row, sets the bad ones aside, sorts the others and writes them to the lake; DuckDB only
puts the same bytes into a table. Each measurement is a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ingest.files.encoding import as_utf8

MEASURED = ("attendance", "mood", "study_log")
SHARES = (0.25, 1.0)
AIM = 3.0
RUNS = 3
READ_CSV = "header = true, delim = ',', quote = '\"', null_padding = true, ignore_errors = true"  # the files have broken rows


def measured(data_dir: Path, times: int, console: Console) -> None:
    """Print a line per source and size.

    Args:
        data_dir: a loaded data directory: its roster and calendar are what rows are checked against.
        times: how many times its largest file is put one after another; what is repeated is set aside.
        console: where to print.
    """
    table = Table(title=f"loaders: time ÷ bare read_csv, aim ≤ {AIM:.0f}; best of {RUNS}, peak memory of the process")
    for title in ("source", "rows", "MB", "bare rows/s", "loader rows/s", "ratio", "bare MB", "loader MB"):
        table.add_column(title, justify="right")
    with tempfile.TemporaryDirectory(prefix="miharashi-bench-") as folder:
        for source in MEASURED:
            file = max((data_dir / "inbox" / source).glob("*.csv"), key=lambda each: each.stat().st_size)
            header, _, body = as_utf8(file.read_bytes(), is_thorough=True)[0].partition(b"\n")
            for share in SHARES:
                part = Path(folder) / file.name
                lines = body[: body.rfind(b"\n", 0, int(len(body) * share)) + 1] * times
                part.write_bytes(header + b"\n" + lines)
                rows = lines.count(b"\n")
                bare, bare_memory = best(source, part, data_dir, "bare")
                loader, memory = best(source, part, data_dir, "loader")
                table.add_row(
                    source, f"{rows:,}", f"{part.stat().st_size / 1e6:.0f}", f"{rows / bare:,.0f}", f"{rows / loader:,.0f}",
                    f"{loader / bare:.1f}", f"{bare_memory:.0f}", f"{memory:.0f}",
                )
    console.print(table)


def best(source: str, file: Path, data_dir: Path, way: str) -> tuple[float, float]:
    """Seconds of the quickest run, and the least peak memory in MB."""
    found = []
    for _ in range(RUNS):
        said = subprocess.run(
            [sys.executable, "-m", "bench.loaders", way, source, str(file), str(data_dir)], check=True, capture_output=True, text=True
        )
        seconds, memory = map(float, said.stdout.split())
        found.append((seconds, memory))
    return min(seconds for seconds, _ in found), min(memory for _, memory in found)


def read_bare(file: Path) -> None:
    """DuckDB's own way into a table."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "bare.duckdb")) as bare:
        bare.execute(f"create table bare as from read_csv('{file}', {READ_CSV})")


def read_checked(source: str, file: Path, data_dir: Path) -> None:
    """A loader's way into a lake of its own, with the district's roster and calendar."""
    from ingest.files.inbox import dropped
    from ingest.files.mapping import mapping_of
    from ingest.intake.reading import Reading
    from ingest.lake.lake import Lake
    from ingest.registry import SOURCES, flows

    asked = next(each for each in SOURCES if each.flow.source == source)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "lake"
        root.mkdir()
        for table in (data_dir / "lake").iterdir():
            if table.is_dir() and table.name != source:
                (root / table.name).symlink_to(table, target_is_directory=True)
        lake = Lake(root, 1)
        found = dropped(file, file.name, source, {flow.source: flow for flow in flows()})
        reading = Reading(asked.flow, found.fiscal_year, [found], mapping_of(source), lake, Path(folder) / "rejected", count(1))
        for name, rows in asked.tables_of(reading).items():
            lake.write(name, found.fiscal_year, rows, order=asked.flow.order)


if __name__ == "__main__":
    way, source, file, data_dir = sys.argv[1:]
    if way == "loader":
        import ingest.registry  # noqa: F401 - what a running loader has imported anyhow
    began = time.perf_counter()
    read_bare(Path(file)) if way == "bare" else read_checked(source, Path(file), Path(data_dir))
    print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
