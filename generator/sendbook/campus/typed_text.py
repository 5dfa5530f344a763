"""Reads a record's plain text as it was typed: paragraphs, lines, and lists with whatever marks, two levels deep.

Pages, PDFs and the check of letters all read it here, so that what is a list to one is a list to all. What is copied
from a word processor brings its own bullets; nothing else of a text is taken for anything but words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sendbook.campus.list_marks import AFTER_COLON, BULLET, COPIED, NUMBER, OPENING, RUN_ON, WITHIN, begins_below

#: A paragraph, or a list as data: whether it is numbered, from which number, and its entries. An entry is a text, or
#: one with lists of its own: its ``text`` and its ``lists``.
Piece = str | dict[str, Any]

#: A line that begins so much further in than its list is of a list within it.
_FURTHER_IN = 2
_COPIED = re.compile(f"[{COPIED}]")
_INDENT = "\N{NO-BREAK SPACE}" * 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """How a line begins an entry: how far in, with which bullet or number, and what comes after it."""

    indent: int
    sign: str
    text: str

    @property
    def ordered(self) -> bool:
        return self.sign.isdecimal()


@dataclass(slots=True)
class _Entry:
    text: str
    lists: list[_List] = field(default_factory=list)

    @property
    def piece(self) -> Piece:
        return {"text": self.text, "lists": [one.piece for one in self.lists]} if self.lists else self.text


@dataclass(slots=True)
class _List:
    first: _Mark
    indent: int
    entries: list[_Entry]

    @classmethod
    def of(cls, mark: _Mark) -> _List:
        return cls(mark, mark.indent, [_Entry(mark.text)])

    @property
    def piece(self) -> dict[str, Any]:
        start = int(self.first.sign) if self.first.ordered else 1
        return {"ordered": self.first.ordered, "start": start, "items": [one.piece for one in self.entries]}

    def take(self, mark: _Mark) -> bool:
        """Adds what a mark begins, here or in the list within the last entry; answers whether it belongs here."""
        if mark.indent >= self.indent + _FURTHER_IN or begins_below(mark.sign, self.first.sign):
            within = self.entries[-1].lists
            if within and within[-1].first.ordered is mark.ordered:
                within[-1].entries.append(_Entry(mark.text))
            else:
                within.append(_List.of(mark))
            return True
        if self.first.ordered is not mark.ordered:
            return False
        self.indent = min(self.indent, mark.indent)
        self.entries.append(_Entry(mark.text))
        return True

    def go_on(self, words: str) -> None:
        """Adds a line to the entry that was begun last."""
        last = self.entries[-1]
        if last.lists:
            last = last.lists[-1].entries[-1]
        last.text = f"{last.text} {words}"


def pieces(text: str) -> list[Piece]:
    """The paragraphs and lists of a text, in their order; the lines of a paragraph stay lines."""
    text = _on_lines(text)
    if "\n" not in text and (text.isascii() or not OPENING.match(text)):
        return [text]
    return list(_pieces(text.strip("\n").split("\n")))


def in_lines(text: str) -> str:
    """The same as lines of plain text, for where a list has no room: its entries are lines with a bullet or number."""
    if "\n" not in text and not _has_run_on(text):
        return text
    return "\n".join(_lines(pieces(text)))


def lines_in(value: Any) -> Any:
    """Data with every text in lines."""
    if isinstance(value, str):
        return value if value.isascii() and "\n" not in value else in_lines(value)
    if isinstance(value, dict):
        return {key: lines_in(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [lines_in(inner) for inner in value]
    return value


def is_in_lines(written: str) -> bool:
    """Whether all texts in some JSON are in lines as they are, which is known much sooner than by asking each of them;
    if in doubt, not.
    """
    return "\\n" not in written and _COPIED.search(written) is None


def _lines(found: list[Piece]) -> Iterator[str]:
    for piece in found:
        if isinstance(piece, str):
            yield piece
        else:
            yield from _marked(piece, "•")


def _marked(piece: dict[str, Any], bullet: str) -> Iterator[str]:
    for number, item in enumerate(piece["items"], piece["start"]):
        mark = f"{number}." if piece["ordered"] else bullet
        if isinstance(item, str):
            yield f"{mark} {item}"
        else:
            yield f"{mark} {item['text']}"
            yield from (f"{_INDENT}{line}" for within in item["lists"] for line in _marked(within, "\u2013"))


def _has_run_on(text: str) -> bool:
    """Whether a copied bullet is in the text. All of these are signs that few texts hold, which is known sooner."""
    return not text.isascii() and _COPIED.search(text) is not None and RUN_ON.search(text) is not None


def _on_lines(text: str) -> str:
    """Bullets that were copied into one line, each on a line of its own; one alone within a line is no list."""
    if text.isascii() or len(RUN_ON.findall(text)) < 2:
        return text
    return "\n".join(map(_split, text.split("\n")))


def _split(row: str) -> str:
    indent = row[: len(row) - len(row.lstrip())]
    several = len(RUN_ON.findall(row)) > 1
    return (WITHIN if several else AFTER_COLON).sub(lambda found: f"\n{indent}{found[1]} ", row)


def _mark_of(row: str) -> _Mark | None:
    found = BULLET.match(row) or NUMBER.match(row)
    if found is None:
        return None
    expanded = row.expandtabs(4)
    indent = len(expanded) - len(expanded.lstrip())
    return _Mark(indent=indent, sign=next(filter(None, found.groups())), text=row[found.end() :].strip())


def _pieces(rows: list[str]) -> Iterator[Piece]:
    words: list[str] = []
    listed: _List | None = None
    for row in rows:
        mark = _mark_of(row)
        if not row.strip():
            if words:
                yield "\n".join(words)
                words = []
        elif listed is not None and mark is None and row[:1].isspace():
            listed.go_on(row.strip())
        elif listed is None or mark is None or not listed.take(mark):
            if listed is not None:
                yield listed.piece
            listed = _List.of(mark) if mark is not None else None
            if mark is None:
                words.append(row.strip())
            elif words:
                yield "\n".join(words)
                words = []
    if listed is not None:
        yield listed.piece
    if words:
        yield "\n".join(words)
