"""Server time of each page against a bare Streamlit page with the same charts on constant data, in the same run."""

from __future__ import annotations

import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from bench.client import Reader, cookies_of, reading
from bench.kept_charts import kept
from components.streamlit_internals import HEALTH
from tests.browser.serving import serving
from tests.cast import CAST, PASSWORD

READERS = ("tanaka", "suzuki", "sato")
WARM_UP = 5


def measured(district: Path, runs: int, console: Console) -> None:
    """Print, page by page, what the house adds to Streamlit's own cost.

    The two servers are asked in turn, so that whatever else the machine does falls on both.
    """
    from pages import pages_for

    board = Table("page", "as", "charts", "page ms", "bare ms", "ratio", "KB", title=f"Server time, median of {runs} reruns")
    with TemporaryDirectory() as place, serving(district, Path(place) / "app.log") as app:
        for username in READERS:
            cookies = cookies_of(app.origin, username, PASSWORD)
            for entry in pages_for(CAST[username]):
                charts = Path(place) / f"{username}-{entry.path or 'home'}"
                with reading(app.origin, entry.path, cookies, lang="ja") as page:
                    first = page.run()
                    count = kept(first.elements, charts)
                    with (
                        serving(district, Path(place) / "bare.log", "bench/bare_page.py", HEALTH, str(charts)) as bare,
                        reading(bare.origin, "") as plain,
                    ):
                        ours, theirs = side_by_side(page, plain, runs)
                trouble = f" [red]{first.exceptions} exceptions[/red]" if first.exceptions else ""
                board.add_row(
                    f"/{entry.path}{trouble}", username, str(count),
                    f"{ours:.1f}", f"{theirs:.1f}", f"{ours / theirs:.2f}", f"{first.sent_bytes / 1024:.0f}",
                )
    console.print(board)


def side_by_side(page: Reader, plain: Reader, runs: int) -> tuple[float, float]:
    """Median milliseconds of two pages, asked in turn after a warm-up."""
    ours, theirs = [], []
    for turn in range(WARM_UP + runs):
        for reader, times in ((page, ours), (plain, theirs)):
            spent = reader.run().milliseconds
            if turn >= WARM_UP:
                times.append(spent)
    return statistics.median(ours), statistics.median(theirs)
