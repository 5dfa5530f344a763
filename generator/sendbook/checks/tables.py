"""Reads the tables of a page: their cells with places, and what number, sum of money or hidden number each holds.

A cell that a macro fills, a range or words are no number: nothing is worked out from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sendbook.campus.markdown_lines import Line

_UNDER_A_HEAD = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_MARKS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`|\[\^[^\]]*\]|[†‡]|&nbsp;|\u00a0|\u202f")
_UNITS = (
    r"pupils?|students?|children|child|learners?|boys|girls|young\s+people|hours?|hrs?|h|minutes?|mins?|days?|weeks?|sessions?"
    r"|lessons?|places|staff|adults|visits|meetings|plans|m|k"
)
_NUMBER = re.compile(
    r"(?P<money>[£€$])?\s*(?P<sign>[-\u2212])?"
    r"(?P<digits>(?:\d{1,3}(?:[,\u2009 ]\d{3}){1,4}|\d{1,15})(?:\.\d{1,9})?)\s*"
    rf"(?P<unit>%|per\s*cent|{_UNITS})?\.?",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"(?:c|x|low|\*+|[-\u2013\u2014]|supp(?:ressed)?\.?|withheld|not\s+shown|n/?d"
    r"|(?:<|≤|fewer\s+than|less\s+than|under|up\s+to|1\s*(?:to|-|\u2013))\s*(?P<below>\d+|three|five|six|ten))"
    r"(?:\s+(?:pupils|students|children))?",
    re.IGNORECASE,
)
_BELOW = {"three": 3, "five": 5, "six": 6, "ten": 10}
#: What is hidden where a table doesn't say below which number: one to five.
FEWEST_SHOWN = 6


class Holds(StrEnum):
    """What a cell holds."""

    NUMBER = "number"
    SHARE = "share"
    HIDDEN = "hidden"
    EMPTY = "empty"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: where it is, what is written in it, and what that is.

    ``value`` is its number, or the highest a hidden number may be; ``places`` its digits after the point; ``unit`` in
    small letters, with the sign of a sum of money.
    """

    line: int
    column: int
    text: str
    holds: Holds
    value: Decimal = Decimal(0)
    places: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its first row, the rows below it, and the heading and paragraph above it."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    about: str = ""
    around: str = ""

    def title(self, column: int) -> str:
        """What is written at the top of a column."""
        return self.head[column].text if column < len(self.head) else ""


def is_under_head(line: str) -> bool:
    """Whether a line is the dashes and marks under a table's first row."""
    return "|" in line and _UNDER_A_HEAD.fullmatch(line.strip()) is not None


def tables(lines: Iterable[Line]) -> Iterator[Table]:
    """The tables among the lines of a page."""
    held = list(lines)
    heading, before, number = "", "", 0
    whole = " ".join(line.written for line in held)
    while number < len(held):
        text = held[number].written
        below = held[number + 1].written if number + 1 < len(held) else ""
        if "|" in text and is_under_head(below):
            end = number + 2
            while end < len(held) and "|" in held[end].written and held[end].number == held[end - 1].number + 1:
                end += 1
            rows = tuple(cells for line in held[number + 2 : end] if (cells := _cells(line)))
            yield Table(head=_cells(held[number]), rows=rows, about=f"{heading}\n{before}", around=whole)
            number = end
            continue
        if text.startswith("#"):
            heading, before = text.strip("# "), ""
        elif text.strip():
            before = text.strip()
        number += 1


def _cells(line: Line) -> tuple[Cell, ...]:
    text = line.written
    cells: list[Cell] = []
    begin = 0
    for end in [*(found.start() for found in _PIPE.finditer(text)), len(text)]:
        piece = text[begin:end]
        is_edge = not piece.strip() and (begin == 0 or end == len(text))
        if not is_edge:
            column = begin + len(piece) - len(piece.lstrip()) + 1
            cells.append(_read(piece, line.number, column))
        begin = end + 1
    return tuple(cells)


def _read(written: str, line: int, column: int) -> Cell:
    text = " ".join(_MARKS.sub(" ", written).replace("\u2019", "'").split())
    bare = " ".join(written.split())
    number = _NUMBER.fullmatch(text)
    if not text:
        hidden = bool(re.fullmatch(r"\*+", bare))
        value = Decimal(FEWEST_SHOWN - 1) if hidden else Decimal(0)
        return Cell(line=line, column=column, text=bare, holds=Holds.HIDDEN if hidden else Holds.EMPTY, value=value)
    if number is not None and not re.match(r"0\d", number["digits"]):
        digits = re.sub(r"[,\u2009 ]", "", number["digits"])
        unit = (number["unit"] or number["money"] or "").lower()
        is_share = unit == "%" or unit.startswith("per")
        return Cell(
            line=line,
            column=column,
            text=text,
            holds=Holds.SHARE if is_share else Holds.NUMBER,
            value=Decimal(digits) * (-1 if number["sign"] else 1),
            places=len(digits.partition(".")[2]),
            unit="%" if is_share else unit,
        )
    hidden_number = _HIDDEN.fullmatch(text)
    if hidden_number is not None:
        below = (hidden_number["below"] or "").lower()
        limit = _BELOW.get(below) or (int(below) if below else FEWEST_SHOWN)
        at_most = limit if re.match(r"(?:≤|up\s+to|1)", text, re.IGNORECASE) else limit - 1
        return Cell(line=line, column=column, text=text, holds=Holds.HIDDEN, value=Decimal(at_most))
    return Cell(line=line, column=column, text=text, holds=Holds.WORDS)
