"""Shows a record's plain text on a page as it was typed: paragraphs, lines, and lists with whatever marks.

What is a list, and what is not, is for `campus/typed_text.py` to say; here it becomes HTML, each piece escaped.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from sendbook.campus.typed_text import Piece, in_lines, pieces


def prose(text: str) -> Markup:
    """A text as blocks of a page."""
    return Markup("".join(map(_block, pieces(text))))  # noqa: S704 - each piece is escaped


def as_lines(text: object) -> str:
    """A text within a line of a page: its lines stay lines, and entries of its lists are lines with a bullet."""
    if not isinstance(text, str):
        return str(text)
    if isinstance(text, Markup):
        return text
    shown = in_lines(text)
    return Markup("<br>").join(shown.split("\n")) if "\n" in shown else shown


def _block(piece: Piece) -> str:
    if isinstance(piece, str):
        return f"<p>{Markup('<br>').join(piece.split(chr(10)))}</p>"
    return _list(piece)


def _list(piece: dict[str, Any]) -> str:
    items = "".join(f"<li>{_entry(item)}</li>" for item in piece["items"])
    if not piece["ordered"]:
        return f"<ul>{items}</ul>"
    start = f' start="{piece["start"]}"' if piece["start"] != 1 else ""
    return f"<ol{start}>{items}</ol>"


def _entry(item: Piece) -> str:
    if isinstance(item, str):
        return escape(item)
    return f"{escape(item['text'])}{''.join(map(_list, item['lists']))}"
