"""Whether everything a record points to exists: people, students, interventions, items of lists, ids that fit paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import Kind, Node
from sendbook.checks.finding import Finding
from sendbook.checks.link_meant import Entries, link_hint, links_hint, names_of
from sendbook.checks.shape import Positions, finding_at, pointer_of

_FOLDERS = {"person": "records/people", "student": "records/students", "intervention": "records/interventions"}
_WORDS = {"person": "person", "student": "student", "intervention": "entry of the provision library"}


class Targets:
    """What the records of a campus may point to: ids by kind, and ids of the campus record's lists.

    ``unread`` are paths of records that could not be read. ``students`` may be handed in apart, so that one
    student's records can be checked without loading all others. Where the campus record can't be read, or a list
    has a mistake of form, that is reported already, and what points there is not checked.
    """

    def __init__(
        self, campus: Campus, students: frozenset[str] | None = None, unread: frozenset[str] = frozenset()
    ) -> None:
        self._ids = {
            "person": _ids(campus, "person") | _unread_in("people", unread),
            "intervention": _ids(campus, "intervention") | _unread_in("interventions", unread),
            "student": frozenset(campus.students) if students is None else students,
        }
        self._records = campus
        record = campus.get("campus")
        self._campus: Mapping[str, Any] | None = record.data if record else None
        self._of_campus: dict[str, frozenset[str] | None] = {}

    def of(self, link: str, data: Mapping[str, Any]) -> frozenset[str] | None:
        """The ids that ``link`` (an ``x-link``) allows in a record with ``data``; None if nobody can know them."""
        base, _, pointer = link.partition("#/")
        if not pointer:
            return self._ids.get(base, frozenset())
        if base != "campus":
            return _ids_at(pointer, data)
        if pointer not in self._of_campus:
            self._of_campus[pointer] = _ids_at(pointer, self._campus)
        return self._of_campus[pointer]

    def entries(self, link: str, data: Mapping[str, Any]) -> Entries:
        """What `of` allows, with what each entry is called; asked only where a link is wrong."""
        base, _, pointer = link.partition("#/")
        known = self.of(link, data) or ()
        if pointer:
            items = _items_at(pointer, self._campus if base == "campus" else data) or []
            called = {str(item.get("id")): names_of(item) for item in items}
        else:
            called = {_own_id(record): names_of(record.data) for record in self._records.of_kind(base)}
        return {own: called.get(own, ()) for own in known}


def _ids_at(pointer: str, data: Mapping[str, Any] | None) -> frozenset[str] | None:
    """The ids of the items of a list in a record; None if it has a mistake of form at this very place."""
    items = _items_at(pointer, data)
    return None if items is None else frozenset(item["id"] for item in items if isinstance(item.get("id"), str))


def _items_at(pointer: str, data: Mapping[str, Any] | None) -> list[Mapping[str, Any]] | None:
    found: Any = data
    for step in pointer.split("/"):
        if not isinstance(found, Mapping):
            return None
        if step not in found:
            return []
        found = found[step]
    if not isinstance(found, list):
        return None
    return [item for item in found if isinstance(item, Mapping)]


def _ids(campus: Campus, kind: str) -> frozenset[str]:
    return frozenset(PurePosixPath(record.path).stem for record in campus.of_kind(kind))


def _unread_in(folder: str, unread: frozenset[str]) -> frozenset[str]:
    """Ids of records whose files are there and can't be read: that is one mistake, and reported already."""
    paths = map(PurePosixPath, unread)
    return frozenset(path.stem for path in paths if path.parts[:2] == ("records", folder))


def check_links(record: Record, kind: Kind, targets: Targets, positions: Callable[[], Positions]) -> Iterator[Finding]:
    """Links to nothing, list items with one id twice, and an id that is not the file's."""
    wrong = list(_walk(kind.root, record.data, record, targets, ()))
    wrong.extend(_identity(record))
    if not wrong:
        return
    where = positions()
    for pointer, code, message, remedy, found, hint in wrong:
        yield finding_at(record, where, pointer, code=code, message=message, remedy=remedy, found=found, hint=hint)


def check_one_id_each(campus: Campus, positions: Callable[[Record], Positions]) -> Iterator[Finding]:
    """Two records of a kind that carry the same id: neither can be meant with certainty."""
    first: dict[tuple[str, str], Record] = {}
    for record in campus.records.values():
        if "id" not in record.data or record.kind == "meeting":
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


def _identity(record: Record) -> Iterator[Wrong]:
    own = _own_id(record)
    if record.kind in {"student", "person", "intervention", "meeting", "figures"} and record.data.get("id") != own:
        # A file may be called after a child: what its path says is for the hint, as a record's own words are.
        message, remedy = "The id is not the one that the path says.", "Make the id and the path the same."
        yield "/id", "id-not-path", message, remedy, str(record.data.get("id", "")), f"The path says “{own}”."


def _own_id(record: Record) -> str:
    """The id that a record's path says."""
    path = PurePosixPath(record.path)
    return path.parent.name if path.name == "student.yml" else path.stem


def _walk(node: Node, value: Any, record: Record, targets: Targets, path: tuple[Any, ...]) -> Iterator[Wrong]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in node.properties:
                yield from _walk(node.properties[key], inner, record, targets, (*path, key))
    elif isinstance(value, list) and node.items is not None:
        yield from _twice(node, value, path)
        for index, inner in enumerate(value):
            yield from _walk(node.items, inner, record, targets, (*path, index))
    elif node.link and isinstance(value, str):
        known = targets.of(node.link, record.data)
        if known is not None and value not in known:
            yield _to_nothing(node, value, targets.entries(node.link, record.data), path)
    elif node.items is not None and node.items.link and isinstance(value, str):
        # A list written as one text is a mistake of form; found here too, where it is known what is meant.
        link = node.items.link
        known = targets.of(link, record.data)
        if known is not None:
            yield _to_nothing(node.items, value, targets.entries(link, record.data), path, links_hint)


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


def _to_nothing(
    node: Node,
    value: str,
    entries: Entries,
    path: tuple[Any, ...],
    hint: Callable[[str, Entries, str, str], str] = link_hint,
) -> Wrong:
    base, _, pointer = str(node.link).partition("#/")
    what = _WORDS.get(base, f"entry of {pointer.rpartition('/')[2].replace('_', ' ')}")
    where = _FOLDERS.get(base) or ("records/campus.yml" if base == "campus" else "this record")
    name = path[-1] if path and isinstance(path[-1], str) else ""
    return (
        pointer_of(path),
        "link-to-nothing",
        f"{node.title} points to no {what} there is.",
        f"Point it to one that exists, or add the {what} first.",
        value,
        hint(value, entries, name, where),
    )
