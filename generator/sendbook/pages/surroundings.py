"""What every page may take for granted: staff names, terms, groups, and the campus's records that students' lead to.

Made once for each projection of the shared records, from records already reduced for those readers. A page asks
here for the name behind an id; it never sees a record of another student.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, Protocol

from sendbook.campus.foundation import CAMPUS
from sendbook.campus.link import Link
from sendbook.campus.links import Links
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.campus.words import in_words, sentence

_FORMER = "a former colleague"
_TO_TERM = Link(kind=CAMPUS, steps=("terms",))
_NO_KINDS: Mapping[str, Kind] = {}
_NO_RECORDS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A member of staff as the directory shows them to everyone who is signed in."""

    id: str
    name: str
    full_name: str
    job: str
    email: str | None = None
    phone: str | None = None
    works: str | None = None
    left_on: str | None = None


class OfKind(Protocol):
    """What a kind's pages rest on besides records, made of the campus's record and the day."""

    def plain(self) -> object:
        """Returns it as plain data, for the digest of the pages that show it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Look-ups by id. ``term_start`` is the first day of the running term: what ended before it is left out of pages,
    so that they change with the term and not with the day. ``left`` are the colleagues who no longer work here,
    ``leaders`` all who have led one of the groups at any time, or will: for anybody else no group needs to be asked.
    ``kinds`` are all kinds of record by name, which know the words for their codes. ``records`` are the campus's own
    records that students' lead to, by kind and by what links call them, and ``links`` those among the shared records,
    all as these readers see them. ``of_kinds`` is what kinds of record have handed in for their pages, by kind.
    """

    staff: Mapping[str, Colleague] = field(default_factory=dict)
    campus: Mapping[str, Any] = field(default_factory=dict)
    records: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    terms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    teaching_groups: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    tutor_groups: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    left: Set[str] = frozenset()
    leaders: Set[str] = frozenset()
    of_kinds: Mapping[str, OfKind] = field(default_factory=dict)
    term_start: str = ""
    kinds: Mapping[str, Kind] = field(default_factory=dict, repr=False, compare=False)
    links: Links = field(default_factory=lambda: Links((), {}), repr=False, compare=False)

    @property
    def staff_names(self) -> Set[str]:
        """The names colleagues go by: a parent of the same name needs a word more."""
        return frozenset(colleague.name for colleague in self.staff.values())

    def said(self, place: str, code: object) -> str:
        """A code in the words of its field: ``plan/cycles/review/decision`` is the kind and the place in it."""
        kind, _, field_in_it = place.partition("/")
        return self.kinds[kind].said(field_in_it, code) if kind in self.kinds else in_words(code)

    def called(self, kind: str, data: Mapping[str, Any]) -> str:
        """What a record is called, as far as these readers see what its name is made of."""
        return self.kinds[kind].name_of(data) if kind in self.kinds else in_words(kind)

    def name(self, person: str | None) -> str:
        """The name of a member of staff."""
        found = self.staff.get(person or "")
        return found.name if found else _FORMER

    def of_kind(self, kind: str) -> Mapping[str, Mapping[str, Any]]:
        """The campus's records of a kind that students' lead to, by what links call them."""
        return self.records.get(kind, {})

    def listed(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        """The entries of a list in the campus's own record, such as its measures, by id."""
        return _by_id(self.campus, name)

    def term(self, term: str) -> str:
        """The name of a term."""
        return str(self.terms.get(term, {}).get("name") or sentence(self.links.unseen(_TO_TERM)))

    def contact(self, duty: str) -> Colleague | None:
        """The person named for a duty, such as ``senco``."""
        return self.staff.get(self.campus.get("contacts", {}).get(duty, ""))

    def running(self, item: Mapping[str, Any]) -> bool:
        """Whether something dated had not ended before the running term."""
        return str(item.get("until") or "9999") >= self.term_start


_NOTHING_HANDED_IN: Mapping[str, OfKind] = {}


def surroundings_of(
    campus: Mapping[str, Any],
    people: Iterable[Mapping[str, Any]],
    *,
    records: Mapping[str, Mapping[str, Mapping[str, Any]]] = _NO_RECORDS,
    of_kinds: Mapping[str, OfKind] = _NOTHING_HANDED_IN,
    term_start: str = "",
    today: str = "",
    kinds: Mapping[str, Kind] = _NO_KINDS,
    shared: Iterable[Record] = (),
) -> Surroundings:
    """From the data of the projected campus record, of people's records, and of those that students' lead to.

    ``shared`` are all projected records of no student that links may lead to.
    """
    staff = [_colleague(person) for person in people if person.get("staff")]
    return Surroundings(
        staff={person.id: person for person in sorted(staff, key=_by_surname)},
        campus=campus,
        records=records,
        of_kinds=of_kinds,
        terms=_by_id(campus, "terms"),
        teaching_groups=_by_id(campus, "teaching_groups"),
        tutor_groups=_by_id(campus, "tutor_groups"),
        leaders=frozenset(_leaders(campus)),
        left=frozenset(person.id for person in staff if person.left_on and person.left_on < today),
        term_start=term_start,
        kinds=kinds,
        links=Links(shared, kinds),
    )


def _by_id(data: Mapping[str, Any], key: str) -> dict[str, Mapping[str, Any]]:
    return {item["id"]: item for item in data.get(key, ())}


def _leaders(campus: Mapping[str, Any]) -> Iterator[str]:
    for groups, posts in (("teaching_groups", "teachers"), ("tutor_groups", "tutors")):
        yield from (post["person"] for group in campus.get(groups, ()) for post in group.get(posts, ()))


def _by_surname(person: Colleague) -> tuple[str, str]:
    """By the last word of the name that is shown: “Ms Marsh” is looked for under M, whatever her first name is."""
    return person.name.split()[-1].casefold(), person.full_name


def _colleague(person: Mapping[str, Any]) -> Colleague:
    staff, name = person["staff"], person["name"]
    return Colleague(
        id=person["id"],
        name=name["known_as"],
        full_name=name["full"],
        job=staff["job_title"],
        email=staff.get("email"),
        phone=staff.get("phone"),
        works=staff.get("works"),
        left_on=staff.get("left_on"),
    )
