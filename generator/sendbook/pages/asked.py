"""Notes what pages ask of what surrounds them, so that they are made again when that is another, and not otherwise.

A colleague's telephone is on the pages that say it and on no other. Which these are follows from no rule that a person
would keep up to date: each page is made from surroundings that note every place they are asked for. While all of these
hold what they held, the page is what it was, because it was made of nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any, cast

from sendbook.campus.digests import digest_of, digest_of_written, written
from sendbook.campus.links import Links, Reference, Target
from sendbook.campus.ways import Way
from sendbook.pages.surroundings import Colleague, OfKind, Surroundings

#: A place in what surrounds pages, from the outside in: ``("staff", "p-3dee", "phone")``.
AskedPlace = tuple[str, ...]

#: At the end of a place: whether anything is there at all, whatever it is.
_IS_THERE = "?"


class Asked:
    """Collects the places that are asked for while something is made."""

    __slots__ = ("places",)

    def __init__(self) -> None:
        self.places: set[AskedPlace] = set()

    def note(self, *place: str) -> None:
        """Notes that a place was asked for, or anything in it."""
        self.places.add(place)

    @contextmanager
    def apart(self) -> Iterator[set[AskedPlace]]:
        """Collects what is asked for from here on by itself, for something that is made once and used again."""
        before, self.places = self.places, set()
        try:
            yield self.places
        finally:
            self.places = before | self.places


class NotedData(Mapping[str, Any]):
    """A mapping of which every place is noted that is looked at. Lists are noted as a whole."""

    __slots__ = ("_asked", "_data", "_place")

    def __init__(self, data: Mapping[str, Any], place: AskedPlace, asked: Asked) -> None:
        self._data = data
        self._place = place
        self._asked = asked

    def __getitem__(self, key: str) -> Any:
        value = self._data.get(key)
        # Most values are texts, and it takes long to tell that a text is not a mapping of any sort.
        if type(value) is not str and isinstance(value, Mapping):
            self._asked.note(*self._place, key, _IS_THERE)
            return NotedData(value, (*self._place, key), self._asked)
        self._asked.note(*self._place, key)
        return self._data[key]

    def __contains__(self, key: object) -> bool:
        self._asked.note(*self._place, str(key), _IS_THERE)
        return key in self._data

    def __iter__(self) -> Iterator[str]:
        self._note_all()
        return iter(self._data)

    def __len__(self) -> int:
        self._note_all()
        return len(self._data)

    def __bool__(self) -> bool:
        self._asked.note(*self._place, _IS_THERE)
        return bool(self._data)

    def __eq__(self, other: object) -> bool:
        self._note_all()
        if isinstance(other, NotedData):
            other._note_all()
            return self._data == other._data
        return self._data == other

    def __hash__(self) -> int:
        raise TypeError("what is noted can change its place, and has no hash")

    def _note_all(self) -> None:
        self._asked.note(*self._place)


class _NotedSet(Set[str]):
    """A set of which is noted what is looked for in it."""

    __slots__ = ("_asked", "_place", "_values")

    def __init__(self, values: Collection[str], place: str, asked: Asked) -> None:
        self._values = values
        self._place = place
        self._asked = asked

    def __contains__(self, value: object) -> bool:
        self._asked.note(self._place, str(value))
        return value in self._values

    def __iter__(self) -> Iterator[str]:
        self._asked.note(self._place)
        return iter(self._values)

    def __len__(self) -> int:
        self._asked.note(self._place)
        return len(self._values)


class _NotedColleague:
    """A colleague of whom is noted what is said of them."""

    __slots__ = ("_asked", "_colleague")

    def __init__(self, colleague: Colleague, asked: Asked) -> None:
        self._colleague = colleague
        self._asked = asked

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._colleague, name)
        if name != "id":
            self._asked.note("staff", self._colleague.id, name)
        return value

    def __eq__(self, other: object) -> bool:
        self._note_all()
        if isinstance(other, _NotedColleague):
            other._note_all()
            return self._colleague == other._colleague
        return self._colleague == other

    def __hash__(self) -> int:
        self._note_all()
        return hash(self._colleague)

    def _note_all(self) -> None:
        for one in fields(Colleague):
            self._asked.note("staff", self._colleague.id, one.name)


class _NotedStaff(Mapping[str, Colleague]):
    """Colleagues by id, of whom is noted who is asked for and what."""

    __slots__ = ("_asked", "_staff")

    def __init__(self, staff: Mapping[str, Colleague], asked: Asked) -> None:
        self._staff = staff
        self._asked = asked

    def __getitem__(self, person: str) -> Colleague:
        self._asked.note("staff", person)
        return cast("Colleague", _NotedColleague(self._staff[person], self._asked))

    def __contains__(self, person: object) -> bool:
        self._asked.note("staff", str(person))
        return person in self._staff

    def __iter__(self) -> Iterator[str]:
        self._asked.note("staff")
        return iter(self._staff)

    def __len__(self) -> int:
        self._asked.note("staff")
        return len(self._staff)


class _NotedKinds(Mapping[str, OfKind]):
    """What kinds of record have handed in, of which is noted whose is asked for."""

    __slots__ = ("_asked", "_made")

    def __init__(self, made: Mapping[str, OfKind], asked: Asked) -> None:
        self._made = made
        self._asked = asked

    def __getitem__(self, kind: str) -> OfKind:
        self._asked.note("of kind", kind)
        return self._made[kind]

    def __iter__(self) -> Iterator[str]:
        self._asked.note("of kind")
        return iter(self._made)

    def __len__(self) -> int:
        self._asked.note("of kind")
        return len(self._made)


class _NotedTargets(Mapping[str, Target]):
    """What links may lead to, by id, of which is noted what is asked for and what is read in it."""

    __slots__ = ("_asked", "_place", "_targets")

    def __init__(self, targets: Mapping[str, Target], place: AskedPlace, asked: Asked) -> None:
        self._targets = targets
        self._place = place
        self._asked = asked

    def __getitem__(self, key: str) -> Target:
        self._asked.note(*self._place, key, _IS_THERE)
        target = self._targets[key]
        record = target.record
        return replace(
            target,
            data=NotedData(target.data, (*self._place, key), self._asked),
            record=replace(record, data=NotedData(record.data, ("shared record", record.id), self._asked)),
        )

    def __iter__(self) -> Iterator[str]:
        self._asked.note(*self._place)
        return iter(self._targets)

    def __len__(self) -> int:
        self._asked.note(*self._place)
        return len(self._targets)

    def __bool__(self) -> bool:
        self._asked.note(*self._place, _IS_THERE)
        return bool(self._targets)


class _NotedLinks(Links):
    """The links among the campus's own records, of which is noted what is asked for."""

    def __init__(self, links: Links, asked: Asked) -> None:
        super().__init__((), links.kinds)
        self._noted = links
        self._asked = asked

    def of_kind(self, name: str, steps: Way = (), student: str = "") -> Mapping[str, Target] | None:
        found = self._noted.of_kind(name, steps, student)
        place = ("linked", name, "/".join(steps))
        if found is None:
            self._asked.note(*place)
            return None
        return _NotedTargets(found, place, self._asked)

    def into(self, student: str) -> tuple[Reference, ...]:
        self._asked.note("into", student)
        return self._noted.into(student)

    def back(self, target: Target) -> tuple[Reference, ...]:
        self._asked.note("back", target.record.id, target.pointer)
        return self._noted.back(target)


