"""Files of other systems that are known by sight: each is refused in one sentence that says what it is and the way to what can be read.

A file is known by its first bytes, a package by the names and titles of its tables; nothing more of it is read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.files.archive import MOST_MEMBERS
from ingest.files.encoding import UTF16
from ingest.files.reasons import IngestError

GLANCE = 1 << 16
TITLES = 1 << 12  # bytes in which the titles of any table of these systems end
ZIP = b"PK\x03\x04"
CALIPER = b"purl.imsglobal.org/ctx/caliper"
GEOJSON = re.compile(rb'"type"\s*:\s*"(?:Feature|FeatureCollection)"')
GEOMETRY = re.compile(rb'"(?:geometry|features)"\s*:')
# Microsoft School Data Sync v1, as its documentation names the files: titles with blanks, "SIS ID" among them
SYNC_V1 = "SIS ID"
# its v2.1 has names and titles of OneRoster, but for the tables that link two others: those have no sourcedId and no status there
SYNC_V2 = {"roles.csv": {"userSourcedId", "orgSourcedId"}, "enrollments.csv": {"classSourcedId", "userSourcedId"}}
ONEROSTER = {"sourcedId", "status"}
ROSTER = frozenset(
    f"{table}.csv" for table in (
        "manifest", "academicsessions", "orgs", "courses", "classes", "users", "roles", "enrollments", "demographics", "userprofiles",
        "classresources", "courseresources", "userresources", "resources",
    )
)
GRADEBOOK = frozenset(
    f"{table}.csv" for table in (
        "categories", "lineitems", "results", "scorescales", "lineitemlearningobjectiveids", "lineitemscorescales",
        "resultlearningobjectiveids", "resultscorescales",
    )
)
PACKAGE = "package.csv"


def reject_stranger(file: Path) -> None:
    """Refuse a file that is known to be another system's; one that cannot be opened is left to whoever opens it.

    Raises:
        IngestError: caliper, geojson, school_data_sync.
    """
    try:
        with file.open("rb") as opened:
            head = opened.read(GLANCE)
    except OSError:
        return
    if head.startswith(ZIP):
        reject_strange_package(heads_in(file))
        return
    if head.startswith(UTF16):
        head = head.decode("utf-16", errors="ignore").encode()
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        if CALIPER in head:
            raise IngestError("caliper")
        if GEOJSON.search(head) and GEOMETRY.search(head):
            raise IngestError("geojson")
        return
    reject_strange_package({file.name: head[:TITLES]})


def reject_strange_package(heads: Mapping[str, bytes]) -> None:
    """Refuse tables that are School Data Sync's.

    Args:
        heads: name of each table → how it begins.

    Raises:
        IngestError: school_data_sync.
    """
    for name, head in heads.items():
        titles = titles_in(head)
        if SYNC_V1 in titles:
            raise IngestError("school_data_sync", version="v1")
        linked = SYNC_V2.get(name.lower())
        if linked is not None and linked <= titles and not titles & ONEROSTER:
            raise IngestError("school_data_sync", version="v2.1")


def reject_other_folders(file: Path) -> None:
    """Refuse a package or a table of OneRoster, which belongs into a folder of its own whatever its name.

    Raises:
        IngestError: is_roster, is_gradebook, is_handover.
    """
    try:
        with file.open("rb") as opened:
            head = opened.read(TITLES)
    except OSError:
        return
    names = {name.lower() for name in heads_in(file)} if head.startswith(ZIP) else set()
    if not names and "sourcedId" in titles_in(head):
        names = {file.name.lower()}
    if PACKAGE in names:
        raise IngestError("is_handover")
    if names & (ROSTER - {"manifest.csv"}):
        raise IngestError("is_roster")
    if names & GRADEBOOK:
        raise IngestError("is_gradebook")


def heads_in(file: Path) -> dict[str, bytes]:
    """Name of each CSV of a zip → how it begins; nothing where the zip does not open, whose own source says why."""
    try:
        with zipfile.ZipFile(file) as archive:
            return dict(heads_of(archive))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return {}


def heads_of(archive: zipfile.ZipFile) -> Iterable[tuple[str, bytes]]:
    """Name and beginning of each CSV of an open zip."""
    for entry in archive.infolist()[:MOST_MEMBERS]:
        last = entry.filename.rsplit("/", 1)[-1]
        if last.lower().endswith(".csv") and not last.startswith("."):
            with archive.open(entry) as packed:
                yield last, packed.read(TITLES)


def titles_in(head: bytes) -> frozenset[str]:
    """The titles of a table by its first line."""
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").split(b"\n", 1)[0]
    return frozenset(title.strip().strip('"') for title in line.decode("utf-8", errors="replace").split(","))
