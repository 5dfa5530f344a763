"""Follows the links of records (``x-link``): what a link leads to, what that is called, and who links to it.

Checks, names, comparison, pages and the commands that take something out all ask here. It knows the records it is
handed and nothing else: given a reader's projection, it can name nothing that the reader may not see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from sendbook.campus.called import called, text_of
from sendbook.campus.foundation import CAMPUS, STUDENT
from sendbook.campus.link import TO_STUDENT, Link
from sendbook.campus.link_fields import LinkField, key_of, list_at, sort_of_thing
from sendbook.campus.nodes import Node
from sendbook.campus.paths import compile_path
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import Kind
from sendbook.campus.traits import Say, filled, value_in_words
from sendbook.campus.ways import Found, Way, value_next_to, values_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a link leads to: an entry of a record, or where ``pointer`` is "" the record itself.

    ``id`` is what links call it by; ``node`` and ``data`` are the entry's, or the whole record's.
    """

    id: str
    kind: Kind
    record: Record
    node: Node
    data: Mapping[str, Any]
    pointer: str = ""

    def name(self, say: Say = value_in_words) -> str:
        """What it is called, as far as its data holds that and ``say`` has words; "" for nothing.

        An entry that is not for the family is called by days and codes alone: a link carries no mark, and is printed.
        """
        if self.pointer and self.node.owner is not None and self.node.owner.is_confidential(self.data):
            return filled(self.node.say or "", self.node, self.data, partial(_without_free_text, say))
        named = filled(self.node.say, self.node, self.data, say) if self.pointer and self.node.say else ""
        named = named or own_name(self.data)
        if named or self.pointer:
            return named or next(self._words(), "")
        return self.kind.traits.name_of(self.node, self.data, say)

    def _words(self) -> Iterator[str]:
        """The texts in an entry that are for people: no code, day or link."""
        for name, field in self.node.properties.items():
            if field.type == "string" and field.link is None and not {"enum", "format"} & field.schema.keys():
                words = text_of(self.data.get(name))
                if words and words != self.id:
                    yield words


