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

from sendbook.campus.nodes import Node
from sendbook.campus.yaml_walk import Path, Token, walk

Place = tuple[Hashable, ...]

_TRAILING = re.compile(r"[\s:,\-\]}]*?(\s+#.*)$")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(slots=True)
class Comments:
    """Comment lines (without their indent) and blank lines ("") of a file, by the entry they belong to."""

    header: list[str] = field(default_factory=list)
    above: dict[Place, list[str]] = field(default_factory=dict)
    beside: dict[Place, str] = field(default_factory=dict)
    footer: list[str] = field(default_factory=list)


def identities(items: Sequence[Any], node: Node | None) -> list[Hashable]:
    """What each entry of a list is known by: its key's value, its own value, or its number."""
    key = node.key if node is not None and node.key else "id"
    seen: dict[Hashable, int] = {}
    found: list[Hashable] = []
    for number, item in enumerate(items):
        name: Hashable = ("at", number)
        if isinstance(item, Mapping):
            if isinstance(item.get(key), str | int):
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
        self.lines = _BREAK.split(source.decode())
        self.inside: set[int] = set()  # lines that are text of a value
        self.last: dict[int, Token] = {}  # the token that ends last on a line
        self.first: dict[int, Path] = {}  # the outermost entry that begins on a line
        for token in walk(source):
            self._note(token)

    def comments(self) -> Comments:
        found = Comments()
        waiting: list[str] = []
        begun = False
        for number, line in enumerate(self.lines):
            if number in self.first:
                if not begun:
                    found.header, waiting = _split_header(waiting)
                    begun = True
                if waiting:
                    found.above.setdefault(self._place(self.first[number]), []).extend(waiting)
                waiting = []
            if number in self.last:
                self._beside(found, number, line)
            elif number not in self.inside:
                waiting.extend(_own_line(line))
        while waiting and not waiting[-1]:
            waiting.pop()
        found.footer = waiting
        return found

    def _note(self, token: Token) -> None:
        begin, end = token.start[0], token.end[0]
        if token.entry:
            self.first.setdefault(begin, token.path)
        if token.start == token.end:
            return  # the end of an indented block has no place of its own
        if token.style in ("|", ">"):
            # It ends where the next line begins, or in its last line if the file does not end that line.
            after = end + 1 if token.end[1] else end
            self.last[begin] = token
            self.inside.update(range(begin + 1, self._text_end(begin, after)))
            return
        self.last.pop(begin, None)
        self.inside.update(range(begin, end))
        self.last[end] = token

    def _text_end(self, begin: int, end: int) -> int:
        """Where a block's text ends: blank lines after it are layout, unless its header keeps them."""
        if _keeps_blank_lines(self.lines[begin]):
            return end
        while end > begin + 1 and (end > len(self.lines) or not self.lines[end - 1].strip()):
            end -= 1
        return end

    def _beside(self, found: Comments, number: int, line: str) -> None:
        token = self.last[number]
        if token.style in ("|", ">"):
            header = _BLOCK_HEADER.match(line, token.start[1])
            end = header.end() if header else token.start[1]
        else:
            end = token.end[1]
        comment = _TRAILING.match(line, end)
        if comment:
            found.beside[self._place(token.path)] = comment.group(1).rstrip()

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


def _keeps_blank_lines(line: str) -> bool:
    header = re.search(r"[|>]([-+0-9]*)\s*(?:#.*)?$", line)
    return header is not None and "+" in header.group(1)


def _own_line(line: str) -> list[str]:
    """A line that holds no value: its comment, an empty line, or nothing worth keeping."""
    text = line.strip()
    if not text or text.startswith("#"):
        return [text]
    comment = re.search(r"\s(#.*)$", text)  # beside a lone dash, or the dashes a document begins with
    return [comment.group(1)] if comment else []


def _split_header(waiting: list[str]) -> tuple[list[str], list[str]]:
    """What stands at the head of the file is the file's, down to the last blank line before its first entry."""
    if "" not in waiting:
        return [], waiting
    cut = len(waiting) - waiting[::-1].index("")
    return waiting[:cut], waiting[cut:]
