"""The first start: with no district to show yet, the sample district is invented and loaded, and one can watch.

It runs as a process of its own, so that the app answers meanwhile and gets its memory back afterwards. Started by
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
from access.jurisdictions import are_several, current, is_chosen
from web import html_pages
from web.start_state import StartState

HERE = Path(__file__).parent
# which part of the whole each step takes, roughly
WRITING_ENDS = 0.45


class NotMade(RuntimeError):
    """The district could not be made; the process said why on the terminal."""


class FirstStart:
    """Whether there is a district to show, and if not, how far its making has come.

    Several boards begin with what each of them loads: nothing is invented for them.
    """

    def __init__(self, folder: Path, *, may_invent: bool) -> None:
        self.folder = folder
        self.may_invent = may_invent
        self.failed: dict[str, str] = {}  # boards that could not be prepared, and the number under which the log has why
        self.now: StartState | None = None
        if not self.is_district_there and not are_several():
            self.now = StartState("preparing", step="writing") if may_invent else StartState("empty")

    @property
    def is_district_there(self) -> bool:
        """Whether a district has been published."""
        return (self.folder / "district" / "CURRENT").is_file()

    def is_demo(self) -> bool:
        """Whether the district is the invented one, whose people anybody may be."""
        if not self.may_invent or not is_chosen():
            return False
        home = current().home if are_several() else self.folder
        return home is not None and (home / "DEMO").is_file()

    def state(self) -> StartState | None:
        """Why nobody can sign in yet, at the board this is about; None once one can. A district loaded by hand opens it too."""
        if are_several():
            return self._state_of_board()
        if self.now is not None and self.now.state != "preparing" and self.is_district_there:
            self.now = None
        return self.now

    def _state_of_board(self) -> StartState | None:
        if not is_chosen():
            return None
        board = current()
        if board.key in self.failed:
            return StartState("failed", reference=self.failed[board.key])
        return None if board.is_published else StartState("empty")

    async def run(self, ready: Callable[[], object]) -> None:
        """Make the district if there is none, then call `ready`, then open."""
        if self.now is None or self.now.state != "preparing":
            return
        try:
            await self._made()
            await asyncio.to_thread(ready)
        except Exception as error:  # noqa: BLE001 - whatever it was, the page must say something
            self.now = StartState("failed", reference=logged(error, "first start"))
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
                    progress = json.loads(line)
                    self.now = StartState("preparing", progress["fraction"], progress["step"])
                    bar.update(task, completed=progress["fraction"], description=progress["words"])
            if await child.wait() != 0:
                raise NotMade
        finally:
            if child.returncode is None:
                child.terminate()


def _bar() -> Progress:
    columns = (
        TextColumn(html_pages.said("start_state", "district", "ja")),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    return Progress(*columns, console=Console(stderr=True))


def invent(folder: Path, tell: Callable[[float, str, str], None]) -> None:
    """Write the sample district's exports and load them; `tell(fraction, step, words)` is called with how far it has come."""
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
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def tell(fraction: float, step: str, words: str) -> None:
        lines.write(json.dumps({"fraction": min(1.0, fraction), "step": step, "words": words}) + "\n")
        lines.flush()

    folder.mkdir(parents=True, exist_ok=True)
    invent(folder, tell)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
