"""What an onlooker can work out of sums: whether an unknown number could still be one thing or quite another.

The unknown numbers lie between bounds, and some sums of them are known, exactly or within bounds: a linear program,
solved by the simplex method with Bland's rule. It is written out here because the programs are tiny (a few dozen
unknowns) and a solver for large ones weighs more than everything else we install; the tests hold it against one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_CLOSE = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A weighted sum of unknowns (by their numbers) that is known to lie from ``low`` to ``high``."""

    weights: Mapping[int, float]
    low: float
    high: float


class Region:
    """All that the unknowns can be. ``bounds`` are (least, most) of each by itself; all are finite.

    ``is_empty`` says that what is known contradicts itself; nothing else may then be asked.
    """

    def __init__(self, bounds: Sequence[tuple[float, float]], sums: Sequence[Sum]) -> None:
        self._lows = [low for low, _ in bounds]
        self._size = len(bounds)
        rows = list(self._rows(bounds, sums))
        self._width = self._size + sum(1 for _, _, slack in rows if slack)
        self._table: list[list[float]] = []
        self._basis: list[int] = []
        self._fill(rows)
        self._seen = [(float("inf"), float("-inf"))] * self._size
        self.is_empty = not self._is_feasible()

    def is_open(self, unknown: int, by: float) -> bool:
        """Whether an unknown can be one thing or another, at least so far apart.

        Every point passed on the way to an answer is an answer about the other unknowns too.
        """
        for sign in (1.0, -1.0):
            if self._seen_open(unknown, by):
                return True
            self._go_to_the_end(unknown, sign)
        return self._seen_open(unknown, by)

    def _seen_open(self, unknown: int, by: float) -> bool:
        least, most = self._seen[unknown]
        return most - least >= by

    def _rows(self, bounds: Sequence[tuple[float, float]], sums: Sequence[Sum]) -> list[tuple[list[float], float, int]]:
        """Rows over the unknowns counted from their least value: (weights, right side, 1 at most / -1 at least / 0)."""
        rows: list[tuple[list[float], float, int]] = []
        for unknown, (low, high) in enumerate(bounds):
            row = [0.0] * self._size
            row[unknown] = 1.0
            rows.append((row, high - low, 1))
        for known in sums:
            row = [0.0] * self._size
            for unknown, weight in known.weights.items():
                row[unknown] += weight
            moved = sum(weight * low for weight, low in zip(row, self._lows, strict=True))
            if known.high - known.low < _CLOSE:
                rows.append((row, known.low - moved, 0))
                continue
            rows.append((row, known.high - moved, 1))
            rows.append((row, known.low - moved, -1))
        return rows

    def _fill(self, rows: Sequence[tuple[list[float], float, int]]) -> None:
        """The first table: a slack for each inequality; a stand-in for each row that has no slack to begin with."""
        slack = self._size
        places: list[int | None] = []
        for weights, right, sort in rows:
            row = weights + [0.0] * (self._width - self._size)
            place = None
            if sort:
                row[slack] = float(sort)
                place = slack if sort * right >= 0 else None
                slack += 1
            sign = -1.0 if right < 0 else 1.0
            self._table.append([sign * value for value in [*row, right]])
            places.append(place)
        for number, place in enumerate(places):
            if place is not None and self._table[number][place] > 0:
                self._basis.append(place)
                continue
            for other, row in enumerate(self._table):
                row.insert(-1, 1.0 if other == number else 0.0)
            self._basis.append(len(self._table[0]) - 2)

    def _is_feasible(self) -> bool:
        """Drives the stand-ins out; what is left of them says by how much the rows contradict each other."""
        stand_ins = range(self._width, len(self._table[0]) - 1) if self._table else range(0)
        goal = [0.0] * (len(self._table[0]) - 1 if self._table else 0)
        for place in stand_ins:
            goal[place] = -1.0
        if self._climb(goal, len(goal)) < -_CLOSE:
            return False
        for number, place in enumerate(self._basis):
            if place >= self._width:  # at nought: some real column takes its place, or the row says nothing
                column = next((c for c in range(self._width) if abs(self._table[number][c]) > _CLOSE), None)
                if column is not None:
                    self._pivot(number, column)
        return True

    def _go_to_the_end(self, unknown: int, sign: float) -> None:
        """Goes to where an unknown is the most it can be, or with -1 as its sign the least."""
        goal = [0.0] * (len(self._table[0]) - 1)
        goal[unknown] = sign
        self._climb(goal, self._width)

    def _climb(self, goal: list[float], width: int) -> float:
        """The greatest value of a goal over the first ``width`` columns; stays where it was reached."""
        gains = [*goal, 0.0]
        for place, line in zip(self._basis, self._table, strict=True):
            if goal[place]:
                gains = [gain - goal[place] * value for gain, value in zip(gains, line, strict=True)]
        while True:
            if width == self._width:
                self._look()
            column = next((c for c in range(width) if gains[c] > _CLOSE), None)
            row = None if column is None else self._leaving(column)
            if column is None or row is None:
                return -gains[-1]
            self._pivot(row, column)
            factor = gains[column]
            gains = [gain - factor * value for gain, value in zip(gains, self._table[row], strict=True)]

    def _look(self) -> None:
        """Notes what every unknown is at this point."""
        here = [0.0] * self._size
        for place, line in zip(self._basis, self._table, strict=True):
            if place < self._size:
                here[place] = line[-1]
        self._seen = [(min(low, one), max(high, one)) for (low, high), one in zip(self._seen, here, strict=True)]

    def _leaving(self, column: int) -> int | None:
        """The row that stops the climb first; of several the one with the first unknown, or it might go round."""
        best: tuple[float, int, int] | None = None
        for number, line in enumerate(self._table):
            if line[column] > _CLOSE:
                found = (line[-1] / line[column], self._basis[number], number)
                if best is None or found[0] < best[0] - _CLOSE or (found[0] <= best[0] + _CLOSE and found[1] < best[1]):
                    best = found
        return None if best is None else best[2]

    def _pivot(self, row: int, column: int) -> None:
        line = self._table[row]
        divisor = line[column]
        line[:] = [value / divisor for value in line]
        for number, other in enumerate(self._table):
            factor = other[column]
            if number != row and factor:
                other[:] = [value - factor * own for value, own in zip(other, line, strict=True)]
        self._basis[row] = column
