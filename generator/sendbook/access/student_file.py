"""One student's records made ready for many readers: cleaned once, each distinct projection made once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.conditions import (
    asks_about_students,
    asks_only_who_lives_apart,
    authors,
    fields_with_conditions,
    has_conditions,
    with_conditions_of_today,
    with_last_words,
)
from sendbook.access.permits import Permits, state_of
from sendbook.access.projection import known, known_of, project
from sendbook.access.relations import Manner, StudentRelations, student_relations
from sendbook.access.sight import NO_SIGHT, Standing, sight_of, standing, until
from sendbook.access.withdrawn import without_withdrawn
from sendbook.campus.digests import Digests, digest_of
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectedStudent:
    """A student as some readers see them.

    ``parts`` are the (kind, part) pairs they are entitled to, whether or not a record with such a part
    is there: a deadline or finding resting on a part nobody has written yet needs to know.
    """

    student: str
    manner: Manner
    records: dict[str, Record]
    parts: frozenset[tuple[str, str]]

    @property
    def digest(self) -> str:
        shown = [[identity, self.records[identity].digest] for identity in sorted(self.records)]
        return digest_of([self.student, self.manner, shown, sorted(self.parts)])


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLast:
    """Holds what records said last in a row of states: at their conditions, and their state; by id.

    ``digests`` are those of the versions that said it.
    """

    words: Mapping[str, Any] = field(default_factory=dict, repr=False)
    states: Mapping[str, str | None] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    def then(self, states: Iterable[Iterable[Record]], basis: Basis) -> SaidLast:
        """Returns what is said last when more states have followed, the oldest first."""
        words, of_records, digests = dict(self.words), dict(self.states), dict(self.digests)
        for records in states:
            for record in records:
                kind = basis.kinds.get(record.kind)
                if kind is None or digests.get(record.id) == record.digest:
                    continue
                if fields := fields_with_conditions(kind, basis):
                    clean = known_of(record, kind, fields)
                    before = words.get(record.id)
                    words[record.id] = with_last_words(kind, before, clean, basis) if before is not None else clean
                of_records[record.id], digests[record.id] = state_of(kind, record.data), record.digest
        return SaidLast(words=words, states=of_records, digests=digests)


NOTHING_SAID = SaidLast()


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentFile:
    """The records of one student, who is related to them, and the projections made so far.

    ``now`` holds, of records of the past, the states that they are in today or were in last; empty for today's records.
    ``last`` is what records said last at their conditions, and ``states`` their last states, where the past is known.
    """

    student: str
    records: tuple[tuple[Record, Kind, Any], ...]
    relations: StudentRelations
    authors: frozenset[str]
    basis: Basis
    now: Mapping[str, str | None] = field(default_factory=dict)
    last: Mapping[str, Any] = field(default_factory=dict, repr=False)
    states: Mapping[str, str | None] = field(default_factory=dict)
    made: dict[Any, Record | None] = field(default_factory=dict, repr=False)
    cleaned: dict[Any, Any] = field(default_factory=dict, repr=False)
    digests: Digests = field(default_factory=Digests, repr=False, compare=False)

    @classmethod
    def of(cls, campus: Campus, student: str, basis: Basis) -> StudentFile | None:
        """None if there is no record ``student``: then nobody is tied to them, and nobody sees anything."""
        root = campus.get(f"students/{student}/student")
        if root is None:
            return None
        records = tuple(
            (record, kind, known(record, kind))
            for record in campus.of_student(student)
            if (kind := basis.kinds.get(record.kind)) is not None
        )
        written_by = [authors(kind, record.data, basis) for record, kind, _ in records]
        return cls(
            student=student,
            records=records,
            relations=student_relations(root, basis),
            authors=frozenset[str]().union(*written_by),
            basis=basis,
        )

    def standing(self, reader: str, on: date) -> Standing | None:
        """How a reader stands to the student on a day; None if they may see nothing."""
        return standing(self.relations, reader, self.authors, on, self.basis)

    def until(self, now: Standing, reader: str, on: date) -> date | None:
        """The last day on which the reader still sees all they see now; None if no end is in sight."""
        return until(now, self.relations, reader, self.authors, on, self.basis)

    def because(self, reader: str, on: date) -> str:
        """The sentences that say why a reader sees the student, each once."""
        return " ".join(dict.fromkeys(relation.because for relation in self.relations.held(reader, on)))

    def knowing(self, past: Iterable[Iterable[Record]], said: SaidLast = NOTHING_SAID) -> StudentFile:
        """The same, knowing its earlier states, the oldest first: what is gone today is judged by what it said last.

        Without this, to remove a record, or words that were taken back, would open what they were before. ``said`` is
        what was said last before all of these states.
        """
        said = said.then((*past, (record for record, _, _ in self.records)), self.basis)
        return replace(self, last=said.words, states=said.states, cleaned={})

    def looking_back(self, records: Iterable[Record]) -> StudentFile:
        """An earlier state of the same student's records, with the relations of today; projections made are shared.

        An entry that still stands is open to those to whom it is open today: what a student no longer shares, or what
        turned out to be one household's own, is not shared in what was. Nor does a record show more of its past than
        it would in the state that it is in today. What is gone today is judged by what it said last, and by its last
        state. What was withdrawn is not there for anybody.
        """
        today = {**{record.id: clean for record, _, clean in self.records}, **self.last}
        found = tuple(
            (record, kind, self._as_today(record, kind, today.get(record.id)))
            for record, kind in self._without_withdrawn(records)
        )
        written_by = [authors(kind, record.data, self.basis) for record, kind, _ in found]
        now = {**self.states, **{record.id: state_of(kind, record.data) for record, kind, _ in self.records}}
        return replace(self, records=found, authors=frozenset[str]().union(*written_by), now=now)

    def judged_by(self, identity: str) -> str:
        """Returns a digest of all of today that decides what is shown of a record's past, for one who stands as before:
        what it said last at its conditions, and its last state.
        """
        return digest_of([self.last.get(identity), identity in self.states, self.states.get(identity)])

    def _without_withdrawn(self, records: Iterable[Record]) -> Iterator[tuple[Record, Kind]]:
        for record in records:
            kind = self.basis.kinds.get(record.kind)
            places = self.basis.withdrawn.get(record.id)
            left = without_withdrawn(record, kind, places) if kind is not None and places else record
            if kind is not None and left is not None:
                yield left, kind

    def _as_today(self, record: Record, kind: Kind, today: Any) -> Any:
        """What today's schema knows of a record of the past; many states of the past hold the same one."""
        key = ("clean", record.id, record.digest)
        if key not in self.cleaned:
            clean = known(record, kind)
            self.cleaned[key] = with_conditions_of_today(kind, clean, today, self.basis) if today is not None else clean
        return self.cleaned[key]

    def projected(self, stands: Standing) -> ProjectedStudent:
        """The records as one standing shows them."""
        return ProjectedStudent(
            student=self.student,
            manner=stands.manner,
            records={record.id: record for record in self._shown(stands)},
            parts=stands.permits.pairs(),
        )

    def _shown(self, stands: Standing) -> Iterator[Record]:
        sight = sight_of(stands, self.student)
        for record, kind, clean in self.records:
            parts = self._parts(record, kind, stands.permits)
            if not parts:
                continue
            conditional = has_conditions(kind, self.basis)
            asked = _what_conditions_ask(stands, kind, self.basis) if conditional else None
            key = (record.id, record.digest, parts, asked)
            if key not in self.made:
                self.made[key] = project(
                    record,
                    kind,
                    parts=parts,
                    sight=sight if conditional else NO_SIGHT,
                    basis=self.basis,
                    clean=clean,
                    digests=self.digests,
                )
            shown = self.made[key]
            if shown is not None:
                yield shown

    def _parts(self, record: Record, kind: Kind, permits: Permits) -> frozenset[str]:
        """The parts of a record that are permitted, in its own state and in that of today."""
        parts = permits.parts(kind.name, state_of(kind, record.data))
        return parts & permits.parts(kind.name, self.now[record.id]) if record.id in self.now else parts


def _what_conditions_ask(stands: Standing, kind: Kind, basis: Basis) -> tuple[Any, ...]:
    """Two readers share a conditional record only if all its conditions treat them alike."""
    if asks_only_who_lives_apart(kind, basis):
        return (stands.apart,)
    permits = stands.permits if asks_about_students(kind, basis) else None
    return (permits, stands.owners, stands.opened, stands.apart, stands.own, stands.family)
