"""Who may see a student whose records have an error, and who may go on reading the last good pages.

Asked of the records as they are today, as far as they can be read. Where a record can't be used, two readings of it are
asked, the last sound one and what can be read of the newer one, and a reader needs both: so whatever either takes away
is taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.narrower import by_name
from sendbook.access.permits import state_of
from sendbook.access.projection import A_MAPPING, known
from sendbook.access.sight import Standing
from sendbook.access.spans import span_of
from sendbook.access.student_file import StudentFile
from sendbook.campus.records import Campus, Record
from sendbook.campus.salvage import Salvaged
from sendbook.campus.schemas import Kind, SchemaRegistry

_NO_CONTACT = {"effect": "no_contact"}
# What a student signs in by: half of it is nothing.
_OF_AN_ACCOUNT = frozenset({"sign_in", "account_decision"})
# What names the entries of the lists that relations, and their bars, are made of.
_NAMED_BY = {"family": "id", "rights": "id", "consents": "id", "team": "id", "teaching_groups": "group"}
# Said otherwise than it should be, a day is read so that less is seen, and a name is nobody's: neither is left out.
_STAYS = frozenset({"from", "until", "person", "as", "group"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """A student with an error, as far as the records can be read today.

    ``readable`` are the records that can be read, sound or not. ``headers`` are the readings of the student's own
    record, all of which a reader needs. ``in_part`` is what can be read of other records that are no sound YAML.
    ``there`` are the ids of all records whose file is still there.
    """

    student: str
    registry: SchemaRegistry
    headers: tuple[Record, ...]
    readable: tuple[Record, ...]
    in_part: tuple[Record, ...] = ()
    there: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A reader who may see the student today: why, until when, and whether they may read the last good pages.

    ``classes`` are the teaching groups the student is in today, if that can be read and the reader may know it.
    ``kinds`` are those of which the access rules grant this reader something, whether or not there is a record.
    """

    reader: str
    because: str
    until: date | None
    manner: str
    may_read: bool
    kinds: frozenset[str]
    classes: tuple[str, ...] = ()


def held_scopes(
    today: Today,
    last: Iterable[Record],
    before: Mapping[str, Standing],
    on: date,
    basis: Basis,
) -> Iterator[Held]:
    """Everybody who may see the student today.

    ``last`` are the records of the last good pages and ``before`` how their readers stood to the student then. A reader
    may go on reading those pages if they stand no narrower in any reading, and if everything they were shown of each
    record would be shown to them today.
    """
    records = tuple(last)
    files = [
        file for reading in _readings(today) for header in today.headers if (file := _file(reading, header, basis))
    ]
    if not files:
        return
    then = StudentFile.of(Campus(records, today.registry), today.student, basis) if records else None
    shown: dict[Any, bool] = {}
    for reader in files[0].relations.by_reader:
        stands = [file.standing(reader, on) for file in files]
        found = [one for one in stands if one is not None]
        if len(found) < len(files):
            continue
        ends = [file.until(one, reader, on) for one, file in zip(found, files, strict=True)]
        old = before.get(reader)
        may_read = old is not None and then is not None and all(one.is_no_narrower_than(old) for one in found)
        if may_read and old is not None and then is not None:
            key = (old, *found)
            if key not in shown:
                pairs = zip(files, found, strict=True)
                shown[key] = all(_still_shown(then, old, file, one, today) for file, one in pairs)
            may_read = shown[key]
        yield Held(
            reader=reader,
            because=files[0].because(reader, on),
            until=min((end for end in ends if end is not None), default=None),
            manner=found[0].manner,
            may_read=may_read,
            classes=_classes(files, found, on),
            kinds=frozenset.intersection(*(frozenset(kind for kind, _ in one.permits.pairs()) for one in found)),
        )


def _classes(files: Iterable[StudentFile], stands: Iterable[Standing], on: date) -> tuple[str, ...]:
    """The teaching groups that every reading of the student's own record names, to somebody who may read that there."""
    named: set[str] | None = None
    for file, one in zip(files, stands, strict=True):
        record, kind, clean = next(entry for entry in file.records if entry[0].id == f"students/{file.student}/student")
        node = kind.root.child("teaching_groups")
        known_to = node is not None and node.part in one.permits.parts(kind.name, state_of(kind, record.data))
        running = (item for item in clean.get("teaching_groups", ()) if known_to and span_of(item).holds(on))
        groups = {str(item["group"]) for item in running}
        named = groups if named is None else named & groups
    return tuple(sorted(named or ()))


def reading_of(student: str, path: str, kind: Kind, salvaged: Salvaged, last: Record | None) -> Record | None:
    """The student's own record as far as a version with an error can be read; None if nothing of it can.

    What can't be read is left out, so that it neither gives nor takes, but for three: a relation to the family of which
    something can't be read gives nothing, and such an order of a court forbids; a first day that can't be read never
    comes, and a last day has passed; an address or a decision about an account that can't be read is none.
    """
    if not salvaged.data:
        return None
    data = dict(last.data) if last is not None else {}
    data = {name: value for name, value in data.items() if not salvaged.says_without(name)}
    data |= {
        name: _where_readable(name, data.get(name), value) if name in salvaged.partial else value
        for name, value in salvaged.data.items()
    }
    for name in _OF_AN_ACCOUNT.intersection(salvaged.partial):
        data.pop(name, None)
    clean = known(Record(id="", kind=kind.name, student=student, path=path, digest="", data=data), kind)
    if not isinstance(clean, A_MAPPING):
        return None
    wrong = {tuple(map(str, error.absolute_path)) for error in kind.validator.iter_errors(clean)}
    return Record(
        id=f"students/{student}/student",
        kind=kind.name,
        student=student,
        path=path,
        digest="read in part",
        data=_usable(clean, wrong),
    )


