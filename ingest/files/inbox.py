"""What lies in the inbox: files by source and 年度, and those nobody reads, each with a sentence."""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.files.reasons import IngestError, Sentence, sentence
from ingest.flow import Flow

LEFTOVERS = re.compile(r"^[.~]|^(thumbs\.db|desktop\.ini)$|\.(tmp|part|crdownload|partial)$", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
DAY = re.compile(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True)
class Dropped:
    """One file of the inbox, known by its bytes."""

    source: str
    name: str
    path: Path
    sha256: str
    fiscal_year: int | None  # as its name says

    @property
    def raw(self) -> bytes:
        """The bytes the file is known by.

        Raises:
            IngestError: unreadable_file, still_changing.
        """
        try:
            raw = self.path.read_bytes()
        except OSError:
            raise IngestError("unreadable_file") from None
        if hashlib.sha256(raw).hexdigest() != self.sha256:
            raise IngestError("still_changing")
        return raw


@dataclass
class Inbox:
    """Everything found: readable files by source, oldest first, and what stays out with its reason."""

    files: dict[str, list[Dropped]] = field(default_factory=dict)
    left_alone: list[tuple[str, str, Sentence]] = field(default_factory=list)  # source, file, why


def is_leftover(name: str) -> bool:
    """Whether a file is nobody's export: what systems leave behind, or a copy that has not got its name yet."""
    return bool(LEFTOVERS.search(name))


def inbox_of(folder: Path, flows: list[Flow], waiting: frozenset[str] = frozenset()) -> Inbox:
    """What lies in the inbox, file by file; later files (by their time, then name) come later.

    Sources that are waiting, because a file of theirs is still being copied, are left as they are.
    """
    inbox = Inbox()
    known = {flow.source: flow for flow in flows}
    if not folder.is_dir():
        return inbox
    for entry in sorted(folder.iterdir()):
        if is_leftover(entry.name):
            continue
        if entry.is_file():
            why = sentence("loose_file", known=", ".join(known))
            inbox.left_alone.append(("", entry.name, why))
            continue
        for file in sorted(entry.rglob("*"), key=lambda file: (file.stat().st_mtime_ns, file.name)):
            if not file.is_file() or is_leftover(file.name):
                continue
            name = file.relative_to(entry).as_posix()
            if entry.name in waiting:
                inbox.left_alone.append((entry.name, name, sentence("still_copied")))
                continue
            try:
                found = dropped(file, name, entry.name, known)
                for source in [entry.name, *sources_within(file, entry.name, flows)]:
                    inbox.files.setdefault(source, []).append(replace(found, source=source))
            except IngestError as error:
                inbox.left_alone.append((entry.name, name, error.sentence))
    for files in inbox.files.values():
        files.sort(key=lambda file: (file.path.stat().st_mtime_ns, file.path.name))
    return inbox


def sources_within(file: Path, source: str, flows: list[Flow]) -> list[str]:
    """Further sources a zip holds tables of; its own source says so if it cannot be opened."""
    asked = {flow.within[1].lower(): flow.source for flow in flows if flow.within and flow.within[0] == source}
    if not asked or not zipfile.is_zipfile(file):
        return []
    try:
        with zipfile.ZipFile(file) as archive:
            members = {name.rsplit("/", 1)[-1].lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []
    return [held for member, held in asked.items() if member in members]


def dropped(file: Path, name: str, source: str, known: dict[str, Flow]) -> Dropped:
    """A file and its fingerprint.

    Raises:
        IngestError: unknown_source, unknown_file, unreadable_file.
    """
    if source not in known:
        raise IngestError("unknown_source", source=source, known=", ".join(known))
    if not re.search(known[source].files, file.name, re.IGNORECASE):
        raise IngestError("unknown_file", expected=known[source].example)
    try:
        with file.open("rb") as opened:
            fingerprint = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        raise IngestError("unreadable_file") from None
    return Dropped(source, name, file, fingerprint, year_in(file.stem))


def year_in(stem: str) -> int | None:
    """The 年度 a file's name says: by itself, or as that of a day (xapi-2027-01-10 is of 2026); None if it says none, or several."""
    years = {int(year) - (int(month) < 4) for year, month, _ in DAY.findall(stem)}
    years |= {int(year) for year in YEAR.findall(DAY.sub("", stem))}
    return years.pop() if len(years) == 1 else None
