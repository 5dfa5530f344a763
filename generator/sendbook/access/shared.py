"""Records that belong to no student: the campus, its people, its library, its policy.

What a reader sees of them follows from who they are (signed in, staff, family, their duties), not from a
relation to a student; only items about a student ask what the reader sees of that student.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sendbook.access.bars import revoked_altogether
from sendbook.access.basis import Basis
from sendbook.access.conditions import has_conditions, owners_met
from sendbook.access.parts import ALL, Parts
from sendbook.access.people import Reader
from sendbook.access.permits import state_of
from sendbook.access.policy import Grant
from sendbook.access.projection import A_MAPPING, known, project
from sendbook.access.sight import NO_SIGHT, Sight
from sendbook.access.spans import ONE_DAY
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import Kind

Whos = frozenset[str]

#: The part of a person's record that members of their household see.
NAME_PART = "person_name"

#: The parts with which members of a family can be reached: their household's own, whatever grants say.
OF_THE_HOUSEHOLD = frozenset({"contact", "account"})
_NOTHING = frozenset[str]()

#: What grants call anyone at all; anyone who signs in is that as well.
PUBLIC = "everyone:public"


def whos_of(reader: Reader, on: date, basis: Basis) -> Whos:
    """What grants may call a reader on a day. Nothing once access was taken away, or after leaving,
    or once nothing is shared any more with somebody of an agency.
    """
    if reader.gone_on(on) or any(span.holds(on) for span in revoked_altogether(basis, reader.id)):
        return frozenset()
    found = {PUBLIC, "everyone:signed_in", *(f"role:{role}" for role in reader.roles_on(on))}
    if reader.works_on(on):
        found.add("everyone:staff")
    if reader.is_family:
        found.add("everyone:family")
    return frozenset(found)


def grants_on(record: Record, kind: Kind, whos: Whos, reader: str, action: str, basis: Basis) -> Iterator[Grant]:
    """The grants that reach this record for a reader who may be called so."""
    for grant in _grants_to(kind, state_of(kind, record.data), whos, action, basis):
        if _is_of(grant, record, reader, basis):
            yield grant


def _grants_to(kind: Kind, state: str | None, whos: Whos, action: str, basis: Basis) -> tuple[Grant, ...]:
    """The grants that reach any record of a kind in a state; found once, as there is a record for every person."""
    key = ("grants", kind.name, state, whos, action)
    if key not in basis.memo:
        grants = (grant for who in sorted(whos) for grant in basis.policy.grants_to(who))
        basis.memo[key] = tuple(
            grant
            for grant in grants
            if grant.action == action and grant.parts_of(kind) and grant.covers_state(kind, state)
        )
    found: tuple[Grant, ...] = basis.memo[key]
    return found


def opened_parts(
    grant: Grant, record: Record, kind: Kind, reader: str, apart: frozenset[str], at_home: frozenset[str]
) -> frozenset[str]:
    """The parts of a shared record that a grant really opens to a reader.

    A duty never opens the record of somebody in another household (``apart``) of a student the reader is family to.
    How to reach a member of a family is for themselves, for those they live with (``at_home``), and for staff: grants
    to families, to all who are signed in or to the public open it to nobody else.
    """
    parts = grant.parts_of(kind)
    person = person_of(record) if record.kind == "person" else None
    if person is None or person == reader:
        return parts
    if person in apart:
        return _NOTHING if grant.who.startswith("role:") else parts - OF_THE_HOUSEHOLD - {ALL}
    of_family = record.data.get("family") is not None
    at_work = grant.who.startswith("role:") or grant.who == "everyone:staff"
    return parts - OF_THE_HOUSEHOLD - {ALL} if of_family and not at_work and person not in at_home else parts


def shared_records(
    shared: Campus,
    reader: Reader,
    on: date,
    about: Mapping[str, Parts],
    apart: frozenset[str] | None,
    basis: Basis,
    at_home: frozenset[str] = frozenset(),
) -> list[Record]:
    """The shared records as one reader sees them. ``at_home`` are the people they may know by name because they live
    with them.
    """
    whos = whos_of(reader, on, basis)
    if not whos:
        return []
    sight = shared_sight(reader, whos, about, basis)
    shown = dict(_alike(shared, whos, basis))
    for record in _personal(shared, reader, apart, at_home, whos, basis):
        projected = _projected(record, whos, reader, sight, apart, basis, at_home)
        shown.pop(record.id, None)
        if projected is not None:
            shown[record.id] = projected
    return list(shown.values())


def shared_record(record: Record, reader: Reader, on: date, basis: Basis) -> Record | None:
    """One record of no student as a reader sees it, if at all; as `shared_records` without knowing who lives apart."""
    whos = whos_of(reader, on, basis)
    if not whos:
        return None
    return _projected(record, whos, reader, shared_sight(reader, whos, {}, basis), None, basis)


def shared_alike(shared: Campus, whos: Whos, basis: Basis) -> tuple[Record, ...]:
    """What all who may be called so see alike, with nothing that depends on who one of them is.

    Any of them may live apart from any member of a family.
    """
    shown = dict(_alike(shared, whos, basis))
    nobody, sight = Reader(id="", name=""), Sight(about={})
    for record in shared.of_kind("person"):
        if record.id in shown and record.data.get("family") is not None:
            cut = _projected(record, whos, nobody, sight, frozenset({person_of(record)}), basis)
            shown.pop(record.id)
            if cut is not None:
                shown[record.id] = cut
    return tuple(shown.values())


def gated_alike(shared: Campus, whos: Whos, basis: Basis) -> tuple[Record, ...]:
    """Records in which some entries depend on who reads, such as the members of a library's groups: what is left of
    each for somebody who sees no such entry.
    """
    nobody, sight = Reader(id="", name=""), Sight(about={})
    kinds = [kind for kind in basis.kinds.values() if not kind.of_student and has_conditions(kind, basis)]
    found = [
        _projected(record, whos, nobody, sight, frozenset(), basis)
        for kind in kinds
        for record in shared.of_kind(kind.name)
    ]
    return tuple(one for one in found if one is not None)


def shared_sight(reader: Reader, whos: Whos, about: Mapping[str, Parts], basis: Basis) -> Sight:
    """What conditions in shared records ask about a reader."""
    names = frozenset(who.partition(":")[2] for who in whos if who.startswith("role:"))
    return Sight(about=about, owners=owners_met(names, basis), opened=frozenset({reader.id}))


def shared_until(reader: Reader, on: date, basis: Basis) -> date | None:
    """The last day on which a reader may still be called all they may be called now."""
    now = whos_of(reader, on, basis)
    days = _days_of_loss(reader, on, basis)
    return next((day - ONE_DAY for day in days if not whos_of(reader, day, basis) >= now), None)


def reader_until(reader: Reader, on: date, basis: Basis) -> date | None:
    """The last day on which a reader is one of ours at all."""
    days = _days_of_loss(reader, on, basis)
    return next((day - ONE_DAY for day in days if not whos_of(reader, day, basis)), None)


def work_until(reader: Reader, on: date, basis: Basis) -> date | None:
    """The last day on which a reader works here; None if no end is in sight."""
    days = _days_of_loss(reader, on, basis)
    return next((day - ONE_DAY for day in days if "everyone:staff" not in whos_of(reader, day, basis)), None)


def _days_of_loss(reader: Reader, on: date, basis: Basis) -> list[date]:
    """The later days on which a reader may be called less than before, in order."""
    ends = {held.span.until for held in reader.roles} | {reader.employed.until}
    ends |= {span.until for span in reader.invited or ()}
    days = {end + ONE_DAY for end in ends if end is not None and on <= end < date.max}
    starts = {span.since for span in revoked_altogether(basis, reader.id)}
    return sorted(days | {start for start in starts if start is not None and on < start})


def apart_in(student: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs of a student's family who are not of one and the same household."""
    homes: dict[str, set[str]] = {}
    for item in student.get("family", ()):
        homes.setdefault(item["person"], set()).add(str(item.get("household") or ""))
    for one, home in homes.items():
        for other, other_home in homes.items():
            if one != other and (home != other_home or len(home) > 1):
                yield one, other


