"""One load at a time: the second one waits a while, then is refused with a sentence. The lock falls by itself if its holder dies."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.files.reasons import Refusal

LOOK_AGAIN = 0.25  # seconds


@contextmanager
def only_load(
    data_dir: Path, wait: float = 0.0, *, clock: Callable[[], float] = time.monotonic, pause: Callable[[float], None] = time.sleep
) -> Iterator[None]:
    """Hold the district's load lock.

    Args:
        data_dir: the district's data directory.
        wait: for how many seconds to wait until a load that is running has ended.
        clock: tells the seconds.
        pause: lets them pass.

    Raises:
        Refusal: load_running.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    handle = os.open(data_dir / "load.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = clock() + wait
        while not is_taken(handle):
            if clock() >= until:
                raise Refusal("load_running", seconds=round(wait))
            pause(LOOK_AGAIN)
        yield
    finally:
        os.close(handle)


def is_taken(handle: int) -> bool:
    """Whether the lock on an open file is ours from here on."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
