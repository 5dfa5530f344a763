"""Tags the first cell of each row of a table as the row's header, which Typst can do only for columns.

A screen reader that goes down a column then says which row it is in: “5 November 2026, 78% of questions”. Typst writes
the tags of a page plainly, one object a line; here they are changed where they are, byte for byte in the same length,
because a PDF says of each object where it begins. A table whose columns have no headers is left alone.
"""

from __future__ import annotations

import re

#: A cell that belongs to one column: which table, which column. What is empty can head no row.
_CELL = re.compile(
    rb"(?P<start>\n\d+ 0 obj\n<</Type/StructElem/S/T)D(?P<parent>/P \d+ 0 R/A\[<</O/Table)"
    rb"(?P<headers>/Headers\[\(U(?P<table>\d+)x(?P<column>\d+)y\d+\)\])(?=[^\n]*?/K\[(?P<inside>[^\]]?))"
)
_ROW = b"/Scope/Row"


def with_row_headers(pdf: bytes) -> bytes:
    """The same PDF with a header for each row of its tables of two columns or more."""
    several = {found["table"] for found in _CELL.finditer(pdf) if found["column"] != b"0"}
    return _CELL.sub(lambda found: _tagged(found) if found["table"] in several else found[0], pdf)


def _tagged(found: re.Match[bytes]) -> bytes:
    """The cell as a header, or without its list of headers: those listed would hide the one in its row."""
    heads = found["column"] == b"0" and found["inside"]
    tag, says = (b"H", _ROW) if heads else (b"D", b"")
    return found["start"] + tag + found["parent"] + says.ljust(len(found["headers"]))
