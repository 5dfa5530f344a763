"""Names a value of plain data by a digest: equal values have one name, in whatever order their fields were written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any

_BYTES = 20
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(value: object) -> str:
    """Returns BLAKE2b, in hexadecimal, of the canonical JSON: sorted keys, no spaces, characters as they are."""
    return _digest(written(value))


def written(value: object) -> str:
    """Returns the canonical JSON of a value: sorted keys, no spaces, characters as they are."""
    return _CANONICAL.encode(value)


def digest_of_written(entries: Iterable[str]) -> str:
    """Returns what `digest_of` returns of a list, from each of its entries `written` before."""
    return _digest(f"[{','.join(entries)}]")


class Digests:
    """The same of values that share most of what is in them: the fields of one record as several readers see them.

    What is in a field, or an entry of its list, is written out once and kept, for it to be the very object again.
    """

    __slots__ = ("_written",)

    def __init__(self) -> None:
        self._written: dict[int, tuple[Any, str]] = {}

    def digest_of(self, value: object) -> str:
        """Returns what `digest_of` returns."""
        if type(value) is not dict or not all(type(name) is str for name in value):
            return digest_of(value)
        fields = (f"{_CANONICAL.encode(name)}:{self._field(value[name])}" for name in sorted(value))
        return _digest(f"{{{','.join(fields)}}}")

    def _field(self, value: object) -> str:
        return self._kept(value, self._entries) if type(value) is list else self._kept(value, _CANONICAL.encode)

    def _entries(self, entries: Any) -> str:
        return f"[{','.join(self._kept(entry, _CANONICAL.encode) for entry in entries)}]"

    def _kept(self, value: object, write: Callable[[Any], str]) -> str:
        if type(value) is not dict and type(value) is not list:
            return _CANONICAL.encode(value)
        known = self._written.get(id(value))
        if known is None:
            # With the value itself, so that nothing else can come to have its number.
            known = self._written[id(value)] = value, write(value)
        return known[1]


def _digest(written: str) -> str:
    return blake2b(written.encode(), digest_size=_BYTES).hexdigest()
