"""Which figures are kept back so that no small group can be got by subtraction: complementary suppression of tables that add up.

The method is the one official statistics use (Fischetti & Salazar 2001; Castro 2012; the optimal and network methods of τ-ARGUS and
sdcTable): for each figure kept back, another table is looked for in which every figure that is shown is the same and this one is
`least` higher or lower. Of all such tables the one is taken that changes the fewest and smallest figures shown; those it changes
are kept back as well. What is left is a proof: whoever sees only what is shown cannot tell the two tables apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack, vstack

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]
TOLERANCE = 1e-6
FEW = 8  # so many figures are looked at one by one
FAR = 1e6  # more than any figure can be off
TRIFLE = 1e-4  # the price of changing what is kept back anyway: as good as nothing, but the smaller change is taken


@dataclass(frozen=True)
class Table:
    """Figures that add up out of the same parts.

    `members` has a row for each figure and a column for each part: 1 where the part counts in the figure. `prices` says how
    dear it is to keep a figure back; one that is never kept back has none (nan).
    """

    members: csr_array
    prices: Numbers


def kept_back(table: Table, parts: Numbers, most: Numbers, hidden: Marks, least: float) -> tuple[Marks, Marks]:
    """The figures to keep back, those already kept back among them; and those of them that cannot be protected.

    Args:
        table: which parts each figure is the sum of.
        parts: what each part holds, at least; nobody can hold less than nothing.
        most: what each part could hold at most, to the knowledge of whoever looks; inf where there is no such bound, 0 where
            everybody knows that there is nothing.
        hidden: the figures kept back in themselves, because they are of few people.
        least: how wide the span must be within which a figure kept back could lie, in the unit of the parts.
    """
    hidden = hidden.copy()
    low, high = _at_once(table, parts, most, hidden)
    hopeless = np.zeros(hidden.size, dtype=np.bool_)
    is_there = table.members @ ((parts > 0) | (most > 0)).astype(np.float64) > 0
    seen = -1, -1
    way, before = 1, hidden.size + 1
    while len(open_ := np.flatnonzero(hidden & is_there & (high - low < least - TOLERANCE))) > FEW and (way < 0 or len(open_) < before):
        before = len(open_) if way > 0 else before  # up and down in turn, as long as both together settle some
        moved = table.members @ _many(table, parts, most, ~hidden, open_, least, way)
        low, high, way = np.minimum(low, moved), np.maximum(high, moved), -way
    while (open_ := np.flatnonzero(hidden & is_there & ~hopeless & (high - low < least - TOLERANCE))).size:
        figure = int(open_[0])
        known = high[figure] - low[figure]
        # first what is free: how far up and down it goes while all that is shown stays; then what has to be paid for
        if seen != (figure, int(hidden.sum())):
            seen = figure, int(hidden.sum())
            changes = [_furthest(table, parts, most, ~hidden, figure, way) for way in (1, -1)]
        else:
            changes = [_paid(table, parts, most, hidden, figure, (low[figure] + least, high[figure] - least))]
        for change in changes:
            moved = table.members @ change
            hidden |= np.abs(moved) > TOLERANCE
            low, high = np.minimum(low, moved), np.maximum(high, moved)
        if int(hidden.sum()) != seen[1]:
            lower, higher = _at_once(table, parts, most, hidden)
            low, high = np.minimum(low, lower), np.maximum(high, higher)
        hopeless[figure] = len(changes) == 1 and high[figure] - low[figure] <= known + TOLERANCE
    return hidden, hopeless


def _at_once(table: Table, parts: Numbers, most: Numbers, hidden: Marks) -> tuple[Numbers, Numbers]:
    """How far each figure kept back goes down and up by moving between parts that the figures shown cannot tell apart.

    Such a move needs no programme, and in a city nearly every figure is safe by one.
    """
    shown = table.members[~hidden].tocsc()
    alike: dict[tuple[int, ...], int] = {}
    group = np.array(
        [
            alike.setdefault(tuple(sorted(shown.indices[shown.indptr[part] : shown.indptr[part + 1]].tolist())), len(alike))
            for part in range(parts.size)
        ],
        dtype=np.int64,
    )
    room = np.minimum(_room(parts, most), FAR)
    held, free = (np.bincount(group, weights=values, minlength=len(alike)) for values in (parts, room))
    low, high = np.zeros(hidden.size), np.zeros(hidden.size)
    members = table.members.tocsr()
    for figure in np.flatnonzero(hidden):
        own = members.indices[members.indptr[figure] : members.indptr[figure + 1]]
        own_held, own_free = (np.bincount(group[own], weights=values[own], minlength=len(alike)) for values in (parts, room))
        high[figure] = np.minimum(own_free, held - own_held).sum()
        low[figure] = -np.minimum(own_held, free - own_free).sum()
    return low, high


def _paid(table: Table, parts: Numbers, most: Numbers, hidden: Marks, figure: int, goals: tuple[float, float]) -> Numbers:
    """The cheaper change of two that move one figure that far; where neither can be, the furthest there is."""
    found = [change for goal in goals if (change := _cheapest(table, parts, most, hidden, figure, goal)) is not None]
    if found:
        return min(found, key=lambda each: each[0])[1]
    never = np.isnan(table.prices)
    ways = [_furthest(table, parts, most, never, figure, way) for way in (1, -1)]
    return max(ways, key=lambda change: abs((table.members[[figure], :] @ change)[0]))


def _cheapest(
    table: Table, parts: Numbers, most: Numbers, hidden: Marks, figure: int, goal: float
) -> tuple[float, Numbers] | None:
    """The change of the parts that moves one figure by `goal` at the lowest price, and that price; None where there is none."""
    members = table.members
    fixed = np.isnan(table.prices)
    priced = ~fixed & ~hidden
    some = int(priced.sum())
    # parts up, parts down, figures shown up, figures shown down
    prices = np.concatenate([np.full(2 * parts.size, TRIFLE), np.tile(table.prices[priced], 2)])
    still = hstack([members[fixed], -members[fixed], csr_array((int(fixed.sum()), 2 * some))])
    told = hstack([members[priced], -members[priced], -eye_array(some), eye_array(some)])
    wanted = hstack([members[[figure], :], -members[[figure], :], csr_array((1, 2 * some))])
    solved = linprog(
        prices,
        A_eq=vstack([still, told, wanted], format="csr"),
        b_eq=np.concatenate([np.zeros(int(fixed.sum()) + some), [goal]]),
        bounds=np.column_stack([np.zeros(prices.size), np.concatenate([_room(parts, most), parts, np.full(2 * some, np.inf)])]),
        method="highs",
    )
    if solved.status != 0:
        return None
    return float(solved.fun), solved.x[: parts.size] - solved.x[parts.size : 2 * parts.size]


def _furthest(table: Table, parts: Numbers, most: Numbers, still: Marks, figure: int, way: int) -> Numbers:
    """The change that moves one figure furthest up (1) or down (-1) while these figures stay, but no further than far enough."""
    row = table.members[[figure], :]
    solved = linprog(
        -way * row.toarray()[0],
        A_eq=table.members[still] if still.any() else None,
        b_eq=np.zeros(int(still.sum())) if still.any() else None,
        bounds=np.column_stack([-parts, np.minimum(_room(parts, most), FAR)]),
        method="highs",
    )
    return solved.x if solved.status == 0 else np.zeros(parts.size)


def _many(table: Table, parts: Numbers, most: Numbers, still: Marks, figures: NDArray[np.int64], least: float, way: int) -> Numbers:
    """One change that moves as many of some figures as can be, each as far as is enough, up (1) or down (-1), while others stay."""
    count = figures.size
    rows = table.members[figures] * -way
    solved = linprog(
        np.concatenate([np.zeros(parts.size), -np.linspace(2.0, 1.0, count)]),  # at the cost of those that come last
        A_ub=hstack([rows, eye_array(count)], format="csr"),
        b_ub=np.zeros(count),
        A_eq=hstack([table.members[still], csr_array((int(still.sum()), count))], format="csr") if still.any() else None,
        b_eq=np.zeros(int(still.sum())) if still.any() else None,
        bounds=np.column_stack(
            [np.concatenate([-parts, np.full(count, -FAR)]), np.concatenate([np.minimum(_room(parts, most), FAR), np.full(count, least)])]
        ),
        method="highs",
    )
    return solved.x[: parts.size] if solved.status == 0 else np.zeros(parts.size)


def _room(parts: Numbers, most: Numbers) -> Numbers:
    return np.where(np.isinf(most), np.inf, np.maximum(most - parts, 0))


def table_of(rows: list[list[int]], count: int, prices: Numbers) -> Table:
    """A table out of the parts of each figure."""
    places = [(figure, part) for figure, members in enumerate(rows) for part in members]
    figures, parts = (np.array([place[side] for place in places], dtype=np.int64) for side in (0, 1))
    return Table(csr_array((np.ones(len(places)), (figures, parts)), shape=(len(rows), count)), prices)