@dataclass(frozen=True, slots=True, kw_only=True)
class _NotedSurroundings(Surroundings):
    """Surroundings that note what they are asked for."""

    noted: Surroundings = field(repr=False, compare=False)
    asked: Asked = field(repr=False, compare=False)

    @property
    def staff_names(self) -> Set[str]:
        return _NotedSet(self.noted.staff_names, "staff name", self.asked)

    def listed(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        return NotedData(self.noted.listed(name), ("listed", name), self.asked)


def noting(plain: Surroundings, asked: Asked) -> Surroundings:
    """Returns the same surroundings, which note in ``asked`` every place they are asked for.

    The first day of the term and the kinds are not noted: what is made rests on them in any case.
    """
    tree = {name: partial(NotedData, place=(name,), asked=asked) for name in _TREES}
    return _NotedSurroundings(
        staff=_NotedStaff(plain.staff, asked),
        campus=tree["campus"](plain.campus),
        records=tree["records"](plain.records),
        terms=tree["terms"](plain.terms),
        teaching_groups=tree["teaching_groups"](plain.teaching_groups),
        tutor_groups=tree["tutor_groups"](plain.tutor_groups),
        left=_NotedSet(plain.left, "left", asked),
        leaders=_NotedSet(plain.leaders, "leader", asked),
        of_kinds=_NotedKinds(plain.of_kinds, asked),
        term_start=plain.term_start,
        kinds=plain.kinds,
        links=_NotedLinks(plain.links, asked),
        noted=plain,
        asked=asked,
    )


#: What is data from top to bottom.
_TREES = ("campus", "records", "terms", "teaching_groups", "tutor_groups")


class Answers:
    """Says what surroundings hold at the places that were asked for; each is looked up once."""

    def __init__(self, plain: Surroundings) -> None:
        self._plain = plain
        self._known: dict[AskedPlace, str] = {}

    def digest(self, places: Iterable[AskedPlace]) -> str:
        """Returns a digest of what is at some places; the order in which they are named plays no part."""
        return digest_of_written(map(self._at, sorted(places)))

    def _at(self, place: AskedPlace) -> str:
        """A place and a digest of what is there, written as a digest takes them: most pages ask for the same places."""
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = written([place, digest_of(self._found(place[0], place[1:]))])
        return known

    def _found(self, sort: str, rest: AskedPlace) -> object:
        plain = self._plain
        if sort in _TREES:
            return _walked(getattr(plain, sort), rest)
        if sort == "listed":
            return _walked(plain.listed(rest[0]), rest[1:])
        if sort == "linked":
            return self._linked(rest)
        if sort == "shared record":
            found = next((one.data for one in plain.links.records if one.id == rest[0]), None)
            return _walked(found, rest[1:])
        return self._of_other_sort(sort, rest)

    def _of_other_sort(self, sort: str, rest: AskedPlace) -> object:
        plain = self._plain
        if sort == "staff":
            return _of_staff(plain.staff, rest)
        if sort == "of kind":
            return [[name, made.plain()] for name, made in plain.of_kinds.items() if not rest or name == rest[0]]
        if sort in ("staff name", "left", "leader"):
            values = {"staff name": plain.staff_names, "left": plain.left, "leader": plain.leaders}[sort]
            return rest[0] in values if rest else sorted(values)
        if sort in ("into", "back"):
            found = plain.links.into(rest[0]) if sort == "into" else self._back(*rest)
            return [[one.record.id, one.pointer, one.value, one.record.data] for one in found]
        raise ValueError(f"nothing is noted of the sort {sort}")

    def _linked(self, rest: AskedPlace) -> object:
        """What a link leads to: all that there is of a kind, or one of these, or a place in it."""
        kind, steps, *inside = rest
        found = self._plain.links.of_kind(kind, tuple(steps.split("/")) if steps else ())
        if found is None or not inside:
            return None if found is None else sorted((key, one.data) for key, one in found.items())
        if inside == [_IS_THERE]:
            return bool(found)
        target = found.get(inside[0])
        return _walked(target.data if target is not None else None, inside[1:])

    def _back(self, record: str, pointer: str) -> tuple[Reference, ...]:
        links = self._plain.links
        return tuple(one for one, target in links.into_record(record) if target.pointer == pointer)


def _walked(found: object, steps: Iterable[str]) -> object:
    """What is at a place in plain data, in a list; an empty list where nothing is, which is not the same as None."""
    is_there = found is not None
    for step in steps:
        if step == _IS_THERE:
            return [is_there, isinstance(found, Mapping), bool(found)]
        is_there = isinstance(found, Mapping) and step in found
        found = found[step] if isinstance(found, Mapping) and is_there else None
    return [found] if is_there else []


def _of_staff(staff: Mapping[str, Colleague], rest: AskedPlace) -> object:
    if not rest:
        return [[getattr(person, one.name) for one in fields(Colleague)] for person in staff.values()]
    person = staff.get(rest[0])
    if len(rest) == 1 or person is None:
        return person is not None
    return getattr(person, rest[1])
