"""Finds Markdown that a person would write and that comes out torn: each place with what to write.

A list right under a text runs on in its paragraph, a bullet copied from a word processor makes no list, cells beyond
those of a table's first row are left out. Every program for Markdown has its own idea of these; written as asked here
they come out the same on the page, on paper and in a plain ``mkdocs build``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sendbook.campus import markdown_lines
from sendbook.campus.list_marks import COPIED, LETTERED
from sendbook.campus.markdown_lines import Line

#: What is shown, only not as it was meant. Cells that are left out are an error.
WARNINGS = frozenset(
    {
        *("list-runs-on", "list-mark", "list-space", "list-indent", "table-runs-on", "table-line", "heading-space"),
        *("heading-line", "code-indent", "struck-out", "line-break"),
    }
)

SAID: dict[str, tuple[str, str]] = {
    "list-runs-on": (
        "A list begins right under a text, so it would run on in the same paragraph.",
        "Leave a blank line above the list.",
    ),
    "list-mark": (
        "This mark makes no list: it would be shown in a paragraph with the lines around it.",
        "Begin each entry with “- ”, or with “1. ” where the order matters.",
    ),
    "list-space": ("Without a space after its mark this is no entry of a list.", "Put a space after the mark."),
    "list-indent": (
        "What belongs to an entry of a list begins four spaces further in; with fewer it would not belong to it.",
        "Indent this line by four spaces for each list it is in.",
    ),
    "table-runs-on": (
        "A table begins right under a text, so it would run on in the same paragraph.",
        "Leave a blank line above the table.",
    ),
    "table-line": (
        "These lines look like a table and would be shown as one paragraph.",
        "Write a line such as | --- | --- | under the first row, with as many columns as that row.",
    ),
    "table-cells": (
        "This row has more cells than the table's first row; those beyond it would be left out.",
        "Give the first row as many columns, or take the extra | out (write \\| for the mark itself).",
    ),
    "heading-space": (
        "There is no space after the # marks: some programs make a heading of this line, and some do not.",
        "Put a space after them; where no heading is meant, begin the line with another word.",
    ),
    "heading-line": (
        "A line of dashes or equals signs right under a text makes a heading of the text.",
        "Leave a blank line above it for a dividing line; write a heading with # marks.",
    ),
    "code-indent": (
        "A text that starts four spaces in is shown in a box as code, and its lines are not wrapped.",
        "Take the spaces at its beginning out.",
    ),
    "struck-out": ("The marks ~~ don't strike anything through here; readers would see them.", "Take them out."),
    "line-break": (
        "A backslash at the end of a line doesn't start a new line here; readers would see it.",
        "Put two spaces in its place, or leave a blank line.",
    ),
}

Torn = tuple[int, int, str]

_ITEM = re.compile(r"( *)(?:([-*+])|\d{1,3}\.)[ \t]+\S")
_BULLET = re.compile(rf" {{0,3}}(?:[·{COPIED}]\s*|{LETTERED}\s*|(?:\d{{1,3}}|[a-z])\)[ \t])\S")
_DASHED = re.compile(r" {0,3}[\u2013\u2014][ \t]+\S")
_TIGHT = re.compile(r" {0,3}(?:[-+][^\W\d_]|\*[^\W_][^*]*$|\d{1,2}\.[^\W\d_])")
_RULE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_ROW = re.compile(r" {0,3}\|.*\|[ \t]*$")
_PIPE = re.compile(r"(?<!\\)\|")
_RULER = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_QUOTED = re.compile(r"(?: {0,3}> ?)+")
_UNDERLINE = re.compile(r"(?:-+|=+) *$")
_TIGHT_HEADING = re.compile(r"#{1,6}[^#\s]")
_STRUCK = re.compile(r"~~(?=\S).+?~~")
_HOLDS_MORE = re.compile(r" *(?:!!!|\?\?\?\+?) |\[\^[^\]]+\]:|:[ \t]")
_COMMENT = re.compile(r"\s*<!--.*-->\s*$")


def torn(body: str, first_line: int) -> Iterator[Torn]:
    """Line, column and code of each place of a page's text that comes out torn."""
    rows = _dedented(line for line in markdown_lines.lines(body, first_line) if not _COMMENT.match(line.written))
    yield from _lists(rows)
    yield from _tables(rows)
    yield from _marks(rows)


@dataclass(slots=True)
class _State:
    """Where the walk is: in a paragraph, and in which lists, by how far in their entries begin."""

    text: bool = False
    blank: bool = True
    lists: list[tuple[int, bool]] = field(default_factory=list)
    foreign: bool = False  # whether the line before was an entry of a list elsewhere, and said so


def _lists(rows: list[Line]) -> Iterator[Torn]:
    state = _State()
    for number, line in enumerate(rows):
        written, indent = line.text, _indent(line.text)
        if line.fence is not None or _starts_anew(written):
            state = _State(blank=not written.strip() and state.blank)
            continue
        if not written.strip():
            state.blank, state.text = True, False
            continue
        foreign, state.foreign = state.foreign, False
        item = _ITEM.match(written)
        if item:
            yield from _item(state, line, indent, is_bullet=item.group(2) is not None)
        elif _is_foreign(rows, number):
            if not foreign or state.blank:
                yield line.number, indent + 1, "list-space" if _TIGHT.match(written) else "list-mark"
            state.foreign, state.text = True, not state.lists
        else:
            yield from _other(state, line, indent)
        state.blank = False