def person_of(record: Record) -> str:
    return record.id.rpartition("/")[2]


def _alike(shared: Campus, whos: Whos, basis: Basis) -> dict[str, Record]:
    """What all readers who may be called the same see alike. Keeps the campus, so that its id stays taken."""
    key = ("shared", id(shared), whos)
    found = basis.memo.get(key)
    if found is None:
        nobody, sight = Reader(id="", name=""), Sight(about={})
        records = {}
        for record in shared.records.values():
            kind = basis.kinds.get(record.kind)
            if kind is None or kind.of_student or has_conditions(kind, basis):
                continue
            projected = _projected(record, whos, nobody, sight, frozenset(), basis)
            if projected is not None:
                records[record.id] = projected
        found = basis.memo[key] = (shared, records)
    alike: dict[str, Record] = found[1]
    return alike


def _personal(
    shared: Campus,
    reader: Reader,
    apart: frozenset[str] | None,
    at_home: frozenset[str],
    whos: Whos,
    basis: Basis,
) -> Iterator[Record]:
    """The records a reader may see otherwise than those who may be called the same."""
    for kind in basis.kinds.values():
        if not kind.of_student and has_conditions(kind, basis):
            yield from shared.of_kind(kind.name)
    for person in (reader.id, *at_home):
        record = shared.get(f"people/{person}")
        if record is not None:
            yield record
    # Somebody may live apart from the reader whose own record says nothing of a family.
    for person in apart or ():
        record = shared.get(f"people/{person}")
        if record is not None:
            yield record
    at_work = any(who.startswith("role:") or who == "everyone:staff" for who in whos)
    if at_work and apart is None and reader.is_family:
        yield from (record for record in shared.of_kind("person") if person_of(record) != reader.id)


