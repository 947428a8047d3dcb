"""Why rows are missing: the cause in one line, with the lines of a mapping that would mend it and a text to send to the school."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, card
from components.session_answers import ask
from components.wording import _, language
from pages.office.rejected_rows import BLANK
from queries.recording import incomplete_rule

MOST_CAUSES, MOST_SCHOOLS, MOST_FILES = 5, 5, 2
CAUSE = ("source", "code", "column_name", "code_word", "mapping_lines")
WITH_WORDS = ("unknown_code", "missing_column")  # causes there is more to say about than the reason alone


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause of missing rows: what and where, how many rows it costs, and what would mend it."""

    source: str
    code: str
    column: str
    word: str | None
    lines: str | None
    reason: str
    schools: tuple[str, ...]
    files: tuple[str, ...]
    rows: int

    @property
    def line(self) -> str:
        """The cause in one line: schools, file, column, word, rows."""
        key = "loads.cause_word" if self.word else f"loads.cause_{self.code}" if self.code in WITH_WORDS else "loads.cause_other"
        return _(key, schools=_few(self.schools, MOST_SCHOOLS) or _("loads.no_school"), source=_(f"source.{self.source}"),
                 file=_few(self.files, MOST_FILES), column=self.column, word=self.word or "", reason=self.reason, rows=f"{self.rows:,}")

    @property
    def letter(self) -> str:
        """A text to send to the school."""
        key = "loads.letter_word" if self.word else "loads.letter_column" if self.code == "missing_column" else "loads.letter_other"
        return _(key, schools=_few(self.schools, len(self.schools)), source=_(f"source.{self.source}"), file=_few(self.files, MOST_FILES),
                 column=self.column, word=self.word or "", reason=self.reason, rows=f"{self.rows:,}")


def causes_of(viewer: Viewer) -> list[Cause]:
    """What costs so many rows that figures of a school could be too low, the most rows first."""
    rows = ask(viewer, "causes_of_rejection", least_rows=incomplete_rule().rows)
    found = []
    for key in rows.select(CAUSE).unique(maintain_order=True).rows(named=True):
        own = rows.filter(pl.col(name).eq_missing(pl.lit(value, pl.String)) for name, value in key.items())
        column = key["column_name"] or ""
        reason = re.sub(BLANK, "…", (own.item(0, f"message_{language()}") or key["code"]).replace("{column}", column))
        schools, files = (tuple(own.get_column(name).drop_nulls().unique(maintain_order=True)) for name in ("school_name", "file"))
        found.append(Cause(key["source"], key["code"], column, key["code_word"], key["mapping_lines"], reason, schools, files,
                           own.item(0, "rows_of_cause")))  # fmt: skip
    return found


def causes_card(causes: list[Cause], *, masked: bool) -> None:
    """The first card of the page: each cause, the mapping lines to copy, and the text for the school; nothing where nothing is missing."""
    if not causes:
        return
    finding = _("loads.causes_finding", rows=f"{sum(cause.rows for cause in causes):,}", causes=len(causes))
    with card(Card(finding, "causes", _("loads.causes_about"))):
        for cause in causes[:MOST_CAUSES]:
            st.text(cause.line)
            if masked:
                continue
            if cause.lines:
                st.text(_("loads.lines_about"))
                st.code(cause.lines, language="toml")
            st.text(_("loads.letter_about"))
            st.code(cause.letter, language=None, wrap_lines=True)
        if len(causes) > MOST_CAUSES:
            st.text(_("loads.more_causes", more=len(causes) - MOST_CAUSES))


def _few(names: tuple[str, ...], most: int) -> str:
    """The first of some names, and how many more there are."""
    words = _("state.comma").join(names[:most])
    return words + _("recording.and_more", more=len(names) - most) if len(names) > most else words
