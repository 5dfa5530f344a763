"""The one decision what a bare word means, from both sides."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.campus.scalars import must_quote, number_text, typed


@given(st.integers(min_value=-(10**18) + 1, max_value=10**18 - 1) | st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_written_so_that_it_reads_back(number: float) -> None:
    again = typed(number_text(number))
    assert again == number
    assert type(again) is type(number)
    assert "e" not in number_text(number)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 10**18, -(10**30)])
def test_a_number_no_record_can_hold_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="can't hold"):
        number_text(number)


@given(st.text(max_size=8))
def test_text_that_needs_no_quotes_reads_back_as_itself(text: str) -> None:
    if not must_quote(text):
        assert typed(text) == text


@pytest.mark.parametrize("text", ["", "true", "True", "NO", "on", "~", "null", "010", "1e3", "+7", ".5", "0x1f", "12"])
def test_words_other_tools_would_misread_want_quotes(text: str) -> None:
    assert must_quote(text)


@pytest.mark.parametrize("text", ["2026-11-23", "12:30", "7Q4K", "nobody", "1 to 1", "Year 4"])
def test_dates_times_and_words_want_none(text: str) -> None:
    assert not must_quote(text)
