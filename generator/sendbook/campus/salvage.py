"""Reads what can still be read of a record that is not sound: for what it takes away, never for what it gives.

A file with a slip in one line may also hold a decision that can't wait: somebody left, a permission was taken back. The
file is cut at its top-level fields, and a list that can't be read whole at its entries; each piece is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sendbook.campus.strict_yaml import MAX_BYTES, parse

_FIELD = re.compile(r"^(?=[A-Za-z_]\w*:)", re.MULTILINE)
_ENTRY = re.compile(r"^( *)- ", re.MULTILINE)
# A field that a stray space or a quotation mark keeps from being cut out at the margin is there all the same.
_OFF_THE_MARGIN = re.compile(r"""^[ \t"']+([A-Za-z_]\w*)["']?[ \t]*:""", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """The fields that could be read, and the names of those that could be read in part only, or not at all.

    ``whole`` says that the file as such is sound YAML; where it isn't, ``mentioned`` are names of fields that stand off
    the margin, and can't be told from taken out.
    """

    data: dict[str, Any] = field(default_factory=dict, repr=False)
    partial: frozenset[str] = frozenset()
    whole: bool = False
    mentioned: frozenset[str] = frozenset()

    def says_without(self, name: str) -> bool:
        """Whether the file can be read, if only in part, and has no such field any more."""
        return self.reads and self.data.get(name) is None and name not in self.partial | self.mentioned

    @property
    def reads(self) -> bool:
        """Whether anything of the file can be read; what can't be read at all takes nothing away."""
        return self.whole or bool(self.data)


NOTHING_READ = Salvaged()


def salvage(source: bytes) -> Salvaged:
    """What can be read of a file's bytes, piece by piece."""
    if len(source) > MAX_BYTES:
        return NOTHING_READ
    parsed = parse(source, "")
    if parsed.data is not None and not parsed.lost:  # what a quotation mark swallowed was not taken out
        return Salvaged(data=parsed.data, whole=True)
    data: dict[str, Any] = {}
    partial = set()
    text = source.decode("utf-8-sig", errors="replace")
    for piece in _FIELD.split(text):
        name = piece.partition(":")[0]
        if not name.isidentifier():
            continue
        found = parse(piece.encode(), "").data
        if found is None or name in data:  # a field that is there twice: neither can be meant with certainty
            partial.add(name)
            entries = [*_entries(name, piece)]
            kept = data.get(name)
            data[name] = [*(kept if isinstance(kept, list) else []), *entries] if entries else kept
        else:
            data |= found
    return Salvaged(
        data={name: value for name, value in data.items() if value is not None},
        partial=frozenset(partial),
        mentioned=frozenset(_OFF_THE_MARGIN.findall(text)),
    )


def _entries(name: str, piece: str) -> Iterator[Any]:
    """The entries of a list that can be read by themselves."""
    first = _ENTRY.search(piece)
    if first is None:
        return
    for entry in re.split(rf"^(?={first[1]}- )", piece[first.start() :], flags=re.MULTILINE):
        found = parse(f"{name}:\n{entry}".encode(), "").data
        value = found.get(name) if found else None
        yield from value if isinstance(value, list) else ()
