"""Our own small solver answers as a large one does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from sendbook.figures.region import Region, Sum

SIZE = 5
bounds = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 20)).map(lambda p: (p[0], p[0] + p[1])),
                  min_size=SIZE, max_size=SIZE)  # fmt: skip
sums = st.lists(
    st.builds(
        lambda weights, low, span: Sum(weights=dict(enumerate(weights)), low=low, high=low + span),
        st.lists(st.sampled_from([-1.0, 0.0, 0.0, 1.0]), min_size=SIZE, max_size=SIZE),
        st.integers(-10, 40),
        st.sampled_from([0, 0, 2, 7]),
    ),
    max_size=5,
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(bounds, sums)
def test_the_least_and_the_most_are_those_another_solver_finds(limits: list[tuple[int, int]], known: list[Sum]) -> None:
    region = Region(limits, known)
    rows = np.array([[one.weights[n] for n in range(SIZE)] for one in known for _ in (0, 1)]).reshape(-1, SIZE)
    signs = np.array([1, -1] * len(known)).reshape(-1, 1)
    right = [side for one in known for side in (one.high, -one.low)]
    for unknown in range(SIZE):
        goal = np.eye(SIZE)[unknown]
        found = [
            linprog(
                sign * goal, A_ub=rows * signs if known else None, b_ub=right or None, bounds=limits, method="highs"
            )
            for sign in (1, -1)
        ]
        assert region.is_empty is (found[0].status == 2)
        if not region.is_empty:
            least, most = found[0].fun, -found[1].fun
            for by in (0.0, 3.0, 7.5, most - least - 0.01, most - least + 0.01):
                assert abs(most - least - by) < 1e-3 or region.is_open(unknown, by) is bool(most - least > by)


def test_what_contradicts_itself_is_empty() -> None:
    assert Region([(0, 5)], [Sum(weights={0: 1.0}, low=7, high=7)]).is_empty


def test_nothing_known_leaves_the_bounds() -> None:
    region = Region([(2, 9)], [])
    assert region.is_open(0, 7)
    assert not region.is_open(0, 7.01)
