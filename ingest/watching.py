"""The drop folder, watched: files that have been copied to their end are loaded, one load per quiet moment, and nothing is moved.

Nobody tells when a copy has ended. A file counts as finished when two looks in a row find the same size and the same time; one that
looks cut off (an empty file, a zip without its table of contents) gets a minute more, and is then left to the loader to complain about.
Files under a name of their own until they are finished (.part, .tmp) are not looked at. What lies in a source's folder is that source:
as long as one of its files is being copied, the whole source waits, and the others do not, once they have waited long enough.
"""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ingest.files.inbox import is_leftover
from ingest.intake.report import LoadReport

BENEFIT_OF_DOUBT = 60.0  # seconds a file that looks cut off is waited for
LONGEST_WAIT = 60.0  # seconds finished files wait for others that are still being copied
AFTER_FAILURE = 60.0  # seconds until a load that could not be done is tried again

log = logging.getLogger(__name__)
Load = Callable[[frozenset[str]], LoadReport]


@dataclass
class Seen:
    """A file as the last look found it."""

    size: int
    mtime_ns: int
    since: float  # when it was first seen like this
    looks: int = 1

    def is_finished(self, path: Path, at: float) -> bool:
        """Whether nothing suggests that the file is still being copied."""
        return self.looks > 1 and (not is_cut_off(path, self.size) or at - self.since >= BENEFIT_OF_DOUBT)


@dataclass
class Watch:
    """What has been seen of a drop folder, look by look."""

    folder: Path
    sights: dict[Path, Seen] = field(default_factory=dict)
    loaded: dict[str, dict[Path, tuple[int, int]]] = field(default_factory=dict)  # source → its files when it was last loaded
    due_since: float | None = None
    not_before: float = 0.0
    offered: dict[str, dict[Path, tuple[int, int]]] = field(default_factory=dict)

    def look(self, at: float) -> frozenset[str] | None:
        """One look; the sources that must wait if a load should start now, None if it should not."""
        self.sights = {path: self._seen(path, at) for path in self._files()}
        sources: dict[str, dict[Path, tuple[int, int]]] = {}
        waiting: set[str] = set()
        for path, sight in self.sights.items():
            source = path.relative_to(self.folder).parts[0]
            sources.setdefault(source, {})[path] = (sight.size, sight.mtime_ns)
            if not sight.is_finished(path, at):
                waiting.add(source)
        due = {source for source in sources.keys() | self.loaded.keys() if sources.get(source) != self.loaded.get(source)}
        if not due - waiting or at < self.not_before:
            self.due_since = None if not due - waiting else self.due_since
            return None
        self.due_since = at if self.due_since is None else self.due_since
        if waiting and at - self.due_since < LONGEST_WAIT:
            return None
        self.offered = {source: files for source, files in sources.items() if source not in waiting}
        self.offered |= {source: self.loaded[source] for source in waiting & self.loaded.keys()}
        return frozenset(waiting)

    def done(self, report: LoadReport | None, at: float) -> None:
        """What was offered has been loaded; or, where the load could not be done, is tried again after a while."""
        self.due_since = None
        if report is None or report.outcome == "locked" or (report.outcome == "stopped" and not report.alarms):
            self.not_before = at + AFTER_FAILURE
        else:
            self.loaded = self.offered

    def _files(self) -> list[Path]:
        try:
            return [
                path for entry in self.folder.iterdir() if entry.is_dir() and not is_leftover(entry.name)
                for path in entry.rglob("*") if path.is_file() and not is_leftover(path.name)
            ]
        except OSError:  # a share that is not there just now, a folder that went between two questions
            return list(self.sights)

    def _seen(self, path: Path, at: float) -> Seen:
        before = self.sights.get(path)
        try:
            found = path.stat()
        except OSError:
            return Seen(-1, -1, at)
        if before and (before.size, before.mtime_ns) == (found.st_size, found.st_mtime_ns):
            return Seen(before.size, before.mtime_ns, before.since, before.looks + 1)
        return Seen(found.st_size, found.st_mtime_ns, at)


def is_cut_off(path: Path, size: int) -> bool:
    """Whether a file looks like the beginning of one: nothing in it, or a zip without its table of contents."""
    try:
        return size <= 0 or (path.suffix.lower() in (".zip", ".xlsx") and not zipfile.is_zipfile(path))
    except OSError:
        return True


def watching(
    watch: Watch, load: Load, *, clock: Callable[[], float], pause: Callable[[], bool]
) -> None:
    """Look, load, pause, until the pause says that it is over. Whatever goes wrong with one load, the next one comes.

    Args:
        watch: the drop folder.
        load: loads what is finished; told which sources must wait.
        clock: tells the seconds.
        pause: lets some pass; says whether to stop.
    """
    while True:
        waiting = watch.look(clock())
        if waiting is not None:
            report = None
            try:
                report = load(waiting)
            except Exception as error:  # noqa: BLE001 - a watch that ends with the first error watches nothing
                log.error("load ended by %s", type(error).__name__)
            watch.done(report, clock())
            if report:
                log.info(line_of(report))
        if pause():
            return


def line_of(report: LoadReport) -> str:
    """A load in one line of the log: sources and numbers, never a file's name or what stands in it."""
    read = [file for file in report.files if file.outcome == "loaded"]
    codes = sorted({each.code for each in (*report.sentences, *report.alarms)})
    parts = [
        f"load {report.load_id}" if report.load_id else "load", report.outcome,
        f"sources {', '.join(sorted({file.source for file in read})) or '-'}", f"files {len(read)}",
        f"rows {sum(file.rows_loaded for file in read)}", f"set aside {sum(file.rows_rejected for file in read)}",
        f"refused {sum(file.outcome == 'refused' for file in report.files)}", *codes,
    ]
    return "; ".join([*parts, *(f"{part} {seconds:.1f} s" for part, seconds in report.seconds.items())])
