"""Writes the sample district from the command line: python -m sample_data --data DIR."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from sample_data import SEED, write


def main(
    folder: Annotated[
        Path,
        typer.Option(
            "--data", metavar="DIR", help="Folder to write into: inbox/, accounts.yaml and DEMO are made there."
        ),
    ],
    seed: Annotated[int, typer.Option(help="Equal seeds give equal bytes.")] = SEED,
    scale: Annotated[Literal["full", "small"], typer.Option(help="small: three schools and two 年度.")] = "full",
) -> None:
    """Write 見晴市, the invented district, as the files its schools' systems would export."""
    with Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()) as bar:
        task = bar.add_task("見晴市", total=1.0)
        write(folder, seed, lambda share, what: bar.update(task, completed=share, description=what), scale)


if __name__ == "__main__":
    typer.run(main)
