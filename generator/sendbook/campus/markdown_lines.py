"""Markdown read line by line, as far as the checks need it.

A check that looked into code examples would find faults in text that only shows how something is written, so
everything here leaves fenced blocks and code spans out. Python-Markdown itself is left to the engine.

A heading may carry its place and the items it answers: ``## How we find out { #find-out data-answers="SENIR-2" }``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Narrower than Markdown's own: where the two could disagree, text is taken for text and is looked at.
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([\w.+-]*)[ \t]*$")
_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(?:.*?)(?<!`)\1(?!`)")
# A macro may stand for the address: [the Local Offer]({{ campus("local_offer").url }})
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(\s*(\{\{[^}]*\}\}|<?[^)\s>]*>?)(?:\s+[^)]*)?\)")
_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_BRACES = re.compile(r"\s+\{:?\s*([^{}]*?)\s*\}$")
_ATTRIBUTE = re.compile(r"\s*(?:#(?P<place>[a-z][a-z0-9-]*)|data-answers=\"(?P<answers>[A-Za-z0-9 -]*)\")(?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a body; ``text`` has spaces where code stood, so columns stay true; ``written`` is all of it."""

    number: int
    text: str
    written: str = ""
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
    """A heading written with ``#`` marks.

    ``place`` and ``answers`` are what is between braces at its end; ``column`` is where those begin, or None.
    """

    line: int
    level: int
    text: str
    place: str = ""
    answers: tuple[str, ...] = ()
    column: int | None = None


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
        yield Line(number=number, text=_CODE_SPAN.sub(lambda found: " " * len(found.group()), text), written=text)


def links(body: str, first_line: int = 1) -> Iterator[Link]:
    """Links, images and reference definitions outside code."""
    for line in lines(body, first_line):
        for found in _LINK.finditer(line.text):
            image, text, target = found.groups()
            bare = target if target.startswith("{{") else target.strip("<>")
            yield Link(line=line.number, column=found.start() + 1, target=bare, text=text, image=bool(image))
        reference = _REFERENCE.match(line.text)
        if reference:
            yield Link(line=line.number, column=1, target=reference.group(1), text="", image=False)


def headings(body: str, first_line: int = 1) -> Iterator[Heading]:
    """Headings outside code."""
    for line in lines(body, first_line):
        found = _HEADING.match(line.written)
        if found:
            yield _heading(line.number, len(found.group(1)), found.group(2), found.start(2))


def _heading(line: int, level: int, text: str, begin: int) -> Heading:
    braces = _BRACES.search(text)
    given = None if braces is None else attributes(braces.group(1))
    if braces is None or given is None:
        return Heading(line=line, level=level, text=text)
    place, answers = given
    return Heading(
        line=line,
        level=level,
        text=text[: braces.start()],
        place=place,
        answers=answers,
        column=begin + braces.start(1) + 1,
    )


def attributes(written: str) -> tuple[str, tuple[str, ...]] | None:
    """The place and the items named between a heading's braces; None if anything else is there."""
    place, answers, done = "", (), 0
    while done < len(written):
        found = _ATTRIBUTE.match(written, done)
        if found is None:
            return None
        place = found["place"] or place
        answers = tuple((found["answers"] or "").split()) or answers
        done = found.end()
    return place, answers
