"""Asking for この数字の出どころ: the loads behind the figures of a school, or of the whole district."""

from __future__ import annotations

from typing import Any

import polars as pl

from access import Viewer
from components.session_answers import ask
from components.tables.origin import Origins


def origins(viewer: Viewer, school_id: int | None = None) -> Origins:
    """Which loads the figures of a school came by; of all schools without one."""
    flows = declared(viewer)
    return Origins(ask(viewer, "origin_of_figures", school_id=school_id), flows)


def declared(viewer: Viewer) -> dict[str, dict[str, Any]]:
    """What each source says of itself: how often it comes, which column says when, whether it lists exceptions alone."""
    return {flow["source"]: flow for flow in ask(viewer, "declared_flows").rows(named=True)}


def origin(viewer: Viewer, sources: tuple[str, ...], school_id: int | None = None) -> pl.DataFrame:
    """The foot of one card, for the page that asks for no other."""
    return origins(viewer, school_id).of(sources)


def origin_of(viewer: Viewer, names: list[str], school_id: int | None = None) -> pl.DataFrame:
    """The same for the sources these indicators are counted from."""
    return origins(viewer, school_id).of_figures(names)
