"""Says who a finding is about, for the terminal of the person who corrects it: the student, and the programme.

Where a finding lies in an entry that is of one of the campus's own records, as help given is of a programme, the entry
is said by the name that its schema gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sendbook.campus.foundation import PERSON
from sendbook.campus.link_fields import LinkField
from sendbook.campus.links import Links
from sendbook.campus.nodes import Node
from sendbook.campus.records import Campus, Record
from sendbook.campus.traits import filled, value_in_words
from sendbook.checks.finding import Finding


def named(findings: Iterable[Finding], own: Campus, links: Links, student: str) -> Iterator[Finding]:
    """The findings about a student, each with the student's name, and that of the entry it lies in.

    ``links`` are those of the records that belong to no student.
    """
    header = own.get(f"students/{student}/student")
    name = _name(header.data) if header is not None else ""
    records = {record.path: record for record in own.records.values()}
    for one in findings:
        if not one.path.startswith(f"records/students/{student}/"):
            yield one
            continue
        record = records.get(one.path)
        entry = _entry(record, one.pointer, links) if record is not None else ""
        yield replace(one, about=": ".join(filter(None, (name or student, entry))))


def _name(data: Mapping[str, Any]) -> str:
    name = data.get("name")
    known_as = name.get("known_as") if isinstance(name, Mapping) else None
    return known_as if isinstance(known_as, str) else ""


def _entry(record: Record, pointer: str, links: Links) -> str:
    """What the entry is called that a pointer leads into, if it is of a record of the campus; "" for any other."""
    steps = pointer.split("/")[1:]
    field, number = (steps[0], steps[1]) if len(steps) > 1 else ("", "")
    of_campus = any(_is_of_campus(one, field, links) for one in links.kinds[record.kind].links)
    entries = record.data.get(field)
    if not (of_campus and number.isdigit() and isinstance(entries, list) and int(number) < len(entries)):
        return ""
    node, entry = links.kinds[record.kind].root.properties[field].items, entries[int(number)]
    if node is None or not isinstance(entry, Mapping):
        return ""

    def say(said: Node, value: Any) -> str:
        """A link by the name of what it leads to; people are no name of an entry."""
        if said.link is None:
            return value_in_words(said, value)
        target = (links.of_kind(said.link.kind, said.link.steps) or {}).get(str(value))
        return target.name() if target is not None and said.link.kind != PERSON else ""

    of_link = (say(child, entry[name]) for name, child in node.properties.items() if child.link and name in entry)
    return filled(node.say or "", node, entry, say) or next(filter(None, of_link), "")


def _is_of_campus(one: LinkField, field: str, links: Links) -> bool:
    """Whether a field of a list's entries names a record of the campus: not a person, and no entry in a record."""
    names_record = len(one.field.way) == 3 and one.field.way[:2] == (field, "-") and not one.link.steps
    return names_record and one.link.kind not in ("", PERSON) and not links.kinds[one.link.kind].of_student
