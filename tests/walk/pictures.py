"""Pictures of the walk for docs/new-export.md, each of the real command or page.

`uv run python -m tests.walk.pictures docs/pictures`
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.text import Text

from tests.browser.chromium import launched
from tests.browser.serving import serving
from tests.browser.signing import Doorkeeper
from tests.walk import municipality

COLUMNS = 124
PICTURE = """<body style="margin:0;background:#f6f6f4"><pre style="font:15px/1.45 'Noto Sans Mono CJK JP',monospace;
margin:0;padding:14px 18px;display:inline-block;color:#1d1d1f">%s</pre></body>"""


def pictures(outdir: Annotated[Path, typer.Argument(help="Where the pictures go.")]) -> None:
    """Walk once, and take a picture at every step."""
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = launched(playwright)
        home, export = municipality.written(Path(place))
        said("load", "--data", str(home))
        mapping = home / "mappings" / "attendance.toml"
        draw(browser, export.read_text(encoding="cp932"), outdir / "walk-1-export.png", lines=6)
        said("propose", str(export), "--data", str(home), "--out", str(mapping))
        draft = mapping.read_text(encoding="utf-8")
        draw(browser, draft, outdir / "walk-2-draft.png")
        (home / "inbox" / "attendance").mkdir()
        shutil.copy(export, home / "inbox" / "attendance")
        draw(browser, said("check", "--data", str(home)), outdir / "walk-3-check.png")
        mapping.write_text(municipality.confirmed(draft), encoding="utf-8")
        draw(browser, mapping.read_text(encoding="utf-8"), outdir / "walk-4-confirmed.png")
        draw(browser, said("load", "--data", str(home)), outdir / "walk-5-load.png")
        for name in ("DEMO", "accounts.yaml", "records.sqlite"):
            if (Path(place) / "whole" / name).exists():
                shutil.copy(Path(place) / "whole" / name, home / name)
        with serving(home, Path(place) / "app.log") as app:
            doorkeeper = Doorkeeper(browser, app.origin)
            with doorkeeper.visit("takahashi", "ja", "chromebook") as visit:
                visit.open("loads")
                visit.page.screenshot(path=outdir / "walk-6-page.png")


def said(*words: str) -> str:
    """What a command of the loader prints, with its colours."""
    environment = os.environ | {"COLUMNS": str(COLUMNS), "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "ingest", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False).stdout


def draw(browser: Browser, text: str, path: Path, lines: int | None = None) -> None:
    """The text as a terminal shows it."""
    kept = "\n".join(text.rstrip().splitlines()[:lines])
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(kept))
    page = browser.new_page(viewport={"width": 1280, "height": 200})
    page.set_content(PICTURE % console.export_html(inline_styles=True, code_format="{code}"))
    page.locator("pre").screenshot(path=path)
    page.close()


if __name__ == "__main__":
    typer.run(pictures)
