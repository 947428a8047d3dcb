"""How a source's own words become ours: column titles, code tables and scales, read from a mapping file.

A district's own file in `<data directory>/mappings/<source>.toml` takes the place of the one that comes with the program.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OWN_FOLDER = Path(__file__).parent / "mappings"


@dataclass(frozen=True)
class Mapping:
    """One mapping file: which titles a column may have, which words a code may have, and settings of the source."""

    source: str
    columns: dict[str, tuple[str, ...]]
    required: frozenset[str]
    codes: dict[str, dict[str, Any]]
    settings: dict[str, Any]
    digest: str

    def meaning(self, code: str, word: str) -> Any | None:
        """What a word of a code table means here, width and case of letters aside; None if nobody knows."""
        return {plain(known): means for known, means in self.codes[code].items()}.get(plain(word))

    def member(self, name: str) -> Mapping:
        """The mapping of one file inside a roster zip."""
        asked = self.settings["members"][name]
        return Mapping(
            self.source, {title: (title,) for title in asked["columns"]}, frozenset(asked["required"]),
            self.codes, self.settings, self.digest,
        )


def mapping_of(source: str, own_folder: Path | None = None) -> Mapping:
    """The mapping of a source: the district's own if it has one, else the one that comes with the program."""
    places = [folder / f"{source}.toml" for folder in (own_folder, OWN_FOLDER) if folder is not None]
    written = next(place for place in places if place.is_file()).read_bytes()
    entries = tomllib.loads(written.decode("utf-8"))
    columns = {name: tuple(titles) for name, titles in entries.pop("columns", {}).items()}
    required = frozenset(entries.pop("required", ()))
    codes = entries.pop("codes", {})
    return Mapping(source, columns, required, codes, entries, hashlib.sha256(written).hexdigest())


def plain(text: str) -> str:
    """A title or code without regard to width, case and blanks: （秒） and (秒), `TRUE` and `true` are one."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).strip("\ufeff").casefold()
