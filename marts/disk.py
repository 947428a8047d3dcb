"""Writing so that it lasts, and knowing a disk that takes nothing more from everything else that may go wrong."""

from __future__ import annotations

import errno
import os
from pathlib import Path

# full, over the file limit, over the quota, read-only, broken: the same file read again tomorrow would be fine
NOT_TAKEN = frozenset(getattr(errno, name) for name in ("ENOSPC", "EFBIG", "EDQUOT", "EROFS", "EIO") if hasattr(errno, name))


def brought_to_disk(path: Path) -> None:
    """Make sure a file, or the names in a folder, outlast a power cut."""
    if os.name == "nt" and path.is_dir():
        return  # Windows keeps folder names by itself
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def why_not_written(error: BaseException) -> str:
    """The system's words where the disk would not take what had to be written; empty where something else went wrong."""
    number = getattr(error, "errno", None)
    if number:
        return os.strerror(number) if number in NOT_TAKEN else ""
    # the engines wrap the system's own error into words of theirs
    return next((said for number in sorted(NOT_TAKEN) if (said := os.strerror(number)) in str(error)), "")
