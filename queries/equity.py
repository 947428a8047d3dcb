"""Schools in three groups by their rate of 就学援助, so that nothing is said of any one school."""

from __future__ import annotations

from collections.abc import Mapping

FEWEST_SCHOOLS = 3  # in each group: of two, one that knows itself knows the other


def thirds(rates: Mapping[int, float]) -> dict[int, int] | None:
    """The group of each school: 0 lowest, 1 middle, 2 highest third; None where a group would have fewer than three schools."""
    if len(rates) < 3 * FEWEST_SCHOOLS:
        return None
    ordered = sorted(rates, key=lambda school: (rates[school], school))
    return {school: place * 3 // len(ordered) for place, school in enumerate(ordered)}
