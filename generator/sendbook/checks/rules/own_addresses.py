"""Finds e-mail addresses at the school's own domain that nobody has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sendbook.campus import markdown_lines
from sendbook.campus.called import group_of, text_of
from sendbook.campus.foundation import PERSON
from sendbook.campus.records import Record
from sendbook.checks.documents import Document, DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.checks.record_texts import texts_of
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule

_ADDRESS = re.compile(r"[\w.+'-]+@(?P<domain>[\w-]+(?:\.[\w-]+)+)")
# Anybody may have an address there; those of bodies with the same name as a school's end like these.
_SHARED = frozenset(
    """
    gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.co.uk live.com yahoo.com yahoo.co.uk
    icloud.com btinternet.com aol.com sky.com protonmail.com proton.me me.com msn.com
    """.split()  # noqa: SIM905 - a list to be read
)
_OTHER_BODIES = (".gov.uk", ".nhs.uk", ".nhs.net", ".police.uk", ".ac.uk")
_SHORTEST_NAME, _LONG_NAME = 5, 8


@rule("DOC-34", "Every address at the school's domain is somebody's", source=HOUSE_RULE, parts=())
def known_addresses(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """A parent who writes to an address that nobody has gets no answer. Addresses in campus.yml and work addresses in
    the records are fine; addresses at other domains are only compared with yours for a misspelling.
    """
    known = {address.casefold() for address in _addresses(case)}
    own = {domain for domain in _own_domains(case) if domain not in _SHARED and not domain.endswith(_OTHER_BODIES)}
    domains = {address.partition("@")[2] for address in known}
    for page in case.pages:
        for spot in _written(page):
            address = spot.found.casefold()
            domain = address.partition("@")[2]
            if address in known or not own:
                continue
            if any(domain == one or domain.endswith(f".{one}") for one in own):
                yield _said(spot, "Nobody in the records has this address at your domain.")
            elif domain not in domains and any(is_misspelt(domain, one) for one in own):
                yield _said(spot, "This looks like your domain, misspelt.")


def _said(spot: PageSpot, message: str) -> PageSpot:
    remedy = 'Write {{ campus("office").email }} or {{ person("senco").email }}, or put the address into the records.'
    return replace(spot, message=message, remedy=remedy)


def _written(page: Document) -> Iterator[PageSpot]:
    """Every address on a page, in links too; what is to be said of it is left open."""
    for line in markdown_lines.lines(page.body, page.body_line):
        for found in _ADDRESS.finditer(line.text):
            yield page.spot(line.number, "", "", column=found.start() + 1, found=found.group())
    for found in _ADDRESS.finditer(page.summary):
        yield page.fact("summary", "", "", found=found.group())


def _own_domains(case: DocumentCase) -> set[str]:
    """The domain of the office, the SENCo and the principal; a visitor's is their employer's."""
    contacts = case.place.get("contacts") or {}
    people = (case.campus.get(f"people/{contacts.get(name)}") for name in ("senco", "principal"))
    addresses = [_work(person) for person in people if person is not None]
    addresses.append(text_of(group_of(case.place, "office").get("email")))
    return {address.casefold().partition("@")[2] for address in addresses if address}


def _work(person: Record) -> str:
    return text_of(group_of(person.data, "staff").get("email"))


def _addresses(case: DocumentCase) -> Iterator[str]:
    """Every address in campus.yml and of anybody's work."""
    yield from map(_work, case.campus.of_kind(PERSON))
    for text in texts_of(case.place):
        yield from (found.group() for found in _ADDRESS.finditer(text))


def is_misspelt(domain: str, own: str) -> bool:
    """Whether a domain is nearly ours: one or two letters off, or with another ending."""
    if domain.endswith(_OTHER_BODIES):
        return False
    name, _, ending = domain.partition(".")
    our_name, _, our_ending = own.partition(".")
    if len(our_name) < _SHORTEST_NAME:
        return False
    if name == our_name:
        return True
    return ending == our_ending and _steps(name, our_name) <= (2 if len(our_name) >= _LONG_NAME else 1)


def _steps(one: str, other: str) -> int:
    """How many letters have to be put in, taken out, changed or swapped with the next to make one of the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one):
        new = [index + 1]
        for place, wanted in enumerate(other):
            cost = min(row[place + 1] + 1, new[place] + 1, row[place] + (letter != wanted))
            if index and place and letter == other[place - 1] and one[index - 1] == wanted:
                cost = min(cost, before[place - 1] + 1)
            new.append(cost)
        before, row = row, new
    return row[-1]


RULES: tuple[Rule[DocumentCase], ...] = (known_addresses,)
