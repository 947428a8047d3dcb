"""The attack on published figures: between what and what must one lie that is not shown? Linear programming over all that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from highspy import Highs, HighsLp, HighsModelStatus, MatrixFormat

EXACT = 1e-6


@dataclass(frozen=True)
class Published:
    """Figures that are sums of the same parts: which parts, what they are, and which of them are shown.

    `most` is what each part can be at most, to the attacker's knowledge; inf where nothing is known.
    """

    sums: Sequence[Sequence[int]]
    values: Sequence[float]
    shown: Sequence[bool]
    most: Sequence[float]


def widths(published: Published, grown: Published | None = None, enough: float = inf) -> list[float]:
    """For each figure not shown how wide its span is, to whoever has also seen a later load in which nothing has become less.

    A span of which two tables found on the way show that it is wide `enough` is not followed to its ends: it is at least what is said.
    """
    parts = len(published.most)
    loads = 1 if grown is None else 2
    known = _known(published, parts, loads, later=False)
    bounds = [(0.0, most) for most in published.most]
    if grown is not None:
        known += _known(grown, parts, loads, later=True)
        bounds += [(0.0, inf)] * parts
    programme = _programme(known, bounds)
    found = []
    tables: list[np.ndarray] = []  # that fit all that is shown
    for published_then, later in ((published, False), (grown, True)):
        if published_then is None:
            continue
        for members, is_shown in zip(published_then.sums, published_then.shown, strict=True):
            if not is_shown:
                goal = np.array(_row(members, parts, loads, later=later), dtype=float)
                seen = [float(goal @ table) for table in tables]
                if seen and max(seen) - min(seen) >= enough:
                    found.append(max(seen) - min(seen))
                    continue
                low, high = (_end(sign * goal, programme, tables) for sign in (1, -1))
                found.append(-high - low)
    return found


def _known(published: Published, parts: int, loads: int, *, later: bool) -> list[tuple[list[float], float]]:
    return [
        (_row(members, parts, loads, later=later), value)
        for members, value, is_shown in zip(published.sums, published.values, published.shown, strict=True)
        if is_shown
    ]


def _row(members: Sequence[int], parts: int, loads: int, *, later: bool) -> list[float]:
    """A figure as a sum of what was there at first and, at the later load, of what has come since."""
    once = [1.0 if part in set(members) else 0.0 for part in range(parts)]
    return once if loads == 1 else once + (once if later else [0.0] * parts)


def _programme(known: list[tuple[list[float], float]], bounds: list[tuple[float, float]]) -> Highs:
    """Every table that fits all that is shown; between what its figures lie is asked later, of each."""
    lp = HighsLp()
    lp.num_col_, lp.num_row_ = len(bounds), len(known)
    lp.col_cost_ = np.zeros(len(bounds))
    lp.col_lower_, lp.col_upper_ = np.array(bounds, dtype=float).T
    lp.row_lower_ = lp.row_upper_ = np.array([value for _row, value in known], dtype=float)
    lp.a_matrix_.format_ = MatrixFormat.kRowwise
    rows, lp.a_matrix_.index_ = np.array([row for row, _value in known], dtype=float).reshape(len(known), len(bounds)).nonzero()
    lp.a_matrix_.start_ = np.searchsorted(rows, np.arange(len(known) + 1))
    lp.a_matrix_.value_ = np.ones(rows.size)  # a part counts in a figure, or it does not
    programme = Highs()
    programme.setOptionValue("output_flag", False)
    programme.passModel(lp)
    return programme


def _end(goal: np.ndarray, programme: Highs, tables: list[np.ndarray]) -> float:
    programme.changeColsCost(goal.size, np.arange(goal.size, dtype=np.int32), goal)
    programme.run()
    status = programme.getModelStatus()
    assert status in (HighsModelStatus.kOptimal, HighsModelStatus.kUnbounded), programme.modelStatusToString(status)
    if status != HighsModelStatus.kOptimal:
        return -inf
    tables.append(np.array(programme.getSolution().col_value))
    return programme.getObjectiveValue()
