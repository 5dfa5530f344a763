"""What all students' pages have in common: the shared records, the policy, the templates, and who reads them how.

Made once a build (once in each worker process) and handed to every student's job. Readers who may be called the
same see the same campus, so what surrounds a page is made once for each such set of readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.conditions import students_named
from sendbook.access.how_reached import without_how_reached
from sendbook.access.opening import Openings, openings
from sendbook.access.parts import Parts
from sendbook.access.people import Reader
from sendbook.access.policy import RECORD_ID as ACCESS
from sendbook.access.projection import A_MAPPING
from sendbook.access.shared import shared_record, whos_of
from sendbook.access.views import shared_view
from sendbook.access.who import RoleEntry, who_by_role, words_of
from sendbook.campus.code import code_digest
from sendbook.campus.digests import digest_of
from sendbook.campus.foundation import CAMPUS, PERSON
from sendbook.campus.links import Links
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.shipped import site_templates
from sendbook.campus.terms import Terms
from sendbook.history.names import Names
from sendbook.kinds.all_kinds import ALL_KINDS, WITH_PAGES
from sendbook.pages.asked import Answers
from sendbook.pages.reading import WhoSees
from sendbook.pages.surroundings import Surroundings, surroundings_of
from sendbook.pages.templates import Templates

# People's records kept in memory as some readers see them: about half a kilobyte each.
_SEEN_AT_MOST = 1024
# Sets of parts kept in words: a campus has a few dozen, and more where students have exceptions of their own.
_SAID_AT_MOST = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Holds what surrounds the pages of some readers, with a digest of all of it.

    ``name`` stands for these readers, ``answers`` say what is at a place in it. ``unreached`` are the same surroundings
    and ``records`` what they are made of, without how anybody is reached, and ``unreached_digest`` names these.
    ``like`` is somebody who may be called what these readers may be called, and has no record of their own.
    """

    surroundings: Surroundings
    digest: str
    like: Reader = field(repr=False)
    answers: Answers = field(repr=False)
    name: str = ""
    unreached: Surroundings = field(default_factory=Surroundings, repr=False)
    unreached_digest: str = ""
    records: tuple[Record, ...] = field(default=(), repr=False)
    names: Names = field(default_factory=Names, repr=False)


#: What readers may be called, and whether they are family: who has it in common is surrounded by the same.
Surrounded = tuple[frozenset[str], bool]


