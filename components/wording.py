"""The words on the screen: one catalogue, Japanese and English on the same line, read through gettext."""

from __future__ import annotations

import gettext
import tomllib
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import streamlit as st
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

LOCALES_FOLDER = Path(__file__).parent.parent / "locales"
LANGUAGES = ("ja", "en")


class WordingError(ValueError):
    """A word is missing in one of the languages."""


@lru_cache(maxsize=1)
def wordings() -> dict[str, dict[str, str]]:
    """Every key with its words per language; the key is the file's name, a dot, and the key in the file.

    Raises WordingError naming the first key that lacks a language: a half-translated screen is a defect.
    """
    words: dict[str, dict[str, str]] = {}
    for path in sorted(LOCALES_FOLDER.glob("*.toml")):
        for key, line in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if set(line) != set(LANGUAGES) or not all(line.values()):
                raise WordingError(f"{path.name}: {key} needs exactly the languages {LANGUAGES}")
            words[f"{path.stem}.{key}"] = line
    return words


@lru_cache(maxsize=len(LANGUAGES))
def translations(language: str) -> gettext.NullTranslations:
    """The gettext catalogue of one language, compiled in memory with Babel."""
    catalog = Catalog(locale=language)
    for key, line in wordings().items():
        catalog.add(key, line[language])
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def language() -> str:
    """The language this person reads in: ja unless they chose en."""
    chosen = st.session_state.get("language", "ja")
    return chosen if chosen in LANGUAGES else "ja"


def _(key: str, **values: Any) -> str:
    """The words of a key in the person's language, with its values filled in.

    Raises WordingError for a key that does not exist.
    """
    return worded(key, language(), **values)


def worded(key: str, tongue: str, **values: Any) -> str:
    """The words of a key in a language told: for what is made away from the screen, such as a PDF.

    Raises WordingError for a key that does not exist.
    """
    if key not in wordings():
        raise WordingError(key)
    said = translations(tongue).gettext(key)
    return said.format(**values) if values else said


def counted_days(days: int) -> str:
    """A number of days; English has a form of its own for one."""
    return _("tile.days_one") if days == 1 else _("tile.days", days=days)


def as_written(word: str, tongue: str | None = None) -> str:
    """A subject or reason in the person's language; one that no word is known for stays as its export wrote it."""
    key = f"subject.{word}"
    return worded(key, tongue or language()) if key in wordings() else word


def said(line: dict[str, str]) -> str:
    """The person's language of a catalogue label that carries ja and en side by side."""
    return line[language()]
