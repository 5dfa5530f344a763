"""Writes the beginning of a record for a person to fill in: each field with a line above it that says what to write.

What nobody can know is left empty, and a check names every such place: nothing half filled in is ever shown. Ids, links
and days that follow from the campus or from today are written already. Nothing else is guessed: a day on which
something was agreed, or somebody's words under another's name, would be printed for the family as a fact.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from textwrap import wrap
from typing import Any

from sendbook.campus.asked import FAMILY
from sendbook.campus.link import TO_PERSON, read_link
from sendbook.campus.wanted import as_written, choices, to_write
from sendbook.campus.words import sentence

Schema = Mapping[str, Any]

_HEAD = (
    "# Fill in what is empty after a colon; the lines with # say what to write, and can be deleted.",
    "# For a text of several lines write | after the colon, and the text below it, two spaces further in.",
    "# Take out what is optional and stays empty.",
    "# Then run sendbook check: it names every place that is still empty.",
)
_WIDTH = 100
# The first version of a record says so, and a family's first household is “a”: safe to begin with.
_BEGINNINGS = {"state": "draft", "household": "a"}
_DAYS_TODAY = frozenset({"from", "on", "date", "since"})
_DAYS_AT_END_OF_TERM = frozenset({"by_date", "review_due"})
# Facts that only the school knows, and outcomes that are years ahead.
_DAYS_TO_LOOK_UP = frozenset({"on_roll/from", "status/from", "rights/from", "outcomes/by_date", "consent/on"})
# Without them families read “Small group”, and not what it is or who gives it.
_OFFERED = frozenset({"provision/name", "provision/delivered_by"})
# One of the family, or of the team: nobody can know who.
_PEOPLE_TO_NAME = frozenset({"person", "from", "delivered_by"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beforehand: the record's ``id``, the day, the next school day (``starts``), the end of the term,
    and by link which id to name (``linked``), which there are to choose from (``listed``), and what to write in words
    (``written``).
    """

    id: str
    on: date
    starts: date
    term_ends: date
    linked: Mapping[str, str] = field(default_factory=dict)
    listed: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)


def skeleton(schema: Schema, known: Known, also: Collection[str] = ()) -> str:
    """The record's text: the fields that must be there, and those of ``also``, in the schema's order."""
    lines = [*_HEAD, *_group(schema, known, 0, also)]
    return "\n".join(lines) + "\n"


def _group(
    schema: Schema, known: Known, indent: int, also: Collection[str] = (), *, within: str = "", entry: str = ""
) -> Iterator[str]:
    """The fields of a group, which is the value of the field ``within``; ``entry`` is the short name of the list's
    entry that the group is.
    """
    for name, inner in schema.get("properties", {}).items():
        optional = name not in schema.get("required", ())
        offered = name in also or (entry and _links_within(inner)) or f"{within}/{name}" in _OFFERED
        if optional and not offered:
            continue
        if name == "id" and (entry or not indent):
            yield f"{' ' * indent}id: {as_written(entry or known.id)}"
            continue
        yield from _comment(inner, known, indent, optional=optional)
        yield from _field(name, inner, known, indent, within)


def _links_within(schema: Schema) -> bool:
    """Whether a field names other entries of the record: what serves which target is soon forgotten."""
    items = schema.get("items")
    return isinstance(items, Mapping) and "x-link" in items and not read_link(items["x-link"]).kind


def _field(name: str, schema: Schema, known: Known, indent: int, within: str) -> Iterator[str]:
    pad = " " * indent
    if schema.get("type") == "object":
        yield f"{pad}{name}:"
        inner = list(_group(schema, known, indent + 2, within=name))
        yield from inner or _group({**schema, "required": list(schema["properties"])}, known, indent + 2, within=name)
    elif schema.get("type") == "array":
        yield f"{pad}{name}:"
        yield from _entry(schema.get("items", {}), known, indent + 2, within=name)
    else:
        value = _value(name, schema, known, within)
        yield f"{pad}{name}: {as_written(value)}" if value else f"{pad}{name}:"


def _entry(schema: Schema, known: Known, indent: int, *, within: str) -> Iterator[str]:
    pad = " " * indent
    if schema.get("type") != "object":
        value = _value("", schema, known, within)
        yield f"{pad}- {as_written(value)}" if value else f"{pad}-"
        return
    lines = list(_group(schema, known, indent + 2, within=within, entry=_short_name(schema)))
    first = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
    # A comment above the entry begins where its dash does.
    yield from (pad + line.lstrip() for line in lines[:first])
    yield f"{pad}- {lines[first].lstrip()}"
    yield from lines[first + 1 :]


def _value(name: str, schema: Schema, known: Known, within: str) -> str:
    """What can be known of a field; "" for the rest."""
    if "x-link" in schema:
        link = read_link(schema["x-link"])
        if not link.kind:
            return _first_of(link.steps[-1])
        return "" if link == TO_PERSON and _is_to_name(name, schema) else known.linked.get(link.to, "")
    if schema.get("format") == "date":
        return _day(name, known, within)
    start = _BEGINNINGS.get(name, "")
    return start if start in schema.get("enum", ()) else ""


def _is_to_name(name: str, schema: Schema) -> bool:
    """Whether nobody can know whom a link to a person names: the SENDCo is one of the staff, and of no family."""
    return name in _PEOPLE_TO_NAME or schema.get("x-form", {}).get("pick") == FAMILY


def _day(name: str, known: Known, within: str) -> str:
    """A day that follows from today; "" where something happened, was decided or will end on a day of its own."""
    if f"{within}/{name}" in _DAYS_TO_LOOK_UP:
        return ""
    if name == "start":
        return known.starts.isoformat()
    if name in _DAYS_TODAY:
        return known.on.isoformat()
    return known.term_ends.isoformat() if name in _DAYS_AT_END_OF_TERM else ""


def _first_of(name: str) -> str:
    return f"{name.removesuffix('s')}-1"


def _short_name(schema: Schema) -> str:
    """What a list's first entry is called, after its title: ``target-1``."""
    return re.sub(r"[^a-z0-9]+", "-", str(schema.get("title", "entry")).lower()).strip("-")[:40] + "-1"


def _comment(schema: Schema, known: Known, indent: int, *, optional: bool) -> Iterator[str]:
    said = [f"{schema.get('title', '')}{' (optional)' if optional else ''}.", str(schema.get("description", ""))]
    items = schema.get("items", {})
    listed = schema if "enum" in schema else items if isinstance(items, Mapping) and "enum" in items else None
    if listed is not None:
        codes = choices(listed)
        said.append(f"One of: {', '.join(codes)}.")
        if any(code.startswith('"') for code in codes):
            said.append("Type the quotation marks too.")
    elif "x-link" in schema:
        to = read_link(schema["x-link"]).to
        there_are = known.listed.get(to, "")
        said.append(f"Write {known.written.get(to, 'its id')}{f': {there_are}' if there_are else ''}.")
    elif schema.get("type") not in ("object", "array", "string") or "x-written" in schema:
        said.append(f"Write {to_write(schema)}.")
    text = " ".join(filter(None, dict.fromkeys(map(sentence, said))))
    yield from (f"{' ' * indent}# {line}" for line in wrap(text, _WIDTH - indent, break_on_hyphens=False))
