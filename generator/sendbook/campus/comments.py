"""Finds the comments and blank lines of a record's file, and what each belongs to.

Comments belong to the entry they stand above, or on whose line they stand. Entries of lists are known by
their identity, not their number, so that a comment stays with its target when another is put in before it.
Writing them out again is left to `writer`.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sendbook.campus.layout import Layout
from sendbook.campus.nodes import Node, key_in
from sendbook.campus.yaml_walk import Path

Place = tuple[Hashable, ...]


@dataclass(slots=True)
class Comments:
    """Comment lines (without their indent) and blank lines ("") of a file, by the entry they belong to."""

    header: list[str] = field(default_factory=list)
    above: dict[Place, list[str]] = field(default_factory=dict)
    beside: dict[Place, str] = field(default_factory=dict)
    footer: list[str] = field(default_factory=list)


def identities(items: Sequence[Any], node: Node | None) -> list[Hashable]:
    """What each entry of a list is known by: its key's value, its own value, or its number."""
    seen: dict[Hashable, int] = {}
    found: list[Hashable] = []
    for number, item in enumerate(items):
        name: Hashable = ("at", number)
        if isinstance(item, Mapping):
            key = key_in(node, item)
            if key is not None and isinstance(item[key], str | int):
                name = ("id", item[key])
        elif not isinstance(item, list):
            name = ("value", repr(item))
        seen[name] = seen.get(name, 0) + 1
        found.append((name, seen[name]))
    return found


def gather(source: bytes, data: Mapping[str, Any], root: Node | None) -> Comments:
    """The comments of a good source, whose data is handed in so that entries can be identified."""
    return _Gathering(source, data, root).comments()


class _Gathering:
    def __init__(self, source: bytes, data: Mapping[str, Any], root: Node | None) -> None:
        self.data = data
        self.root = root
        self.layout = Layout(source)

    def comments(self) -> Comments:
        found = Comments()
        waiting: list[str] = []
        begun = False
        layout = self.layout
        for number, line in enumerate(layout.lines):
            if number in layout.first:
                if not begun:
                    found.header, waiting = _split_header(waiting)
                    begun = True
                if waiting:
                    found.above.setdefault(self._place(layout.first[number]), []).extend(waiting)
                waiting = []
            if number in layout.last:
                self._beside(found, number)
            elif number not in layout.inside:
                waiting.extend(_own_line(line))
        while waiting and not waiting[-1]:
            waiting.pop()
        found.footer = waiting
        return found

    def _beside(self, found: Comments, number: int) -> None:
        column = self.layout.comment_after(number)
        if column is not None:
            comment = self.layout.lines[number][column:].rstrip()
            found.beside[self._place(self.layout.last[number].path)] = f"  {comment}"

    def _place(self, path: Path) -> Place:
        value: Any = self.data
        node = self.root
        place: list[Hashable] = []
        for step in path:
            if isinstance(step, int):
                place.append(identities(value, node)[step])
                node = node.items if node is not None else None
            else:
                place.append(step)
                node = node.child(step) if node is not None else None
            value = value[step]
        return tuple(place)


def _own_line(line: str) -> list[str]:
    """A line that holds no value: its comment, an empty line, or nothing worth keeping."""
    text = line.strip()
    if not text or text.startswith("#"):
        return [text]
    comment = re.search(r"\s(#.*)$", text)  # next to a lone dash, or the dashes a document begins with
    return [comment.group(1)] if comment else []


def _split_header(waiting: list[str]) -> tuple[list[str], list[str]]:
    """What is at the head of the file is the file's, down to the last blank line before its first entry."""
    if "" not in waiting:
        return [], waiting
    cut = len(waiting) - waiting[::-1].index("")
    return waiting[:cut], waiting[cut:]