class SharedCampus:
    """Holds the campus without its students, on a day; ``basis`` is what access rests on, where it is known already."""

    def __init__(self, shared: Campus, on: date, root: Path, basis: Basis | None = None) -> None:
        self.shared = shared
        self.on = on
        self.basis = basis or Basis.of(shared)
        self.templates = Templates(site_templates(), own_templates(root))
        record = shared.get("campus")
        self.terms = Terms.from_campus(record.data if record else {})
        #: The kinds of a student's records that the campus has added: their pages are made from the schemas.
        self.own_kinds = frozenset(
            name for name, kind in self.basis.kinds.items() if kind.of_student and name not in WITH_PAGES
        )
        #: The kinds about no student that the campus has added, in the order in which they are listed.
        self.own_campus_kinds = own_campus_kinds(shared.registry)
        #: The campus's records that have pages by themselves, and the students they name: looked at for every reader.
        self.shown = Campus(chain(*map(shared.of_kind, self._shown_kinds())), shared.registry)
        self.named = _students_in(self.shown, self.basis)
        # Families are left to `family_name`: there are many, and a page speaks of two or three.
        people = (person for person in shared.of_kind(PERSON) if "staff" in person.data)
        linked = [one for name in _linked_kinds(self.basis.kinds) for one in shared.of_kind(name)]
        self._common = Campus((*shared.of_kind(CAMPUS), *people, *linked), shared.registry)
        self._around: dict[Surrounded, Around] = {}
        #: What the pages rest on that rest on who their readers are alone, by projection: found out once a campus.
        self.renewed_rest_on: dict[str, bytes] = {}
        self._lately_seen: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._lately_said: dict[Parts, tuple[str, ...]] = {}

    def _shown_kinds(self) -> Iterator[str]:
        """The kinds of the campus's records that may be on pages: those with pages or macros, and its own."""
        yield from (one.name for one in ALL_KINDS if one.campus_pages or one.macros)
        yield from (kind.name for kind in self.own_campus_kinds)

    @property
    def access_as_shown(self) -> str:
        """Returns a digest of the access rules where pages may show them: a campus's own schema may lead there."""
        record = self._common.get(ACCESS) or self.shown.get(ACCESS)
        return record.digest if record is not None else ""

    @property
    def surroundings_rest_on(self) -> object:
        """Returns all that what surrounds pages is made of. Families are left to the pages that speak of them, and so
        is what grants open of students' records: none of these surrounds a page.
        """
        records = tuple((one.id, one.digest) for one in self._common.records.values())
        return code_digest(), self.shared.registry.digest, self.on, self.openings.everywhere, records

    def take_over(self, around: dict[Surrounded, Around]) -> None:
        """Goes on with what was made of just the same to surround pages; what is made now is put there too."""
        self._around = around

    @property
    def term_start(self) -> str:
        """Returns the first day of the term, in holidays of the last one: pages change with it, not with the day."""
        term = self.terms.term_on(self.on) or self.terms.last_term_before(self.on)
        return term.start.isoformat() if term else ""

    @cached_property
    def openings(self) -> Openings:
        """Returns what the grants open to each duty and relation."""
        return openings(self.basis)

    def rules_for(self, related: Iterable[str]) -> str:
        """Returns a digest of schemas, withdrawals and the access rules for those who are related to a student in these
        ways: pages made under others are not left up.
        """
        withdrawn = self.shared.get("withdrawn")
        taken = withdrawn.data.get("withdrawn", ()) if withdrawn else ()
        opened = [self.openings.everywhere, self.openings.to(related)]
        return digest_of([code_digest(), self.shared.registry.digest, opened, taken])

    @cached_property
    def roles(self) -> tuple[RoleEntry, ...]:
        """Returns who sees what by duty and relation, with the reasons of grants: no student's pages rest on these."""
        return who_by_role(self.basis.policy, self.basis.kinds)

    def reader(self, identity: str) -> Reader:
        """Returns a person as a reader; a student signs in with nothing but their own record."""
        return self.basis.people.get(identity) or Reader(id=identity, name="", student=identity)

    def around(self, identity: str) -> Around:
        """Returns what surrounds the pages of a reader."""
        reader = self.reader(identity)
        key = (whos_of(reader, self.on, self.basis), reader.is_family)
        if key not in self._around:
            if not key[0]:  # revoked, or gone: nothing surrounds them
                nothing = Surroundings()
                return Around(surroundings=nothing, digest="", like=Reader(id="", name=""), answers=Answers(nothing))
            self._around[key] = self._surrounding(replace(reader, id=""), digest_of([sorted(key[0]), key[1]]))
        return self._around[key]

    def family_name(self, around: Around, person: str) -> str | None:
        """Returns the name of a member of a family who is not staff, if these readers may see it."""
        seen = self._seen(around, person)
        if "staff" in seen or "name" not in seen:
            return None
        return str(seen["name"]["known_as"])

    def family_contact(self, around: Around, person: str) -> Mapping[str, Any]:
        """Returns how a member of a family is reached, as far as these readers may see it."""
        found: Mapping[str, Any] = self._seen(around, person).get("family", {})
        return found

    def in_words(self, parts: Parts) -> tuple[str, ...]:
        """Returns parts in words; most readers of a campus see one of a few sets of them."""
        if parts not in self._lately_said:
            if len(self._lately_said) == _SAID_AT_MOST:
                self._lately_said.clear()
            self._lately_said[parts] = words_of(parts, self.basis.kinds)
        return self._lately_said[parts]

    def called(self, person: str) -> str | None:
        """Returns a person's name, for those who live with them."""
        record = self.shared.get(f"people/{person}")
        return str(record.data["name"]["known_as"]) if record is not None else None

    def own_phone(self, person: str) -> str | None:
        """Returns a person's own number, for themselves."""
        record = self.shared.get(f"people/{person}")
        phone = record.data.get("family", {}).get("phone") if record is not None else None
        return str(phone) if phone is not None else None

    def own_contact(self, person: str) -> Mapping[str, Any]:
        """Returns how a person is reached, as far as they may see their own record."""
        record, reader = self.shared.get(f"people/{person}"), self.reader(person)
        seen = shared_record(record, reader, self.on, self.basis) if record is not None else None
        found: Mapping[str, Any] = seen.data.get("family", {}) if seen is not None else {}
        return found

    def _seen(self, around: Around, person: str) -> Mapping[str, Any]:
        """What these readers see of a person's record; each of a student's readers asks about the same people."""
        key = (around.name, person)
        if key not in self._lately_seen:
            if len(self._lately_seen) == _SEEN_AT_MOST:
                self._lately_seen.clear()
            record = self.shared.get(f"people/{person}")
            seen = shared_record(record, around.like, self.on, self.basis) if record else None
            self._lately_seen[key] = seen.data if seen is not None else {}
        return self._lately_seen[key]

    def _surrounding(self, like: Reader, name: str) -> Around:
        seen = shared_view(self._common, like, self.on, {}, basis=self.basis).campus
        place, persons = seen.get("campus"), seen.of_kind(PERSON)
        linked = {name: seen.of_kind(name) for name in _linked_kinds(self.basis.kinds)}
        around = [*([place] if place else []), *persons, *chain(*linked.values())]
        people = [record.data for record in persons]
        handed_in = ((one.name, one.surrounds(place.data, self.on)) for one in ALL_KINDS if one.surrounds and place)
        of_kinds = {name: made for name, made in handed_in if made is not None}
        surroundings = surroundings_of(
            place.data if place else {},
            [person for person in people if "name" in person],
            records={
                name: {self.basis.kinds[name].id_of(one.id): one.data for one in found}
                for name, found in linked.items()
            },
            of_kinds=of_kinds,
            term_start=self.term_start,
            today=self.on.isoformat(),
            kinds=self.basis.kinds,
            shared=around,
        )
        unreached = tuple(map(without_how_reached, around))
        made_of = [
            sorted(surroundings.left),
            self.term_start,
            {kind: made.plain() for kind, made in of_kinds.items()},
            self.shared.registry.digest,  # titles and the words for codes are the schemas'
        ]
        return Around(
            surroundings=surroundings,
            digest=digest_of([sorted((record.id, record.digest) for record in around), *made_of]),
            like=like,
            answers=Answers(surroundings),
            name=name,
            unreached=replace(
                surroundings,
                staff={one.id: replace(one, phone=None, works=None) for one in surroundings.staff.values()},
                links=Links(unreached, self.basis.kinds),
            ),
            unreached_digest=digest_of([sorted((record.id, record.digest) for record in unreached), *made_of]),
            records=unreached,
            names=Names.of(Campus(around, self.shared.registry)),
        )

    @cached_property
    def names_by_address(self) -> dict[str, str]:
        """Returns the names of those who work here, by each address of theirs in small letters."""
        found = {}
        for record in self.shared.of_kind(PERSON):
            staff = record.data.get("staff")
            for holder in (staff, record.data.get("sign_in")) if staff is not None else ():
                if holder and "email" in holder:
                    found[str(holder["email"]).lower()] = str(record.data["name"]["known_as"])
        return found


