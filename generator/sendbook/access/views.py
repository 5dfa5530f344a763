"""Views: what a reader sees, as a campus like any other, and the build's mass path to the same.

``scopes`` answers for one student and all readers at once, and makes each distinct projection once;
``view`` answers for one reader and all students. Both go through the same standings, and agree with
``decide`` leaf by leaf. Pages, documents and search are handed what comes from here and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sendbook.access.basis import Basis
from sendbook.access.households import at_home_with, housemates
from sendbook.access.parts import Parts
from sendbook.access.people import Reader
from sendbook.access.shared import apart_in, shared_records, shared_until
from sendbook.access.sight import Standing
from sendbook.access.student_file import ProjectedStudent, StudentFile
from sendbook.campus.records import Campus, Record

_LATELY = "scopes: the last ones asked for"
#: How far a reader's standing may count; None for not at all.
Cap = Callable[[str, Standing], Standing | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One reader's way to one projection of a student, the last day it holds, and the standing it rests on.

    ``at_home`` are the members of the family whom the reader may know by name because they live with them.
    """

    reader: str
    projection: str
    until: date | None
    because: str
    at_home: frozenset[str] = frozenset()
    stands: Standing | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All a reader sees. ``because`` says why, by student; ``parts`` what they are entitled to.

    ``until`` is the last day on which nothing of it is due to be taken away.
    """

    reader: Reader
    campus: Campus
    because: Mapping[str, str]
    parts: Mapping[str, Parts]
    until: date | None


def scopes(
    campus: Campus, student: str, on: date, *, basis: Basis | None = None, cap: Cap | None = None
) -> tuple[tuple[Scope, ...], dict[str, ProjectedStudent]]:
    """Who sees what of one student: a scope a reader, and the distinct projections they lead to.

    While what decides access can't be read, ``cap`` cuts each standing to what the reader had before.

    ``campus`` needs the shared records and this student's. A build over many students makes the
    ``Basis`` of the shared records once and hands it in.
    """
    basis = basis or Basis.of(campus)
    if cap is not None:
        return _scopes(campus, student, on, basis, cap)
    # The checks and the pages of one student ask one after another: what was answered last is kept.
    lately = basis.memo.get(_LATELY)
    if lately is None or lately[0] is not campus or lately[1:3] != (student, on):
        lately = basis.memo[_LATELY] = (campus, student, on, _scopes(campus, student, on, basis, None))
    found: tuple[tuple[Scope, ...], dict[str, ProjectedStudent]] = lately[3]
    return found[0], dict(found[1])


def _scopes(
    campus: Campus, student: str, on: date, basis: Basis, cap: Cap | None
) -> tuple[tuple[Scope, ...], dict[str, ProjectedStudent]]:
    file = StudentFile.of(campus, student, basis)
    if file is None:
        return (), {}
    projections: dict[str, ProjectedStudent] = {}
    digests: dict[Standing, str | None] = {}
    found = []
    for reader, stands in _standings(file, on, cap):
        if stands not in digests:
            digests[stands] = _kept(file.projected(stands), projections)
        digest = digests[stands]
        if digest is not None:
            end = file.until(stands, reader, on)
            at_home = housemates(file.relations, reader, on, basis)
            because = file.because(reader, on)
            found.append(
                Scope(reader=reader, projection=digest, until=end, because=because, at_home=at_home, stands=stands)
            )
    return tuple(found), projections


def view(campus: Campus, reader: Reader, on: date, *, basis: Basis | None = None) -> View:
    """Everything one reader sees of a campus."""
    basis = basis or Basis.of(campus)
    records: list[Record] = []
    because: dict[str, str] = {}
    parts: dict[str, Parts] = {}
    ends = []
    for student in campus.students:
        file = StudentFile.of(campus, student, basis)
        stands = file.standing(reader.id, on) if file else None
        if file is None or stands is None:
            continue
        projected = file.projected(stands)
        if not projected.records:
            continue
        records += projected.records.values()
        parts[student] = projected.parts
        because[student] = file.because(reader.id, on)
        ends.append(file.until(stands, reader.id, on))
    apart, at_home = apart_from(campus, reader.id), at_home_with(campus, reader.id, on, basis)
    shared = shared_view(campus, reader, on, parts, apart=apart, at_home=at_home, basis=basis)
    return View(
        reader=reader,
        campus=shared.campus.with_records(records),
        because=because,
        parts=parts,
        until=_first([*ends, shared.until]),
    )


def shared_view(
    campus: Campus,
    reader: Reader,
    on: date,
    visible: Mapping[str, Parts],
    *,
    apart: frozenset[str] | None = None,
    at_home: frozenset[str] = frozenset(),
    basis: Basis | None = None,
) -> View:
    """What one reader sees of the campus, its people, its library and its policy.

    ``visible`` are the parts the reader sees of each student (from the projections of their scopes):
    items about a student show only there. ``apart`` are the people in another household of a student whom the
    reader is family to (from ``apart_from``); left out, a reader who is family sees no one else's
    contact details at all. ``at_home`` are those they live with (from ``at_home_with``), seen by name.
    """
    basis = basis or Basis.of(campus)
    if apart is None and campus.students:
        apart = apart_from(campus, reader.id)
        at_home = at_home_with(campus, reader.id, on, basis)
    shared = campus.shared
    records = shared_records(shared, reader, on, visible, apart, basis, at_home)
    return View(
        reader=reader,
        campus=Campus(records, campus.registry),
        because={},
        parts=visible,
        until=shared_until(reader, on, basis),
    )


def apart_from(campus: Campus, reader: str) -> frozenset[str]:
    """The people in another household of any student whom a reader is family to."""
    return frozenset(
        person for record in campus.of_kind("student") for one, person in apart_in(record.data) if one == reader
    )


def _standings(file: StudentFile, on: date, cap: Cap | None) -> Iterator[tuple[str, Standing]]:
    for reader in file.relations.by_reader:
        stands = file.standing(reader, on)
        if stands is not None and cap is not None:
            stands = cap(reader, stands)
        if stands is not None:
            yield reader, stands


def _kept(projected: ProjectedStudent, projections: dict[str, ProjectedStudent]) -> str | None:
    if not projected.records:
        return None
    digest = projected.digest
    projections.setdefault(digest, projected)
    return digest


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)
