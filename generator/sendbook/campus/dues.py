"""What a kind's schema says is owed by when (``x-due``), as data; `campus/read_dues.py` reads it.

A date may itself be the day by which something is owed; or something is owed within a time after a date, or after the
latest of several, until another date of the same entry says that it was done or a code that it is owed no more. What a
record owes is worked out by `deadlines`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sendbook.campus.terms import Terms, add_months
from sendbook.campus.traits import below, paths_in
from sendbook.campus.ways import EACH, Field, Way, place_of

#: Who can owe something without being named in the record: the campus's contacts, and what somebody is to the student.
CONTACTS = ("senco", "principal", "regional_senco", "dsl", "exams_officer", "dpo")
RELATIONS = ("key_adult", "tutor")
#: Kinds of school that a source can bind, as ``setting.type`` in campus.yml names them.
SETTINGS = ("maintained", "academy", "independent_section_41", "independent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """How long there is: a number of days, school days, weeks, months or years.

    The number is the schema's, or the campus's own for a ``house_rule``.
    """

    written: str
    unit: str
    number: int = 0
    house_rule: str = ""

    def last_day(self, since: date, terms: Terms, rules: Mapping[str, Any]) -> date | None:
        """Returns the last day that is in time; None where the campus's calendar ends before it."""
        number = int(rules[self.house_rule]) if self.house_rule else self.number
        if self.unit == "school day":
            return terms.add_school_days(since, number)
        if self.unit in ("day", "week"):
            return since + timedelta(days=number * (7 if self.unit == "week" else 1))
        return add_months(since, number * (12 if self.unit == "year" else 1))

    def in_words(self, rules: Mapping[str, Any]) -> str:
        """Says it with its number: “10 school days”."""
        number = int(rules[self.house_rule]) if self.house_rule else self.number
        return f"{number} {self.unit}{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWhile:
    """A field with codes: something is owed as long as it has one of these."""

    field: Field
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)  # no slots: what follows from the fields is worked out once for all records
class Due:
    """One thing that records of a kind owe.

    ``what`` says it with fields of the ``entry`` in braces. ``since`` is the date it counts from, in the entry or
    around it, or, without ``within``, the very day by which it is owed. Where ``later`` names more dates, it counts
    from the latest of all. What is owed ``again`` is done when that date is another. ``until`` is the date that says
    it is done, if there is one; it is owed only while each of ``open_while`` is so. ``by`` is the field with the person
    who owes it, or one of `CONTACTS` and `RELATIONS`; "" if nobody is named. ``drafts`` says that a draft owes it as
    well. The rest says on what it rests, as for a rule: without a ``source`` it is a house rule.
    """

    what: str
    entry: Field
    since: Field
    later: tuple[Field, ...] = ()
    within: Period | None = None
    again: bool = False
    until: Field | None = None
    open_while: tuple[OpenWhile, ...] = ()
    by: Field | str = ""
    drafts: bool = False
    source: str = ""
    law: bool = False
    confirmed: bool = False
    binds: tuple[str, ...] | None = None

    @cached_property
    def each(self) -> Field:
        """What it is owed once for: the date it counts from, or the entry where that date is around several of them."""
        return self.entry if self.later else max(self.since, self.entry, key=lambda field: _lists(field.way))

    @property
    def said_at(self) -> Field:
        """Where the schema says it: next to the date, or next to the entry that a time is counted for."""
        return self.since if self.within is None or self.again else self.entry

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field that it names, but for those in its words."""
        named = (self.entry, self.since, *self.later, self.until, *(one.field for one in self.open_while), self.by)
        return tuple(one for one in named if isinstance(one, Field))

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The parts it rests on: nobody is told of it who does not see all of them."""
        nodes = [one.node for one in self.fields if one is not self.entry]
        told = (below(self.entry.node, tuple(path.split("/"))) for path in paths_in(self.what))
        found = (node.part for node in (*nodes, *told) if node is not None)
        return tuple(dict.fromkeys(part for part in found if part is not None))


def unknown_house_rules(dues: tuple[Due, ...], rules: Mapping[str, Any]) -> list[str]:
    """Returns what is wrong with periods that a house rule gives, once all kinds are known."""
    named = [(due, due.within.house_rule) for due in dues if due.within is not None and due.within.house_rule]
    return [
        f"{place_of(due.entry)} has an x-due within “{{{name}}}”, which is no house rule with a number"
        for due, name in named
        if type(rules.get(name)) is not int
    ]


def described(due: Due) -> str:
    """Says what is owed with its places, for what stands for all schemas."""
    by = place_of(due.by) if isinstance(due.by, Field) else due.by
    within = due.within.written if due.within is not None else ""
    until = place_of(due.until) if due.until is not None else ""
    counted = (*map(place_of, due.later), within, due.again)
    while_ = tuple((place_of(one.field), one.codes) for one in due.open_while)
    rests_on = (due.drafts, due.source, due.law, due.confirmed, due.binds)
    return repr((due.what, place_of(due.entry), place_of(due.since), *counted, until, while_, by, *rests_on))


def _lists(way: Way) -> int:
    """Returns how many steps of a way go into the entries of lists, or into free names."""
    return sum(step in EACH for step in way)
