"""From the first command on a fresh machine to the first page: inventing, loading, serving, drawing."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from bench.client import cookies_of, reading
from tests.browser.serving import serving
from tests.cast import PASSWORD


def measured(console: Console) -> None:
    """Print how long a first start takes, and how much of it a second start still takes."""
    with TemporaryDirectory() as place:
        first = seconds_to_first_page(Path(place))
        second = seconds_to_first_page(Path(place))
    board = Table("", "healthy s", "first page s", title="Start to first page")
    board.add_row("first start", f"{first[0]:.1f}", f"{first[1]:.1f}")
    board.add_row("second start", f"{second[0]:.1f}", f"{second[1]:.1f}")
    board.add_row("ratio", f"{first[0] / second[0]:.1f}", f"{first[1] / second[1]:.1f}")
    console.print(board)


def seconds_to_first_page(place: Path) -> tuple[float, float]:
    """Seconds from the command until the app is well, and until a principal's page has been drawn."""
    started = time.perf_counter()
    with serving(place / "data", place / "app.log") as app:
        healthy = time.perf_counter() - started
        cookies = cookies_of(app.origin, "suzuki", PASSWORD)
        with reading(app.origin, "school", cookies, lang="ja") as page:
            page.run()
        return healthy, time.perf_counter() - started
