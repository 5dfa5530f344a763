"""Reads what is owed by when (``x-due``) from a kind's schema, once, when it loads.

The words are checked here, for the shipped kinds and for those of a campus alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sendbook.campus.dues import CONTACTS, RELATIONS, SETTINGS, Due, OpenWhile, Period
from sendbook.campus.link import TO_PERSON
from sendbook.campus.nodes import Node
from sendbook.campus.traits import can_name, paths_in
from sendbook.campus.ways import EACH, Field, Way, fields_of, place_of

_COUNTED = ("after", "within", "every", "until", "while")
_WORDS = ("what", *_COUNTED, "by", "drafts", "source", "law", "confirmed", "binds")
_PERIOD = re.compile(r"(?:([1-9][0-9]{0,2})|\{([a-z_]+)\}) (school day|day|week|month|year)s?")
_NO_PERIOD = (
    "needs “{word}” with a number, or a house rule in braces, and school days, days, weeks, months or years: "
    "“10 school days”, “{{weeks_between_meetings}} weeks”"
)


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
        entry, since, *later = self._counted(field, said)
        self._check_what(entry, said["what"])
        due = Due(
            what=said["what"],
            entry=entry,
            since=since,
            later=tuple(later),
            within=_period(said, "every" if "every" in said else "within")
            if {"every", "within"} & said.keys()
            else None,
            again="every" in said,
            until=self._until(entry, since, said["until"]) if "until" in said else None,
            open_while=tuple(self._open_while(entry, since, said["while"])) if "while" in said else (),
            by=self._by(entry, since, said["by"]) if "by" in said else "",
            **_rests_on(said),
        )
        self._check_guards(due)
        return due

    def _counted(self, field: Field, said: Mapping[str, Any]) -> tuple[Field, ...]:
        """Returns the entry that owes something, and the dates of which the latest is the one it counts from."""
        if _is_date(field):
            if {"after", "within"} & said.keys():
                raise ValueError("counts from another date, but stands next to a date: it belongs to what holds both")
            return self._entry_of(field), field
        if not field.node.properties:
            raise ValueError("stands next to no date, and next to no entry or record that has one")
        if "every" in said:
            raise ValueError("says “every”, which belongs next to the date that it counts from")
        if "within" not in said:
            raise ValueError(_NO_PERIOD.format(word="within"))
        after = said.get("after")
        pointers = after if isinstance(after, list) and after else [after]
        dates = [self._after(pointer) for pointer in pointers]
        if len(dates) == 1 and not {"until", "while"} & said.keys():
            raise ValueError("counts from a date and needs “until”, the date that says it was done")
        if not _is_around(dates[0].way, field.way):
            raise ValueError("counts from a date in a list of its own: it belongs to the entries of that list")
        if not all(_is_around(one.way, field.way) or one.way[: len(field.way)] == field.way for one in dates):
            raise ValueError("counts from a date in another list")
        return field, *dates

    def _after(self, pointer: Any) -> Field:
        found = self._fields.get(_way(pointer))
        if found is None or not _is_date(found):
            raise ValueError(f"points to “{'' if pointer is None else pointer}” for “after”, which is no date")
        return found

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
        return found

    def _open_while(self, entry: Field, since: Field, said: Any) -> Iterator[OpenWhile]:
        if not isinstance(said, dict) or not said:
            raise ValueError('has a “while” that is not a field with codes, such as {"/status": ["open"]}')
        for pointer, codes in said.items():
            found = self._next_to(entry, since, "while", pointer)
            known = found.node.schema.get("enum", ())
            if not isinstance(codes, list) or not codes or not all(code in known for code in codes):
                raise ValueError(f"has codes for “{pointer}” in “while” that this field does not have")
            yield OpenWhile(field=found, codes=tuple(codes))

    def _check_guards(self, due: Due) -> None:
        """Raises ValueError where somebody could be told that it is late and not see that it is done."""
        seen = self._guards(due.since) | self._guards(due.entry)
        closing = [(one, "after") for one in due.later] + [(one.field, "while") for one in due.open_while]
        for field, word in [*closing, *([(due.until, "until")] if due.until is not None else [])]:
            if self._guards(field) - seen:
                raise ValueError(
                    f"points to “{place_of(field)}” for “{word}”, which some may not see who see the day it counts from"
                )

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
    ours = {one.way: fields[one.way] for one in due.fields if one.way in fields}
    if len(ours) < len({one.way for one in due.fields}) or not all(_is_date(ours[one.way]) for one in _dates(due)):
        return None
    said_at = ours[due.said_at.way]
    if "x-due" in said_at.node.schema or not all(can_name(ours[due.entry.way].node, one) for one in paths_in(due.what)):
        return None
    return replace(
        due,
        entry=ours[due.entry.way],
        since=ours[due.since.way],
        later=tuple(ours[one.way] for one in due.later),
        until=ours[due.until.way] if due.until is not None else None,
        open_while=tuple(replace(one, field=ours[one.field.way]) for one in due.open_while),
        by=ours[due.by.way] if isinstance(due.by, Field) else due.by,
    )


def _dates(due: Due) -> tuple[Field, ...]:
    return (due.since, *due.later)


def _period(said: Mapping[str, Any], word: str) -> Period:
    value = said[word]
    found = _PERIOD.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(_NO_PERIOD.format(word=word))
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
