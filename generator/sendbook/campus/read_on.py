"""Lets a file be read past a mistake: the line is corrected for the reader alone, so that later mistakes are found too.

The correction says nothing of what was meant. It has as many lines as before, so that every place stays what it is.
"""

from __future__ import annotations

import re

from sendbook.campus.long_texts import FIELD_WITHOUT_SPACE, long_text_at
from sendbook.campus.problems import Problem

#: Said of the last mistake of a file that can't be read to its end.
MAYBE_MORE = "There may be more to correct in this file: run sendbook check again once this is done."

_BREAK = re.compile(r"\r\n|\n|\r")
_BEGINS = re.compile(r"\s*(?:- +)*(?:[\w.-]+(?: [\w.-]+)*:(?=\s|$))?[ \t]*")
_INDENT = re.compile(r"^[ \t-]+")
_CAN_BE_PASSED = frozenset({"syntax", "text-over-lines", "tab"})


def passed(source: bytes, problem: Problem) -> bytes | None:
    """The source with the place of a problem corrected; None where nothing after it could be trusted."""
    if problem.code not in _CAN_BE_PASSED or problem.line is None:
        return None
    lines = _BREAK.split(source.decode())
    number = problem.line - 1
    if number >= len(lines):
        return None
    if problem.code == "tab":
        return "\n".join(_INDENT.sub(lambda indent: indent[0].replace("\t", "  "), line) for line in lines).encode()
    below = range(number, len(lines)) if problem.code == "text-over-lines" else ()
    found = (long_text_at(lines, at) for at in below)
    long = next((one for one in found if one is not None and one.first == number), None)
    if long is not None:
        lines[number : long.end] = [f"{long.head.rstrip('|>-+0123456789')}x", *[""] * (long.end - number - 1)]
    else:
        lines[number] = _without_text(lines[number])
    return "\n".join(lines).encode()


def _without_text(line: str) -> str:
    """The line with a letter for its text; a comment, where it has neither a field's name nor a dash."""
    if FIELD_WITHOUT_SPACE.match(line):
        return FIELD_WITHOUT_SPACE.sub(r"\g<0> ", line, count=1)
    begins = _BEGINS.match(line)
    begun = begins.group() if begins else ""
    return f"{begun}x" if begun.strip() else "#"
