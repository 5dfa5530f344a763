"""Whether a table was typed into a record's text. There it would be shown as its rows and marks, to everybody.

A text of a record is prose and lists. A single ``|``, or lines with one in each that have no line of dashes under the
first and no frame, is nothing but what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.checks.finding import Finding
from sendbook.checks.record_texts import warnings_in_texts
from sendbook.checks.shape import Positions
from sendbook.checks.tables import is_under_head

CODE = "table-in-text"
_MESSAGE = "A table is typed into this text; it would be shown as it is here, with its | marks."
_REMEDY = (
    "Write it as a list with an entry for each row: “- Monday: maths, with Ms Hill”. A table about no person may be on "
    "a page of the handbook."
)
# A row between two marks.
_ROW = re.compile(r"\|.*\|")


def check_tables(record: Record, kind: Kind, positions: Callable[[], Positions]) -> Iterator[Finding]:
    """A warning for each text with a table in it."""

    def table(text: str, _pointer: str) -> str | None:
        return "" if holds_table(text) else None

    return warnings_in_texts(
        record, kind, positions, may=holds_table, found=table, code=CODE, message=_MESSAGE, remedy=_REMEDY
    )


def holds_table(text: str) -> bool:
    """Whether two lines of a text, one below the other, are rows of a table or its first row and the line under it."""
    if "|" not in text or "\n" not in text:
        return False
    rows = [row.strip() for row in text.split("\n")]
    return any(_are_rows(above, below) for above, below in pairwise(rows))


def _are_rows(above: str, below: str) -> bool:
    return ("|" in above and is_under_head(below)) or bool(_ROW.fullmatch(above) and _ROW.fullmatch(below))
