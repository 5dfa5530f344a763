"""Costs are counted within a school year, to the end of its own last term, and not into the year before or after."""

from __future__ import annotations

from datetime import date

import pytest

from sendbook.kinds.plan.costs import Costing


def _term(start: str, end: str) -> dict[str, str]:
    return {"id": f"t-{start}", "name": "Term", "start": start, "end": end}


AUTUMN = _term("2026-09-07", "2026-11-20")


@pytest.mark.parametrize(
    ("more", "year_to"),
    [
        ([], date(2026, 11, 20)),
        ([_term("2027-06-07", "2027-08-31")], date(2027, 8, 31)),  # the last day of this school year
        ([_term("2027-09-06", "2027-11-19")], date(2026, 11, 20)),  # next year's first term is known already
        ([_term("2026-04-20", "2026-07-10")], date(2026, 11, 20)),
    ],
    ids=["one term", "another of the year", "one of the next year", "one of last year"],
)
def test_a_school_year_is_counted_to_the_end_of_its_own_last_term(more: list[dict[str, str]], year_to: date) -> None:
    costing = Costing.of({"cost_assumptions": {}, "terms": [AUTUMN, *more]}, date(2026, 11, 25))
    assert costing is not None
    assert (costing.begins, costing.year_to) == (date(2026, 9, 1), year_to)


@pytest.mark.parametrize(
    ("on", "so_far_to"),
    [("2026-11-20", None), ("2026-11-21", date(2026, 11, 20)), ("2027-09-01", None)],
)
def test_so_far_is_what_is_over_of_this_school_year(on: str, so_far_to: date | None) -> None:
    campus = {"cost_assumptions": {}, "terms": [AUTUMN, _term("2027-09-06", "2027-11-19")]}
    costing = Costing.of(campus, date.fromisoformat(on))
    assert costing is not None
    assert costing.so_far_to == so_far_to


@pytest.mark.parametrize("term", [_term("2025-09-04", "2026-07-10"), _term("2027-09-06", "2028-07-07")])
def test_without_a_term_of_this_year_nothing_is_worked_out(term: dict[str, str]) -> None:
    assert Costing.of({"cost_assumptions": {}, "terms": [term]}, date(2026, 11, 25)) is None
