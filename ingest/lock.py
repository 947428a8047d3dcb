"""One load at a time: the second one waits a while, then is refused with a sentence. The lock falls by itself if its holder dies."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.files.reasons import IngestError

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
        IngestError: load_running.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    # never a mark in a file instead of the system's own lock: that one would outlive its holder
    lock = FileLock(data_dir / "load.lock", mode=0o600, fallback_to_soft=False)
    until = clock() + wait
    while True:
        try:
            held = lock.acquire(blocking=False)
            break
        except Timeout:
            if clock() >= until:
                raise IngestError("load_running", seconds=round(wait)) from None
            pause(LOOK_AGAIN)
    with held:
        yield
