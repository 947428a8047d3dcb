"""What app.py settles once for everything in front of Streamlit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from web.start_state import StartState


def _started() -> StartState | None:
    return None


def _is_real() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How this instance is served."""

    start_state: Callable[[], StartState | None] = _started
    """Why nobody can sign in yet; None once a district is being served."""
    is_demo: Callable[[], bool] = _is_real
    """Whether this is the invented district, whose people anybody may be."""
    watch_seconds: float = 15.0
    """How often an open page is asked whether its session is still open."""
    always_tls: bool = False
    """Set behind a proxy that ends TLS without saying so."""
