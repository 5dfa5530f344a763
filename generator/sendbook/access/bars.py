"""What forbids: the rules that beat every grant, each with its days and its sentence.

They are built in, not policy, because no campus may do without them. A bar says which sorts of relation
it takes away; it never gives anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.origins import Sort
from sendbook.access.rights import spans_closed_to_family
from sendbook.access.spans import ALWAYS, Span, forbidden_span_of, words
from sendbook.campus.records import Record

EVERY_SORT: frozenset[Sort] = frozenset({"work", "cover", "share", "family", "self"})

# The strictest first: where several bars apply, the first is the one that is named.
RANK = (
    "revoked",
    "restricted",
    "two-hats",
    "young-person-decides",
    "sibling",
    "not-confirmed",
    "no-responsibility",
    "named-parts",
    "other-household",
    "no-account",
    "other-year-group",
    "left",
    "ended",
    "not-yet",
    "not-agreed-state",
    "about-another-student",
    "owned",
    "unknown-field",
    "not-granted",
)

# These tell of a family's circumstances. A reader who may not see the part ``family`` reads "not granted".
TELLING = frozenset(
    {
        "restricted",
        "two-hats",
        "young-person-decides",
        "sibling",
        "not-confirmed",
        "no-responsibility",
        "named-parts",
        "other-household",
        "owned",
    }
)

FORBIDDING_ORDERS = ("no_contact", "no_information")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One reason why relations of these sorts grant a reader nothing on these days."""

    reader: str
    rule: str
    sorts: frozenset[Sort]
    span: Span
    because: str


def bars_of(record: Record, basis: Basis) -> Iterator[Bar]:
    """Every bar around the student of this ``student`` record, past and to come."""
    family: list[Mapping[str, Any]] = record.data.get("family", [])
    if family:
        closed = tuple(spans_closed_to_family(record.data))
        for item in family:
            yield from _two_hats(item)
            yield from _restricted(item, basis)
        for person in dict.fromkeys(item["person"] for item in family):
            yield from (_young_person(person, span) for span in closed)
    yield from _revoked(record.student, basis)


def revoked_altogether(basis: Basis, reader: str) -> tuple[Span, ...]:
    """The days from which a reader has lost everything."""
    return tuple(revocation.span for revocation in basis.revocations.get(reader, ()) if revocation.student is None)


def _two_hats(item: Mapping[str, Any]) -> Iterator[Bar]:
    """Holds for good: having been family is a conflict of interest that no date ends, and no cover gets round."""
    yield Bar(
        reader=item["person"],
        rule="two-hats",
        sorts=frozenset({"work", "cover"}),
        span=ALWAYS,
        because="A member of this student's family sees what families see, whatever their job here.",
    )


def _restricted(item: Mapping[str, Any], basis: Basis) -> Iterator[Bar]:
    if item.get("access") == "none":
        yield _restriction(item["person"], forbidden_span_of(item), "The record says this person sees nothing.")
    for order in item.get("court_orders", ()):
        if order.get("effect") in FORBIDDING_ORDERS:
            effect = basis.kinds["student"].said("family/court_orders/effect", order["effect"]).lower()
            span = forbidden_span_of(order)
            since = f" (since {words(span.since)})" if span.since else ""
            yield _restriction(item["person"], span, f"A court order says {effect}{since}.")


def _restriction(person: str, span: Span, because: str) -> Bar:
    return Bar(reader=person, rule="restricted", sorts=EVERY_SORT, span=span, because=because)


def _young_person(person: str, span: Span) -> Bar:
    since = f" (since {words(span.since)})" if span.since else ""
    return Bar(
        reader=person,
        rule="young-person-decides",
        sorts=frozenset({"family", "share"}),
        span=span,
        because=f"The student decides{since}, and has not agreed that the family sees the record.",
    )


def _revoked(student: str | None, basis: Basis) -> Iterator[Bar]:
    for person, revocations in basis.revocations.items():
        for revocation in revocations:
            if revocation.student in (None, student):
                yield Bar(
                    reader=person,
                    rule="revoked",
                    sorts=EVERY_SORT,
                    span=revocation.span,
                    because=f"Access was taken away: {revocation.reason}",
                )
