"""Markdown read line by line, as far as the checks need it.

A check that looked into code examples would find faults in text that only shows how something is written, so
everything here leaves fenced blocks and code spans out. Python-Markdown itself is left to the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Narrower than Markdown's own: where the two could disagree, text is taken for text and is looked at.
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([\w.+-]*)[ \t]*$")
_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(?:.*?)(?<!`)\1(?!`)")
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(\s*<?([^)\s>]*)>?(?:\s+[^)]*)?\)")
_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a body; ``text`` has spaces where code stood, so columns stay true."""

    number: int
    text: str
    fence: str | None = None  # the language named where a fenced block opens ("" if none), else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link or an image as written."""

    line: int
    column: int
    target: str
    text: str
    image: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading written with ``#`` marks."""

    line: int
    level: int
    text: str


def lines(body: str, first_line: int = 1) -> Iterator[Line]:
    """Every line outside fenced code, and the opening line of each fence."""
    closing: str | None = None
    for number, text in enumerate(body.split("\n"), start=first_line):
        fence = _FENCE.match(text)
        if closing is not None:
            if fence and fence.group(1).startswith(closing) and text.strip() == fence.group(1):
                closing = None
            continue
        if fence:
            closing = fence.group(1)
            yield Line(number=number, text="", fence=fence.group(2))
            continue
        yield Line(number=number, text=_CODE_SPAN.sub(lambda found: " " * len(found.group()), text))


def links(body: str, first_line: int = 1) -> Iterator[Link]:
    """Links, images and reference definitions outside code."""
    for line in lines(body, first_line):
        for found in _LINK.finditer(line.text):
            image, text, target = found.groups()
            yield Link(line=line.number, column=found.start() + 1, target=target, text=text, image=bool(image))
        reference = _REFERENCE.match(line.text)
        if reference:
            yield Link(line=line.number, column=1, target=reference.group(1), text="", image=False)


def headings(body: str, first_line: int = 1) -> Iterator[Heading]:
    """Headings outside code."""
    for line in lines(body, first_line):
        found = _HEADING.match(line.text)
        if found:
            yield Heading(line=line.number, level=len(found.group(1)), text=found.group(2))
