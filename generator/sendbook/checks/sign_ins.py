"""Whose sign-in address is whose: an address opens one person's site, so no two records may carry the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sendbook.access.people import address_of
from sendbook.campus.records import Record
from sendbook.checks.finding import Finding
from sendbook.checks.shape import Positions, finding_at


def check_one_address_each(records: Iterable[Record], positions: Callable[[Record], Positions]) -> Iterator[Finding]:
    """A finding at each place where an address stands that another person's or student's record carries as well."""
    holders: dict[str, dict[str, Record]] = {}
    for record in records:
        address = address_of(record.data)
        if address:
            # Two records with one id are one mistake, and told as that.
            holders.setdefault(address, {}).setdefault(str(record.data.get("id")), record)
    for sharing in holders.values():
        for record in sharing.values():
            others = [other.path for other in sharing.values() if other is not record]
            if others:
                yield finding_at(
                    record,
                    positions(record),
                    "/sign_in/email",
                    code="same-sign-in",
                    message=f"The same sign-in address is in {' and '.join(others)}.",
                    remedy="Give each person an address of their own: it opens one person's site, and no other's.",
                )
