"""Whether every character of a record can be printed: told before any document is made, by record and place.

No name and no word stops a document; what no font has prints as a box, and the people who keep the record should know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sendbook.campus.letters import Letters
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.campus.typed_text import in_lines
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.shape import Positions, finding_at

CODE = "unprintable"
#: Shown as they are written, a bullet before them as well: they stand in headings and in the middle of sentences.
NAMES = re.compile(r"/(?:name|title|behaviour|subject)(?:/|$)")
_MESSAGE = "Here is a character that none of the fonts for printing has. It would print as a box."
_REMEDY = (
    "Put a font that has it into site_templates/fonts, install Debian's fonts-noto-core or fonts-noto-cjk, or write it "
    "another way."
)


def check_letters(
    record: Record, kind: Kind, letters: Letters, positions: Callable[[], Positions]
) -> Iterator[Finding]:
    """A warning for each value with a character that can't be printed."""
    if not any(letters.missing(text) for text in texts_of(record.data)):
        return
    where = positions()
    for leaf in kind.leaves(record.data):
        missing = _missing(leaf.value, leaf.pointer, letters) if isinstance(leaf.value, str) else ""
        if missing:
            yield finding_at(
                record,
                where,
                leaf.pointer,
                code=CODE,
                message=_MESSAGE,
                remedy=_REMEDY,
                found=missing,
                severity=Severity.WARNING,
                parts=((record.kind, leaf.part),) if leaf.part else (),
            )


def _missing(text: str, pointer: str, letters: Letters) -> str:
    """What can't be printed of a text as pages and papers show it: a pasted bullet is the bullet of a list there."""
    missing = letters.missing(text)
    return letters.missing(in_lines(text)) if missing and not NAMES.search(pointer) else missing


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a record's data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)
