"""Takes access away where nothing can be published: what can be read of removals bites, whatever else is wrong.

No scope is made anew here. So a reader may lose more than the records say until the error is corrected: somebody who
has left, and is family as well, loses the family's pages too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sendbook.access.bars import FORBIDDING_ORDERS
from sendbook.access.people import address_of
from sendbook.access.spans import ends, forbidden_span_of
from sendbook.bundle.addresses import stands_for
from sendbook.bundle.schema import LIBRARY, OWN, PUBLIC
from sendbook.bundle.store import Bundle
from sendbook.site.build.records_in_use import read_in_part

#: A reader, and the student taken from them; None for everything.
_Removal = tuple[str, str | None]


def take_away(bundle: Bundle, root: Path, on: date) -> None:
    """Takes from the bundle's readers what the records at ``root`` take away by a day, as far as they can be read."""
    known = set(bundle.readers()) - {PUBLIC}
    students = set(bundle.subjects())
    found = [
        *_revoked(root, on),
        *_left(root, known, on),
        *_kept_away(root, known & students, students, on),
        *_of_another_address(root, {one: address for one, address in bundle.addresses().items() if one in known}),
    ]
    removals = [one for one in dict.fromkeys(found) if one[0] in known]
    if not removals:
        return
    with bundle.publish() as change:
        for person, student in removals:
            if student is None:
                change.remove_reader(person)
                continue
            for subject in (student, OWN, LIBRARY):  # own pages and the library may name the student
                change.remove_scope(person, subject)


def _revoked(root: Path, on: date) -> Iterator[_Removal]:
    for item in _groups(read_in_part(root, "access").data.get("revocations")):
        if isinstance(item.get("person"), str) and forbidden_span_of(item).holds(on):
            student = item.get("student")
            yield item["person"], student if isinstance(student, str) else None


def _left(root: Path, readers: Iterable[str], on: date) -> Iterator[_Removal]:
    """People whose last working day is over."""
    for reader in sorted(readers):
        staff = read_in_part(root, f"people/{reader}").data.get("staff")
        last_day = ends(staff.get("left_on")) if isinstance(staff, Mapping) else None
        if last_day is not None and last_day < on:
            yield reader, None


def _of_another_address(root: Path, addresses: Mapping[str, str]) -> Iterator[_Removal]:
    """People and students whose record has another address by now, or none that can be read."""
    for reader, address in sorted(addresses.items()):
        for place in (f"people/{reader}", f"students/{reader}/student"):
            found = read_in_part(root, place)
            if address and found.reads and stands_for(address_of(found.data)) != address:
                yield reader, None


def _kept_away(root: Path, signing_in: set[str], students: set[str], on: date) -> Iterator[_Removal]:
    """Members of a family whom a student's record keeps away, and students whose account was withdrawn."""
    for student in sorted(students):
        data = read_in_part(root, f"students/{student}/student").data
        for item in _groups(data.get("family")):
            if isinstance(item.get("person"), str) and _is_kept_away(item, on):
                yield item["person"], student
        decision = data.get("account_decision")
        withdrawn = decision.get("withdrawn_on") if isinstance(decision, Mapping) else None
        day = ends(withdrawn) if student in signing_in else None
        if day is not None and day <= on:
            yield student, None


def _is_kept_away(item: Mapping[str, Any], on: date) -> bool:
    orders = (order for order in _groups(item.get("court_orders")) if order.get("effect") in FORBIDDING_ORDERS)
    return any(forbidden_span_of(order).holds(on) for order in orders) or (
        item.get("access") == "none" and forbidden_span_of(item).holds(on)
    )


def _groups(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
