"""What every table and column of the district file means, in both languages: the data dictionary."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from marts.quoting import literal

DICTIONARY = Path(__file__).parents[1] / "queries" / "dictionary.toml"


@lru_cache(maxsize=1)
def dictionary() -> dict[str, Any]:
    """The dictionary: `columns` (what a name means wherever it stands) and `table` (each table, with columns of its own)."""
    return tomllib.loads(DICTIONARY.read_text(encoding="utf-8"))


def column_words(table: str, column: str) -> dict[str, str] | None:
    """What a column means in this table, or None where nobody has said."""
    own = dictionary()["table"].get(table, {}).get("columns", {})
    words: dict[str, str] | None = own.get(column) or dictionary()["columns"].get(column)
    return words


def comments(columns_of: Callable[[str], list[str]]) -> list[str]:
    """The COMMENT statements for every table and column the dictionary knows."""
    statements = []
    for table, words in dictionary()["table"].items():
        statements.append(f'comment on table "{table}" is {_literal(words)}')
        for column in columns_of(table):
            meaning = column_words(table, column)
            if meaning:
                statements.append(f'comment on column "{table}"."{column}" is {_literal(meaning)}')
    return statements


def _literal(words: dict[str, Any]) -> str:
    return literal(f"{words['ja']} / {words['en']}")
