"""Finds a text that was typed over several lines, as in a word processor, and shows how to write it in a record.

YAML names many symptoms of it: a missing colon, an indent that fits nothing, a quotation mark that is never closed.
What they have in common are lines below a field that are no fields themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: What to do with such a text, whatever its symptom.
BELOW_THE_LINE = (
    "Write “|” after the colon and all of the text below it, each line two spaces further in than the field's name, "
    "with no quotation marks round it. For a single paragraph that may be joined, write “>-” in place of “|”."
)

#: The name of a field whose text follows without a space: YAML takes it all for text. An address is none.
FIELD_WITHOUT_SPACE = re.compile(r"\s*(?:- +)*[a-z][a-z0-9_]*:(?=[^\s/])")

_FIELD = re.compile(r"(?P<lead>\s*(?:- +)*)(?P<name>[a-z][a-z0-9_]*):(?!//)[ \t]*(?P<text>(?:.*\S)?)\s*")
# What may be meant as a field's name, where a field can begin: “Year group: 7”. And a name without its colon.
_MAYBE_FIELD = re.compile(r"[ ]*(?:- +)?[A-Za-z][\w-]*(?: [\w-]+)?:(?:\s|$)")
_BARE_NAME = re.compile(r"[a-z_]+\s*")
_ENTRY = re.compile(r"(?P<lead>\s*)(?P<name>-)[ \t]+(?P<text>(?:.*\S)?)\s*")
_HEADER = re.compile(r"[|>][-+0-9]*")
_SHOWN = 4
_WIDTH = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class LongText:
    """A field whose text goes on: its first line and the line after its last (from 0), and what is typed in them.

    ``head`` is the field's line as it should be, up to the mark.
    """

    first: int
    end: int
    head: str
    indent: int
    text: tuple[str, ...]

    @property
    def hint(self) -> str:
        """The first lines as they should be; "" where they hold what can't be shown."""
        shown = [f"{' ' * self.indent}{line}" for line in self.text[:_SHOWN] if line.strip()]
        if not all(map(str.isprintable, shown)):
            return ""
        cut = [line if len(line) <= _WIDTH else f"{line[:_WIDTH].rstrip()}…" for line in shown]
        more = [f"{' ' * self.indent}… and so on"] if len(self.text) > _SHOWN else []
        return "\n".join(["Write it like this:", self.head, *cut, *more])


def long_text_at(lines: Sequence[str], number: int) -> LongText | None:
    """The text over several lines that a line (from 0) belongs to; None if it belongs to none."""
    for first in range(min(number, len(lines) - 1), -1, -1):
        field = _FIELD.fullmatch(lines[first])
        if field is not None:
            end = _end(lines, first + 1, len(field["lead"]))
            begun = field["text"]
            if begun[:1] in ("[", "{", "#", "&", "*", "!") or end <= number:
                return None
            if not begun and any(_ENTRY.fullmatch(line) for line in lines[first + 1 : number + 1]):
                return _in_list(lines, number, end)
            return _text_of(lines, first, end, field)
    return None


def _in_list(lines: Sequence[str], number: int, end: int) -> LongText | None:
    """The text of a list's entry, which goes on until the next entry."""
    first = next(at for at in range(number, -1, -1) if _ENTRY.fullmatch(lines[at]))
    entry = _ENTRY.fullmatch(lines[first])
    ends = next((at for at in range(first + 1, end) if _ENTRY.fullmatch(lines[at])), end)
    return _text_of(lines, first, ends, entry) if entry is not None and number < ends else None


def _end(lines: Sequence[str], begin: int, indent: int) -> int:
    """The line after the last that is neither a field nor a comment, and not blank."""
    end = begin
    for number in range(begin, len(lines)):
        line = lines[number]
        if _FIELD.fullmatch(line) or line.lstrip().startswith("#"):
            break
        if _MAYBE_FIELD.match(line) and len(line) - len(line.lstrip(" -")) <= indent:
            break
        if line.strip():
            end = number + 1
    return end


def _text_of(lines: Sequence[str], first: int, end: int, begun: re.Match[str]) -> LongText | None:
    text = begun["text"]
    below = lines[first + 1 : end]
    typed = [line for line in below if line.strip()]
    if not typed or (len(typed) == 1 and _BARE_NAME.fullmatch(typed[0])):
        return None
    header = _HEADER.fullmatch(text)
    mark = text if header else "|"
    rows = _unindented([*([] if header or not text else [text]), *below], 0 if header or not text else 1)
    name = "- " if begun["name"] == "-" else f"{begun['name']}: "
    indent = len(begun["lead"]) + 2
    return LongText(
        first=first, end=end, head=f"{begun['lead']}{name}{mark}", indent=indent, text=tuple(_unquoted(rows))
    )


def _unindented(rows: list[str], begin: int) -> list[str]:
    """The rows from ``begin`` on without the indent they share; what is further in stays so."""
    indents = [len(row) - len(row.lstrip(" ")) for row in rows[begin:] if row.strip()]
    shared = min(indents, default=0)
    return [*(row.strip() for row in rows[:begin]), *(row[shared:].rstrip() for row in rows[begin:])]


def _unquoted(rows: list[str]) -> list[str]:
    """The rows without the quotation marks round the whole of them."""
    mark = rows[0][:1]
    if mark not in ('"', "'"):
        return rows
    whole = len(rows) > 1 and rows[-1].endswith(mark) and mark not in rows[0][1:]
    if whole:
        rows = [*rows[:-1], rows[-1][:-1]]
    never_closed = sum(row.count(mark) for row in rows) == 1
    return [rows[0][1:], *rows[1:]] if whole or never_closed else rows
