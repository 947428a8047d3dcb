"""What the loader may say: a sentence and a remedy in Japanese and English, by code.

The sentences stand in reasons.toml; this module fills in the blanks, for one file or for a whole frame of rows.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

BLANK = re.compile(r"{(\w+)}")
LONGEST_VALUE = 60


@dataclass(frozen=True)
class Sentence:
    """One thing to say, in both languages, with what to do about it."""

    code: str
    ja: str
    en: str
    remedy_ja: str
    remedy_en: str


class IngestError(Exception):
    """A file that cannot be read at all, and the sentence that says why."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.code = code
        self.words = words

    @property
    def sentence(self) -> Sentence:
        """The error in both languages."""
        return sentence(self.code, **self.words)


@cache
def known_reasons() -> dict[str, Sentence]:
    """Every code with its sentence, blanks still open."""
    written = tomllib.loads((Path(__file__).parent / "reasons.toml").read_text(encoding="utf-8"))
    return {
        code: Sentence(code, entry["ja"], entry["en"], entry["remedy"]["ja"], entry["remedy"]["en"])
        for code, entry in written.items()
    }


def sentence(code: str, **words: object) -> Sentence:
    """The sentence of a code with its blanks filled; a blank nobody fills is left empty."""
    message = known_reasons()[code]

    def filled(text: str) -> str:
        return BLANK.sub(lambda blank: shortened(words.get(blank[1], "")), text)

    return Sentence(code, filled(message.ja), filled(message.en), filled(message.remedy_ja), filled(message.remedy_en))


def shortened(value: object) -> str:
    """A value fit to stand within a sentence: a cell may hold a whole novel."""
    text = str(value)
    return text if len(text) <= LONGEST_VALUE * 3 else text[: LONGEST_VALUE * 3] + "…"


def spoken(text: str, value: pl.Expr, words: dict[str, object]) -> pl.Expr:
    """A sentence for every row of a frame: {value} differs by row, the other blanks are the same for all.

    Args:
        text: a sentence of reasons.toml, blanks open.
        value: the cell of each row.
        words: the other blanks.
    """
    parts = BLANK.split(text)  # text, name, text, name, … text
    pieces = [
        value if place % 2 and part == "value" else pl.lit(shortened(words.get(part, "")) if place % 2 else part)
        for place, part in enumerate(parts)
    ]
    return pl.concat_str(pieces, ignore_nulls=True)
