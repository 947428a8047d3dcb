"""The first start: with no district to show yet, the sample district is invented and loaded, and one can watch.

It runs as a process of its own, so that the house answers meanwhile and gets its memory back afterwards. Started by
hand it does the same: `uv run python -m first_start DATA_DIR`.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from access.error_reference import logged
from web import html_pages
from web.stores import Opening

HERE = Path(__file__).parent
# which part of the whole each step takes, roughly
WRITING_ENDS = 0.45


class NotMade(RuntimeError):
    """The district could not be made; the process said why on the terminal."""


class FirstStart:
    """Whether there is a district to show, and if not, how far its making has come."""

    def __init__(self, folder: Path, *, may_invent: bool) -> None:
        self.folder = folder
        self.may_invent = may_invent
        self.now: Opening | None = None
        if not self.is_district_there:
            self.now = Opening("preparing", step="writing") if may_invent else Opening("empty")

    @property
    def is_district_there(self) -> bool:
        """Whether a district has been published."""
        return (self.folder / "district" / "CURRENT").is_file()

    @property
    def is_demo(self) -> bool:
        """Whether the district is the invented one."""
        return self.may_invent and (self.folder / "DEMO").is_file()

    def opening(self) -> Opening | None:
        """Why the house is not open yet; None once it is. A district loaded by hand opens it too."""
        if self.now is not None and self.now.state != "preparing" and self.is_district_there:
            self.now = None
        return self.now

    async def run(self, ready: Callable[[], object]) -> None:
        """Make the district if there is none, then call `ready`, then open."""
        if self.now is None or self.now.state != "preparing":
            return
        try:
            await self._made()
            await asyncio.to_thread(ready)
        except Exception as mishap:  # noqa: BLE001 - whatever it was, the page must say something
            self.now = Opening("failed", reference=logged(mishap, "first start"))
        else:
            self.now = None

    async def _made(self) -> None:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "first_start", str(self.folder),
            cwd=HERE, stdout=asyncio.subprocess.PIPE, stdin=asyncio.subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(HERE)},
        )  # fmt: skip
        try:
            with _bar() as bar:
                task = bar.add_task("", total=1.0)
                while line := await child.stdout.readline():
                    told = json.loads(line)
                    self.now = Opening("preparing", told["fraction"], told["step"])
                    bar.update(task, completed=told["fraction"], description=told["words"])
            if await child.wait() != 0:
                raise NotMade
        finally:
            if child.returncode is None:
                child.terminate()


def _bar() -> Progress:
    columns = (
        TextColumn(html_pages.said("opening", "district", "ja")),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    return Progress(*columns, console=Console(stderr=True))


def invent(folder: Path, tell: Callable[[float, str, str], None]) -> None:
    """Write the sample district's exports and load them; `tell(fraction, step, words)` hears how far it has come."""
    import ingest
    import sample_data

    def writing(fraction: float, words: object) -> None:
        tell(fraction * WRITING_ENDS, "writing", str(words))

    def loading(fraction: float, words: object) -> None:
        tell(WRITING_ENDS + fraction * (1 - WRITING_ENDS), "loading", str(words))

    sample_data.write(folder, progress=writing)
    ingest.load(folder, progress=loading)


def main(folder: Path) -> None:
    """Do it, telling the parent one line of JSON at a time."""
    # what the libraries print belongs on the terminal, not among the lines the parent reads
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def tell(fraction: float, step: str, words: str) -> None:
        told.write(json.dumps({"fraction": min(1.0, fraction), "step": step, "words": words}) + "\n")
        told.flush()

    folder.mkdir(parents=True, exist_ok=True)
    invent(folder, tell)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
