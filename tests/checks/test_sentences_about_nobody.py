"""Statements about access that are about nobody yet are one finding, so that a new campus can see what matters."""

from __future__ import annotations

from datetime import date

import pytest

from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.terms import Terms
from sendbook.checks.case import Case
from sendbook.checks.rules.rule import Spot
from sendbook.checks.rules.sentence_rules import speak_of_nobody

ON = date(2026, 11, 23)
TESTS = [
    {"id": "committee", "who": ["committee"], "sees": "never", "things": ["plan"]},
    {"id": "parents", "who": ["parent"], "sees": "always", "parts": ["targets"]},
    {"id": "says-nothing", "who": ["senco"], "sees": "always"},
]


def _found(spoken: list[str], registry: SchemaRegistry) -> list[Spot]:
    data = {"tests": TESTS}
    record = Record(
        id="access-tests", kind="access_tests", student=None, path="records/access-tests.yml", digest="0", data=data
    )
    case = Case(Campus([record], registry), Campus((), registry), "", ON, Terms(terms=(), bank_holidays=frozenset()))
    return list(speak_of_nobody(case, spoken))


@pytest.mark.parametrize(
    ("spoken", "says"),
    [
        (
            [],
            "2 statements aren't about anybody on the campus, so they prove nothing today: “committee”, “parents”.",
        ),
        (["parents"], "“committee” isn't about anybody on the campus, so it proves nothing today."),
    ],
)
def test_all_statements_about_nobody_are_one_finding(spoken: list[str], says: str, registry: SchemaRegistry) -> None:
    (spot,) = _found(spoken, registry)
    assert (spot.pointer, spot.message) == ("/tests/0", says)


def test_statements_that_are_all_about_somebody_are_silent(registry: SchemaRegistry) -> None:
    assert _found(["committee", "parents"], registry) == []
