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

OWN_FOLDER = Path(__file__).parents[1] / "mappings"
SHARED_CODES = Path(__file__).parents[1] / "codes"  # code tables several sources use


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
        also = asked.get("also", {})
        return Mapping(
            self.source, {title: (title, *also.get(title, ())) for title in asked["columns"]}, frozenset(asked["required"]),
            self.codes, self.settings, self.digest,
        )


def mapping_of(source: str, own_folder: Path | None = None) -> Mapping:
    """The mapping of a source. What a district's own file leaves out is a column it does not have, or a code table of ours."""
    ours = (OWN_FOLDER / f"{source}.toml").read_bytes()
    entries = tomllib.loads(ours.decode("utf-8"))
    columns = {name: tuple(titles) for name, titles in entries.pop("columns", {}).items()}
    required, codes = frozenset(entries.pop("required", ())), entries.pop("codes", {})
    for table in entries.pop("shared", ()):
        codes[table] = tomllib.loads((SHARED_CODES / f"{table}.toml").read_text(encoding="utf-8"))
    digest = hashlib.sha256(ours)
    if own_folder is not None and (own_folder / f"{source}.toml").is_file():
        theirs = (own_folder / f"{source}.toml").read_bytes()
        own = tomllib.loads(theirs.decode("utf-8"))
        columns = dict.fromkeys(columns, ()) | {name: tuple(titles) for name, titles in own.pop("columns", {}).items()}
        required, codes = frozenset(own.pop("required", required)), codes | own.pop("codes", {})
        entries |= own
        digest.update(theirs)
    return Mapping(source, columns, required, codes, entries, digest.hexdigest())


def plain(text: str) -> str:
    """A title or code without regard to width, case and blanks: （秒） and (秒), `TRUE` and `true` are one."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).strip("\ufeff").casefold()
