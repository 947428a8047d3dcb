"""Which items of the school DX checklist stand first."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

ORDER = Path(__file__).with_name("dx.toml")


@cache
def first_words() -> tuple[str, ...]:
    """Words by which an item about paper, seals or FAX is known."""
    return tuple(tomllib.loads(ORDER.read_text(encoding="utf-8"))["first"])
