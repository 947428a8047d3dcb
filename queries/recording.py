"""Until when a school's own files speak: the rule of the board for lists of exceptions, read from queries/recording.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, PositiveInt

DECLARATION = Path(__file__).with_name("recording.toml")


class RecordingRule(BaseModel):
    """How much silence of a list of exceptions is believed; the words are those of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    silent_days: PositiveInt
    known_days: PositiveInt
    silent_today: bool


@lru_cache(maxsize=1)
def recording_rules() -> dict[str, RecordingRule]:
    """The rule of each source that lists exceptions, by its name.

    Raises pydantic's ValidationError, naming the line, for a rule that lacks a number or has one nobody knows.
    """
    written = tomllib.loads(DECLARATION.read_text(encoding="utf-8"))
    return {source: RecordingRule.model_validate(entry) for source, entry in written.items() if isinstance(entry, dict)}


def recording_rule_rows() -> str:
    """A SELECT with one row per rule: source, silent_days, known_days, silent_today."""
    return "\nunion all\n".join(
        f"select '{source}' as source, {rule.silent_days} as silent_days, {rule.known_days} as known_days,"
        f" {str(rule.silent_today).lower()} as silent_today"
        for source, rule in recording_rules().items()
    )
