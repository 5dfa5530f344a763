"""The rule about one-page profiles: there is one, and it is gone through in time."""

from __future__ import annotations

from collections.abc import Iterator

from sendbook.checks.case import Case
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.rules.rule import HOUSE_RULE, Spot, rule
from sendbook.checks.shape import pointer_of
from sendbook.deadlines.late import Date, late_at
from sendbook.kinds.profile import PROFILE

PROFILE_REVIEW = Date(PROFILE, ("review_by",))


@rule(
    "PRF-01",
    "A student with SEND has an up-to-date one-page profile",
    source=HOUSE_RULE,
    parts=((PROFILE, "profile"),),
)
def profile_in_date(case: Case) -> Iterator[Spot]:
    """Once a year and on change."""
    if case.header is None or case.status == "N":
        return
    if case.one(PROFILE) is None:
        message = "The student has no one-page profile."
        yield Spot(case.header, "/name", message, "Write profile.yml next to this file, with the student.")
    for record, late in late_at(case, PROFILE_REVIEW):
        message = "The profile is due for review."
        yield Spot(record, pointer_of(late.steps), message, "Go through it with the student.")


RULES = RuleBook(
    student=(profile_in_date,),
    own_words=frozenset({PROFILE_REVIEW}),
    what_to_do={
        "PRF-01": "Write profile.yml with the student, or go through the one there is.",
    },
)
