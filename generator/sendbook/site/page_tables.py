"""A handbook page's tables as the site shows them: in a box the keyboard can reach, with header cells that say so.

A table of four columns or more becomes cards on a phone, as the tables made from records do (`.sb-stack`): each cell
then carries its column's name, and roles keep it a table for anyone who hears it. What is in the cells is left as
MkDocs wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from sendbook.site.contents import text_of

#: How many columns a phone can show side by side with words still whole.
_SIDE_BY_SIDE = 3

_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_HEADER = re.compile(r"<th\b([^>]*)>")
_WHOLE_HEADER = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<td\b")


def boxed(content: str) -> str:
    """The page with each of its tables in a box that it can scroll in."""
    return _TABLE.sub(_in_box, content)


def _in_box(found: re.Match[str]) -> str:
    head, end, body = _HEADER.sub(r'<th scope="col"\1>', found[1]).partition("</thead>")
    columns = [text_of(column) for column in _WHOLE_HEADER.findall(head)]
    look, role = "sb-table", ""
    if len(columns) > _SIDE_BY_SIDE:
        look, role = "sb-table sb-stack", ' role="table"'
        head, body = _with_roles(head, "columnheader"), _with_roles(_labelled(body, columns), "cell")
    name = escape(", ".join(filter(None, columns)))
    return (
        f'<div class="sb-table-box" role="group" tabindex="0" aria-label="Table: {name}">'
        f'<table class="{look}"{role}>{head}{end}{body}</table></div>'
    )


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
