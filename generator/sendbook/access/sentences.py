"""Tests statements about who sees what on one student's records: ``records/access-tests.yml`` as data.

Each statement is compared with what every reader it is about is really shown: the projections that pages
are made from. Who lives apart, who has left and who is restricted is read from the records once more here, so that a
slip in deciding access does not prove itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.people import Reader, reader_of_student
from sendbook.access.relations import student_relations
from sendbook.access.shared import shared_record
from sendbook.access.spans import forbidden_span_of, span_of
from sendbook.access.views import scopes
from sendbook.access.visible_places import visible_leaves
from sendbook.campus.leaves import Leaf
from sendbook.campus.nodes import THE_ENTRY, THE_STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.campus.roll import on_roll
from sendbook.campus.schemas import Kind

RECORD_ID = "access-tests"

_DUTIES = frozenset({"finance_officer", "committee_member", "dpo", "inspector"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A statement: the ties of the readers it is about, and what they never or always see."""

    index: int
    id: str
    who: frozenset[str]
    never: bool
    things: frozenset[str]
    kind: str
    parts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A place where a statement is false: for which reader, and for how many others."""

    record: Record
    pointer: str
    reader: str
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sort:
    """Describes a value as far as statements need it; the thousands of a student's records are of a few dozen sorts.

    ``said_by`` are the members of the family whose entry it lies in, ``names`` the one it names, ``held_for`` the one
    the whole record was held for.
    """

    kind: str
    parts: frozenset[str]
    draft: bool
    confidential: bool
    said_by: frozenset[str]
    names: str
    held_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A value of the student's records; values of one sort have the same object as their ``sort``."""

    record: Record
    pointer: str
    sort: _Sort


def sentences_of(record: Record | None) -> tuple[Sentence, ...]:
    """Reads the statements of a campus, in order."""
    return tuple(
        Sentence(
            index=index,
            id=str(entry["id"]),
            who=frozenset(entry["who"]),
            never=entry["sees"] == "never",
            things=frozenset(entry.get("things", ())),
            kind=str(entry.get("kind", "")),
            parts=frozenset(entry.get("parts", ())),
        )
        for index, entry in enumerate(record.data.get("tests", ()) if record is not None else ())
    )


