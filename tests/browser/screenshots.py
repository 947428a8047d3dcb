"""Pictures of every page of each of the cast, in every size and language: to be looked at, not compared.

`uv run python -m tests.browser.screenshots OUTDIR --who tanaka --who sato`
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from playwright.sync_api import sync_playwright
from rich.console import Console

from tests.browser.chromium import launched
from tests.browser.serving import serving
from tests.browser.signing import Doorkeeper
from tests.browser.visit import SIZES, Visit
from tests.cast import CAST
from tests.districts import kept_district

console = Console()


def pictures(
    outdir: Annotated[Path, typer.Argument(help="Where the pictures go.")],
    who: Annotated[list[str] | None, typer.Option("--who", help="Only these people (again for each).")] = None,
    only: Annotated[list[str] | None, typer.Option("--page", help="Only these pages, by path.")] = None,
    sizes: Annotated[list[str] | None, typer.Option("--size", help=f"Only these: {', '.join(SIZES)}.")] = None,
    languages: Annotated[list[str] | None, typer.Option("--language", help="Only these: ja, en.")] = None,
    tall: Annotated[bool, typer.Option("--tall/--no-tall", help="Also the whole page, below the fold.")] = True,
    district: Annotated[Path | None, typer.Option("--district", help="A loaded data directory to show.")] = None,
) -> None:
    """Take the pictures; one line each says what was found on the way."""
    outdir.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        place = Path(stack.enter_context(TemporaryDirectory()))
        app = stack.enter_context(serving(district or kept_district(), place / "app.log"))
        playwright = stack.enter_context(sync_playwright())
        doorkeeper = Doorkeeper(launched(playwright), app.origin)
        for language in languages or ["ja", "en"]:
            for size in sizes or list(SIZES):
                if not who or "nobody" in who:
                    with doorkeeper.visit(None, language, size) as visit:
                        visit.page.goto(visit.address("signin"))
                        visit.page.screenshot(path=outdir / f"signin-{size}-{language}.png", full_page=True)
                for username in [name for name in who or CAST if name in CAST]:
                    with doorkeeper.visit(username, language, size, projector=size == "projector") as visit:
                        taken(visit, username, size, outdir, only, tall)
        for trace in app.traces():
            console.print(f"[red]{trace}[/red]", markup=True)


def taken(visit: Visit, username: str, size: str, outdir: Path, only: list[str] | None, tall: bool) -> None:
    """Pictures of one person's pages in one window."""
    from pages import pages_for

    width, height = SIZES[size]
    for entry in pages_for(CAST[username]):
        if only and entry.path not in only:
            continue
        name = f"{username}-{entry.path}-{size}-{visit.language}"
        try:
            visit.page.set_viewport_size({"width": width, "height": height})
            visit.open(entry.path)
            visit.page.screenshot(path=outdir / f"{name}.png")
            if tall and size != "projector":
                visit.page.set_viewport_size({"width": width, "height": max(height, visit.content_height())})
                visit.settle()
                visit.page.screenshot(path=outdir / f"{name}-tall.png")
            said = visit.finding()
        except Exception as trouble:  # noqa: BLE001 - the next picture may still succeed
            said = f"no picture: {trouble}"
        console.print(name, said, *visit.errors_shown(), *visit.complaints, sep=" · ", markup=False)
        visit.complaints.clear()


if __name__ == "__main__":
    typer.run(pictures)