def _projected(
    record: Record,
    whos: Whos,
    reader: Reader,
    sight: Sight,
    apart: frozenset[str] | None,
    basis: Basis,
    at_home: frozenset[str] = frozenset(),
) -> Record | None:
    kind = basis.kinds[record.kind]
    if apart is None:
        apart = _unknown_apart(record, reader)
    parts = _NOTHING
    for grant in grants_on(record, kind, whos, reader.id, "read", basis):
        parts |= opened_parts(grant, record, kind, reader.id, apart, at_home)
    if record.kind == "person" and person_of(record) in at_home:
        parts |= {NAME_PART}
    if not parts:
        return None
    if not has_conditions(kind, basis):
        return _made_once(record, kind, parts, NO_SIGHT, basis)
    if not sight.about and sight.opened.isdisjoint(_texts_in(record, basis)):
        # A condition asks who sees which student, who wrote an entry, and what duties open. Where a reader sees no
        # student of whom it could ask, and is nobody whom the record names, only the duties are left.
        return _made_once(record, kind, parts, Sight(about={}, owners=sight.owners), basis)
    return project(record, kind, parts=parts, sight=sight, basis=basis, clean=_clean(record, kind, basis))


def _made_once(record: Record, kind: Kind, parts: frozenset[str], sight: Sight, basis: Basis) -> Record | None:
    """A record that is the same for all who see the same parts of it, and of whom it asks nothing but ``owners``."""
    key = ("projected", id(record), parts, sight.owners)
    if key not in basis.memo:
        clean = _clean(record, kind, basis)
        basis.memo[key] = record, project(record, kind, parts=parts, sight=sight, basis=basis, clean=clean)
    shown: Record | None = basis.memo[key][1]
    return shown


def _texts_in(record: Record, basis: Basis) -> frozenset[str]:
    """Every text of a record, the ids of people and students among them, found once."""
    key = ("texts", id(record))
    if key not in basis.memo:
        basis.memo[key] = record, frozenset(_every_text(record.data))
    found: frozenset[str] = basis.memo[key][1]
    return found


def _every_text(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, A_MAPPING):
        for inner in value.values():
            yield from _every_text(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _every_text(inner)


def _clean(record: Record, kind: Kind, basis: Basis) -> Any:
    """What today's schema knows of a record, found once. Keeps the record, so that its id stays taken."""
    key = ("known", id(record))
    if key not in basis.memo:
        basis.memo[key] = record, known(record, kind)
    return basis.memo[key][1]


def _unknown_apart(record: Record, reader: Reader) -> frozenset[str]:
    """Not told who lives apart, a reader who is family is kept from every other member of a family."""
    other = record.kind == "person" and person_of(record) != reader.id
    if reader.is_family and other and record.data.get("family") is not None:
        return frozenset({person_of(record)})
    return frozenset()


def _is_of(grant: Grant, record: Record, reader: str, basis: Basis) -> bool:
    if not grant.of:
        return True
    if record.kind != "person":
        return False
    if grant.of == "own":
        return person_of(record) == reader
    if grant.of == "contact":
        return person_of(record) in basis.contacts
    return record.data.get(grant.of) is not None
