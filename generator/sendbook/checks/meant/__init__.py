"""Finds what a person probably meant by a value that a field doesn't take, and says how to write it.

Every offer is tried against the schema first: what is offered is taken. An offer may hold what is in the record, so it
goes into a finding's ``hint`` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.campus.verdict import compiled
from sendbook.campus.wanted import as_written
from sendbook.campus.writer import dump
from sendbook.checks.meant.days import day_meant, time_meant
from sendbook.checks.meant.guess import Guess
from sendbook.checks.meant.names import choice_meant, link_spelt, text_meant
from sendbook.checks.meant.numbers import number_meant, truth_meant

__all__ = ["Guess", "hint", "meant", "offer"]

_LONGEST = 160


def hint(value: Any, schema: Mapping[str, Any], name: str) -> str:
    """What to write, in a sentence; "" where nobody can know. ``name`` is the field's, "" for an entry of a list."""
    guess = meant(value, schema, name)
    return "" if guess is None else offer(guess, name)


def offer(guess: Guess, name: str) -> str:
    """The sentence that offers a guess as a line of the field ``name``; its note alone where it holds no value."""
    if guess.value is None:
        return guess.note
    line = _below(guess.value, name) if isinstance(guess.value, list | dict) else f"“{_line(name, guess.value)}”"
    if not line or len(line) > _LONGEST or "\n" in line:
        return guess.note
    sentence = f"Write {line}." if guess.sure else f"Did you mean {line}?"
    return f"{sentence} {guess.note}".strip()


def meant(value: Any, schema: Mapping[str, Any], name: str = "") -> Guess | None:
    """The first offer that the schema takes, else the first reason why there is none."""
    fits = compiled(dict(schema))
    without = None
    for guess in _guesses(value, schema, name):
        if guess.value is None:
            without = without or guess
        elif isinstance(guess.value, dict) or fits(guess.value):
            return guess
    return without


def _guesses(value: Any, schema: Mapping[str, Any], name: str) -> Iterator[Guess]:
    kinds = schema.get("type", "")
    wanted = kinds if isinstance(kinds, list) else [kinds]
    if value is None or (isinstance(value, str) and not value.strip()):
        return
    if "enum" in schema:
        yield from choice_meant(_only(value), schema["enum"], schema.get("x-words", {}))
    if "array" in wanted:
        yield from _list_meant(value, schema.get("items", {}))
    if "object" in wanted and not isinstance(value, dict | list):
        yield from _group_meant(value, schema)
    if "boolean" in wanted and (truth := truth_meant(value)):
        yield truth
    if {"number", "integer"} & set(wanted):
        yield from _number_meant(_only(value), schema, name)
    if "string" in wanted:
        yield from _text_meant(value, schema)


def _only(value: Any) -> Any:
    """A list's only entry: brackets or a dash were put round what is no list."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _number_meant(value: Any, schema: Mapping[str, Any], name: str) -> Iterator[Guess]:
    if isinstance(value, str):
        said = f"{name} {schema.get('x-unit', '')} {schema.get('title', '')}".lower()
        yield from number_meant(value, minutes="minute" in said, weekly="week" in said)
    elif isinstance(value, int | float) and not isinstance(value, bool) and schema.get("maximum") == 1 < value <= 100:
        yield Guess(value=value / 100, sure=False)  # a percentage where a share is wanted


def _text_meant(value: Any, schema: Mapping[str, Any]) -> Iterator[Guess]:
    text = _as_text(value)
    if text is None:
        return
    day = schema.get("format") == "date"
    if not isinstance(value, str) and not day:
        yield Guess(value=text)
    for guess in (day_meant(text) if day else None, None if day else time_meant(text)):
        if guess is not None:
            yield guess
    if "x-link" in schema:
        yield from link_spelt(text)
    elif not day:
        yield from text_meant(text)


def _as_text(value: Any) -> str | None:
    """Text that YAML took for something else: a number, a list in brackets, or a colon within a sentence."""
    if isinstance(value, dict):
        if len(value) == 1 and all(not isinstance(one, dict | list) for one in value.values()):
            return ": ".join("" if part is None else _said(part) for pair in value.items() for part in pair).strip()
        return None
    if isinstance(value, list):
        return None if any(isinstance(one, dict | list) for one in value) else ", ".join(map(_said, value))
    return _said(value)


def _said(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else as_written(value)


def _list_meant(value: Any, items: Any) -> Iterator[Guess]:
    if not isinstance(items, Mapping) or isinstance(value, list):
        return
    if isinstance(value, dict):
        yield Guess(value=[value])
        return
    pieces: list[Any] = [value]
    if isinstance(value, str) and items.get("maxLength", 0) <= 300:  # sentences hold commas of their own
        pieces = [piece.strip() for piece in value.replace(";", ",").replace("\n", ",").split(",") if piece.strip()]
    yield from _entries(pieces, items)
    yield from _entries([value], items)


def _entries(pieces: list[Any], items: Mapping[str, Any]) -> Iterator[Guess]:
    fits = compiled(dict(items))
    found = [Guess(value=piece) if fits(piece) else meant(piece, items) for piece in pieces]
    if found and all(one is not None and one.value is not None for one in found):
        yield Guess(value=[one.value for one in found if one], sure=all(one.sure for one in found if one))


def _group_meant(value: Any, schema: Mapping[str, Any]) -> Iterator[Guess]:
    """The field of a group that a single value was most likely meant for: a choice it is one of, else the first."""
    properties: Mapping[str, Any] = schema.get("properties", {})
    required = [name for name in properties if name in schema.get("required", ())]
    for name in sorted(required or list(properties)[:1], key=lambda name: "enum" not in properties[name]):
        found = Guess(value=value) if compiled(properties[name])(value) else meant(value, properties[name], name)
        if found is not None and found.value is not None and not isinstance(found.value, list | dict):
            yield Guess(value={name: found.value}, sure=found.sure, note=found.note)
            return


def _line(name: str, value: Any) -> str:
    """A field as one line of a record."""
    line = dump({name or "entry": value}).decode().removesuffix("\n")
    return line if name else f"- {line.removeprefix('entry: ')}"


def _below(value: list[Any] | dict[str, Any], name: str) -> str:
    if isinstance(value, dict):
        ((field, inner),) = value.items()
        return (
            f"“{_line(field, inner)}” below “{name}:”, two spaces further in" if name else f"“- {_line(field, inner)}”"
        )
    if not value or isinstance(value[0], dict):
        return ""
    entries = ", ".join(f"“{_line('', one)}”" for one in value)
    each = ", each on a line of its own" if len(value) > 1 else ""
    return f"{entries} below “{name}:”{each}, two spaces further in"
