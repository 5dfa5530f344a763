"""Reads what somebody is called, and how they are reached, from a record that need not be sound.

A field that is empty, or holds a number or a list where a text belongs, must never turn into a word: “None” would be
looked for in every page as if it were somebody's name. What can be read as text still is, so that a slip in one field
leaves the rest of a name protected.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Called(NamedTuple):
    """A name in full, with other ways to write it in brackets, and what the person is called; empty if unreadable."""

    full: str
    known_as: str


def called(data: Mapping[str, Any]) -> Called:
    """Reads the name in a person's or student's record; what they are called stands in for a name in full."""
    name = data.get("name")
    if not isinstance(name, Mapping):
        name = {"full": name}
    full, known_as = _joined(texts_in(name.get("full"))), _joined(texts_in(name.get("known_as")))
    return Called(full=full or known_as, known_as=known_as)


def text_of(value: object) -> str:
    """Returns a text as it is, and nothing for any other value."""
    return value if isinstance(value, str) else ""


def texts_in(value: object) -> tuple[str, ...]:
    """Returns the texts that a value is or lists, without blank ones."""
    listed = value if isinstance(value, list | tuple) else [value]
    return tuple(one for one in listed if isinstance(one, str) and one.strip())


def numbers_in(value: object) -> tuple[str, ...]:
    """Returns the same for telephone numbers: one typed without quotation marks is a number, and its digits count."""
    listed = value if isinstance(value, list | tuple) else [value]
    return texts_in([str(one) if type(one) is int else one for one in listed])


def group_of(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Returns a group of fields, empty where something else is written in its place."""
    found = data.get(name)
    return found if isinstance(found, Mapping) else {}


def _joined(texts: tuple[str, ...]) -> str:
    """Single words are the parts of one name; of several names each is another way to write the first."""
    if all(len(text.split()) == 1 for text in texts):
        return " ".join(texts)
    return " ".join((texts[0], *(f"({other})" for other in texts[1:])))
