"""What is read out of a page's HTML: its headings, and its words.

The contents list of a page, handbook or records alike, is made here, so that it looks and works the same on
both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from sendbook.pages.templates import escaped

_HEADING = re.compile(r"h([1-6])")
_LISTED = (2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One heading that can be linked to; ``text`` is plain text."""

    id: str
    text: str
    level: int = 2


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[Heading] = []
        self.words: list[str] = []
        self._inside: tuple[str, str] | None = None
        self._heading: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words.append(" ")
        if _HEADING.fullmatch(tag):
            self._inside, self._heading = (tag, dict(attrs).get("id") or ""), []

    def handle_endtag(self, tag: str) -> None:
        self.words.append(" ")
        if self._inside is not None and tag == self._inside[0]:
            text = " ".join("".join(self._heading).split())
            self.headings.append(Heading(id=self._inside[1], text=text, level=int(tag[1])))
            self._inside = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._inside is not None:
            self._heading.append(data)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def headings_of(html: str) -> tuple[Heading, ...]:
    """The headings of levels 2 and 3 that have an id, in order."""
    return tuple(item for item in _read(html).headings if item.id and item.level in _LISTED)


def text_of(html: str) -> str:
    """The page's words, for full-text search."""
    return " ".join("".join(_read(html).words).split())


def contents_list(headings: Sequence[Heading]) -> str:
    """The list "On this page"; nothing at all where there is only one thing to go to."""
    if sum(item.level == _LISTED[0] for item in headings) < 2:
        return ""
    items = "".join(
        f'<li class="md-nav__item sb-contents__{item.level}">'
        f'<a class="md-nav__link" href="#{escaped(item.id)}">{escaped(item.text)}</a></li>'
        for item in headings
    )
    return (
        '<details class="sb-contents__fold"><summary>On this page</summary>'
        '<nav class="sb-contents__nav" aria-label="On this page">'
        '<p class="sb-contents__title">On this page</p>'
        f'<ul class="sb-contents__list" data-md-component="toc">{items}</ul></nav></details>'
    )