class Proof:
    """Prepares one student's records and readers for testing many statements.

    ``own`` are the student's records, ``shared`` those that belong to no student.
    """

    def __init__(self, shared: Campus, own: Campus, student: str, on: date, basis: Basis) -> None:
        self.shared, self.own, self.student, self.on, self.basis = shared, own, student, on, basis
        root = own.get(f"students/{student}/student")
        self.data: Mapping[str, Any] = root.data if root is not None else {}
        self.relations = student_relations(root, basis) if root is not None else None
        self._named: dict[str, frozenset[str]] = {}

    def speaks(self, sentence: Sentence) -> bool:
        """Tells whether the statement is about any reader and any value of this student."""
        return any(self._means(sentence, reader) and self._is_about_something(sentence, reader) for reader in self._met)

    def breach(self, sentence: Sentence) -> Breach | None:
        """Returns the first place where the statement is false, or None."""
        found = [breach for reader in self._readers_at_risk(sentence) for breach in self._breaches(sentence, reader)]
        if not found:
            return None
        first = found[0]
        others = len({breach.reader for breach in found}) - 1
        return Breach(record=first.record, pointer=first.pointer, reader=first.reader, others=others)

    # --- Readers -----------------------------------------------------------------------------------------------------

    @cached_property
    def _self(self) -> Reader | None:
        root = self.own.get(f"students/{self.student}/student")
        if root is None or not root.data.get("sign_in"):
            return None
        return reader_of_student(root, self.basis.accounts)

    def _reader(self, identity: str) -> Reader | None:
        return self._self if identity == self.student else self.basis.people.get(identity)

    @cached_property
    def _tied(self) -> frozenset[str]:
        """Lists everybody with a past, present or future relation to the student, and the student."""
        relations = self.relations.by_reader if self.relations is not None else {}
        return frozenset({*relations, *self._homes, *([self.student] if self._self is not None else ())})

    @cached_property
    def _met(self) -> tuple[str, ...]:
        """Lists readers related to the student, and one of each kind of the others, who all see the same."""
        others = (next((one for one in alike if one not in self._tied), None) for alike in self._untied)
        return (*sorted(self._tied), *(one for one in others if one is not None))

    @property
    def _untied(self) -> tuple[tuple[str, ...], ...]:
        """Groups the people without a relation to a student by their role; worked out once a day."""
        key = ("sentences: untied", self.on)
        if key not in self.basis.memo:
            sorts: dict[frozenset[str], list[str]] = {}
            for reader in sorted(self.basis.people, key=lambda one: one.id):
                sorts.setdefault(_untied_names(reader, self.on), []).append(reader.id)
            self.basis.memo[key] = tuple(map(tuple, sorts.values()))
        found: tuple[tuple[str, ...], ...] = self.basis.memo[key]
        return found

    def _readers_at_risk(self, sentence: Sentence) -> Iterator[str]:
        """Lists the readers a statement is about; for “never”, those who are shown anything come first."""
        never = sentence.never and "contact_of_another_household" not in sentence.things
        readers = sorted(self._shown) if never else self._met
        return (reader for reader in readers if self._means(sentence, reader))

    def _means(self, sentence: Sentence, reader: str) -> bool:
        if reader not in self._named:
            found = self._reader(reader)
            self._named[reader] = frozenset(self._names(found)) if found is not None else frozenset()
        ties = self._named[reader]
        # Another tie may show more, so “never” is said of those without one; it takes nothing away, so “always” stays.
        return bool(ties) and (ties <= sentence.who if sentence.never else bool(ties & sentence.who))

    def _names(self, reader: Reader) -> Iterator[str]:
        """Returns a reader's ties to the student today, or ``stranger``."""
        special = self._out_of_ties(reader)
        if special in ("left", "restricted", "no_account"):
            yield special
            return
        held = self.relations.held(reader.id, self.on) if self.relations is not None else []
        # To cover is a tie, and so is the duty covered; to work here is none.
        names = {name for relation in held for name in relation.name.split(":")} - {"staff"}
        names |= {special} if special else reader.roles_on(self.on) & _DUTIES
        yield from names or {"stranger"}

    def _out_of_ties(self, reader: Reader) -> str:
        """Returns what bars a reader from the student, according to the records.

        Brothers, sisters and those not confirmed may still be given something by name, as a share.
        """
        if reader.student:
            if on_roll(self.data).has_left(self.on):
                return "left"
            return "" if any(span.holds(self.on) for span in reader.invited or ()) else "no_account"
        entries = [item for item in self.data.get("family", ()) if item["person"] == reader.id]
        if any(_is_restricted(item, self.on) for item in entries):
            return "restricted"
        running = [item for item in entries if span_of(item).holds(self.on)]
        if running and all(item["relation"] == "sibling" for item in running):
            return "sibling"
        if running and not any(_is_confirmed(item, self.on) for item in running):
            return "unconfirmed"
        ended = bool(entries) and all(item.get("until", "9999-12-31") < self.on.isoformat() for item in entries)
        if ended:
            return "shared" if self._is_given_something(reader) else "left"
        return "left" if not entries and _is_gone(reader, self.on) else ""

    def _is_given_something(self, reader: Reader) -> bool:
        """Tells whether ``access.yml`` shares something of this student with a reader today."""
        policy, named = self.shared.get("access"), (reader.id, self.student)
        shares = policy.data.get("shares", ()) if policy is not None else ()
        return any((one["person"], one["student"]) == named and span_of(one).holds(self.on) for one in shares)

    # --- What is seen ------------------------------------------------------------------------------------------------

    @cached_property
    def _scopes(self) -> tuple[Mapping[str, str], Mapping[str, Mapping[str, Record]]]:
        """Finds each reader's projection, and the records of each projection."""
        found, projections = scopes(self.own, self.student, self.on, basis=self.basis)
        records: Mapping[str, Mapping[str, Record]] = {name: one.records for name, one in projections.items()}
        return {scope.reader: scope.projection for scope in found}, records

    @property
    def _shown(self) -> Mapping[str, str]:
        return self._scopes[0]

    @cached_property
    def _places(self) -> tuple[_Place, ...]:
        kinds = self.basis.kinds
        sorts: dict[Any, _Sort] = {}
        return tuple(
            _Place(record=record, pointer=leaf.pointer, sort=_sort_of(record, leaf, kinds[record.kind], sorts))
            for record in self.own.of_student(self.student)
            if record.kind in kinds
            for leaf in kinds[record.kind].leaves(record.data)
        )

    @cached_property
    def _sorts(self) -> tuple[_Sort, ...]:
        return tuple({id(place.sort): place.sort for place in self._places}.values())

    @cached_property
    def _seen(self) -> dict[str, dict[str, frozenset[str]]]:
        return {}

    def _places_seen(self, reader: str) -> Mapping[str, frozenset[str]]:
        """Returns the pointers a reader is shown, by record; worked out once for readers who see the same."""
        projection = self._shown.get(reader, "")
        if projection not in self._seen:
            shown = self._scopes[1].get(projection, {})
            self._seen[projection] = {
                record.id: self._pointers(record, shown[record.id])
                for record in self.own.of_student(self.student)
                if record.id in shown
            }
        return self._seen[projection]

    def _pointers(self, record: Record, shown: Record) -> frozenset[str]:
        """Returns the pointers of the shown part of a record; many projections share one such record."""
        if id(shown) not in self._cut:
            self._cut[id(shown)] = frozenset(visible_leaves(record.data, shown.data))
        return self._cut[id(shown)]

    @cached_property
    def _cut(self) -> dict[int, frozenset[str]]:
        return {}

    # --- What is meant -----------------------------------------------------------------------------------------------

    def _breaches(self, sentence: Sentence, reader: str) -> Iterator[Breach]:
        place = self._first_breach(sentence, reader)
        if place is not None:
            yield Breach(record=place.record, pointer=place.pointer, reader=reader)
        if "contact_of_another_household" in sentence.things:
            yield from self._contacts(sentence, reader)

    def _first_breach(self, sentence: Sentence, reader: str) -> _Place | None:
        """Finds the breach once for all readers who see the same and whom the statement treats alike."""
        key = (sentence.index, reader if reader in self._homes else "", self._shown.get(reader, ""))
        if key not in self._broken:
            seen = self._places_seen(reader)
            self._broken[key] = next(
                (
                    place
                    for place in self._meant(sentence, reader)
                    if (place.pointer in seen.get(place.record.id, ())) is sentence.never
                ),
                None,
            )
        return self._broken[key]

    @cached_property
    def _broken(self) -> dict[tuple[int, str, str], _Place | None]:
        return {}

    def _meant(self, sentence: Sentence, reader: str) -> tuple[_Place, ...]:
        """Returns the places a statement covers for a reader; the same for everybody outside the family."""
        key = (sentence.index, reader if reader in self._homes else "")
        if key not in self._found:
            apart = frozenset(person for person in self._homes if self._lives_apart(reader, person))
            of_family = reader in self._homes
            meant = {
                id(sort)
                for sort in self._sorts
                if (sentence.never or not sort.draft) and _is_meant(sentence, sort, apart, of_family=of_family)
            }
            self._found[key] = tuple(place for place in self._places if id(place.sort) in meant) if meant else ()
        return self._found[key]

    @cached_property
    def _found(self) -> dict[tuple[int, str], tuple[_Place, ...]]:
        return {}

    def _contacts(self, sentence: Sentence, reader: str) -> Iterator[Breach]:
        for person in sorted(self._homes):
            record = self.shared.get(f"people/{person}")
            if record is None or not self._lives_apart(reader, person):
                continue
            found = self._reader(reader)
            shown = shared_record(record, found, self.on, self.basis) if found is not None else None
            seen = shown is not None and "family" in shown.data
            if "family" in record.data and seen is sentence.never:
                yield Breach(record=record, pointer="/family", reader=reader)
                return

    def _is_about_something(self, sentence: Sentence, reader: str) -> bool:
        asks_contacts = "contact_of_another_household" in sentence.things
        apart = asks_contacts and any(self._lives_apart(reader, person) for person in self._homes)
        return apart or bool(self._meant(sentence, reader))

    @cached_property
    def _homes(self) -> Mapping[str, frozenset[str]]:
        """Maps each member of the family to the letters of their households."""
        found: dict[str, set[str]] = {}
        for item in self.data.get("family", ()):
            found.setdefault(item["person"], set()).add(str(item.get("household") or ""))
        return {person: frozenset(letters) for person, letters in found.items()}

    def _lives_apart(self, reader: str, person: str) -> bool:
        """Tells whether a family member shares no household with a reader; without a household that is always so."""
        if person == reader or person not in self._homes:
            return False
        return not self._homes[person] & self._homes.get(reader, frozenset())


