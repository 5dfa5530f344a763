"""Somebody who has read every release ever made and can solve linear programs: what they know of each hidden number.

Written apart from the package, from the records as they are written, with another solver. They know that parts make
wholes, that "fewer than six" is none to five, that beside such words a number merely withheld is not so small, the roll
of each stage, how percentages are rounded, and that from one release to the next hardly anyone comes or goes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linprog

Place = tuple[int, str]
_SINGLE = ("send", "sen-support", "ehc-plans")


class Onlooker:
    """All that can be worked out of releases, the oldest first."""

    def __init__(self, releases: Sequence[Mapping[str, Any]], *, steady_within: int | None = 2) -> None:
        self.places: list[Place] = []
        self.hidden: list[Place] = []
        self._children: dict[Place, float] = {}
        self._bounds: list[tuple[float, float]] = []
        self._equal: list[tuple[dict[int, float], float]] = []
        self._at_most: list[tuple[dict[int, float], float]] = []
        for number, release in enumerate(releases):
            self._read(number, release)
        if steady_within is not None:
            for number, name in self.places:
                if number and "/rate" not in name:
                    one, other = self._at((number - 1, name)), self._at((number, name))
                    self._at_most += [({other: 1, one: -1}, steady_within), ({one: 1, other: -1}, steady_within)]

    def open_by(self, place: Place) -> float:
        """By how much a number can be one thing or another."""
        least, most = (self._solve(place, sign) for sign in (1.0, -1.0))
        return most - least

    def known(self, within: float = 3.0) -> list[Place]:
        """The hidden numbers known to less than ``within``, or than the number of children they could be about."""
        return [place for place in self.hidden if self.open_by(place) < min(within, self._children[place]) - 1e-6]

    def _at(self, place: Place) -> int:
        return self.places.index(place)

    def _put(self, place: Place, low: float, high: float, children: float, *, hidden: bool) -> None:
        self.places.append(place)
        self._bounds.append((low, high))
        self._children[place] = children
        if hidden:
            self.hidden.append(place)

    def _read(self, number: int, release: Mapping[str, Any]) -> None:
        figures = {figure["id"]: figure for figure in [*release["public"], *release["figures"]]}
        roll, few = figures["roll"]["value"], release["smallest_count"] - 1
        single = {name: figures[name] for name in _SINGLE}
        tables = {
            table: {f"{table}/{cell['id']}": cell for cell in figures[table]["cells"]}
            for table in ("by-area", "by-stage")
        }
        said = single | tables["by-area"] | tables["by-stage"]
        says_small = any(cell.get("hidden") == "small" for cell in said.values())
        for name, cell in said.items():
            most = cell.get("of", roll)
            if "value" in cell:
                self._put((number, name), cell["value"], cell["value"], most, hidden=False)
            elif cell["hidden"] == "small":
                self._put((number, name), 0, min(few, most), most, hidden=True)
            else:
                self._put((number, name), min(few + 1, most) if says_small else 0, most, most, hidden=True)
        for parts in (_SINGLE[1:], tables["by-area"], tables["by-stage"]):
            weights = {self._at((number, name)): 1.0 for name in parts}
            self._equal.append((weights | {self._at((number, "send")): -1.0}, 0.0))
        for name in _SINGLE:
            percent = figures[f"{name}-percent"]
            if "value" in percent:
                place = self._at((number, name))
                self._at_most.append(({place: 100 / roll}, percent["value"] + 0.05))
                self._at_most.append(({place: -100 / roll}, 0.05 - percent["value"]))
        for name in ("reviews-on-time", "targets-met"):
            rate = figures[name]
            if "hidden" in rate and "whole" in rate:
                span = (0, few) if rate["hidden"] == "small" else (rate["whole"] - few, rate["whole"])
                self._put((number, f"{name}/rate"), *span, rate["whole"], hidden=True)

    def _solve(self, place: Place, sign: float) -> float:
        goal = np.zeros(len(self.places))
        goal[self._at(place)] = sign
        found = linprog(
            goal,
            A_ub=self._matrix(self._at_most),
            b_ub=[right for _, right in self._at_most] or None,
            A_eq=self._matrix(self._equal),
            b_eq=[right for _, right in self._equal],
            bounds=self._bounds,
            method="highs",
        )
        assert found.status == 0, found.message
        return float(sign * found.fun)

    def _matrix(self, rows: Sequence[tuple[Mapping[int, float], float]]) -> np.ndarray | None:
        if not rows:
            return None
        matrix = np.zeros((len(rows), len(self.places)))
        for number, (weights, _) in enumerate(rows):
            for place, weight in weights.items():
                matrix[number, place] = weight
        return matrix
