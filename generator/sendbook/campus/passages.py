"""A handbook page read as passages: what is where, in plain words, and which items of a duty it answers.

A passage is a heading and all below it, up to the next heading of its level or above. Everything is read from the
Markdown itself, so that checks and reports need no engine; the places are the ones the engine will give.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from sendbook.campus import markdown_lines
from sendbook.campus.heading_places import place_of
from sendbook.campus.markdown_lines import Heading, Line, Link

Say = Callable[[str], str]

_MACRO = re.compile(r"\{\{[^}]*\}\}")
_SHOWN = re.compile(r"!?\[([^\]]*)\]\((?:\{\{[^}]*\}\}|[^)])*\)")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)]|>|:)\s+")
_RULE = re.compile(r"^\s*\|?[\s:|-]*\|[\s:|-]*$|^\s*[-*_]{3,}\s*$")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One heading with all that is below it.

    ``blocks`` are its paragraphs, list items and table rows in order, without markup; headings below it are not among
    them. ``column`` is where the items it answers are named, or None if it names none.
    """

    anchor: str
    title: str
    level: int
    line: int
    answers: tuple[str, ...]
    column: int | None
    blocks: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def text(self) -> str:
        """All of it, one block a line."""
        return "\n".join(self.blocks)

    @property
    def words(self) -> int:
        """How many words it has; what a macro says counts as one unless it was told."""
        return sum(len(words_of(block)) for block in self.blocks)


def passages_of(body: str, first_line: int = 1, say: Say = lambda _macro: "…") -> tuple[Passage, ...]:
    """The passages of a page's body in order; those inside another come after it.

    ``say`` gives the words for a macro as written, for those who want to show a passage.
    """
    headings = list(markdown_lines.headings(body, first_line))
    lines = list(markdown_lines.lines(body, first_line))
    links = list(markdown_lines.links(body, first_line))
    found = []
    for index, (heading, anchor) in enumerate(zip(headings, anchors(headings), strict=True)):
        later = (other.line for other in headings[index + 1 :] if other.level <= heading.level)
        end = next(later, first_line + body.count("\n") + 1)
        titles = {other.line for other in headings}
        own = [line for line in lines if heading.line < line.number < end]
        found.append(
            Passage(
                anchor=anchor,
                title=plain(heading.text, say),
                level=heading.level,
                line=heading.line,
                answers=heading.answers,
                column=heading.column,
                blocks=tuple(_blocks(own, titles, say)),
                links=tuple(link for link in links if heading.line < link.line < end),
            )
        )
    return tuple(found)


def anchors(headings: Sequence[Heading]) -> list[str]:
    """The place of each heading: its own where it has one, else its words joined by hyphens, made distinct."""
    # Imported here: it takes a while, and most runs of the command line read no page.
    from markdown.extensions.toc import unique  # type: ignore[import-untyped]

    used = {heading.place for heading in headings if heading.place}
    return [heading.place or str(unique(place_of(plain(heading.text)), used)) for heading in headings]


def plain(text: str, say: Say = lambda _macro: "…") -> str:
    """A line's words: no emphasis, no links' addresses, no tags."""
    pieces, done, shown = [], 0, _SHOWN.sub(r"\1", text)
    for macro in _MACRO.finditer(shown):
        pieces += [_unmarked(shown[done : macro.start()]), say(macro.group())]
        done = macro.end()
    return " ".join("".join([*pieces, _unmarked(shown[done:])]).split())


def _unmarked(text: str) -> str:
    return unescape(_EMPHASIS.sub("", _TAG.sub("", text)))


def words_of(text: str) -> list[str]:
    """The words of a text; a hyphen or an apostrophe joins two into one."""
    return _WORD.findall(text) + ["…"] * text.count("…")


def sentences_of(block: str) -> list[str]:
    """A block's sentences; a list item without a full stop is one."""
    return [sentence for sentence in _SENTENCE.split(block) if sentence]


def _blocks(lines: Sequence[Line], titles: set[int], say: Say) -> Iterator[str]:
    """Paragraphs and list items, their lines joined; a table row is one by itself."""
    gathered: list[str] = []
    before = 0
    for line in lines:
        text = line.written
        row = text.lstrip().startswith("|")
        ends = line.number != before + 1 or line.number in titles or not text.strip()
        if gathered and (ends or row or _BULLET.match(text) or line.fence is not None):
            yield " ".join(gathered)
            gathered = []
        before = line.number
        if line.number in titles or _RULE.match(text):
            continue
        said = plain(_BULLET.sub("", text).replace("|", " "), say)
        gathered += [said] if said else []
        if row and gathered:
            yield gathered.pop()
    if gathered:
        yield " ".join(gathered)
