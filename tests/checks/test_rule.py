"""What a rule says of itself: whom it binds, as what, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from sendbook.checks.case import Case
from sendbook.checks.finding import Severity
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.rules.rule import (
    EVERY_SCHOOL,
    HOUSE_RULE,
    STATE_FUNDED,
    UNDER_THE_CODE,
    Duty,
    Rule,
    Spot,
    rule,
)
from sendbook.kinds.rule_book import RULE_BOOK


def made(**facts: object) -> Rule[Case]:
    @rule("X-1", "A title", **{"parts": (), "source": "Some Act 2014 s.1", "confirmed": True, **facts})  # type: ignore[arg-type]
    def asks(case: Case) -> Iterator[Spot]:
        """What it asks.

        And why.
        """
        yield from ()

    return asks


def test_a_law_binds_every_school_unless_it_names_some() -> None:
    """For the others it is a policy they follow by choice, and the finding says so."""
    for_all, for_some = made(law=True), made(law=True, binds=STATE_FUNDED)
    assert for_all.binds == EVERY_SCHOOL
    assert for_all.duty_in("independent") is Duty.LAW
    assert for_some.duty_in("academy") is Duty.LAW
    assert for_some.duty_in("independent") is Duty.HOUSE
    assert for_some.cited_in("academy") == "Some Act 2014 s.1 (law)"
    assert for_some.cited_in("independent") == "Some Act 2014 s.1 (policy)"
    assert for_some.citation == "Some Act 2014 s.1 (law for maintained schools and academies, policy elsewhere)"


def test_the_code_of_practice_speaks_to_all_but_other_independents_and_is_never_law() -> None:
    coded = [one for one in RULE_BOOK.student if one.source.startswith("SEND Code of Practice")]
    assert coded
    assert all(one.binds == UNDER_THE_CODE and one.duty_in("academy") is Duty.HOUSE for one in coded)


def test_a_house_rule_binds_nobody_in_law() -> None:
    house = made(source=HOUSE_RULE)
    assert (house.binds, house.cited_in("academy")) == (frozenset(), f"{HOUSE_RULE} (policy)")


@pytest.mark.parametrize(
    ("on", "holds"),
    [("2026-03-31", False), ("2026-04-01", True), ("2029-08-31", True), ("2029-09-01", False)],
)
def test_a_rule_holds_from_its_first_day_to_its_last(on: str, holds: bool) -> None:
    dated = made(in_force_from=date(2026, 4, 1), in_force_until=date(2029, 8, 31))
    assert dated.in_force_on(date.fromisoformat(on)) is holds


def test_an_explanation_is_what_stands_beside_the_rule() -> None:
    assert made().explanation == "What it asks.\n\nAnd why."
    assert all(one.explanation for one in RULE_BOOK.student)


def test_what_the_law_asks_of_documents_says_since_when_and_a_house_rule_is_of_no_day() -> None:
    since = {rule.id: rule.in_force_from for rule in RULE_BOOK.documents}
    source = {rule.id: rule.source for rule in RULE_BOOK.documents}
    assert {one: since[one] for one in ("AP-14", "AP-29", "DOC-12")} == {
        "AP-14": date(2010, 10, 1),
        "AP-29": date(2010, 10, 1),
        "DOC-12": date(2014, 9, 1),
    }
    acts = ("Equality Act 2010", "Children and Families Act 2014", "SEND Regulations 2014")
    undated = [rule.id for rule in RULE_BOOK.documents if rule.law and not rule.in_force_from]
    assert [one for one in undated if source[one].startswith(acts)] == []
    assert [rule.id for rule in RULE_BOOK.every if rule.source == HOUSE_RULE and rule.in_force_from] == []


@pytest.mark.parametrize(
    ("facts", "goes_on"),
    [
        ({"parts": (("loan", "books"),)}, False),
        ({"parts": (("student", "who"), ("loan", "books"))}, False),
        ({"parts": (("student", "who"),)}, True),
        ({"parts": (("loan", "books"),), "severity": Severity.ERROR}, True),
        ({"parts": (("loan", "books"),), "after_support": True}, True),
        ({"parts": (("student", "who"),), "after_support": False}, False),
    ],
)
def test_a_rule_about_what_is_over_with_support_is_not_asked_afterwards(
    facts: dict[str, object], goes_on: bool
) -> None:
    """Which kinds are over then is handed in; an error is a contradiction for any reader, and goes on."""
    book = RuleBook(end_with_support=frozenset({"loan"}))
    assert book.goes_on_after_support(made(**facts)) is goes_on


def test_plans_and_profiles_are_over_with_support_and_nothing_else() -> None:
    assert RULE_BOOK.end_with_support == {"plan", "profile"}
