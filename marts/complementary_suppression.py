"""Which figures are suppressed so that no small group can be got by subtraction: complementary suppression of tables that add up.

The method is the one official statistics use (Fischetti & Salazar 2001; Castro 2012; the optimal and network methods of τ-ARGUS and
sdcTable): for each figure suppressed, another table is looked for in which every figure that is shown is the same and this one is
`least` higher or lower. Of all such tables the one is taken that changes the fewest and smallest figures shown; those it changes
are suppressed as well. What is left is a proof: whoever sees only what is shown cannot tell the two tables apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from highspy import Highs, HighsLp, HighsModelStatus, MatrixFormat
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]
Indices = NDArray[np.integer]
TOLERANCE = 1e-6
FEW = 8  # so many figures are looked at one by one
FAR = 1e6  # more than any figure can be off
TRIFLE = 1e-4  # the price of changing what is suppressed anyway: as good as nothing, but the smaller change is taken


@dataclass(frozen=True)
class Table:
    """Figures that add up out of the same parts.

    `figures` and `parts` have a place for each part that counts in a figure, figure by figure. `prices` says how dear it is to
    suppress a figure; one that is never suppressed has none (nan).
    """

    figures: Indices
    parts: Indices
    prices: Numbers

    def sums(self, values: Numbers) -> Numbers:
        """Each figure, where these are the parts."""
        return np.bincount(self.figures, weights=values[self.parts], minlength=self.prices.size)

    def parts_of(self, figure: int) -> Indices:
        """The parts that count in one figure."""
        begin, end = np.searchsorted(self.figures, (figure, figure + 1))
        return self.parts[begin:end]


def suppressed(table: Table, parts: Numbers, most: Numbers, hidden: Marks, least: float) -> tuple[Marks, Marks]:
    """The figures to suppress, those already suppressed among them; and those of them that cannot be protected.

    Args:
        table: which parts each figure is the sum of.
        parts: what each part holds, at least; nobody can hold less than nothing.
        most: what each part could hold at most, to the knowledge of whoever looks; inf where there is no such bound, 0 where
            everybody knows that there is nothing.
        hidden: the figures suppressed in themselves, because they are of few people.
        least: how wide the span must be within which a figure suppressed could lie, in the unit of the parts.
    """
    hidden = hidden.copy()
    looked_for = Changes(table, parts, most)
    low, high = _at_once(table, parts, most, hidden)
    hopeless = np.zeros(hidden.size, dtype=np.bool_)
    is_there = table.sums(((parts > 0) | (most > 0)).astype(np.float64)) > 0
    seen = -1, -1
    way, before = 1, hidden.size + 1
    while len(open_ := np.flatnonzero(hidden & is_there & (high - low < least - TOLERANCE))) > FEW and (way < 0 or len(open_) < before):
        before = len(open_) if way > 0 else before  # up and down in turn, as long as both together settle some
        moved = table.sums(looked_for.many(~hidden, open_, least, way))
        low, high, way = np.minimum(low, moved), np.maximum(high, moved), -way
    while (open_ := np.flatnonzero(hidden & is_there & ~hopeless & (high - low < least - TOLERANCE))).size:
        figure = int(open_[0])
        known = high[figure] - low[figure]
        # first what is free: how far up and down it goes while all that is shown stays; then what has to be paid for
        if seen != (figure, int(hidden.sum())):
            seen = figure, int(hidden.sum())
            changes = [looked_for.furthest(~hidden, figure, way) for way in (1, -1)]
        else:
            changes = [looked_for.paid(hidden, figure, (low[figure] + least, high[figure] - least))]
        for change in changes:
            moved = table.sums(change)
            hidden |= np.abs(moved) > TOLERANCE
            low, high = np.minimum(low, moved), np.maximum(high, moved)
        if int(hidden.sum()) != seen[1]:
            lower, higher = _at_once(table, parts, most, hidden)
            low, high = np.minimum(low, lower), np.maximum(high, higher)
        hopeless[figure] = len(changes) == 1 and high[figure] - low[figure] <= known + TOLERANCE
    return hidden, hopeless


def _at_once(table: Table, parts: Numbers, most: Numbers, hidden: Marks) -> tuple[Numbers, Numbers]:
    """How far each figure suppressed goes down and up by moving between parts that the figures shown cannot tell apart.

    Such a move needs no programme, and in a city nearly every figure is safe by one.
    """
    shown_of: list[list[int]] = [[] for _ in parts]
    is_shown = ~hidden[table.figures]
    for figure, part in zip(table.figures[is_shown].tolist(), table.parts[is_shown].tolist(), strict=True):
        shown_of[part].append(figure)
    alike: dict[tuple[int, ...], int] = {}
    group = np.array([alike.setdefault(tuple(figures), len(alike)) for figures in shown_of], dtype=np.int64)
    room = np.minimum(_room(parts, most), FAR)
    held, free = (np.bincount(group, weights=values, minlength=len(alike)) for values in (parts, room))
    low, high = np.zeros(hidden.size), np.zeros(hidden.size)
    for figure in np.flatnonzero(hidden):
        own = table.parts_of(figure)
        own_held, own_free = (np.bincount(group[own], weights=values[own], minlength=len(alike)) for values in (parts, room))
        high[figure] = np.minimum(own_free, held - own_held).sum()
        low[figure] = -np.minimum(own_held, free - own_free).sum()
    return low, high


class Changes:
    """The changes of the parts that are looked for: each linear programme is built once and asked again with another goal."""

    def __init__(self, table: Table, parts: Numbers, most: Numbers) -> None:
        self.table, self.parts, self.room = table, parts, _room(parts, most)
        self._free: Highs | None = None
        self._priced: Highs | None = None

    def furthest(self, still: Marks, figure: int, way: int) -> Numbers:
        """The change that moves one figure furthest up (1) or down (-1) while these stay, but no further than far enough."""
        if self._free is None:
            self._free = _programme(self.table.figures, self.table.parts, np.ones(self.table.parts.size), self.parts.size, still.size)
            _bound_columns(self._free, -self.parts, np.minimum(self.room, FAR))
        reach = np.where(still, 0.0, np.inf)
        prices = np.zeros(self.parts.size)
        prices[self.table.parts_of(figure)] = -way
        found = _solved(self._free, prices, (-reach, reach))
        return np.zeros(self.parts.size) if found is None else found

    def many(self, still: Marks, figures: NDArray[np.int64], least: float, way: int) -> Numbers:
        """One change that moves as many of some figures as can be, each as far as is enough, up (1) or down (-1)."""
        count, size = self.parts.size, figures.size
        # beside the parts, how far each of the figures goes at least
        rows = np.concatenate([self.table.figures, figures])
        columns = np.concatenate([self.table.parts, np.arange(count, count + size)])
        values = np.concatenate([np.ones(self.table.parts.size), np.full(size, -way)])
        programme = _programme(rows, columns, values, count + size, still.size)
        low = np.concatenate([-self.parts, np.full(size, -FAR)])
        _bound_columns(programme, low, np.concatenate([np.minimum(self.room, FAR), np.full(size, least)]))
        reach = np.where(still, 0.0, np.inf)
        lowest, highest = -reach, reach
        (lowest if way > 0 else highest)[figures] = 0.0
        prices = np.concatenate([np.zeros(count), -np.linspace(2.0, 1.0, size)])  # at the cost of those that come last
        found = _solved(programme, prices, (lowest, highest))
        return np.zeros(count) if found is None else found[:count]

    def paid(self, hidden: Marks, figure: int, goals: tuple[float, float]) -> Numbers:
        """The cheaper change of two that move one figure that far; where neither can be, the furthest there is."""
        found = [change for goal in goals if (change := self._cheapest(hidden, figure, goal)) is not None]
        if found:
            return min(found, key=lambda each: each[0])[1]
        never = np.isnan(self.table.prices)
        ways = [self.furthest(never, figure, way) for way in (1, -1)]
        return max(ways, key=lambda change: abs(self.table.sums(change)[figure]))

    def _cheapest(self, hidden: Marks, figure: int, goal: float) -> tuple[float, Numbers] | None:
        """The change that moves one figure by `goal` at the lowest price, and that price; None where there is none."""
        count, size = self.parts.size, hidden.size
        if self._priced is None:
            # parts up, parts down, figures shown up, figures shown down
            figures, parts, every = self.table.figures, self.table.parts, np.arange(size)
            rows = np.concatenate([figures, figures, every, every])
            columns = np.concatenate([parts, parts + count, every + 2 * count, every + 2 * count + size])
            values = np.repeat([1.0, -1.0, -1.0, 1.0], [parts.size, parts.size, size, size])
            self._priced = _programme(rows, columns, values, 2 * (count + size), size)
        is_priced = ~np.isnan(self.table.prices) & ~hidden
        prices = np.concatenate([np.full(2 * count, TRIFLE), np.tile(np.where(is_priced, self.table.prices, 0.0), 2)])
        top = np.concatenate([self.room, self.parts, np.tile(np.where(is_priced, np.inf, 0.0), 2)])
        _bound_columns(self._priced, np.zeros(top.size), top)
        reach = np.where(hidden, np.inf, 0.0)
        low, high = -reach, reach
        low[figure] = high[figure] = goal
        self._priced.clearSolver()  # what is suppressed must not hang on what was asked before
        found = _solved(self._priced, prices, (low, high))
        return None if found is None else (float(prices @ found), found[:count] - found[count : 2 * count])


def _programme(rows: Indices, columns: Indices, values: Numbers, width: int, height: int) -> Highs:
    """A linear programme with these numbers in its matrix; what it is to minimise and between which bounds is said later."""
    order = np.argsort(rows, kind="stable")
    lp = HighsLp()
    lp.num_col_, lp.num_row_ = width, height
    lp.col_cost_ = lp.col_lower_ = lp.col_upper_ = np.zeros(width)
    lp.row_lower_ = lp.row_upper_ = np.zeros(height)
    lp.a_matrix_.format_ = MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.searchsorted(rows[order], np.arange(height + 1))
    lp.a_matrix_.index_, lp.a_matrix_.value_ = columns[order], values[order]
    programme = Highs()
    programme.setOptionValue("output_flag", False)
    programme.passModel(lp)
    return programme


def _bound_columns(programme: Highs, low: Numbers, high: Numbers) -> None:
    programme.changeColsBounds(low.size, np.arange(low.size, dtype=np.int32), low, high)


def _solved(programme: Highs, prices: Numbers, rows: tuple[Numbers, Numbers]) -> Numbers | None:
    """The columns at the lowest price while the rows stay within these bounds; None where there is no such."""
    programme.changeColsCost(prices.size, np.arange(prices.size, dtype=np.int32), prices)
    programme.changeRowsBounds(rows[0].size, np.arange(rows[0].size, dtype=np.int32), *rows)
    programme.run()
    if programme.getModelStatus() != HighsModelStatus.kOptimal:
        return None
    return np.array(programme.getSolution().col_value)


def _room(parts: Numbers, most: Numbers) -> Numbers:
    return np.where(np.isinf(most), np.inf, np.maximum(most - parts, 0))


def table_of(rows: list[list[int]], prices: Numbers) -> Table:
    """A table out of the parts of each figure."""
    places = np.array([(figure, part) for figure, members in enumerate(rows) for part in members], dtype=np.int32)
    return Table(places[:, 0], places[:, 1], prices)
