"""Until when a school's own files speak, and how many of their rows may be missing: the board's rules, read from queries/recording.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, PositiveInt

DECLARATION = Path(__file__).with_name("recording.toml")
INCOMPLETE = "incomplete"  # the one table of the file that is no source's


class RecordingRule(BaseModel):
    """How much silence of a list of exceptions is believed; the words are those of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    silent_days: PositiveInt
    known_days: PositiveInt
    silent_today: bool


class IncompleteRule(BaseModel):
    """From which share, and how many, of a month's rows on a place's figures are incomplete; the words are those of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    share: float = Field(gt=0, le=100)
    rows: PositiveInt


@lru_cache(maxsize=1)
def recording_rules() -> dict[str, RecordingRule]:
    """The rule of each source that lists exceptions, by its name.

    Raises pydantic's ValidationError, naming the line, for a rule that lacks a number or has one nobody knows.
    """
    return {
        source: RecordingRule.model_validate(entry)
        for source, entry in _written().items()
        if isinstance(entry, dict) and source != INCOMPLETE
    }


@lru_cache(maxsize=1)
def incomplete_rule() -> IncompleteRule:
    """From where on rejected rows make the figures of a place incomplete.

    Raises pydantic's ValidationError, naming the line, where the file does not say it.
    """
    return IncompleteRule.model_validate(_written().get(INCOMPLETE, {}))


def incomplete_rule_row() -> str:
    """A SELECT of one row: share, rows."""
    return f"select {incomplete_rule().share} as share, {incomplete_rule().rows} as rows"


def _written() -> dict[str, Any]:
    return tomllib.loads(DECLARATION.read_text(encoding="utf-8"))


def recording_rule_rows() -> str:
    """A SELECT with one row per rule: source, silent_days, known_days, silent_today."""
    return "\nunion all\n".join(
        f"select '{source}' as source, {rule.silent_days} as silent_days, {rule.known_days} as known_days,"
        f" {str(rule.silent_today).lower()} as silent_today"
        for source, rule in recording_rules().items()
    )
