"""One load at a time: the second one is refused with a sentence. The lock falls by itself if its holder dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.reasons import Refusal


@contextmanager
def only_load(data_dir: Path) -> Iterator[None]:
    """Hold the district's load lock.

    Raises:
        Refusal: load_running.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    handle = os.open(data_dir / "load.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        take(handle)
        yield
    finally:
        os.close(handle)


def take(handle: int) -> None:
    """Take the lock on an open file, or refuse."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Refusal("load_running") from None