def _where_readable(name: str, last: Any, entries: Any) -> Any:
    """A list of which some entries can be read, between those that can't, which stay as they were."""
    key = _NAMED_BY.get(name)
    if key is None or not isinstance(last, list) or not isinstance(entries, list):
        return last
    newer = by_name(entries, key)
    return [one for one in last if one.get(key) not in newer] + [one for some in newer.values() for one in some]


def _usable(data: Mapping[str, Any], wrong: set[tuple[str, ...]]) -> dict[str, Any]:
    """The fields that relations are made of, with nothing in them that could not be read."""
    kept = {name: value for name, value in data.items() if (name,) not in wrong}
    for name, asks in (("teaching_groups", ("group",)), ("team", ("person", "as"))):
        if isinstance(kept.get(name), list):
            kept[name] = [
                _without(item, (name, str(at)), wrong) for at, item in _entries(kept[name]) if _has(item, asks)
            ]
    if isinstance(kept.get("family"), list):
        kept["family"] = [
            _relation(item, ("family", str(at)), wrong)
            for at, item in _entries(kept["family"])
            if _has(item, ("person",))
        ]
    for name in ("on_roll", "sign_in"):
        if isinstance(kept.get(name), A_MAPPING):
            kept[name] = _without(kept[name], (name,), wrong)
    return kept


def _entries(listed: Iterable[Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    return ((at, item) for at, item in enumerate(listed) if isinstance(item, A_MAPPING))


def _has(item: Mapping[str, Any], names: Iterable[str]) -> bool:
    return all(isinstance(item.get(name), str) for name in names)


def _relation(item: Mapping[str, Any], place: tuple[str, ...], wrong: set[tuple[str, ...]]) -> dict[str, Any]:
    spoiled = any(at[: len(place)] == place for at in wrong)
    if not spoiled:
        return dict(item)
    left = _without(item, place, wrong)
    orders = item.get("court_orders")
    left["court_orders"] = [
        _NO_CONTACT if any(at[: len(place) + 2] == (*place, "court_orders", str(number)) for at in wrong) else order
        for number, order in enumerate(orders if isinstance(orders, list) else ())
        if isinstance(order, A_MAPPING)
    ]
    access = item.get("access")
    left["access"] = access if access == "none" else "unread"
    left.setdefault("relation", "unread")
    return left


def _without(item: Mapping[str, Any], place: tuple[str, ...], wrong: set[tuple[str, ...]]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if (*place, name) not in wrong or name in _STAYS}


def _readings(today: Today) -> tuple[Today, ...]:
    """The records with and without what can be read in part: a reader needs both, so it takes away and never gives."""
    return (today, replace(today, readable=(*today.readable, *today.in_part))) if today.in_part else (today,)


def _file(today: Today, header: Record, basis: Basis) -> StudentFile | None:
    cleaned = [header]
    for record in today.readable:
        kind = basis.kinds.get(record.kind)
        clean = known(record, kind) if kind is not None and record.id != header.id else None
        if isinstance(clean, A_MAPPING):
            cleaned.append(replace(record, data=clean))
    return StudentFile.of(Campus(cleaned, today.registry), today.student, basis)


def _still_shown(then: StudentFile, old: Standing, file: StudentFile, now: Standing, today: Today) -> bool:
    """Whether all that the last good pages were made of for one standing would be shown to another today.

    A record whose file is gone may have been taken away, and one that is not agreed any more is no longer shared.
    """
    states = {record.id: record.data.get("state") for record in (*today.readable, *today.in_part)}
    there = [_stated(record, states) for record, _, _ in then.records if record.id in today.there]
    # A state that can't be read is none: `_stated` has put in those that can be.
    again = replace(file.looking_back(there), now={})
    before, after = then.projected(old).records, again.projected(now).records
    return all(name in after and holds(after[name].data, record.data) for name, record in before.items())


def _stated(record: Record, states: Mapping[str, Any]) -> Record:
    state = states.get(record.id)
    if "state" not in record.data or state is None or state == record.data["state"]:
        return record
    return replace(record, data={**record.data, "state": str(state)}, digest=f"{record.digest} {state}")


def holds(whole: Any, part: Any) -> bool:
    """Whether one value holds all of another: each of its fields, and each of its entries in their order."""
    if isinstance(part, A_MAPPING):
        return isinstance(whole, A_MAPPING) and all(name in whole and holds(whole[name], part[name]) for name in part)
    if isinstance(part, list):
        rest: Iterator[Any] = iter(whole if isinstance(whole, list) else ())
        return all(any(holds(one, wanted) for one in rest) for wanted in part)
    return bool(whole == part)
