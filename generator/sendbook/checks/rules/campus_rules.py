"""What a new campus begins with: names and addresses that are nobody's, until the school writes its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sendbook.campus.called import called, group_of, text_of
from sendbook.campus.foundation import CAMPUS, PERSON
from sendbook.campus.records import Campus, Record
from sendbook.checks.case import Case
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule

_PARTS = ((CAMPUS, "campus"), (PERSON, "person_name"))
#: What a new campus says of its address and its council until the school writes its own.
NO_ADDRESS = "(address to come)"
NO_COUNCIL = "our council"
# No address on the internet ends in .example: it is reserved for examples. No telephone has a number of this range:
# Ofcom reserves it for plays and films.
_NOBODY = re.compile(rf"\.example\b|\b01632 ?960 ?\d{{3}}\b|{re.escape(NO_ADDRESS)}$|, its address$")
_PLACES = ("office", "local_offer", "advice_service", "complaints")
_NAME = re.compile(r"\(name of the .+ to come\)|Name of the .+")
_NAME_TO_COME = "(name to come)"
_YOUR_OWN = "Write the real one. If everybody here is invented, write “synthetic: true” in campus.yml."


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """Something that is still as a new campus begins: in which record, where, and what it says."""

    record: Record
    pointer: str
    value: str


def _real_place(campus: Campus) -> Record | None:
    """The campus record; none where everybody is invented."""
    place = campus.get(CAMPUS)
    return None if place is None or place.data.get("synthetic") else place


def placeholders(campus: Campus) -> Iterator[Placeholder]:
    """Names and addresses of the campus and its contacts that are nobody's; none where everybody is invented."""
    place = _real_place(campus)
    if place is None:
        return
    for name in _PLACES:
        for field, value in (place.data.get(name) or {}).items():
            if isinstance(value, str) and _NOBODY.search(value):
                yield Placeholder(record=place, pointer=f"/{name}/{field}", value=value)
    for contact in dict.fromkeys((place.data.get("contacts") or {}).values()):
        person = campus.get(f"people/{contact}")
        if person is None:
            continue
        name = called(person.data).full
        if _NAME.fullmatch(name):
            yield Placeholder(record=person, pointer="/name/full", value=name)
        known_as = called(person.data).known_as
        if known_as.endswith(_NAME_TO_COME):
            yield Placeholder(record=person, pointer="/name/known_as", value=known_as)
        for field in ("email", "phone"):
            written = text_of(group_of(person.data, "staff").get(field))
            if _NOBODY.search(written):
                yield Placeholder(record=person, pointer=f"/staff/{field}", value=written)


def name_to_come(title: str) -> dict[str, str]:
    """What a new campus has in the place of a contact's name, by their title.

    It has to read well wherever a handbook says who somebody is, and what is said to be theirs to do must be so with no
    name as well: “Tell the Designated Safeguarding Lead (name to come) at once”.
    """
    return {"full": f"(name of the {title} to come)", "known_as": f"the {title} {_NAME_TO_COME}"}


@rule("CAM-01", "A new campus's placeholders are filled in", source=HOUSE_RULE, parts=_PARTS)
def filled_in(case: Case) -> Iterator[Spot]:
    """The handbook prints them: a parent would ring a number and write to an address that nobody has."""
    found = list(placeholders(case.campus))
    unnamed = {one.record.id for one in found if one.pointer == "/name/full"}
    for one in found:
        if one.pointer == "/name/known_as" and one.record.id in unnamed:
            continue  # who writes the one writes the other
        if one.pointer.startswith("/name/"):
            message = "This is what a new campus begins with: a contact's name is still to be written."
            yield Spot(one.record, one.pointer, message, "Write who it is, with e-mail address and telephone number.")
        else:
            yield Spot(one.record, one.pointer, _NOT_YOURS[_sort(one)], _YOUR_OWN)

    yield from _setting(case.campus)


_NOT_YOURS = {
    "phone": "This is an example: nobody has this number. Numbers that begin with 01632 960 are kept for examples.",
    "address": "This is an example: the school's postal address is still to be written.",
    "": "This is an example: nobody has this address. Addresses that end in .example are kept for examples.",
}


def _sort(one: Placeholder) -> str:
    """Which sort of placeholder it is: a telephone number, a postal address, or an address on the internet."""
    name = one.pointer.rpartition("/")[2]
    return name if name in _NOT_YOURS else ""


def _setting(campus: Campus) -> Iterator[Spot]:
    place = _real_place(campus)
    if place is not None and (place.data.get("setting") or {}).get("local_authority") == NO_COUNCIL:
        message = "This is what a new campus begins with: its council, and what kind of school it is."
        remedy = "Write your council, and look at the type and year groups above: they decide which duties are law."
        yield Spot(place, "/setting/local_authority", message, remedy)


@rule("CAM-02", "The term dates are set", source=HOUSE_RULE, parts=_PARTS[:1])
def terms_are_set(case: Case) -> Iterator[Spot]:
    """Every deadline in school days is counted from them; where they end, nothing falls due and nothing is overdue."""
    place = case.campus.get(CAMPUS)
    if place is None:
        return
    ends = [str(term["end"]) for term in place.data.get("terms", ())]
    if not ends:
        remedy = "Write each term with its half-term and closed days; the file shows how."
        yield Spot(place, "/terms", "No term dates are set, so no deadline can be counted in school days.", remedy)
    elif max(ends) < case.on.isoformat():
        remedy = "Add the terms of the new school year, with half-terms and closed days."
        yield Spot(place, "/terms", "The last term in the calendar is over, and no next one is set.", remedy)


@rule("CAM-03", "A term begins and ends on a day with lessons", source=HOUSE_RULE, parts=_PARTS[:1])
def open_at_both_ends(case: Case) -> Iterator[Spot]:
    """The first and last day of a term are days on which students are in school; a closed day comes before or after."""
    place = case.campus.get(CAMPUS)
    if place is None:
        return
    for index, term in enumerate(place.data.get("terms", ())):
        for name, said in (("start", "first"), ("end", "last")):
            if term[name] in term.get("closed_days", ()):
                message = f"The {said} day of this term is one of its closed days."
                remedy = "Write the day on which students are in school, or take it out of “closed_days”."
                yield Spot(place, f"/terms/{index}/{name}", message, remedy)


RULES: tuple[Rule[Case], ...] = (filled_in, terms_are_set, open_at_both_ends)
