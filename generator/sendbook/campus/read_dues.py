"""Reads what is owed by when (``x-due``) from a kind's schema, once, when it loads.

The words are checked here, for the shipped kinds and for those of a campus alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sendbook.campus.dues import CONTACTS, RELATIONS, SETTINGS, Due, Period
from sendbook.campus.link import TO_PERSON
from sendbook.campus.nodes import Node
from sendbook.campus.traits import can_name, paths_in
from sendbook.campus.ways import EACH, Field, Way, fields_of, place_of

_WORDS = ("what", "after", "within", "until", "by", "drafts", "source", "law", "confirmed", "binds")
_PERIOD = re.compile(r"(?:([1-9][0-9]{0,2})|\{([a-z_]+)\}) (school day|day|week|month|year)s?")


def dues_of(root: Node, *, of_student: bool, shipped: tuple[Due, ...] = ()) -> tuple[tuple[Due, ...], list[str]]:
    """Returns everything that a kind's fields say is owed, and everything that is wrong with what they say.

    ``shipped`` is what the kind says that this one replaces: it holds where the copy says nothing of its own.
    """
    fields = {one.way: one for one in fields_of(root)}
    reading = _Reading(fields, of_student=of_student)
    dues = [due for field in fields.values() for due in reading.dues_at(field)]
    dues += [one for due in shipped if (one := _taken_over(due, fields)) is not None]
    return tuple(dues), reading.faults


class _Reading:
    """Reads one x-due after the other, and collects what is wrong."""

    def __init__(self, fields: Mapping[Way, Field], *, of_student: bool) -> None:
        self._fields = fields
        self._of_student = of_student
        self.faults: list[str] = []

    def dues_at(self, field: Field) -> Iterator[Due]:
        """Yields what is owed by the x-due of one field, which may be a list of several."""
        given = field.node.schema.get("x-due", [])
        for said in given if isinstance(given, list) else [given]:
            try:
                yield self._due(field, said)
            except ValueError as error:
                self.faults.append(f"{place_of(field)} has an x-due that {error}")

    def _due(self, field: Field, said: Any) -> Due:
        """Returns what is owed; raises ValueError with what is wrong, as the end of a sentence."""
        if not isinstance(said, dict) or not _is_text(said.get("what")):
            raise ValueError('does not say what is owed, such as {"what": "Review the plan"}')
        for word in said.keys() - set(_WORDS):
            raise ValueError(f"says “{word}”; the words are {', '.join(_WORDS)}")
        entry, since, within = self._when(field, said)
        self._check_what(entry, said["what"])
        return Due(
            what=said["what"],
            entry=entry,
            since=since,
            within=within,
            until=self._until(entry, since, said["until"]) if "until" in said else None,
            by=self._by(entry, since, said["by"]) if "by" in said else "",
            **_rests_on(said),
        )

    def _when(self, field: Field, said: Mapping[str, Any]) -> tuple[Field, Field, Period | None]:
        """Returns the entry that owes something, the date it counts from, and how long there is."""
        if _is_date(field):
            if {"after", "within"} & said.keys():
                raise ValueError("counts from another date, but stands next to a date: it belongs to what holds both")
            return self._entry_of(field), field, None
        if not field.node.properties:
            raise ValueError("stands next to no date, and next to no entry or record that has one")
        since = self._fields.get(_way(said.get("after")))
        if since is None or not _is_date(since):
            raise ValueError(f"points to “{said.get('after', '')}” for “after”, which is no date")
        if "until" not in said:
            raise ValueError("counts from a date and needs “until”, the date that says it was done")
        if not _is_around(since.way, field.way):
            raise ValueError("counts from a date in a list of its own: it belongs to the entries of that list")
        return field, since, _period(said.get("within"))

    def _entry_of(self, field: Field) -> Field:
        around = [self._fields[field.way[:number]] for number in range(len(field.way) + 1)]
        # A list of dates has no entries with fields: what is owed is then owed by what holds the list.
        entries = [one for one in around if one.node.properties and (not one.way or one.way[-1] in EACH)]
        return entries[-1]

    def _check_what(self, entry: Field, what: str) -> None:
        if re.search(r"[{}]", re.sub(r"\{[^{}]+\}", "", what)):
            raise ValueError(f"says “{what}”, which has a brace that is alone")
        for path in paths_in(what):
            if not can_name(entry.node, path):
                raise ValueError(
                    f"names “{path}”, which is no field of the entry with a text, a number, a day or a link"
                )

    def _until(self, entry: Field, since: Field, pointer: Any) -> Field:
        found = self._next_to(entry, since, "until", pointer)
        if not _is_date(found) or found is since:
            raise ValueError(f"points to “{pointer}” for “until”, which is no other date")
        if self._guards(found) - self._guards(since) - self._guards(entry):
            # Who does not see that it is done would be told that it is late.
            raise ValueError(
                f"points to “{pointer}” for “until”, which some may not see who see the day it counts from"
            )
        return found

    def _by(self, entry: Field, since: Field, who: Any) -> Field | str:
        known = (*CONTACTS, *(RELATIONS if self._of_student else ()))
        if who in known:
            return str(who)
        if not (isinstance(who, str) and who.startswith("/")):
            raise ValueError(f"says “{who}” for “by”; write a field with a person, or one of {', '.join(known)}")
        found = self._next_to(entry, since, "by", who)
        if found.node.link != TO_PERSON:
            raise ValueError(f"points to “{who}” for “by”, which is no link to a person")
        return found

    def _next_to(self, entry: Field, since: Field, word: str, pointer: Any) -> Field:
        """Returns a field of the entry, or around it or around the date it counts from."""
        found = self._fields.get(_way(pointer))
        if found is None:
            raise ValueError(f"points to “{pointer}” for “{word}”, which leads to no field of this kind")
        if not any(_is_around(found.way, one.way) for one in (entry, since)):
            raise ValueError(f"points to “{pointer}” for “{word}”, which is in another list")
        return found

    def _guards(self, field: Field) -> set[Way]:
        """Returns the ways to all that keeps a field from some readers by what its entry says."""
        above = [self._fields[field.way[:number]] for number in range(len(field.way) + 1)]
        return {one.way for one in above if one.node.about is not None or one.node.owner is not None}


def _taken_over(due: Due, fields: Mapping[Way, Field]) -> Due | None:
    """Returns a shipped due for a copy; None where the copy has its own, or lacks a field that it needs."""
    named = [one for one in (due.entry, due.since, due.until, due.by) if isinstance(one, Field)]
    ours = {one.way: fields[one.way] for one in named if one.way in fields}
    if len(ours) < len({one.way for one in named}) or not _is_date(ours[due.since.way]):
        return None
    said_at = ours[due.since.way if due.within is None else due.entry.way]
    if "x-due" in said_at.node.schema or not all(can_name(ours[due.entry.way].node, one) for one in paths_in(due.what)):
        return None
    return replace(
        due,
        entry=ours[due.entry.way],
        since=ours[due.since.way],
        until=ours[due.until.way] if due.until is not None else None,
        by=ours[due.by.way] if isinstance(due.by, Field) else due.by,
    )


def _period(value: Any) -> Period:
    found = _PERIOD.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(
            "needs “within” with a number, or a house rule in braces, and school days, days, weeks, months or years: "
            "“10 school days”, “{weeks_between_meetings} weeks”"
        )
    return Period(written=found[0], number=int(found[1] or 0), house_rule=found[2] or "", unit=found[3])


def _rests_on(said: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the source with its weight, and whether drafts count; raises ValueError where one can't be meant."""
    source, binds = said.get("source", ""), said.get("binds")
    if "source" in said and not _is_text(source):
        raise ValueError("has a “source” that is not in words")
    for word in ("law", "confirmed", "drafts"):
        if not isinstance(said.get(word, False), bool):
            raise ValueError(f"has a “{word}” that is neither true nor false")
    if not source and {"law", "confirmed", "binds"} & said.keys():
        raise ValueError("says what its source weighs, and names no “source”")
    if binds is not None and not (isinstance(binds, list) and binds and set(map(str, binds)) <= set(SETTINGS)):
        raise ValueError(f"has a “binds” that is not a list of some of {', '.join(SETTINGS)}")
    return {
        "drafts": said.get("drafts", False),
        "source": source,
        "law": said.get("law", False),
        "confirmed": said.get("confirmed", False),
        "binds": tuple(binds) if binds is not None else None,
    }


def _way(pointer: Any) -> Way:
    """Returns the way that a pointer is; one that leads nowhere where it is none."""
    return tuple(pointer[1:].split("/")) if isinstance(pointer, str) and pointer.startswith("/") else ("",)


def _is_around(way: Way, inner: Way) -> bool:
    """Returns whether there is one value at a way for each at another: every list it goes into holds the other too."""
    last = max((number for number, step in enumerate(way, 1) if step in EACH), default=0)
    return way[:last] == inner[:last]


def _is_date(field: Field) -> bool:
    return field.node.schema.get("format") == "date"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
