"""What a record of a kind that a campus has added says, made from its schema alone.

The schema says what a field is called and in which order fields stand; the projection has already taken out what the
readers may not see. A field that is left empty is not mentioned. Groups become headings, lists of groups become cards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sendbook.campus.link import TO_PERSON, TO_STUDENT, Link
from sendbook.campus.links import Links, Target, entries_at
from sendbook.campus.nodes import Node
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.campus.traits import Say, value_in_words
from sendbook.campus.words import in_words, number, quantity, sentence, short_day
from sendbook.history.confidences import NOT_FOR_THE_FAMILY
from sendbook.pages.linked import path_in, record_in, with_place
from sendbook.pages.surroundings import Surroundings

#: The address of what a link leads to on the pages of these readers; "" where they have no page of it.
Place = Callable[[Target], str]
#: A record's own heading is an h2; what is inside a group stands a level deeper.
_DEEPEST = 6


class Knows(Protocol):
    """Readers of a record, and whom they may know by name: ``family`` are members of families, by id."""

    @property
    def whose(self) -> str:
        """The student whose records are read; "" for the campus's own."""

    @property
    def links(self) -> Links: ...
    @property
    def manner(self) -> str: ...
    @property
    def around(self) -> Surroundings: ...
    @property
    def family(self) -> Mapping[str, str]: ...
    def family_name(self, person: str) -> str:
        """A member of a family, as far as these readers may know them."""

    def student_name(self, student: str) -> str:
        """A student's name; "" for one whom these readers may not know to be meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRecord:
    """A record of a kind that the campus has added; ``path`` is its place in the student's folder, without ending.

    The place of one that is about no student is below ``records/``.
    """

    kind: Kind
    path: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that belong together, each with its title.

    ``facts`` have a text, ``texts`` one of several lines, ``lists`` many short ones. ``items`` are the entries of a
    list of groups, which have no title of their own. ``details`` are fields that are folded away. ``mark`` is read
    before words that are not for the family, "" for all others. ``level`` is that of the headings inside, one below the
    group's.
    """

    level: int
    title: str = ""
    mark: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    items: tuple[Group, ...] = ()
    groups: tuple[Group, ...] = ()
    details: Group | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.texts or self.lists or self.items or self.groups or self.details)


def say_in(reading: Knows, record: OwnRecord) -> Say:
    """Returns what says a value of a record to the readers of a projection, and nothing of whom they may not know."""
    return _Saying(reading, record).known


def day_of(record: OwnRecord) -> str:
    """The day a record is of: of a kind whose schema names none, the file's name where that is a day."""
    traits, name = record.kind.traits, _file_name(record)
    return traits.day_of(record.data) if traits.day else name if short_day(name) != name else ""


def newest_first(records: list[OwnRecord]) -> list[OwnRecord]:
    """By the day they are of; those without a day that these readers see come last, by their place."""
    dated = sorted((one for one in records if day_of(one)), key=lambda one: (day_of(one), one.path), reverse=True)
    return [*dated, *sorted((one for one in records if not day_of(one)), key=lambda one: one.path)]


def _file_name(record: OwnRecord) -> str:
    return record.path.rpartition("/")[2]


def called_in(reading: Knows, record: OwnRecord, *, simply: bool = False) -> str:
    """As its schema has it; of a kind that says nothing of names and may have several, by the name of the file.

    ``simply`` leaves out names that are made of what the record links to.
    """
    traits = record.kind.traits
    by_file = not traits.called and traits.id_of and "{random}" not in traits.id_of
    saying = _Saying(reading, record)
    say = saying.simply if simply else saying.known
    name = _in_words(_file_name(record)) if by_file else record.kind.name_of(record.data, say)
    return f"{name} (draft)" if record.data.get("state") == "draft" else name


def _in_words(identity: str) -> str:
    day = short_day(identity)
    return day if day != identity else in_words(identity.replace("-", "_"))


def group_of(reading: Knows, record: OwnRecord, where: Place | None = None) -> Group:
    """Returns all that a record says to these readers; empty if it says nothing to them."""
    return _Saying(reading, record, where).group(record.kind.root, record.data, level=3)


def named_on_pages(reading: Knows, target: Target) -> str:
    """Returns what a record or an entry is called on the pages of these readers; "" for an entry without words."""
    return _Saying(reading, OwnRecord(kind=target.kind, path="", data=target.record.data)).name_of(target)