def _item(state: _State, line: Line, indent: int, *, is_bullet: bool) -> Iterator[Torn]:
    if state.text and not state.lists:
        yield line.number, indent + 1, "list-runs-on"
        state.lists.append((indent, is_bullet))  # what comes after it is meant to be in it
        return
    while state.lists and indent < state.lists[-1][0]:
        state.lists.pop()
    if not state.lists:
        if indent < 4:
            state.lists.append((indent, is_bullet))
        return
    top, bullets = state.lists[-1]
    if indent >= top + 4:
        state.lists.append((indent, is_bullet))
    elif indent > top:
        yield line.number, indent + 1, "list-indent"
    elif bullets is not is_bullet and not state.blank:
        yield line.number, indent + 1, "list-runs-on"
    else:
        state.lists[-1] = (top, is_bullet)


def _other(state: _State, line: Line, indent: int) -> Iterator[Torn]:
    if state.lists and state.blank:
        if indent >= state.lists[0][0] + 4:
            return  # goes on within an entry
        if indent > state.lists[0][0]:
            yield line.number, indent + 1, "list-indent"
        state.lists.clear()
    if not state.lists:
        if indent >= 4 and state.blank:
            yield line.number, 1, "code-indent"
        state.text = True


def _tables(rows: list[Line]) -> Iterator[Torn]:
    number = 0
    while number < len(rows):
        if _is_rule(rows, number):
            above = rows[number - 2] if number > 1 else None
            if above is not None and _is_paragraph(above):
                yield rows[number - 1].number, 1, "table-runs-on"
            columns = _cells(rows[number - 1].text)
            number += 1
            while number < len(rows) and "|" in rows[number].text:
                if _cells(rows[number].text) > columns:
                    yield rows[number].number, _beyond(rows[number].text, columns), "table-cells"
                number += 1
            continue
        if _ROW.match(rows[number].text) and not _is_rule(rows, number + 1):
            begin = number
            while number < len(rows) and _ROW.match(rows[number].text):
                number += 1
            if number - begin > 1:
                yield rows[begin].number, 1, "table-line"
            continue
        number += 1


def _marks(rows: list[Line]) -> Iterator[Torn]:
    for number, line in enumerate(rows):
        before = rows[number - 1].text if number else ""
        after = rows[number + 1].text if number + 1 < len(rows) else ""
        if _TIGHT_HEADING.match(line.text):
            yield line.number, 1, "heading-space"
        if _UNDERLINE.match(line.text) and before.strip() and not before.startswith("#") and "|" not in before:
            yield line.number, 1, "heading-line"
        struck = _STRUCK.search(line.text)
        if struck:
            yield line.number, struck.start() + 1, "struck-out"
        if line.text.endswith("\\") and not line.text.endswith("\\\\") and after.strip():
            yield line.number, len(line.text), "line-break"


def _is_foreign(rows: list[Line], number: int) -> bool:
    """Whether a line begins like an entry of a list elsewhere; a dash or a mark without space only next to another."""
    text = rows[number].text
    if _BULLET.match(text):
        return True
    beside = [rows[other].text for other in (number - 1, number + 1) if 0 <= other < len(rows)]
    return any(mark.match(text) and any(map(mark.match, beside)) for mark in (_DASHED, _TIGHT))


def _is_rule(rows: list[Line], number: int) -> bool:
    """Whether a line is the one under the first row of a table, which has as many columns."""
    if not 0 < number < len(rows) or not _RULE.match(rows[number].text):
        return False
    rule, head = rows[number].text, rows[number - 1].text
    return "|" in rule and "|" in head and _cells(rule) == _cells(head)


def _is_paragraph(line: Line) -> bool:
    return bool(line.text.strip()) and line.fence is None and not line.text.lstrip().startswith("#")


def _cells(text: str) -> int:
    return len(_PIPE.findall(text.strip().removeprefix("|").rstrip().removesuffix("|"))) + 1


def _beyond(text: str, columns: int) -> int:
    """The column in which the first cell begins that is left out."""
    pipes = [found.start() for found in _PIPE.finditer(text)]
    leading = 1 if text.lstrip().startswith("|") else 0
    return pipes[columns - 1 + leading] + 2


def _starts_anew(text: str) -> bool:
    return text.startswith("#") or _RULER.match(text) is not None or _PIPE.search(text) is not None


def _dedented(rows: Iterable[Line]) -> list[Line]:
    """The lines as their own texts: those of a quotation, a note or a footnote moved to where they begin."""
    found: list[Line] = []
    inside, quoted = 0, ""
    for line in rows:
        mark = _QUOTED.match(line.text)
        quotation = mark.group() if mark and line.fence is None else ""
        if quotation.count(">") != quoted.count(">"):
            found.append(Line(number=line.number, text=""))
        quoted = quotation
        text = _with_letters(line)[len(quotation) :]
        blank = not text.strip()
        while inside and not blank and _indent(text) < inside:
            inside -= 4
        cut = text if blank else text[inside:]
        found.append(Line(number=line.number, text=cut, written=line.written, fence=line.fence))
        if _HOLDS_MORE.match(cut):
            found.append(Line(number=line.number, text=""))
            inside += 4
    return found


def _with_letters(line: Line) -> str:
    """A line's text with letters in place of code, which is text here like any other."""
    if len(line.written) != len(line.text):
        return line.text
    return "".join("x" if one == " " != other else one for one, other in zip(line.text, line.written, strict=True))


def _indent(text: str) -> int:
    expanded = text.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))
