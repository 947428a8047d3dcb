"""How a source's own words become ours: column titles, code tables and scales, read from a mapping file.

A district's own file in `<data directory>/mappings/<source>.toml` takes the place of the one that comes with the program.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.files.reasons import IngestError

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

    def meanings(self, code: str) -> dict[str, Any]:
        """What each word of a code table means here, width and case of letters aside."""
        return {plain(word): means for word, means in self.codes[code].items()}

    def places(self, titles: tuple[str, ...], reshaped: Collection[str] = ()) -> dict[str, int]:
        """Where each of our columns stands in a file with these titles; those that are reshaped from others stand nowhere.

        Raises:
            IngestError: missing_column, duplicate_header.
        """
        plain_titles = [plain(title) for title in titles]
        places = {}
        for name, known in self.columns.items():
            wanted = {plain(word) for word in known}
            found = [place for place, title in enumerate(plain_titles) if title in wanted and name not in reshaped]
            if len(found) > 1:
                raise IngestError("duplicate_header", column=titles[found[0]])
            if found:
                places[name] = found[0]
        missing = [next(iter(known), name) for name, known in self.columns.items()
                   if name in self.required and name not in places and name not in reshaped]
        if missing:
            raise IngestError("missing_column", column="、".join(missing))
        return places

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