def _untied_names(reader: Reader, on: date) -> frozenset[str]:
    if _is_gone(reader, on):
        return frozenset({"left"})
    return reader.roles_on(on) & _DUTIES or frozenset({"stranger"})


def _is_gone(reader: Reader, on: date) -> bool:
    """Tells whether somebody has left, or nothing is shared with them any more."""
    if reader.invited is not None:
        return not any(span.holds(on) for span in reader.invited)
    return reader.is_staff and not reader.employed.holds(on)


def _is_restricted(item: Mapping[str, Any], on: date) -> bool:
    orders = (o for o in item.get("court_orders", ()) if o.get("effect") in ("no_contact", "no_information"))
    return any(forbidden_span_of(order).holds(on) for order in orders) or (
        item.get("access") == "none" and forbidden_span_of(item).holds(on)
    )


def _is_confirmed(item: Mapping[str, Any], on: date) -> bool:
    return str(item.get("confirmed", {}).get("on", "9999-12-31")) <= on.isoformat()


def _sort_of(record: Record, leaf: Leaf, kind: Kind, sorts: dict[Any, _Sort]) -> _Sort:
    """Returns the kind of a leaf; leaves about which the same is known share one."""
    owners = leaf.owners
    names_itself = leaf.node is not None and leaf.node.owner is not None and leaf.node.owner.by == THE_ENTRY
    key = (record.id, leaf.part, owners, names_itself)
    if key not in sorts:
        sorts[key] = _Sort(
            kind=record.kind,
            parts=frozenset(part for part in (leaf.part, *(owner.part for owner in owners)) if part is not None),
            draft=record.data.get("state") == "draft",
            confidential=any(owner.by == THE_STUDENT and owner.family is not True for owner in owners),
            said_by=frozenset(owner.by for owner in (owners[:-1] if names_itself else owners)),
            names=owners[-1].by if names_itself else "",
            held_for=owners[0].by if kind.root.owner is not None and owners else "",
        )
    return sorts[key]


def _is_meant(sentence: Sentence, sort: _Sort, apart: frozenset[str], *, of_family: bool) -> bool:
    """Tells whether a statement covers values of a kind, for a reader who lives apart from these family members."""
    things = sentence.things
    if sentence.parts and sentence.kind in ("", sort.kind) and sentence.parts & sort.parts:
        return True
    return bool(
        "anything" in things
        or ("drafts" in things and sort.draft)
        or ("confidential_words" in things and sort.confidential)
        or ("meetings_of_another_household" in things and sort.held_for in apart)
        or ("words_of_another_household" in things and (sort.said_by & apart or (of_family and sort.names in apart)))
    )
