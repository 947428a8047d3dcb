"""How a source's own words become ours: column titles, code tables and scales, read from a mapping file.

A district's own file in `<data directory>/mappings/<source>.toml` is laid over the one that comes with the program: two lines in it
change two things and nothing else. What its tables may say is in `mapping_of`.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.files.reasons import IngestError

OWN_FOLDER = Path(__file__).parents[1] / "mappings"
SHARED_CODES = Path(__file__).parents[1] / "codes"  # code tables several sources use
ALONE = "replaced_codes"  # the code tables of a district's own file that stand alone, without our words
SCHOOLS = "school"  # a district's own numbers of its schools: written once, for the roster, they hold for every source
FREE = frozenset({SCHOOLS, "subject"})  # tables whose meanings are not a fixed few
MOST_NAMED = 12
AT_LINE = re.compile(r"at line (\d+), column (\d+)")


@dataclass(frozen=True)
class Mapping:
    """One mapping file: which titles a column may have, which words a code may have, and settings of the source."""

    source: str
    columns: dict[str, tuple[str, ...]]
    required: frozenset[str]
    codes: dict[str, dict[str, Any]]
    settings: dict[str, Any]
    digest: str
    own: dict[str, tuple[str, ...]] = field(default_factory=dict)  # titles a district has written itself: they go before ours
    section: str = "columns"  # where in the mapping file further titles are written

    @property
    def file(self) -> str:
        """Where a district writes what it has to say otherwise, below its data directory."""
        return f"mappings/{self.source}.toml"

    def meanings(self, code: str) -> dict[str, Any]:
        """What each word of a code table means here, width and case of letters aside."""
        return {plain(word): means for word, means in self.codes[code].items()}

    def known_codes(self, table: str) -> dict[str, str]:
        """What a sentence about an unknown word of a code table needs: words that are known, and what a new one may mean."""
        codes = self.codes[table]
        return {"table": table, "expected": "、".join(list(codes)[:MOST_NAMED]), "meanings": choices(codes.values()), "mapping": self.file}

    def places(self, titles: tuple[str, ...], reshaped: Collection[str] = ()) -> dict[str, int]:
        """Where each of our columns stands in a file with these titles; those that are reshaped from others stand nowhere.

        Raises:
            IngestError: missing_column, duplicate_header.
        """
        plain_titles = [plain(title) for title in titles]
        places = {}
        for name, known in self.columns.items():
            if name in reshaped:
                continue
            own, wanted = ({plain(word) for word in words} for words in (self.own.get(name, ()), known))
            found = [place for place, title in enumerate(plain_titles) if title in own]
            found = found or [place for place, title in enumerate(plain_titles) if title in wanted]
            if len(found) > 1:
                raise IngestError("duplicate_header", column=titles[found[0]])
            if found:
                places[name] = found[0]
        missing = [name for name in self.columns if name in self.required and name not in places and name not in reshaped]
        if missing:
            raise self.without(*missing)
        return places

    def without(self, *names: str) -> IngestError:
        """The error of a file that lacks some of our columns, with the lines that would tell what it calls them."""
        titles = "、".join(next(iter(self.columns[name]), name) for name in names)
        lines = "、".join(f'{name if name.isidentifier() else json.dumps(name)} = ["…"]' for name in names)
        return IngestError("missing_column", column=titles, lines=lines, section=self.section, mapping=self.file)

    def member(self, name: str) -> Mapping:
        """The mapping of one file inside a roster zip."""
        asked = self.settings["members"][name]
        also = asked.get("also", {})
        return Mapping(
            self.source, {title: (title, *also.get(title, ())) for title in asked["columns"]}, frozenset(asked["required"]),
            self.codes, self.settings, self.digest, section=f"members.{name}.also",
        )


def mapping_of(source: str, own_folder: Path | None = None) -> Mapping:
    """The mapping of a source, with what a district's own file says laid over it.

    Its titles go before ours (`[]`: the column is not to be read); its codes are added to ours, and a word of ours it names means what
    it says; a table named in `replaced_codes` stands without our words. `required` and single settings take the place of ours.

    Raises:
        IngestError: mapping_unclear, mapping_meaning.
    """
    ours = (OWN_FOLDER / f"{source}.toml").read_bytes()
    entries = tomllib.loads(ours.decode("utf-8"))
    columns = {name: tuple(titles) for name, titles in entries.pop("columns", {}).items()}
    required, codes = frozenset(entries.pop("required", ())), entries.pop("codes", {})
    for table in entries.pop("shared", ()):
        codes[table] = tomllib.loads((SHARED_CODES / f"{table}.toml").read_text(encoding="utf-8"))
    own, digest = own_entries(source, own_folder), hashlib.sha256(ours)
    schools = own_entries("roster", own_folder).get("codes", {}).get(SCHOOLS, {})
    alone, own_codes = own.pop(ALONE, ()), own.pop("codes", {})
    for table, words in (({SCHOOLS: schools} if schools else {}) | own_codes).items():
        check_meanings(source, table, words, codes.get(table))
        base = {} if table in alone else codes.get(table, {}) | (schools if table == SCHOOLS else {})
        codes[table] = laid_over(base, words)
    titles = {name: tuple(each) for name, each in own.pop("columns", {}).items()}
    columns = titles | {name: () if titles.get(name) == () else (*titles.get(name, ()), *known) for name, known in columns.items()}
    required = frozenset(own.pop("required", required))
    digest.update(json.dumps([titles, own_codes, schools, sorted(required), own, alone], ensure_ascii=False, default=str).encode())
    settings = deeply(entries, own) | {"mapping_file": f"mappings/{source}.toml"}
    return Mapping(source, columns, required, codes, settings, digest.hexdigest(), titles)


def own_entries(source: str, folder: Path | None) -> dict[str, Any]:
    """What a district's own mapping file says; nothing where it has none.

    Raises:
        IngestError: mapping_unclear, with line and column.
    """
    path = folder / f"{source}.toml" if folder else None
    if path is None or not path.is_file():
        return {}
    name = f"mappings/{source}.toml"
    try:
        written = path.read_bytes().decode("utf-8-sig")
        entries = tomllib.loads(written)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line, column = place_in_toml(error)
        raise IngestError("mapping_unclear", mapping=name, line=line, at=column) from None
    kinds = {"columns": dict, "codes": dict, "required": list, ALONE: list}
    found = {key: entries[key] for key in kinds if key in entries}
    odd = [key for key, value in found.items() if not isinstance(value, kinds[key])]
    odd += [word for word, table in found.get("codes", {}).items() if not odd and not isinstance(table, dict)]
    odd += [title for title, titles in found.get("columns", {}).items() if not odd and not isinstance(titles, list)]
    if odd:
        line = next((row for row, text in enumerate(written.splitlines(), start=1) if odd[0] in text), 1)
        raise IngestError("mapping_unclear", mapping=name, line=line, at=1)
    return entries


def place_in_toml(error: ValueError) -> tuple[str, str]:
    """The line and character at which a TOML file cannot be understood; the first where its text cannot be read at all."""
    found = AT_LINE.search(str(error))
    return (found[1], found[2]) if found else ("1", "1")


def check_meanings(source: str, table: str, words: dict[str, Any], ours: dict[str, Any] | None) -> None:
    """Make sure that a district's own words mean something the house knows; a free table's may mean anything.

    Raises:
        IngestError: mapping_meaning.
    """
    known = list(dict.fromkeys(ours.values())) if ours and table not in FREE else None
    for word, means in words.items():
        if known is None and isinstance(means, str) and means.strip():
            continue
        if known is None or not any(type(means) is type(each) and means == each for each in known):
            raise IngestError("mapping_meaning", mapping=f"mappings/{source}.toml", table=table, word=word, means=means,
                              expected=choices(known or ["…"]))


def choices(meanings: Collection[Any]) -> str:
    """Meanings a code may have, as the mapping file writes them."""
    return "、".join(json.dumps(means, ensure_ascii=False) for means in dict.fromkeys(meanings))


def laid_over(codes: dict[str, Any], further: dict[str, Any]) -> dict[str, Any]:
    """A code table with further words; one that is there already, however wide it is written, takes the new meaning."""
    again = {plain(word) for word in further}
    return {word: means for word, means in codes.items() if plain(word) not in again} | further


def deeply(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Settings with others laid over them, table within table."""
    return ours | {
        name: deeply(ours[name], value) if isinstance(value, dict) and isinstance(ours.get(name), dict) else value
        for name, value in theirs.items()
    }


def plain(text: str) -> str:
    """A title or code without regard to width, case and blanks: （秒） and (秒), `TRUE` and `true` are one."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).strip("\ufeff").casefold()
