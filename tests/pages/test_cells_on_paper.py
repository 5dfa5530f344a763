"""A cell of a table that a page begins with says the same on paper, where nothing can be followed."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from sendbook.pages.own_papers import _plain


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Two <b> words", "Two <b> words"),
        (3, "3"),
        (Markup('<a href="/x/">Reading &amp; pace</a>'), "Reading & pace"),
        (Markup("Target: Reading<br>Strategy: Ask first"), "Target: Reading; Strategy: Ask first"),
    ],
)
def test_a_cell_is_its_words_and_its_lines_stay_apart(cell: object, said: str) -> None:
    assert _plain(cell) == said
