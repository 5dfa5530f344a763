"""What people and things are called for one reader: names behind ids, units, and how the reader is spoken to.

Made from shared records already reduced for that reader, so a sentence can't name whom the reader may not see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sendbook.campus.foundation import CAMPUS, PERSON
from sendbook.campus.link import Link
from sendbook.campus.link_fields import id_segment
from sendbook.campus.links import Links
from sendbook.campus.nodes import Node
from sendbook.campus.records import Campus
from sendbook.campus.traits import value_in_words

Voice = Literal["staff", "family", "student"]


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
        shared: Campus,
        *,
        voice: Voice = "staff",
        known_as: str = "the student",
        family: Mapping[str, str] | None = None,
    ) -> Names:
        """Reads names from the reader's projection of the shared records; ``family`` are relatives they may see."""
        linked = _linked(shared)
        relatives = dict(family or {})
        units: dict[str, str] = {}
        for record in shared.of_kind(PERSON):
            identity = record.id.rpartition("/")[2]
            if identity in linked.get(PERSON, {}) and ("family" in record.data or "staff" not in record.data):
                relatives.setdefault(identity, linked[PERSON][identity])
        for record in shared.of_kind(CAMPUS):
            units |= {str(one["id"]): str(one["unit"]) for one in record.data.get("measures", ()) if "unit" in one}
        linked.setdefault(PERSON, {}).update(relatives)
        return cls(voice=voice, known_as=known_as, linked=linked, family=relatives, units=units)

    def family_name(self, identity: str) -> str:
        """Returns who speaks as a member of the family. A colleague's name is the directory's, not their family's."""
        return self.family.get(identity) or "A family member"

    def relative(self, identity: str) -> str:
        """Returns the same within a sentence."""
        return self.family.get(identity) or "a family member"

    def name(self, link: Link, identity: str) -> str:
        """Returns the name behind an id; "" where the reader may not see it."""
        return self.linked.get(link.to, {}).get(identity, "")

    def known(self, node: Node, value: Any) -> str:
        """Returns a value within a record's name: "" where the reader may not know whom or what it means."""
        if node.of_family:
            return self.family.get(str(value), "")
        return self.linked.get(node.link.to, {}).get(str(value), "") if node.link else value_in_words(node, value)


def people_in(value: object) -> frozenset[str]:
    """Returns the ids of people that stand anywhere in a value."""
    if isinstance(value, str):
        return frozenset({value}) if value.startswith("p-") else frozenset()
    if isinstance(value, Mapping):
        return frozenset[str]().union(*map(people_in, value.values()))
    return frozenset[str]().union(*map(people_in, value)) if isinstance(value, list) else frozenset()


def _linked(shared: Campus) -> dict[str, dict[str, str]]:
    """What each thing is called that a link can lead to, as far as these records say: by the link, then by id."""
    kinds = shared.registry.kinds
    links = Links.of(shared)
    asked = {one.link.to: one.link for kind in kinds.values() for one in kind.links if one.link.kind}
    asked |= {name: Link(kind=name) for name, kind in kinds.items() if id_segment(kind)}
    found: dict[str, dict[str, str]] = {}
    for to, link in asked.items():
        if not kinds[link.kind].of_student:
            targets = links.of_kind(link.kind, link.steps) or {}
            found[to] = {identity: name for identity, one in targets.items() if (name := one.name())}
    return found
