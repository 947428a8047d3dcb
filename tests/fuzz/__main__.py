"""`python -m tests.fuzz --minutes 10` searches every reader in turn for bytes that break it; not part of the suite.

What was taken in a way not seen before is kept as corpus (small, and never many per reader); what broke a reader is kept as well, under
a name that begins with `broke-`, and the suite fails until the reader is mended.
"""

from __future__ import annotations

import random
import time
import traceback
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from tests.fuzz.readers import Reader, answer, temporary_readers
from tests.fuzz.seeds import changed, seeds

CORPUS = Path(__file__).parent / "corpus"
KEPT = 16  # inputs per reader
SMALL = 3_000  # bytes: larger ones are tried, not kept
POOL = 400


def searched(name: str, reader: Reader, seconds: float, dice: random.Random) -> tuple[int, int, int]:
    """How many inputs were tried, how many ways of taking them were met, and how many broke the reader."""
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    pool = seeds(name) + [file.read_bytes() for file in sorted(folder.iterdir())]
    met = set()
    tried = broken = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        raw = pool[tried] if tried < len(pool) and tried < KEPT else changed(dice.choice(pool), pool, dice)
        tried += 1
        try:
            said = answer(reader, raw)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            where = traceback.extract_tb(error.__traceback__)[-1]
            said = f"{type(error).__name__} {Path(where.filename).name}:{where.lineno}"
            if said not in met:
                broken += 1
                print(f"{name}: {said}: {error!s:.300}", flush=True)
                (folder / f"broke-{sha256(raw).hexdigest()[:12]}").write_bytes(raw)
        if said in met:
            continue
        met.add(said)
        pool = [*pool, raw][-POOL:]
        if len(raw) <= SMALL and len(list(folder.iterdir())) < KEPT:
            (folder / sha256(raw).hexdigest()[:12]).write_bytes(raw)
    return tried, len(met), broken


def main(
    minutes: Annotated[float, typer.Option(help="For how long each reader is searched.")] = 10,
    only: Annotated[str, typer.Option(help="Readers, separated by commas; all if not given.")] = "",
    seed: Annotated[int, typer.Option(help="Of the search.")] = 1,
) -> None:
    """Search the readers for bytes that break them."""
    folder, known = temporary_readers()
    with folder:
        for name, reader in known.items():
            if not only or name in only.split(","):
                tried, ways, broken = searched(name, reader, minutes * 60, random.Random(f"{seed} {name}"))
                print(f"{name}: {minutes} min, {tried} inputs, {ways} ways of taking them, {broken} broke it", flush=True)


if __name__ == "__main__":
    typer.run(main)