@dataclass(frozen=True, slots=True)
class _Saying:
    """Says one record to the readers of one projection."""

    reading: Knows
    record: OwnRecord
    where: Place | None = None

    def group(self, node: Node, data: Mapping[str, Any], *, level: int, key: str = "id", title: str = "") -> Group:
        """The fields of an object in the schema's order; its key only names it, and is not shown."""
        fields = [
            (name, field, value)
            for name, value in _in_order(node, data)
            if (field := node.child(name)) is not None and (name != key or field.link is not None)
        ]
        shown = [(self.called(node, name, field), field, value) for name, field, value in fields if not field.folded]
        folded = [(self.called(node, name, field), field, value) for name, field, value in fields if field.folded]
        details = self.of_fields(folded, level=level)
        made = self.of_fields(shown, level=level, title=title, mark=self.mark(node, data))
        return made if details.is_empty else replace(made, details=details)

    def called(self, node: Node, name: str, field: Node) -> str:
        """The title of a field, for those who read it here; what has a free name is called by that."""
        return field.heading(self.reading.manner) if name in node.properties else _in_words(name)

    def of_fields(
        self, fields: Iterable[tuple[str, Node, Any]], *, level: int, title: str = "", mark: str = ""
    ) -> Group:
        """Fields with what they are called, sorted by how they are shown."""
        facts: list[tuple[str, str]] = []
        texts: list[tuple[str, str]] = []
        lists: list[tuple[str, tuple[str, ...]]] = []
        groups: list[Group] = []
        for called, field, value in fields:
            if isinstance(value, Mapping):
                groups.append(self.group(field, value, level=level + 1, title=called))
            elif isinstance(value, list) and field.items is not None and not field.items.is_leaf:
                groups.append(self.entries(field, field.items, value, level=level + 1, title=called))
            elif isinstance(value, list):
                lists.append((called, tuple(self.said(field.items or field, item) for item in value)))
            else:
                said = self.said(field, value)
                (texts if "\n" in said.strip() else facts).append((called, said))
        return Group(
            level=min(level, _DEEPEST),
            title=title,
            mark=mark,
            facts=tuple(facts),
            texts=tuple(texts),
            lists=tuple((called, said) for called, said in lists if said),
            groups=tuple(group for group in groups if not group.is_empty),
        )

    def mark(self, node: Node, data: Mapping[str, Any]) -> str:
        """The mark of an entry that is not for the family; a family is never handed any."""
        confidential = node.owner is not None and node.owner.is_confidential(data)
        return NOT_FOR_THE_FAMILY if confidential and self.reading.manner != "family" else ""

    def entries(self, field: Node, entry: Node, value: list[Any], *, level: int, title: str) -> Group:
        """A list of groups."""
        mappings = (item for item in value if isinstance(item, Mapping))
        items = (self.group(entry, item, level=level, key=field.key or "") for item in mappings)
        return Group(level=min(level, _DEEPEST), title=title, items=tuple(item for item in items if not item.is_empty))

    def said(self, node: Node, value: Any) -> str:
        """A value as a person would say it: links by name, days in words, numbers with their unit."""
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if str(value) in node.words:
            return node.said(value)
        if isinstance(value, int | float):
            return quantity(value, node.unit) if node.unit else number(value)
        text = str(value)
        if node.link:
            return self.linked(node, node.link, text)
        if node.schema.get("format") == "date":
            return short_day(text)
        return node.said(text) if "enum" in node.schema else text

    def linked(self, node: Node, link: Link, value: str) -> str:
        """What a link leads to, by name as far as these readers may know it and with its place; never somebody's id."""
        if node.of_family:
            return self.reading.family_name(value)
        if link == TO_PERSON:
            return self.name_behind(link, value) or self.reading.family_name(value)
        if link == TO_STUDENT:
            return self.name_behind(link, value) or "Another student"
        target = self.target(link, value)
        name = self.name_of(target) if target is not None else ""
        if target is None or not name:
            name = sentence(self.reading.links.unseen(link, self.record.kind.root))
        if target is None:
            return name
        # An entry of this very record is on the screen already.
        return with_place(name, self.where(target)) if link.kind and self.where is not None else name

    def name_of(self, target: Target) -> str:
        """What an entry or a whole record is called on these pages; "" for an entry without words for these readers."""
        path = path_in(self.reading.whose, target)
        if target.pointer or not path:
            return target.name(self.simply) or ("" if target.pointer else target.kind.title)
        return called_in(self.reading, OwnRecord(kind=target.kind, path=path, data=target.record.data), simply=True)

    @property
    def own(self) -> Record:
        """The record that is said, as links know it."""
        return record_in(self.reading.whose, self.record.kind, self.record.path, self.record.data)

    def target(self, link: Link, value: str) -> Target | None:
        """What a link leads to, if it is among what these readers see."""
        if not link.kind:
            found = entries_at(self.record.kind.root, self.record.data, link.steps) or []
            entry = next((one for one in found if one.id == value), None)
            return Target(kind=self.record.kind, record=self.own, **entry._asdict()) if entry is not None else None
        return (self.reading.links.of_kind(link.kind, link.steps, self.reading.whose) or {}).get(value)

    def known(self, node: Node, value: Any) -> str:
        """A value within the record's name: "" where these readers may not know whom or what it means."""
        if node.link is None or node.of_family or node.link in (TO_PERSON, TO_STUDENT):
            return self.simply(node, value)
        target = self.target(node.link, str(value))
        return target.name(self.simply) if target is not None else ""

    def simply(self, node: Node, value: Any) -> str:
        """The same within the name of what is linked, where links to the student's records say nothing: they might lead
        round.
        """
        if node.of_family:  # a colleague's name is the directory's, not their family's
            return self.reading.family.get(str(value), "")
        return self.name_behind(node.link, str(value)) if node.link is not None else value_in_words(node, value)

    def name_behind(self, link: Link, value: str) -> str:
        """The name of a person, a student, or what belongs to the campus; "" where these readers may not know it."""
        if link == TO_PERSON:
            found = self.reading.around.staff.get(value)
            return found.name if found else self.reading.family.get(value, "")
        if link == TO_STUDENT:
            return self.reading.student_name(value)
        kind = self.reading.around.kinds.get(link.kind)
        targets = (
            self.reading.links.of_kind(link.kind, link.steps) if kind is not None and not kind.of_student else None
        )
        return targets[value].name() if targets is not None and value in targets else ""


def _in_order(node: Node, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((name, data[name]) for name in node.properties if name in data)
    yield from ((name, data[name]) for name in data if name not in node.properties)


def slug(name: str) -> str:
    return name.replace("_", "-").lower()
