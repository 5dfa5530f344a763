"""A page for each kind of a student's records that a campus has added, made from its schema alone.

The schema says what a field is called and in which order fields stand; the projection has already taken out what the
readers may not see. A field that is left empty is not mentioned. Groups become headings, lists of groups become cards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sendbook.campus.nodes import Node
from sendbook.campus.words import in_words, number, short_day
from sendbook.history.confidences import NOT_FOR_THE_FAMILY
from sendbook.site.reading import OwnRecord, Reading
from sendbook.site.sections import PageKind, Section, Voice

#: By what an entry of a list is called, the first there is.
_NAMES = ("name", "title", "statement", "what", "text")
#: A record's own heading is an h2; what is inside a group stands a level deeper.
_DEEPEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that belong together, each with its title.

    ``facts`` have a text, ``texts`` one of several lines, ``lists`` many short ones. ``items`` are the entries of a
    list of groups, which have no title of their own. ``mark`` is read before words that are not for the family, "" for
    all others. ``level`` is that of the headings inside, one below the group's.
    """

    level: int
    title: str = ""
    mark: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    items: tuple[Group, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.texts or self.lists or self.items or self.groups)


def pages_of_own_kinds(reading: Reading) -> Iterator[PageKind]:
    """A page for each kind of which the projection holds a record, by title."""
    kinds = {record.kind.name: record.kind for record in reading.others}
    for kind in sorted(kinds.values(), key=lambda one: one.title):
        records = sorted((one for one in reading.others if one.kind is kind), key=lambda one: one.path)
        if all(short_day(one.path.rpartition("/")[2]) in _called(one) for one in records):
            records.reverse()  # days: the last comes first
        yield PageKind(
            name=_slug(kind.name),
            path=path_of_kind(kind.name),
            title=Voice(staff=f"{kind.title}: {{name}}", student=kind.title),
            link=Voice(staff=kind.title),
            sections=tuple(map(_section, records)),
        )


def path_of_kind(kind: str) -> str:
    """Where the page of a kind is: in a folder of its own, so that no kind can take the place of a page of ours."""
    return f"{{home}}more/{_slug(kind)}/"


def _section(record: OwnRecord) -> Section:
    return Section(
        name=f"record-{_slug(record.path.replace('/', '-'))}",
        title=Voice(staff=_called(record)),
        template="sections/own_kind.html",
        show=partial(_shown, record=record),
    )


def _called(record: OwnRecord) -> str:
    """The only record of a kind is called as the kind is; of several, each by its place (a day, or an id)."""
    name = record.path.rpartition("/")[2]
    said = record.kind.title if name.replace("-", "_") == record.kind.name else _in_words(name)
    return f"{said} (draft)" if record.data.get("state") == "draft" else said


def _in_words(identity: str) -> str:
    day = short_day(identity)
    return day if day != identity else in_words(identity.replace("-", "_"))


def _shown(reading: Reading, record: OwnRecord) -> Mapping[str, Any] | None:
    group = _Saying(reading, record).group(record.kind.root, record.data, level=3)
    return None if group.is_empty else {"group": group}


@dataclass(frozen=True, slots=True)
class _Saying:
    """Says one record to the readers of one projection."""

    reading: Reading
    record: OwnRecord

    def group(self, node: Node, data: Mapping[str, Any], *, level: int, key: str = "id", title: str = "") -> Group:
        """The fields of an object in the schema's order; its key only names it, and is not shown."""
        facts: list[tuple[str, str]] = []
        texts: list[tuple[str, str]] = []
        lists: list[tuple[str, tuple[str, ...]]] = []
        groups: list[Group] = []
        for name, value in _in_order(node, data):
            field = node.child(name)
            if field is None or (name == key and field.link is None):
                continue
            called = field.title if name in node.properties else _in_words(name)
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
            mark=self.mark(node, data),
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
            return " ".join(filter(None, (number(value), node.unit)))
        text = str(value)
        if node.link:
            return self.linked(node.link, text)
        if node.schema.get("format") == "date":
            return short_day(text)
        return node.said(text) if "enum" in node.schema else text

    def linked(self, link: str, target: str) -> str:
        """What a link points to, by name as far as this reader may know it; never the id of somebody."""
        base, _, pointer = link.partition("#/")
        around = self.reading.around
        if base == "person":
            found = around.staff.get(target)
            return found.name if found else self.reading.family_name(target)
        if base == "student":
            return self.reading.known_as if target == self.reading.id else "Another student"
        if base == "intervention":
            return str(around.interventions.get(target, {}).get("name", _in_words(target)))
        item = _item(around.campus if base == "campus" else self.record.data, pointer, target)
        return next((str(item[name]) for name in _NAMES if name in item), _in_words(target))


def _in_order(node: Node, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((name, data[name]) for name in node.properties if name in data)
    yield from ((name, data[name]) for name in data if name not in node.properties)


def _item(data: Mapping[str, Any], pointer: str, target: str) -> Mapping[str, Any]:
    """The entry with an id in the list at a pointer, or nothing."""
    found: Any = data
    for step in pointer.split("/"):
        found = found.get(step, ()) if isinstance(found, Mapping) else ()
    items = found if isinstance(found, list) else ()
    return next((item for item in items if isinstance(item, Mapping) and item.get("id") == target), {})


def _slug(name: str) -> str:
    return name.replace("_", "-").lower()