def _linked_kinds(kinds: Mapping[str, Kind]) -> list[str]:
    """The kinds of the campus's records that a student's records lead to, or that lead into these, besides those that
    surround every page.
    """
    leading = {kind.name for kind in kinds.values() if any(one.student for one in kind.links)}
    led_to = {one.link.kind for kind in kinds.values() if kind.of_student for one in kind.links}
    there = {CAMPUS, PERSON, ""}
    return sorted(name for name in (leading | led_to) - there if not kinds[name].of_student)


def persons_in(value: object) -> Iterator[str]:
    """Yields the people whom a record's data names, by id; each as often as it names them."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if one.startswith("p-"):
                yield one
        elif isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, A_MAPPING):
            waiting += reversed(tuple(one.values()))


def own_campus_kinds(registry: SchemaRegistry) -> tuple[Kind, ...]:
    shipped = registry.shipped.kinds
    own = (kind for kind in registry.kinds.values() if not kind.of_student and kind.name not in shipped)
    return tuple(sorted(own, key=lambda kind: (kind.traits.order, kind.title)))


def _students_in(shown: Campus, basis: Basis) -> frozenset[str]:
    named = (students_named(basis.kinds[one.kind], one.data, basis) for one in shown.records.values())
    return frozenset[str]().union(*named)


def plain(entry: WhoSees) -> list[object]:
    """Returns an entry as plain data, for digests."""
    return [entry.who, entry.because, entry.parts, entry.until]


def templates_stamp(root: Path) -> tuple[tuple[str, int, int, int], ...]:
    """Returns what changes when a file of our templates or of the campus's own does."""
    folders = [folder for folder in (site_templates(), own_templates(root)) if folder is not None]
    files = ((path, path.lstat()) for folder in folders for path in sorted(folder.rglob("*")))
    return tuple((str(path), found.st_mtime_ns, found.st_size, found.st_ino) for path, found in files)


def own_templates(root: Path) -> Path | None:
    own = root / "site_templates"
    return own if own.is_dir() and own.resolve() != site_templates().resolve() else None
