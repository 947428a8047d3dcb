"""Every word in both languages, and every key that is asked for is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from components.wording import LANGUAGES, WordingError, _, translations, wordings

HOUSE = Path(__file__).parents[2]
KEY = re.compile(r'\b_\(\s*"([\w.]+)"')


def test_every_word_is_there_in_both_languages() -> None:
    for key in wordings():
        for language in LANGUAGES:
            assert translations(language).gettext(key) not in ("", key)


def test_placeholders_are_the_same_in_both_languages() -> None:
    for key, line in wordings().items():
        ja, en = (sorted(re.findall(r"{\w*}", line[language])) for language in LANGUAGES)
        assert ja == en, key


def test_every_key_a_page_asks_for_is_there() -> None:
    asked = {
        (path.name, key)
        for folder in ("pages", "components")
        for path in (HOUSE / folder).rglob("*.py")
        for key in KEY.findall(path.read_text(encoding="utf-8"))
    }
    assert {(name, key) for name, key in asked if key not in wordings()} == set()
    assert len(asked) > 100


def test_an_unknown_key_is_an_error_and_not_shown() -> None:
    with pytest.raises(WordingError):
        _("no.such_key")
