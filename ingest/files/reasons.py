"""What the loader may say: a sentence and a remedy in Japanese and English, by code.

The sentences stand in reasons.toml; this module fills in the blanks, for one file or for a whole frame of rows.
"""

from __future__ import annotations

import errno
import os
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

BLANK = re.compile(r"{(\w+)}")
LONGEST_VALUE = 60
LONGEST_WORD = 400  # every folder there is fits
SYSTEM_WORDS = {
    "ENOSPC": "ディスクに空きがありません", "EFBIG": "ファイルが大きくなりすぎます", "EDQUOT": "割り当てられた容量を使い切りました",
    "EROFS": "読み取り専用の場所です", "EIO": "ディスクの読み書きに失敗しました", "EACCES": "許可がありません", "EPERM": "許可がありません",
    "ENOENT": "その場所がありません", "ENOTDIR": "フォルダではありません", "EISDIR": "フォルダです",
}


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

    def filled(text: str, language: str) -> str:
        return BLANK.sub(lambda blank: shortened(in_language(words.get(blank[1], ""), language)), text)

    return Sentence(
        code, filled(message.ja, "ja"), filled(message.en, "en"), filled(message.remedy_ja, "ja"), filled(message.remedy_en, "en")
    )


def in_language(word: object, language: str) -> object:
    """A word of a sentence; one that differs by language is a table of both."""
    return word[language] if isinstance(word, dict) else word


def of_system(said: str | None) -> dict[str, str]:
    """What the operating system said about a disk or a file, in both languages."""
    known = {os.strerror(number): words for name, words in SYSTEM_WORDS.items() if (number := getattr(errno, name, None))}
    return {"ja": known.get(said or "", "原因は記録（ログ）にあります"), "en": said or "the log has the cause"}


def shortened(value: object) -> str:
    """A value fit to stand within a sentence: a cell may hold a whole novel."""
    text = str(value)
    return text if len(text) <= LONGEST_WORD else text[:LONGEST_WORD] + "…"


def spoken(text: str, value: pl.Expr, words: dict[str, object], language: str) -> pl.Expr:
    """A sentence for every row of a frame.

    Args:
        text: a sentence of reasons.toml, blanks open.
        value: the cell of each row.
        words: the other blanks; an expression differs by row, anything else is the same for all.
        language: that of the text.
    """
    known = words | {"value": value}

    def piece(place: int, part: str) -> pl.Expr:
        word = known.get(part, "") if place % 2 else part
        return word.cast(pl.String) if isinstance(word, pl.Expr) else pl.lit(shortened(in_language(word, language)) if place % 2 else part)

    # text, name, text, name, … text
    return pl.concat_str([piece(place, part) for place, part in enumerate(BLANK.split(text))], ignore_nulls=True)