class LinkedEntry(NamedTuple):
    """One entry of a list that links may lead to, with its place in the record."""

    id: str
    node: Node
    data: Mapping[str, Any]
    pointer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A link as it is written in a record: where, in which field, and the id that it names.

    ``student`` is whose record it leads into, "" where it leads to no student's. ``as_text`` says that one text is
    written where a list of links belongs.
    """

    kind: Kind
    record: Record
    steps: tuple[str | int, ...]
    node: Node
    link: Link
    value: str
    student: str = ""
    as_text: bool = False

    @property
    def pointer(self) -> str:
        """Its place in the record."""
        return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in self.steps)


class Links:
    """The links among some records.

    ``students`` are all that there are, where not all of their records are at hand. ``unread`` are paths of files that
    are there and can't be read: a link to one is right, and what is in it nobody knows.
    """

    def __init__(
        self,
        records: Iterable[Record],
        kinds: Mapping[str, Kind],
        *,
        students: Collection[str] | None = None,
        unread: Iterable[str] = (),
        shared: Links | None = None,
    ) -> None:
        self.kinds = kinds
        self.records = tuple(records)
        self._shared = shared
        self._at_hand = frozenset(record.student for record in self.records if record.student is not None)
        self._students = self._at_hand if students is None else frozenset(students)
        # Whatever the name ends in: “p-4ddd.yaml” is that record, under a wrong name.
        self._unread = tuple(str(PurePosixPath(path.removeprefix("records/")).with_suffix("")) for path in unread)
        self._found: dict[tuple[str, Way, str], Mapping[str, Target] | None] = {}

    @classmethod
    def of(cls, campus: Campus, *, students: Collection[str] | None = None, unread: Iterable[str] = ()) -> Links:
        """The links among all records of a campus."""
        return cls(campus.records.values(), campus.registry.kinds, students=students, unread=unread)

    def with_own(self, own: Iterable[Record], unread: Iterable[str] = ()) -> Links:
        """The same with one student's records; what belongs to no student is looked up once for all students."""
        return Links(own, self.kinds, students=self._students, unread=unread, shared=self)

    def ids(self, one: Reference) -> frozenset[str] | None:
        """The ids that a link may name; None if nobody can know them."""
        found = self.targets(one)
        if found is None or one.link.steps:
            return None if found is None else frozenset(found)
        return frozenset(found) | self._others(one.link.kind, one.student)

    def target(self, one: Reference) -> Target | None:
        """What a link leads to, if it is among these records."""
        return (self.targets(one) or {}).get(one.value)

    def targets(self, one: Reference) -> Mapping[str, Target] | None:
        """All that a link may lead to, by id; None if nobody can know, as where the list has a mistake of form."""
        return self.reached(one.link, one.record, one.student)

    def reached(self, link: Link, record: Record, student: str = "") -> Mapping[str, Target] | None:
        """The same for any link that may be written in a record; ``student`` is whose record it leads into."""
        if not link.kind:
            return _among((record,), self.kinds[record.kind], link.steps)
        return self.of_kind(link.kind, link.steps, student)

    def of_kind(self, name: str, steps: Way = (), student: str = "") -> Mapping[str, Target] | None:
        """A kind's records, or the entries of a list in them, by id: one student's, if the kind belongs to students."""
        kind = self.kinds.get(name)
        if kind is None:
            return None
        if self._shared is not None and not kind.of_student:
            return self._shared.of_kind(name, steps)
        asked = name, steps, student
        if asked not in self._found:
            self._found[asked] = self._of_kind(kind, steps, student)
        return self._found[asked]

    def unseen(self, link: Link, own: Node | None = None) -> str:
        """What is said of a thing that is not among these records, or has no words in them: its sort, never its id.

        ``own`` is the record that the link is in.
        """
        return sort_of_thing(link, self.kinds, own)

    def written_in(self, record: Record, to: Collection[str] | None = None) -> Iterator[Reference]:
        """Every link in a record, or those to some kinds."""
        kind = self.kinds[record.kind]
        links = (one for one in kind.links if to is None or one.link.kind in to)
        return (found for one in links for found in _written(one, kind, record, self.kinds))

    def into(self, student: str) -> tuple[Reference, ...]:
        """The links from records that belong to no student into the records of one."""
        return self._shared.into(student) if self._shared is not None else self._into.get(student, ())

    def back(self, target: Target) -> tuple[Reference, ...]:
        """The links among these records that lead to something."""
        own = self._back.get((target.record.id, target.pointer), ())
        return (*own, *(self._shared.back(target) if self._shared is not None else ()))

    def into_record(self, record: str) -> tuple[tuple[Reference, Target], ...]:
        """The links among these records that lead to a record, or to an entry of it, each with what it leads to."""
        found = (one for (there, _), leading in self._back.items() if there == record for one in leading)
        return tuple((one, target) for one in found if (target := self.target(one)) is not None)

    @cached_property
    def _into(self) -> Mapping[str, tuple[Reference, ...]]:
        leading = {kind.name for kind in self.kinds.values() if any(one.student for one in kind.links)}
        found: dict[str, tuple[Reference, ...]] = {}
        for record in self.records:
            for one in self.written_in(record) if record.kind in leading else ():
                if one.link.of:
                    found[one.student] = (*found.get(one.student, ()), one)
        return found

    @cached_property
    def _back(self) -> Mapping[tuple[str, str], list[Reference]]:
        found: dict[tuple[str, str], list[Reference]] = {}
        into = (one for student in sorted(self._at_hand) for one in self._shared.into(student)) if self._shared else ()
        for one in (*(one for record in self.records for one in self.written_in(record)), *into):
            target = self.target(one)
            if target is not None:
                found.setdefault((target.record.id, target.pointer), []).append(one)
        return found

    def _of_kind(self, kind: Kind, steps: Way, student: str) -> Mapping[str, Target] | None:
        records = [one for one in self.records if one.kind == kind.name and student in ("", one.student)]
        if kind.name == CAMPUS and not records:
            return None  # a campus that lacks its own record is told so once, and not again at each link into it
        if kind.name == STUDENT and not steps:
            return _among(records, kind, steps)
        if kind.of_student and student not in self._at_hand:
            return None
        if steps and any(True for _ in self._unread_of(kind, student)):
            return None
        return _among(_in_order_of_paths(records, kind), kind, steps)

    def _others(self, name: str, student: str) -> frozenset[str]:
        """Ids that are there all the same: of students whose records are not at hand, and of files nobody can read."""
        kind = self.kinds[name]
        if self._shared is not None and not kind.of_student:
            return self._shared._others(name, "")  # noqa: SLF001 - another of its own class
        unread = frozenset(map(kind.id_of, self._unread_of(kind, student)))
        return unread | self._students if name == STUDENT else unread

    def _unread_of(self, kind: Kind, student: str) -> Iterator[str]:
        for path in self._unread:
            for keys in (compile_path(pattern).match(f"{path}.yml") for pattern in kind.paths):
                if keys is not None and keys.get("student", "") in ("", student):
                    yield path


