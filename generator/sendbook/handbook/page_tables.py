"""A handbook page's tables as the site shows them: in a box the keyboard can reach, with header cells that say so.

A table that a narrow phone can't show becomes cards there, as the tables made from records do (`.sb-stack`): each cell
then carries its column's name, and roles keep it a table for anyone who hears it. Which ones do is read from their
words, so that it is the same on every device and in every font. What is in the cells is left as MkDocs wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

from sendbook.pages.contents import text_of

#: How many columns a phone can show side by side.
_SIDE_BY_SIDE = 3
#: How many letters the longest words of all columns may have together. A table is as wide as these and its padding, in
#: which each column has two letters' room. On 320 px, in a wide font or with letters set apart as readers may set them
#: (WCAG 1.4.12), a letter takes 11 px and there is room for 27.
_LETTERS, _PADDING = 27, 2

_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_HEADER = re.compile(r"<th\b([^>]*)>")
_WHOLE_HEADER = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<td\b")
_WHOLE_CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LINE_BREAK = re.compile(r"<br\b[^>]*>")
#: Where a browser may end a line: at a space that isn't one to hold words together, and after a hyphen.
_ENDS = re.compile(r"[ \t\r\n]+|(?<=[-\u2010\u2013\u2014])")


def boxed(content: str) -> str:
    """The page with each of its tables in a box that it can scroll in."""
    return _TABLE.sub(_in_box, content)


def _in_box(found: re.Match[str]) -> str:
    head, end, body = _HEADER.sub(r'<th scope="col"\1>', found[1]).partition("</thead>")
    columns = [text_of(column) for column in _WHOLE_HEADER.findall(head)]
    look, role = "sb-table", ""
    if len(columns) > _SIDE_BY_SIDE or _widest_words(found[1]) > _LETTERS - _PADDING * len(columns):
        look, role = "sb-table sb-stack", ' role="table"'
        head, body = _with_roles(head, "columnheader"), _with_roles(_labelled(body, columns), "cell")
    name = escape(", ".join(filter(None, columns)))
    return (
        f'<div class="sb-table-box" role="group" tabindex="0" aria-label="Table: {name}">'
        f'<table class="{look}"{role}>{head}{end}{body}</table></div>'
    )


def _widest_words(table: str) -> int:
    """How many letters the longest words of all columns have together: the table gets no narrower than they are."""
    longest: dict[int, int] = {}
    for row in _ROW.findall(table):
        for column, cell in enumerate(_WHOLE_CELL.findall(row)):
            words = _ENDS.split(unescape(_TAG.sub("", _LINE_BREAK.sub(" ", cell))))
            longest[column] = max(longest.get(column, 0), *map(len, words))
    return sum(longest.values())


def _with_roles(rows: str, cell: str) -> str:
    """A browser forgets that rows and cells are a table's as soon as they are shown as cards."""
    for tag, role in (("thead", "rowgroup"), ("tbody", "rowgroup"), ("tr", "row"), ("th", cell), ("td", cell)):
        rows = re.sub(rf"<{tag}\b", f'<{tag} role="{role}"', rows)
    return rows


def _labelled(body: str, columns: Sequence[str]) -> str:
    """Each cell with its column's name; the first is the card's own title and needs none."""

    def labelled(row: re.Match[str]) -> str:
        names = iter(["", *columns[1:]])
        return _CELL.sub(lambda cell: cell[0] + _label(next(names, "")), row[0])

    return _ROW.sub(labelled, body)


def _label(name: str) -> str:
    return f' data-label="{escape(name)}"' if name else ""
