"""Names and words as SQL writes them."""

from __future__ import annotations

from collections.abc import Iterable


def identifier(name: str) -> str:
    """A name in double quotes, as no keyword and no odd letter can be misread."""
    return '"' + name.replace('"', '""') + '"'


def identifiers(names: Iterable[str]) -> str:
    """Names one after another."""
    return ", ".join(identifier(name) for name in names)


def among(years: Iterable[int]) -> str:
    """The condition that a row is of one of these 年度; of none where none is given."""
    return f"fiscal_year in ({', '.join(str(year) for year in sorted(years)) or 'null'})"


def literal(words: str) -> str:
    """Words in single quotes."""
    return "'" + words.replace("'", "''") + "'"
