"""Tells how people are reached apart from all else in the campus's own records.

A telephone number decides neither who sees a student nor what the student's pages are. It is on the pages that say it.
So when it changes, only the students in whose records this person is named are made again, and only the readers whose
own pages say how the person is reached. It decides one thing: a family may not read a text that gives another home's
number. So builds look for a new one in every student's texts (`site/build/newly_known.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sendbook.access.policy import RECORD_ID as ACCESS
from sendbook.campus.digests import digest_of
from sendbook.campus.foundation import PERSON
from sendbook.campus.records import Campus, Record

GrantIs = Callable[[Mapping[str, Any]], bool]
#: How a person is reached, by group of their record. The address they sign in with is none of it, nor is the e-mail
#: address of a colleague, by which the past knows who recorded what.
HOW_REACHED: Mapping[str, frozenset[str]] = {
    "staff": frozenset({"phone", "works"}),
    "family": frozenset({"phone", "email", "address", "preferred_contact"}),
}

# Digests of people's records, by the digest of the file: some two hundred bytes each.
_KNOWN: dict[str, tuple[str, str]] = {}
_KNOWN_AT_MOST = 8192


def deciding(shared: Campus, *, grants_that: GrantIs = lambda _grant: True) -> Iterator[tuple[str, str]]:
    """Yields the id and a digest of each shared record, of all in it that may decide what a student's pages are.

    Left out are how people are reached, and the words in which a grant gives its reason. Only ``grants_that``
    may decide it are looked at.
    """
    for record in sorted(shared.records.values(), key=lambda one: one.id):
        yield record.id, _deciding_digest(record, grants_that)


def reached(shared: Campus) -> dict[str, str]:
    """Returns a digest of how each person is reached, by id, of those of whom the records say it."""
    found = ((record.id.rpartition("/")[2], _of_person(record)[1]) for record in shared.of_kind(PERSON))
    return {person: how for person, how in found if how}


def without_how_reached(record: Record) -> Record:
    """Returns a person's record without how they are reached, under a digest of its own; any other as it is."""
    if record.kind != PERSON or not any(_part(record.data.get(name), fields) for name, fields in HOW_REACHED.items()):
        return record
    data = {name: _without(value, HOW_REACHED.get(name, ())) for name, value in record.data.items()}
    return replace(record, data=data, digest=digest_of(data))


def opens_campus_records(shared: Campus) -> GrantIs:
    """Returns whether a grant, as it is written, names anything but students' records."""
    kinds = shared.registry.kinds

    def names_others(grant: Mapping[str, Any]) -> bool:
        named = grant.get("records", ())
        names = [*(named if isinstance(named, Mapping) else ()), *([grant["kind"]] if "kind" in grant else ())]
        return not names or not all(one in kinds and kinds[one].of_student for one in map(str, names))

    return names_others


def _deciding_digest(record: Record, grants_that: GrantIs) -> str:
    if record.id == ACCESS:
        listed = filter(grants_that, _listed(record.data))
        said = [{name: value for name, value in one.items() if name != "reason"} for one in listed]
        return digest_of({**record.data, "grants": said})
    return _of_person(record)[0] if record.kind == PERSON else record.digest


def _of_person(record: Record) -> tuple[str, str]:
    """The digest of a person's record without how they are reached, and of how they are; "" if it does not say.

    Asked at every save of everybody, so the digests are kept, and nothing else of the records.
    """
    known = _KNOWN.get(record.digest)
    if known is None:
        said = [[name, _part(record.data.get(name), fields)] for name, fields in HOW_REACHED.items()]
        how = digest_of(said) if any(part for _, part in said) else ""
        if len(_KNOWN) == _KNOWN_AT_MOST:
            _KNOWN.clear()
        known = _KNOWN[record.digest] = without_how_reached(record).digest, how
    return known


def _listed(access: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    grants = access.get("grants")
    return [one for one in grants if isinstance(one, Mapping)] if isinstance(grants, list) else []


def _part(group: object, fields: Iterable[str]) -> dict[str, Any]:
    return {name: group[name] for name in sorted(fields) if name in group} if isinstance(group, Mapping) else {}


def _without(group: object, fields: Iterable[str]) -> object:
    if not fields or not isinstance(group, Mapping):
        return group
    return {name: value for name, value in group.items() if name not in fields}
