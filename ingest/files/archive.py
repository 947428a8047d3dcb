"""What lies in a zip, read in memory and never unpacked to disk; hostile zips are refused with a sentence.

Limits are on the number of files, on their true size while reading (what a zip says about itself may be a lie) and on the ratio.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.files.reasons import IngestError

MOST_MEMBERS = 500
LARGEST_MEMBER = 1 << 30
LARGEST_TOTAL = 2 << 30
HIGHEST_RATIO = 200
SMALL = 1 << 20  # below this a high ratio is a file of zeros or blanks, not an attack
CHUNK = 1 << 20


def members_of(raw: bytes) -> dict[str, bytes]:
    """File name → bytes of every CSV in the zip.

    A single folder around everything is looked through; what macOS adds is left aside.

    Raises:
        IngestError: not_a_zip, zip_bomb, unsafe_name, encrypted_zip, doubled_member.
    """
    with opened_zip(raw) as (archive, entries):
        left = LARGEST_TOTAL
        found = {}
        for entry in entries:
            if not is_csv(entry.filename):
                continue
            name = entry.filename.rsplit("/", 1)[-1]
            if name in found:
                raise IngestError("doubled_member", member=name)
            found[name] = b"".join(bytes_of(archive, entry, left))
            left -= len(found[name])
        return found


@contextmanager
def opened_zip(raw: bytes) -> Iterator[tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]]:
    """A zip and its files, nothing in its list of contents being hostile.

    Raises:
        IngestError: not_a_zip (also while it is being read), zip_bomb, unsafe_name, encrypted_zip.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            listed = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            reject_hostile(listed)
            yield archive, listed
    except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, NotImplementedError, OSError, ValueError, RuntimeError, struct.error):
        raise IngestError("not_a_zip") from None


def is_csv(name: str) -> bool:
    """Whether a member is a table: not a note, not what macOS leaves."""
    last = name.rsplit("/", 1)[-1]
    return last.lower().endswith(".csv") and not last.startswith(".") and "__MACOSX" not in name


def reject_hostile(listed: list[zipfile.ZipInfo]) -> None:
    """Refuse by what the list of contents says already."""
    if len(listed) > MOST_MEMBERS:
        raise IngestError("zip_bomb", member={"ja": f"ファイル {len(listed)}個", "en": f"{len(listed)} files"})
    for entry in listed:
        name = entry.orig_filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name) or "\x00" in name:
            raise IngestError("unsafe_name", member=entry.orig_filename)
        if entry.flag_bits & 1:
            raise IngestError("encrypted_zip", member=entry.filename)
        if entry.file_size > LARGEST_MEMBER or is_packed_beyond_reason(entry.file_size, entry.compress_size):
            raise IngestError("zip_bomb", member=entry.filename)
    if sum(entry.file_size for entry in listed) > LARGEST_TOTAL:
        raise IngestError("zip_bomb", member={"ja": "全体", "en": "all of it"})


def is_packed_beyond_reason(size: int, packed: int) -> bool:
    """Whether no true export packs that well."""
    return size > SMALL and size > HIGHEST_RATIO * max(packed, 1)


def bytes_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int = LARGEST_TOTAL) -> Iterator[bytes]:
    """The bytes of one member, counted while they come."""
    size = 0
    with archive.open(entry) as packed:
        while chunk := packed.read(CHUNK):
            size += len(chunk)
            if size > min(LARGEST_MEMBER, left) or is_packed_beyond_reason(size, entry.compress_size):
                raise IngestError("zip_bomb", member=entry.filename)
            yield chunk
