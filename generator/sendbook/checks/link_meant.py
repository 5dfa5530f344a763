"""Finds the entry that a link means where a name was written in place of an id: “Mr Calloway”, “Words in a minute”.

An id is never made from the words: either an entry that is there is offered, or the entries there are get listed. Names
come from the records, so all of it goes into a finding's ``hint`` and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from sendbook.checks.meant import Guess, offer
from sendbook.checks.meant.guess import bare

#: The ids that a link may name, each with what its entry is called.
Entries = Mapping[str, tuple[str, ...]]

# The fields by which entries are called, and how much of a long one is shown.
_CALLED = ("name", "full", "known_as", "title", "label", "statement", "behaviour", "what")
_SHOWN = 60
LISTED_AT_MOST = 12
_NEAR = 0.75


def names_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What a record or an entry of a list is called, in any of its fields for that."""
    found: list[str] = []
    for field in _CALLED:
        value = data.get(field)
        if isinstance(value, str) and value.strip():
            found.append(" ".join(value.split()))
        elif isinstance(value, Mapping):
            found.extend(names_of(value))
    return tuple(found)


def link_hint(value: str, entries: Entries, name: str, where: str) -> str:
    """The line to write for a link that names no entry, else the entries there are; ``where`` says where they are.

    ``name`` is the field's, "" for an entry of a list.
    """
    guess = link_meant(value, entries)
    return offer(guess, name) if guess is not None else _those_there_are(entries, where)


def links_hint(value: str, entries: Entries, name: str, where: str) -> str:
    """The same for a list of links that was written as one text, with commas between the names or without."""
    for pieces in ([value], re.split(r"[,;\n]", value)):
        found = [link_meant(piece, entries) for piece in pieces if piece.strip()]
        ids = [guess.value for guess in found if guess is not None and guess.value is not None]
        if ids and len(ids) == len(found):
            return offer(Guess(value=ids, sure=all(guess.sure for guess in found if guess is not None)), name)
    return _those_there_are(entries, where)


def link_meant(value: str, entries: Entries) -> Guess | None:
    """The one entry that is called so, or nearly so; where two are, both are named and none is offered."""
    said = _plain(value)
    if not said:
        return None
    by_name: dict[str, set[str]] = {}
    for own, names in entries.items():
        for name in (own, *names):
            by_name.setdefault(_plain(name), set()).add(own)
    if said in by_name:
        return _one_of(by_name[said], sure=True)
    words = set(said.split())
    partly = [ids for name, ids in by_name.items() if words <= set(name.split())]
    if partly:
        return _one_of(set().union(*partly), sure=False)
    near = get_close_matches(said, list(by_name), n=1, cutoff=_NEAR)
    return _one_of(by_name[near[0]], sure=False) if near else None


def _one_of(ids: set[str], *, sure: bool) -> Guess | None:
    if len(ids) == 1:
        return Guess(value=next(iter(ids)), sure=sure)
    if len(ids) > LISTED_AT_MOST:
        return None
    said = "is called so" if sure else "has this in its name"
    return Guess(note=f"More than one {said}: {', '.join(sorted(ids))}.")


def _those_there_are(entries: Entries, where: str) -> str:
    if not entries:
        return f"There is none in {where} yet."
    if len(entries) > LISTED_AT_MOST:
        return f"You find them in {where}."
    return f"In {where} there {'is' if len(entries) == 1 else 'are'}: {'; '.join(listed(entries))}."


def listed(entries: Entries) -> list[str]:
    """Each id with what its entry is called."""
    return [f"{own} ({_short(names[0])})" if names else own for own, names in sorted(entries.items())]


def _short(name: str) -> str:
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN].rstrip()}…"


def _plain(text: str) -> str:
    return re.sub(r"[\s_.,-]+", " ", bare(text)).strip().casefold()
