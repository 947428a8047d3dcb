"""Names and words as SQL writes them."""

from __future__ import annotations

from collections.abc import Iterable


def identifier(name: str) -> str:
    """A name in double quotes, as no keyword and no odd letter can be misread."""
    return '"' + name.replace('"', '""') + '"'


def identifiers(names: Iterable[str]) -> str:
    """Names one after another."""
    return ", ".join(identifier(name) for name in names)


def literal(words: str) -> str:
    """Words in single quotes."""
    return "'" + words.replace("'", "''") + "'"
