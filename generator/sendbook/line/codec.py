"""Writes a message as one line of JSON, and reads one; whatever is not exactly a message is refused.

A line is read as if anybody could have written it: no field too many or too few, no value of another type, no second
value for a field, no number that is not whole. Bytes are written in base64.
"""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import fields
from typing import Any, get_type_hints

from sendbook.errors import LineError
from sendbook.line.messages import MESSAGES, Message

#: So many bytes may a line have, its end included: a long document with its fonts has some hundred thousand.
MOST = 32 << 20
_KIND = "is"
_WHOLE_NUMBERS = range(-(2**53), 2**53 + 1)
_NAMES = {kind: name for name, kind in MESSAGES.items()}


def encoded(message: Message) -> bytes:
    """The line of a message. Raises `LineError` for one that is too long or holds half a character."""
    said: dict[str, Any] = {_KIND: _NAMES[type(message)]}
    for name, kind in _TYPES[type(message)].items():
        value = getattr(message, name)
        said[name] = b64encode(value).decode("ascii") if kind is bytes else value
    try:
        line = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:
        raise LineError("A message holds half a character.") from None
    if len(line) > MOST:
        raise LineError("A message is too long.")
    return line


def decoded(line: bytes) -> Message:
    """The message of a line. Raises `LineError`, which repeats nothing of it, for anything else."""
    if len(line) > MOST or not line.endswith(b"\n") or b"\n" in line[:-1]:
        raise LineError("What came is not one line, or too long.")
    try:
        said = json.loads(line.decode("utf-8"), object_pairs_hook=_once, parse_constant=_none, parse_float=_none)
    except (ValueError, RecursionError):
        raise LineError("What came is not JSON.") from None
    kind = MESSAGES.get(said.pop(_KIND)) if isinstance(said, dict) and isinstance(said.get(_KIND), str) else None
    if kind is None:
        raise LineError("What came is no message that this process knows.")
    types = _TYPES[kind]
    if said.keys() != types.keys():
        raise LineError(f"A message “{_NAMES[kind]}” came with other fields than it has.")
    try:
        return kind(**{name: _READ[types[name]](value) for name, value in said.items()})
    except ValueError:
        raise LineError(f"A message “{_NAMES[kind]}” came with a value of the wrong type.") from None


def _types_of(kind: type[Message]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


_TYPES = {kind: _types_of(kind) for kind in MESSAGES.values()}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which each name stands once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _none(_text: str) -> None:
    raise ValueError


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    value.encode("utf-8")  # raises UnicodeEncodeError, a ValueError, for half a character
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(map(_text, value))


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value not in _WHOLE_NUMBERS:
        raise ValueError
    return value


def _bytes(value: object) -> bytes:
    try:
        found = b64decode(_text(value), validate=True)
    except binascii.Error:
        raise ValueError from None
    if b64encode(found).decode("ascii") != value:  # one way to write it
        raise ValueError
    return found


_READ: dict[Any, Callable[[object], Any]] = {
    str: _text,
    tuple[str, ...]: _texts,
    bool: _yes_or_no,
    int: _whole,
    bytes: _bytes,
}
