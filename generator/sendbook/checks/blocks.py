"""A page's paragraphs as they read: without markup and line ends, with the place of every character kept.

A name or a term may run over the end of a line, hold a non-breaking space or be half in bold. So rules that look for
words ask these blocks, and get line and column back from the place of what they found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from html import unescape

from sendbook.checks.tables import is_under_head

_BEGINS = re.compile(r"\s*(?:(?:[-*+•]|\d+[.)]|>|:)\s+)+")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,20});")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_UNDERLINE = re.compile(r"(?<!\w)_+|_+(?!\w)")
_ENDS = re.compile(r"[.!?][\"')\]\u201d]*\s+(?=[\"'(\u201c]*[^\s\"'(\u201ca-z])")
_APOSTROPHES = "\u2019\u2018\u02bc"
_UNSEEN = frozenset("*`|[]\u00ad\u200b\u2060\ufeff")

Line = tuple[int, str]


class Sort(Enum):
    """What a block is on its page."""

    TEXT = "text"
    HEADING = "heading"
    ROW = "row"
    HEAD_ROW = "head row"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list entry, heading or row of a table. ``places`` has line and column of each character."""

    text: str
    sort: Sort
    places: tuple[tuple[int, int], ...] = field(repr=False)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character."""
        return self.places[min(offset, len(self.places) - 1)]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence begins and ends that holds a piece of the block."""
        begin = 0
        for found in _ENDS.finditer(self.text):
            if found.end() <= start:
                begin = found.end()
            elif found.start() >= end - 1:
                return begin, found.start() + 1
        return begin, len(self.text)

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Where each sentence begins, and the sentence."""
        begin = 0
        for found in _ENDS.finditer(self.text):
            yield begin, self.text[begin : found.end()].rstrip()
            begin = found.end()
        yield begin, self.text[begin:]

    @property
    def words(self) -> list[str]:
        """Its words, folded: small letters, without marks."""
        return re.findall(r"[^\W_]+(?:'[^\W_]+)*", self.text.casefold())


def blocks_of(prose: Iterable[Line]) -> tuple[Block, ...]:
    """The blocks of a page from its lines by number; lines of code are not among them."""
    return tuple(block for lines, sort in _gathered(list(prose)) if (block := _block(lines, sort)).text)


def block_of(text: str, line: int = 1, column: int = 1) -> Block:
    """A short text that is no part of a page's body, such as its title, as one block."""
    made = _block([(line, text)], Sort.TEXT)
    return Block(made.text, made.sort, tuple((row, column + at - 1) for row, at in made.places))


def _gathered(lines: list[Line]) -> Iterator[tuple[list[Line], Sort]]:
    """The lines of each block; the line of dashes below a table's first row is in none."""
    gathered: list[Line] = []
    rows = dict(lines)
    for number, text in lines:
        heading, row = _HEADING.match(text), text.lstrip().startswith("|")
        ruled = is_under_head(text)
        apart = heading or row or not text.strip() or _BEGINS.match(text)
        if gathered and (apart or number != gathered[-1][0] + 1):
            yield gathered, Sort.TEXT
            gathered = []
        if heading:
            yield [(number, text)], Sort.HEADING
        elif row and not ruled:
            yield [(number, text)], Sort.HEAD_ROW if is_under_head(rows.get(number + 1, "")) else Sort.ROW
        elif text.strip() and not ruled:
            gathered.append((number, text))
    if gathered:
        yield gathered, Sort.TEXT


def _block(lines: list[Line], sort: Sort) -> Block:
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for number, text in lines:
        begins = _HEADING.match(text) if sort is Sort.HEADING else _BEGINS.match(text)
        first = begins.end() if begins else 0
        bare = _TAG.sub(lambda found: " " * len(found.group()), text)
        bare = _UNDERLINE.sub(lambda found: "*" * len(found.group()), bare)
        for column, letter in _letters(bare, first):
            if letter == " " and (not letters or letters[-1] == " "):
                continue
            letters.append(letter)
            places.append((number, column + 1))
        if letters and letters[-1] != " ":
            letters.append(" ")
            places.append((number, len(text) + 1))
    while letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    return Block("".join(letters), sort, tuple(places))


def _letters(text: str, first: int) -> Iterator[tuple[int, str]]:
    """Column, from 0, and character of all that is read; a cell's border and any kind of space is a space."""
    entities = {found.start(): found for found in _ENTITY.finditer(text)}
    at = first
    while at < len(text):
        entity = entities.get(at)
        written, size = (unescape(entity.group()), len(entity.group())) if entity else (text[at], 1)
        for one in written:
            if one == "|" or one.isspace():
                yield at, " "
            elif one in _APOSTROPHES:
                yield at, "'"
            elif one not in _UNSEEN and not (one == "(" and text[at - 1 : at] == "]"):
                yield at, one  # a bracket behind a bracket opens a link's address, which is no text
        at += size
