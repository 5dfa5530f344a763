"""What people and things are called for one reader: names behind ids, units, and how the reader is spoken to.

Made from shared records already reduced for that reader, so a sentence can't name whom the reader may not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sendbook.campus.called import called, text_of
from sendbook.campus.foundation import CAMPUS, PERSON, STUDENT
from sendbook.campus.nodes import Node
from sendbook.campus.records import Campus, Record
from sendbook.campus.traits import value_in_words
from sendbook.campus.words import in_words

Voice = Literal["staff", "family", "student"]
_UNKNOWN: Mapping[str, str] = {PERSON: "someone", STUDENT: "a student"}
_NAMED_BY = ("name", "title", "known_as")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Look-ups for one reader.

    ``linked`` holds names by id for each ``x-link`` (``person``, ``intervention``, ``campus#/measures`` …), ``family``
    the names of those whom the reader may know as somebody's family, ``units`` the unit of each measure. ``voice`` is
    as whom the reader is spoken to, ``known_as`` the student's name.
    """

    voice: Voice = "staff"
    known_as: str = "the student"
    linked: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    family: Mapping[str, str] = field(default_factory=dict, repr=False)
    units: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        shared: Campus | Iterable[Record],
        *,
        voice: Voice = "staff",
        known_as: str = "the student",
        family: Mapping[str, str] | None = None,
    ) -> Names:
        """From the reader's projection of the shared records; ``family`` are names of family members they may see."""
        records = shared.records.values() if isinstance(shared, Campus) else shared
        linked: dict[str, dict[str, str]] = {}
        relatives = dict(family or {})
        units: dict[str, str] = {}
        for record in records:
            identity = record.id.rpartition("/")[2]
            name = _name(record.data)
            if name and record.kind == PERSON and ("family" in record.data or "staff" not in record.data):
                relatives.setdefault(identity, name)
            if name:
                linked.setdefault(record.kind, {})[identity] = name
            if "/" not in record.id:
                for place, items in _lists(record.data, ""):
                    linked.setdefault(f"{record.kind}#{place}", {}).update(_by_id(items))
            if record.kind == CAMPUS:
                units |= {str(one["id"]): str(one["unit"]) for one in record.data.get("measures", ()) if "unit" in one}
        linked.setdefault(PERSON, {}).update(relatives)
        return cls(voice=voice, known_as=known_as, linked=linked, family=relatives, units=units)

    def family_name(self, identity: str) -> str:
        """Who speaks as a member of the family. A colleague's name is the directory's, not their family's."""
        return self.family.get(identity) or "A family member"

    def relative(self, identity: str) -> str:
        """The same within a sentence."""
        return self.family.get(identity) or "a family member"

    def name(self, link: str, identity: str) -> str:
        """The name behind an id; in words that say nothing where the reader may not see it."""
        found = self.linked.get(link, {}).get(identity)
        return found or _UNKNOWN.get(link) or in_words(identity.replace("-", " "))

    def known(self, node: Node, value: Any) -> str:
        """A value within a record's name: "" where the reader may not know whom or what it means."""
        if node.of_family:
            return self.family.get(str(value), "")
        return self.linked.get(node.link, {}).get(str(value), "") if node.link else value_in_words(node, value)


def people_in(value: object) -> frozenset[str]:
    """The ids of people that stand anywhere in a value."""
    if isinstance(value, str):
        return frozenset({value}) if value.startswith("p-") else frozenset()
    if isinstance(value, Mapping):
        return frozenset[str]().union(*map(people_in, value.values()))
    return frozenset[str]().union(*map(people_in, value)) if isinstance(value, list) else frozenset()


def _name(data: Mapping[str, Any]) -> str:
    name = called(data)
    return name.known_as or name.full or text_of(data.get("title"))


def _lists(data: Mapping[str, Any], at: str) -> Iterator[tuple[str, list[Any]]]:
    for field_name, value in data.items():
        if isinstance(value, list):
            yield f"{at}/{field_name}", value
        elif isinstance(value, Mapping):
            yield from _lists(value, f"{at}/{field_name}")


def _by_id(items: list[Any]) -> dict[str, str]:
    return {
        str(item["id"]): next((str(item[name]) for name in _NAMED_BY if name in item), str(item["id"]))
        for item in items
        if isinstance(item, Mapping) and "id" in item
    }
