"""Checks everything the public could be sent, within the publication of a build, before it takes effect.

It is asked of the bundle what anyone who isn't signed in would get, object by object, in the very bytes the gate would
send: the first page, the handbook's public edition with its pictures and papers, and the words a search
looks through. Nothing is taken on trust from an earlier step. What was looked through is remembered by digest: while
the objects stay and nobody comes whose name they could hold, nothing is read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sendbook.access.policy import RECORD_ID as ACCESS
from sendbook.bundle.export import as_sent, scope_digest
from sendbook.bundle.look_up import live_reader
from sendbook.bundle.schema import PUBLIC
from sendbook.campus.cache import ParseCache
from sendbook.campus.code import code_digest
from sendbook.campus.contacts import contacts_of
from sendbook.campus.folder import CampusFolder, Scan
from sendbook.campus.foundation import PERSON, STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.names import Names
from sendbook.handbook.public_sources import public_sources

if TYPE_CHECKING:
    from sendbook.checks.leaks.identifiers import Identifiers
    from sendbook.checks.leaks.scan import Scanner

#: Under this name the bundle remembers what was looked through.
REMEMBERED = "public objects looked through"
#: Where the theme's own files stand: the same for every campus.
_THEME = "/assets/"


@dataclass(frozen=True, kw_only=True)
class Strangers:
    """Lists the people who may not be named in public; reads the records only when they are needed."""

    folder: CampusFolder
    shared: Campus
    scan: Scan
    cache: ParseCache | None
    #: Earlier versions of records that can't be read now: nobody may be named by an earlier name either.
    also: tuple[Record, ...] = ()
    #: What everybody is called, where that is known already.
    names: Names | None = None

    @cached_property
    def students(self) -> dict[str, str]:
        """Returns the digest of each student's own record, by path."""
        entries = [entry for entry in self.scan.entries if entry.kind == STUDENT]
        known = self.cache.recall(entries) if self.cache else {}
        lately = [entry for entry in entries if entry.path not in known]
        return known | (dict(self.folder.load(lately, self.cache).sources) if lately else {})

    @cached_property
    def people(self) -> dict[str, str]:
        """Returns the digest of the record of each person who may not be named, by id."""
        contacts = contacts_of(self.shared)
        people = self.shared.of_kind(PERSON)
        return {one.id: one.digest for one in people if one.id.rpartition("/")[2] not in contacts}

    @cached_property
    def others(self) -> str:
        """Returns a digest of all records that belong neither to a student nor to one of these people.

        The access rules are left aside: nobody is called by what they say, and what the public sees of them is looked
        through as it is sent.
        """
        records = (one for one in self.shared.records.values() if one.id != ACCESS and one.id not in self.people)
        return _digest(sorted((record.id, record.digest) for record in records))

    @cached_property
    def identifiers(self) -> Identifiers:
        """Returns the words that would identify these people."""
        from sendbook.checks.leaks.identifiers import identifiers_of

        names = self.names or Names.of(self.folder, self.shared, self.scan, self.cache)
        students = names.headers.of_kind(STUDENT)
        earlier = [replace(one, id=f"{one.id} before") for one in self.also]
        return identifiers_of(self.shared.with_records([*students, *earlier]), contacts_of(self.shared))

    @cached_property
    def scanner(self) -> Scanner:
        """Searches texts for these people, and remembers each text: one build looks at most of its texts twice."""
        from sendbook.checks.leaks.scan import Scanner

        return Scanner(self.identifiers)

    def came_or_went(self, students: Mapping[str, str], people: Mapping[str, str]) -> Identifiers | None:
        """Returns every form of the names of those whose record is not what it was; None if one of them can't be found.

        ``students`` and ``people`` are the digests of then.
        """
        from sendbook.checks.leaks.identifiers import every_form_of

        of_students, of_people = _differing(students, self.students), _differing(people, self.people)
        digests = of_students | of_people
        held = self.cache.get_many(digests) if self.cache else {}
        if len(held) != len(digests):
            return None
        return every_form_of((held[one] for one in of_students), (held[one] for one in of_people))


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Records what a build found in the public's objects, and what that depends on."""

    objects: str
    others: str
    students: Mapping[str, str] = field(repr=False)
    people: Mapping[str, str] = field(repr=False)
    identifiers: frozenset[str] = field(repr=False)
    mentions: Mapping[str, Any] = field(repr=False)
    findings: tuple[Finding, ...]

    def packed(self) -> bytes:
        """Packs the result as bytes for the bundle: first, on a line of its own, what is asked of them each time."""
        first = {
            "basis": [self.objects, self.others, _of_each(self.students), _of_each(self.people)],
            "findings": [asdict(one) for one in self.findings],
        }
        # Sites that earlier versions published hold them under this name, and the next build reads it.
        said = {**_fields(self), "tells": sorted(self.identifiers)}
        return b"\n".join(json.dumps(one, ensure_ascii=False).encode() for one in (first, said))

    @classmethod
    def unpacked(cls, kept: bytes) -> Looked:
        """Unpacks a result from bytes."""
        first, said = map(json.loads, kept.split(b"\n"))
        identifiers = frozenset(said.pop("tells"))
        said.setdefault("people", {})  # earlier versions kept no digest of each
        return cls(**said, identifiers=identifiers, findings=tuple(map(_finding, first["findings"])))


