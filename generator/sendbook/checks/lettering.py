"""Checks whether every character of a record can be printed, before any document is made.

No name and no word stops a document; what no font has prints as a box, and the people who write the record should know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sendbook.campus.letters import Letters
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.campus.typed_text import in_lines
from sendbook.checks.finding import Finding
from sendbook.checks.record_texts import warnings_in_texts
from sendbook.checks.shape import Positions

CODE = "unprintable"
#: Shown as they are written, a bullet before them as well: they stand in headings and in the middle of sentences.
NAMES = re.compile(r"/(?:name|title|behaviour|subject)(?:/|$)")
_MESSAGE = "None of the fonts for printing has this character. It would print as a box."
_REMEDY = (
    "Put a font that has it into site_templates/fonts, install Debian's fonts-noto-core or fonts-noto-cjk, or write it "
    "another way."
)


def check_letters(
    record: Record, kind: Kind, letters: Letters, positions: Callable[[], Positions]
) -> Iterator[Finding]:
    """A warning for each value with a character that can't be printed."""

    def missing(text: str, pointer: str) -> str | None:
        """What can't be printed of a text as it is shown: a pasted bullet is the bullet of a list there."""
        gone = letters.missing(text)
        return (letters.missing(in_lines(text)) if gone and not NAMES.search(pointer) else gone) or None

    return warnings_in_texts(
        record, kind, positions, may=letters.missing, found=missing, code=CODE, message=_MESSAGE, remedy=_REMEDY
    )
