"""What the plain pages say while nobody can sign in yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StartState:
    """Why nobody can sign in yet: `preparing` (with how far), `failed` (with a reference) or `empty`."""

    state: str
    fraction: float = 0.0
    step: str = ""
    reference: str = ""
