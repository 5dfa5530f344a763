"""What a new campus begins with: names and addresses that are nobody's, until the school writes its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sendbook.checks.case import Case
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule

_PARTS = (("campus", "campus"), ("person", "person_name"))
# No address on the internet ends in this: it is kept for examples.
_NOBODY = re.compile(r"\.example\b")
_PLACES = ("office", "local_offer", "advice_service", "complaints")
_NAME = "Name of the "


@rule("CAM-01", "A new campus's placeholders are filled in", source=HOUSE_RULE, parts=_PARTS)
def filled_in(case: Case) -> Iterator[Spot]:
    """The handbook prints them: a parent would ring a number and write to an address that nobody has."""
    place = case.campus.get("campus")
    if place is None or place.data.get("synthetic"):
        return
    for name in _PLACES:
        for field, value in (place.data.get(name) or {}).items():
            if isinstance(value, str) and _NOBODY.search(value):
                message = "This is what a new campus begins with: nobody has this address."
                yield Spot(place, f"/{name}/{field}", message, "Write your own, and look at what stands beside it.")
                break
    for contact in dict.fromkeys((place.data.get("contacts") or {}).values()):
        person = case.campus.get(f"people/{contact}")
        if person is not None and str(case.person(contact).get("name", {}).get("full", "")).startswith(_NAME):
            message = "This is what a new campus begins with: a contact's name is still to be written."
            yield Spot(person, "/name/full", message, "Write who it is, with e-mail address and telephone number.")


RULES: tuple[Rule[Case], ...] = (filled_in,)
