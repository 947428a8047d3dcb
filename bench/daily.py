"""From a day's files dropped into a watched inbox to the day on a page that is open: what the wait is made of."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from rich.console import Console
from rich.table import Table

import ingest
from bench.client import Reader, cookies_of, reading
from components.dates import day_text
from ingest.registry import flows
from tests.browser.serving import ROOT, serving
from tests.cast import PASSWORD

PART = re.compile(r"(\w+) ([\d.]+) s")


def measured(district: Path, console: Console) -> None:
    """Print how long a day takes from the drop folder to an open page, part by part."""
    with TemporaryDirectory() as place:
        home = Path(place) / "data"
        shutil.copytree(district, home)
        ingest.load(home)  # only where the house has changed since the district was made
        day, files = next_day(home)
        with (
            serving(home, Path(place) / "app.log") as app,
            reading(app.origin, "school", cookies_of(app.origin, "suzuki", PASSWORD), lang="ja") as page,
            subprocess.Popen(
                [sys.executable, "-m", "ingest", "watch", "--data", str(home)], cwd=ROOT, stderr=subprocess.PIPE, text=True
            ) as watch,
        ):
            page.run()
            line_of(watch, "load")  # what was there is looked at once
            dropped = time.perf_counter()
            for file, content in files.items():
                file.with_suffix(".part").write_bytes(content)
                file.with_suffix(".part").rename(file)
            line = line_of(watch, "loaded")
            published = time.perf_counter()
            shown = seen(page, day_text(day, "ja"))
            watch.terminate()
    parts = {name: float(seconds) for name, seconds in PART.findall(line)}
    load = parts.pop("whole", 0.0)
    board = Table("", "s", title=f"{day}: {len(files)} files, {sum(map(len, files.values())) / 1024:.0f} KB")
    board.add_row("until nothing in the folder moved any more", f"{published - dropped - load:.1f}")
    for name, seconds in parts.items():
        board.add_row(name, f"{seconds:.1f}")
    board.add_row("until the open page had noticed and drawn it", f"{shown - published:.1f}")
    board.add_row("from the drop folder to the page", f"{shown - dropped:.1f}")
    console.print(board)


def next_day(home: Path) -> tuple[date, dict[Path, bytes]]:
    """The first 授業日 after the newest day, and its files: what the daily sources said last, said of that day."""
    lake = home / "lake"
    newest: date = pl.scan_parquet(lake / "attendance" / "*.parquet").select(pl.col("day").max()).collect().item()
    held = pl.scan_parquet(lake / "calendar_day" / "*.parquet").filter((pl.col("kind") == "school_day") & (pl.col("day") > newest))
    day: date = held.select(pl.col("day").min()).collect().item()
    files: dict[Path, bytes] = {}
    for source in [flow.source for flow in flows() if flow.beat == "daily"]:
        for file in sorted((home / "inbox" / source).glob("*.csv")):
            header, *rows = file.read_bytes().splitlines(keepends=True)
            said = b"".join(moved for row in rows if (moved := of_day(row, newest, day)) != row)
            if said:
                files[file.with_name(f"{file.stem.rpartition('-')[0]}-{day}.csv")] = header + said
    return day, files


def of_day(row: bytes, was: date, now: date) -> bytes:
    """A row with one date in place of another, however it is written."""
    for form in ("{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0:%Y/%m/%d}"):
        row = row.replace(form.format(was).encode(), form.format(now).encode())
    return row


def line_of(watch: subprocess.Popen[str], word: str) -> str:
    """The watch's next line with a word in it."""
    for line in watch.stderr or ():
        if word in line:
            return line
    raise RuntimeError("the watch has ended")


def seen(page: Reader, text: str) -> float:
    """When an open page, left to itself, showed a text."""
    while True:
        if any(text in element.SerializeToString().decode(errors="replace") for element in page.by_itself().elements):
            return time.perf_counter()