def found_before(kept: bytes, objects: Objects, strangers: Strangers) -> tuple[Finding, ...] | None:
    """Returns the last result if nothing at all has changed; most builds and checks need no more."""
    first = json.loads(kept.partition(b"\n")[0])
    now = [objects.digest, strangers.others, _of_each(strangers.students), _of_each(strangers.people)]
    if first["basis"] != now:
        return None
    return tuple(map(_finding, first["findings"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Objects:
    """Holds what the public could be sent: a ``digest`` that changes with any byte of it, the bytes by path, and what
    these were made of. Bytes and sources are made only when they are asked for.
    """

    digest: str
    files: Callable[[], Mapping[str, bytes]] = field(repr=False)
    sources: Callable[[], Mapping[str, tuple[str, str]]] = field(repr=False)


def objects_in(connection: sqlite3.Connection, folder: CampusFolder, on: date) -> Objects:
    """Collects all objects in the public's scope during a publication; none while the public
    is sent nothing.
    """

    def sent() -> Mapping[str, bytes]:
        return dict(as_sent(connection, PUBLIC, on)) if live_reader(connection, PUBLIC, on) is not None else {}

    return Objects(
        digest=f"{code_digest()} {scope_digest(connection, PUBLIC, on)}",
        files=sent,
        sources=lambda: public_sources(folder),
    )


def look_at(objects: Objects, strangers: Strangers, before: Looked | None) -> Looked:
    """Finds what must not be public in these objects. ``before`` is what was found the last time."""
    if before is not None and before.objects == objects.digest:
        same = _as_before(before, strangers)
        if same is not None:
            return same
    return _looked(objects, strangers)


def _as_before(known: Looked, strangers: Strangers) -> Looked | None:
    """Returns the last result if nobody was added or removed whom the objects could name."""
    from sendbook.checks.leaks.mentions import Mentions

    if known.others == strangers.others:
        if (known.students, known.people) == (strangers.students, strangers.people):
            return known
        differing = strangers.came_or_went(known.students, known.people)
        if differing is not None and not Mentions.read(known.mentions).may_hold(differing):
            return _with(known, strangers, known.identifiers)
        if known.people == strangers.people:
            return None
    contacts = _of_contacts(strangers.identifiers)
    if contacts not in known.identifiers:
        return None
    names = _names(strangers.identifiers)
    new = _only(strangers.identifiers, names.keys() - known.identifiers, names)
    # Where something was found it may be of somebody who is gone.
    if known.findings or Mentions.read(known.mentions).may_hold(new):
        return None
    return _with(known, strangers, frozenset({contacts, *names}))


def _looked(objects: Objects, strangers: Strangers) -> Looked:
    from sendbook.checks.leaks.mentions import Mentions
    from sendbook.checks.leaks.scan import look_through

    files = objects.files()
    theme = [path for path in files if path.startswith(_THEME)]
    found = look_through(files, strangers.scanner, sources=objects.sources, theme=theme)
    return Looked(
        objects=objects.digest,
        others=strangers.others,
        students=strangers.students,
        people=strangers.people,
        identifiers=frozenset({_of_contacts(strangers.identifiers), *_names(strangers.identifiers)}),
        mentions=Mentions.of(found.texts).plain(),
        findings=found.findings,
    )


def _with(known: Looked, strangers: Strangers, identifiers: frozenset[str]) -> Looked:
    return Looked(
        objects=known.objects,
        others=strangers.others,
        students=strangers.students,
        people=strangers.people,
        identifiers=identifiers,
        mentions=known.mentions,
        findings=known.findings,
    )


def _names(identifiers: Identifiers) -> dict[str, Any]:
    """Returns the short name of each identifying word, which reveals nothing about it."""
    every: Iterable[Any] = (*identifiers.words, *identifiers.numbers.items(), *sorted(identifiers.births))
    return {_digest(repr(one)): one for one in every}


def _of_contacts(identifiers: Identifiers) -> str:
    """Returns a short name of who may be named: where one goes, a surname may be another person's with an initial."""
    return f"contacts {_digest(repr(identifiers.contacts))}"


def _only(identifiers: Identifiers, wanted: Iterable[str], names: Mapping[str, Any]) -> Identifiers:
    from sendbook.checks.leaks.identifiers import Identifier, Identifiers

    chosen = [names[name] for name in wanted]
    return Identifiers(
        words=tuple(one for one in chosen if isinstance(one, Identifier)),
        numbers=dict(one for one in chosen if isinstance(one, tuple)),
        births=frozenset(one for one in chosen if isinstance(one, str)) & identifiers.births,
        contacts=identifiers.contacts,
    )


def _fields(looked: Looked) -> dict[str, Any]:
    return {name: getattr(looked, name) for name in ("objects", "others", "students", "people", "mentions")}


def _finding(said: dict[str, Any]) -> Finding:
    said["severity"] = Severity(said["severity"])
    said["parts"] = tuple((kind, part) for kind, part in said["parts"])
    return Finding(**said)


def _differing(then: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    """The digests of then and now of all who have another one."""
    differing = [one for one in then.keys() | now.keys() if then.get(one) != now.get(one)]
    return {digest for one in differing for digest in (then.get(one), now.get(one)) if digest}


def _of_each(digests: Mapping[str, str]) -> str:
    return _digest(sorted(digests.items()))


def _digest(value: object) -> str:
    return blake2b(json.dumps(value, ensure_ascii=False).encode(), digest_size=12).hexdigest()
