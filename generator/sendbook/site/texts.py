"""Shows a record's plain text as it was typed: paragraphs, lines, and lists with whatever marks.

What is copied from a word processor brings its own bullets. They are read as a list, as dashes and numbers are; nothing
else of the text is taken for anything but words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

#: A paragraph, or a list as data: whether it is numbered, from which number, and its entries.
Piece = str | dict[str, Any]

_COPIED = "•◦▪‣●○■□\uf0a7\uf0b7"
_BULLET = re.compile(rf"\s*(?:[-*+·\u2013\u2014][ \t]+|o\t\s*|[{_COPIED}]\s*)(?=\S)")
_NUMBER = re.compile(r"\s*(\d{1,2})[.)][ \t]+(?=\S)")
_RUN_ON = re.compile(rf"(?:^|\s+)[{_COPIED}]\s*(?=\S)")


@dataclass(slots=True)
class _List:
    ordered: bool
    start: int
    items: list[str] = field(default_factory=list)

    @property
    def piece(self) -> Piece:
        return {"ordered": self.ordered, "start": self.start, "items": self.items}


def pieces(text: str) -> list[Piece]:
    """The paragraphs and lists of a text, in their order; the lines of a paragraph stay lines."""
    text = _on_lines(text)
    if "\n" not in text and not _opens_list(text):
        return [text]
    return list(_pieces(text.strip("\n").split("\n")))


def prose(text: str) -> Markup:
    """A text as blocks of a page."""
    return Markup("".join(map(_block, pieces(text))))  # noqa: S704 - each piece is escaped


def as_lines(text: object) -> str:
    """A text within a line of a page: its lines stay lines, and entries of its lists are lines with a bullet."""
    if not isinstance(text, str):
        return str(text)
    if isinstance(text, Markup) or ("\n" not in text and not _RUN_ON.search(text)):
        return text
    found: list[str] = []
    for piece in pieces(text):
        found += [piece] if isinstance(piece, str) else _marked(piece)
    return Markup("<br>").join(part for one in found for part in one.split("\n"))


def _marked(piece: dict[str, Any]) -> list[str]:
    marks = (f"{number}. " if piece["ordered"] else "• " for number in range(piece["start"], 10_000))
    return [f"{mark}{item}" for mark, item in zip(marks, piece["items"], strict=False)]


def _block(piece: Piece) -> str:
    if isinstance(piece, str):
        return f"<p>{Markup('<br>').join(piece.split(chr(10)))}</p>"
    items = "".join(f"<li>{escape(item)}</li>" for item in piece["items"])
    if not piece["ordered"]:
        return f"<ul>{items}</ul>"
    start = f' start="{piece["start"]}"' if piece["start"] != 1 else ""
    return f"<ol{start}>{items}</ol>"


def _on_lines(text: str) -> str:
    """Bullets that were copied into one line, each on a line of its own."""
    return _RUN_ON.sub("\n• ", text) if len(_RUN_ON.findall(text)) > 1 else text


def _opens_list(line: str) -> bool:
    return line[:1] in _COPIED and _BULLET.match(line) is not None


def _pieces(rows: list[str]) -> Iterator[Piece]:
    words: list[str] = []
    listed: _List | None = None
    for row in rows:
        bullet, number = _BULLET.match(row), _NUMBER.match(row)
        mark = bullet or number
        goes_on = listed is not None and not mark and row.strip() and row[:1].isspace()
        if goes_on and listed is not None:
            listed.items[-1] = f"{listed.items[-1]} {row.strip()}"
            continue
        if listed is not None and (not mark or listed.ordered is (bullet is not None)) and row.strip():
            yield listed.piece
            listed = None
        if mark:
            if words:
                yield "\n".join(words)
                words = []
            listed = listed or _List(ordered=bullet is None, start=int(number.group(1)) if number and not bullet else 1)
            listed.items.append(row[mark.end() :].strip())
        elif row.strip():
            words.append(row.strip())
        elif words:
            yield "\n".join(words)
            words = []
    if listed is not None:
        yield listed.piece
    if words:
        yield "\n".join(words)
