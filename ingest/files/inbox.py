"""What lies in the inbox: files by source and 年度, and those nobody reads, each with a sentence."""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.files.archive import members_of
from ingest.files.reasons import IngestError, Sentence, sentence
from ingest.files.strangers import reject_other_folders, reject_strange_package, reject_stranger
from ingest.flow import Flow

LEFTOVERS = re.compile(r"^[.~]|^(thumbs\.db|desktop\.ini)$|\.(tmp|part|crdownload|partial)$", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
LOOSE = "*.csv"  # what tables that lie loose in a folder are called together
HEAD = 1 << 12
DAY = re.compile(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True)
class Dropped:
    """One file of the inbox, known by its bytes."""

    source: str
    name: str
    path: Path
    sha256: str
    fiscal_year: int | None  # as its name says
    loose: tuple[Path, ...] = ()  # the tables, where they lie in a folder as they would in a zip; `path` is the newest of them

    @property
    def tables(self) -> dict[str, bytes]:
        """Name → bytes of each table of a package, zipped or loose.

        Raises:
            IngestError: what any zip is refused for, unreadable_file, still_changing.
        """
        if not self.loose:
            return members_of(self.raw)
        try:
            raw = {path.name: path.read_bytes() for path in self.loose}
        except OSError:
            raise IngestError("unreadable_file") from None
        if fingerprint_of({name: hashlib.sha256(each).hexdigest() for name, each in raw.items()}) != self.sha256:
            raise IngestError("still_changing")
        return raw

    def named(self, table: str) -> str:
        """What reports call one of its tables."""
        return f"{self.name.removesuffix(LOOSE)}{table}" if self.loose else f"{self.name}!{table}"

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
    refused: list[tuple[str, str, Sentence]] = field(default_factory=list)  # those known to be something else


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
        loose = loose_packages(entry, known[entry.name]) if entry.name in known and entry.name not in waiting else {}
        for place, tables in loose.items():
            add_package(inbox, entry, place, tables, flows)
        together = {file for tables in loose.values() for file in tables}
        for file in sorted(entry.rglob("*"), key=lambda file: (file.stat().st_mtime_ns, file.name)):
            if not file.is_file() or is_leftover(file.name) or file in together:
                continue
            name = file.relative_to(entry).as_posix()
            if entry.name in waiting:
                inbox.left_alone.append((entry.name, name, sentence("still_copied")))
                continue
            add_file(inbox, file, name, entry.name, flows)
    for files in inbox.files.values():
        files.sort(key=lambda file: (file.path.stat().st_mtime_ns, file.path.name))
    return inbox


def add_file(inbox: Inbox, file: Path, name: str, source: str, flows: list[Flow]) -> None:
    """Add one file to those of its source, or to those that stay out; what is another system's is said once a folder."""
    known = {flow.source: flow for flow in flows}
    if source in known:
        try:
            reject_stranger(file)
            if file.suffix.lower() != ".zip" or not re.search(known[source].files, file.name, re.IGNORECASE):
                reject_other_folders(file)
        except IngestError as error:
            why = error.sentence
            folder = name.rpartition("/")[0]
            if not any((source, folder, why) == (held, other.rpartition("/")[0], said) for held, other, said in inbox.refused):
                inbox.refused.append((source, name, why))
            return
    try:
        found = dropped(file, name, source, known)
        for each in [source, *sources_within(file, source, flows)]:
            inbox.files.setdefault(each, []).append(replace(found, source=each))
    except IngestError as error:
        inbox.left_alone.append((source, name, error.sentence))


def add_package(inbox: Inbox, entry: Path, folder: Path, tables: list[Path], flows: list[Flow]) -> None:
    """Add tables that lie loose in one folder as if they had come in a zip."""
    inside = folder.relative_to(entry).as_posix()
    name = LOOSE if inside == "." else f"{inside}/{LOOSE}"
    try:
        reject_strange_package({table.name: head_of(table) for table in tables})
        fingerprint = fingerprint_of({table.name: sha256_of(table) for table in tables})
    except IngestError as error:
        inbox.refused.append((entry.name, name, error.sentence))
        return
    newest = max(tables, key=lambda table: (table.stat().st_mtime_ns, table.name))
    year = year_in(folder.name) if inside != "." else None
    found = Dropped(entry.name, name, newest, fingerprint, year, tuple(tables))
    for source in [entry.name, *sources_of({table.name.lower() for table in tables}, entry.name, flows)]:
        inbox.files.setdefault(source, []).append(replace(found, source=source))


def loose_packages(entry: Path, flow: Flow) -> dict[Path, list[Path]]:
    """Folder → the tables of a package that lie loose in it; a single one is no package."""
    found: dict[Path, list[Path]] = {}
    for file in sorted(entry.rglob("*.[cC][sS][vV]")):
        if file.name.lower() in flow.loose and file.is_file():
            found.setdefault(file.parent, []).append(file)
    return {folder: tables for folder, tables in found.items() if len(tables) > 1}


def sources_within(file: Path, source: str, flows: list[Flow]) -> list[str]:
    """Further sources a zip holds tables of; its own source says so if it cannot be opened."""
    if not any(flow.within and flow.within[0] == source for flow in flows) or not zipfile.is_zipfile(file):
        return []
    try:
        with zipfile.ZipFile(file) as archive:
            members = {name.rsplit("/", 1)[-1].lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []
    return sources_of(members, source, flows)


def sources_of(members: set[str], source: str, flows: list[Flow]) -> list[str]:
    """Further sources whose tables are among these of a source's package."""
    asked = {flow.within[1].lower(): flow.source for flow in flows if flow.within and flow.within[0] == source}
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
    return Dropped(source, name, file, sha256_of(file), year_in(file.stem))


def sha256_of(file: Path) -> str:
    """The fingerprint of a file.

    Raises:
        IngestError: unreadable_file.
    """
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        raise IngestError("unreadable_file") from None


def head_of(file: Path) -> bytes:
    """How a file begins.

    Raises:
        IngestError: unreadable_file.
    """
    try:
        with file.open("rb") as opened:
            return opened.read(HEAD)
    except OSError:
        raise IngestError("unreadable_file") from None


def fingerprint_of(tables: dict[str, str]) -> str:
    """The fingerprint of a package that lies loose: its tables' names and theirs."""
    return hashlib.sha256("\n".join(f"{name} {each}" for name, each in sorted(tables.items())).encode()).hexdigest()


def year_in(stem: str) -> int | None:
    """The 年度 a file's name says: by itself, or as that of a day (xapi-2027-01-10 is of 2026); None if it says none, or several."""
    years = {int(year) - (int(month) < 4) for year, month, _ in DAY.findall(stem)}
    years |= {int(year) for year in YEAR.findall(DAY.sub("", stem))}
    return years.pop() if len(years) == 1 else None
