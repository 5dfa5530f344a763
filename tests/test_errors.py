"""What is told of a fault is where it happened, whatever its own words are."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from sendbook.errors import trace_of

HELD = "Aisha Quixotic"


def test_a_fault_repeats_no_value_and_says_where_it_was() -> None:
    with pytest.raises(KeyError) as caught:
        {}[HELD]
    told = trace_of(caught.value)
    assert HELD not in told
    assert "test_errors.py" in told
    assert told.endswith("KeyError")


def test_what_lay_behind_it_is_told_first_and_as_briefly() -> None:
    with pytest.raises(RuntimeError) as caught:
        _in_turn()
    told = trace_of(caught.value)
    assert HELD not in told
    assert told.index("JSONDecodeError") < told.index("RuntimeError")


@pytest.mark.slow
def test_of_a_fault_in_another_process_its_lines_are_told_as_well() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("forkserver")) as pool, pytest.raises(ValueError) as caught:
        pool.submit(int, HELD).result()
    told = trace_of(caught.value)
    assert "Quixotic" not in told
    assert "in _process_worker" in told


def _in_turn() -> None:
    text = HELD
    try:
        json.loads(text)
    except ValueError as error:
        raise RuntimeError(text) from error
