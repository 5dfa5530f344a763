"""Whether everything a record points to exists: people, students, interventions, items of lists, ids that fit paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from sendbook.access.projection import A_MAPPING
from sendbook.campus.link_fields import thing, where_it_lies
from sendbook.campus.links import Links, Reference
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import Kind, Node
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.link_meant import link_hint, links_hint, names_of
from sendbook.checks.shape import Positions, finding_at, pointer_of


def check_links(record: Record, kind: Kind, links: Links, positions: Callable[[], Positions]) -> Iterator[Finding]:
    """Links to nothing, list items with one id twice, and an id that is not the file's."""
    wrong = [found for one in links.written_in(record) if not one.link.of for found in _to_nothing(one, links)]
    wrong.extend(_twice_in(kind.root, record.data, ()))
    wrong.extend(_identity(record, kind))
    yield from _findings(record, wrong, positions)


def check_links_into(student: str, links: Links, positions: Callable[[Record], Positions]) -> Iterator[Finding]:
    """Links to nothing from records of the campus's into one student's: known once the student's records are at hand.

    They are warnings: what is missing is missing on the other record's page, and the student's own rest on none of it.
    """
    for one in links.into(student):
        found = _findings(one.record, _to_nothing(one, links), partial(positions, one.record))
        yield from (replace(finding, severity=Severity.WARNING) for finding in found)


def _findings(record: Record, wrong: Iterable[Wrong], positions: Callable[[], Positions]) -> Iterator[Finding]:
    where: Positions | None = None
    for pointer, code, message, remedy, found, hint in wrong:
        where = positions() if where is None else where  # the file is parsed for them a second time
        yield finding_at(record, where, pointer, code=code, message=message, remedy=remedy, found=found, hint=hint)


def check_one_id_each(campus: Campus, positions: Callable[[Record], Positions]) -> Iterator[Finding]:
    """Two records of a kind that carry the same id: neither can be meant with certainty.

    A student's records are told apart by the student as well, and are passed over.
    """
    first: dict[tuple[str, str], Record] = {}
    for record in campus.records.values():
        if "id" not in record.data or record.student is not None:
            continue
        key = (record.kind, str(record.data["id"]))
        other = first.setdefault(key, record)
        if other is not record:
            yield finding_at(
                record,
                positions(record),
                "/id",
                code="duplicate-id",
                message=f"Two records have this id: this one and {other.path}.",
                remedy="Give one of them a new id and name its file or folder after it.",
            )


# Where, the code, what is wrong, what to do, what was found, and what was probably meant.
Wrong = tuple[str, str, str, str, str, str]


def _identity(record: Record, kind: Kind) -> Iterator[Wrong]:
    own = kind.id_of(record.id)
    said = record.data.get("id") if "id" in kind.schema.get("required", ()) else record.data.get("id", own)
    if own and "id" in kind.root.properties and said != own:
        # A file may be called after a child: what its path says is for the hint, as a record's own words are.
        message, remedy = "The id is not the one that the path says.", "Make the id and the path the same."
        yield "/id", "id-not-path", message, remedy, str(record.data.get("id", "")), f"The path says “{own}”."


def _twice_in(node: Node, value: Any, path: tuple[Any, ...]) -> Iterator[Wrong]:
    if isinstance(value, str):  # nearly all there is, and it takes long to tell that a text is no mapping of any sort
        return
    if isinstance(value, A_MAPPING):
        for key, inner in value.items():
            if key in node.properties:
                yield from _twice_in(node.properties[key], inner, (*path, key))
    elif isinstance(value, list) and node.items is not None:
        yield from _twice(node, value, path)
        for index, inner in enumerate(value):
            yield from _twice_in(node.items, inner, (*path, index))


def _twice(node: Node, items: list[Any], path: tuple[Any, ...]) -> Iterator[Wrong]:
    seen: set[tuple[str, str]] = set()
    for index, item in enumerate(items):
        key = node.key_in(item)
        if key is None:
            continue
        identity = (key, str(item[key]))
        if identity in seen:
            pointer = pointer_of((*path, index, key))
            message = f"{node.title}: two entries have the same “{key}”."
            yield (pointer, "same-id-twice", message, _own_name(node, key), identity[1], "")
        seen.add(identity)


def _own_name(node: Node, key: str) -> str:
    """What to do about two entries of one name: one known by its day, say, may have a name of its own."""
    if key == node.key:
        return "Give each entry its own; history and links depend on it."
    return f"Give one of them “{node.key}: second”, or another name of its own: history depends on it."


def _to_nothing(one: Reference, links: Links) -> Iterator[Wrong]:
    known = links.ids(one)
    if known is None or (one.value in known and not one.as_text):
        return
    what = thing(one.link, links.kinds)
    where = where_it_lies(one.link, links.kinds, one.student)
    called = {identity: names_of(target.data) for identity, target in (links.targets(one) or {}).items()}
    entries = {identity: called.get(identity, ()) for identity in known}
    name = one.steps[-1] if one.steps and isinstance(one.steps[-1], str) else ""
    yield (
        one.pointer,
        "link-to-nothing",
        f"“{one.node.title}” leads to nothing: there is no such {what}.",
        f"Point it to one that exists, or add the {what} first.",
        one.value,
        (links_hint if one.as_text else link_hint)(one.value, entries, name, where),
    )
