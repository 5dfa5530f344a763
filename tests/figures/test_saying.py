"""What is said in place of a hidden number is said as a person would, and tells no more than it has to."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.figures.counts import Rate
from sendbook.figures.release import _rate
from sendbook.figures.saying import in_a_table, with_term
from sendbook.figures.settings import FigureSettings

SUMMER = {"id": "summer-2026", "name": "Summer term 2026", "start": "2026-04-20", "end": "2026-07-10"}


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ({"hidden": "almost_all", "whole": 29}, "24 or more of 29"),
        ({"hidden": "almost_all", "whole": 10}, "6 or more of 10"),
        ({"hidden": "almost_all"}, "nearly all"),
        ({"hidden": "small", "whole": 29}, "fewer than six of 29"),
        ({"hidden": "small"}, "fewer than six"),
        ({"hidden": "withheld"}, "not shown"),
        ({"value": 59, "part": 16, "whole": 27}, "59% (16 of 27)"),
    ],
)
def test_a_hidden_rate_is_said_as_a_person_would(figure: dict[str, Any], words: str) -> None:
    assert in_a_table({"unit": "percent", **figure}, 6) == words


@pytest.mark.parametrize("whole", [10, 11, 29, 60])
def test_the_bound_tells_neither_how_many_were_left_out_nor_whether_anybody_was(whole: int) -> None:
    """Every number that is hidden as almost all is said in the same words, and the words are true of each of them."""
    settings = FigureSettings()
    said: dict[str, list[int]] = {}
    for part in range(whole + 1):
        shown = _rate(Rate(part=part, whole=whole, students=whole), {"send": 30}, settings)
        if shown.get("hidden") == "almost_all":
            said.setdefault(in_a_table({"unit": "percent", **shown}, settings.smallest_count), []).append(part)
    ((words, parts),) = said.items()
    assert words == f"{min(parts)} or more of {whole}"
    assert max(parts) == whole
    assert len(parts) >= 5


def test_a_rate_names_the_term_it_is_of() -> None:
    rate = {"title": "Targets met", "since": "2026-04-20", "until": "2026-07-10"}
    assert with_term(rate, [SUMMER]) == "Targets met, Summer term 2026"
    assert with_term({**rate, "until": "2026-07-09"}, [SUMMER]) == "Targets met"
    assert with_term({"title": "Students with SEND", "on": "2026-11-23"}, [SUMMER]) == "Students with SEND"