def _without_free_text(say: Say, node: Node, value: Any) -> str:
    """The words for a value, unless somebody wrote them."""
    return say(node, value) if {"enum", "format"} & node.schema.keys() else ""


def own_name(data: Mapping[str, Any]) -> str:
    """What data says it is called: by its name, or its title; "" where it has neither."""
    name = called(data)
    return name.known_as or name.full or text_of(data.get("title")) or text_of(data.get("known_as"))


def _written(one: LinkField, kind: Kind, record: Record, kinds: Mapping[str, Kind]) -> Iterator[Reference]:
    way, node, link = one.field.way, one.field.node, one.link
    own = record.student if link.kind and kinds[link.kind].of_student and link != TO_STUDENT else None
    # A list that is written as one text is a mistake of form, in which it is known all the same what is meant.
    texts = ((found, True) for found in values_at(record.data, way[:-1])) if way[-1:] == ("-",) else ()
    for found, as_text in (*((found, False) for found in values_at(record.data, way)), *texts):
        if isinstance(found.value, str):
            yield Reference(
                kind=kind,
                record=record,
                steps=found.steps,
                node=node,
                link=link,
                value=found.value,
                student=_student_named(one, found, record) if one.student else own or "",
                as_text=as_text,
            )


def _student_named(one: LinkField, found: Found, record: Record) -> str:
    return text_of(value_next_to(record.data, found, one.student))


def _in_order_of_paths(records: Iterable[Record], kind: Kind) -> list[Record]:
    """As the schema names their places: what is in force comes before what is being drafted."""
    places = [compile_path(path) for path in kind.paths]
    return sorted(records, key=lambda one: [place.match(f"{one.id}.yml") is None for place in places])


def _among(records: Iterable[Record], kind: Kind, steps: Way) -> dict[str, Target] | None:
    """Records, or the entries of a list in them, by id; None if a list has a mistake of form at its very place."""
    found: dict[str, Target] = {}
    for record in records:
        if not steps:
            own = kind.id_of(record.id)
            found[own] = Target(id=own, kind=kind, record=record, node=kind.root, data=record.data)
            continue
        entries = entries_at(kind.root, record.data, steps)
        if entries is None:
            return None
        for one in entries:
            target = Target(id=one.id, kind=kind, record=record, node=one.node, data=one.data, pointer=one.pointer)
            found.setdefault(one.id, target)
    return found


def entries_at(root: Node, data: Mapping[str, Any], steps: Way) -> list[LinkedEntry] | None:
    """The entries of a list in a record's data; None if it has a mistake of form at this very place."""
    node, value = list_at(root, steps), _at(data, steps)
    if node is None or node.items is None or not isinstance(value, list):
        return None
    key, base = key_of(node), f"/{'/'.join(steps)}"
    return [
        LinkedEntry(id=item[key], node=node.items, data=item, pointer=f"{base}/{number}")
        for number, item in enumerate(value)
        if isinstance(item, Mapping) and isinstance(item.get(key), str)
    ]


def _at(data: Mapping[str, Any], steps: Way) -> Any:
    """What is at a place in a record: an empty list where nothing is, None where a step leads into no group."""
    found: Any = data
    for step in steps:
        if not isinstance(found, Mapping):
            return None
        if step not in found:
            return []
        found = found[step]
    return found
