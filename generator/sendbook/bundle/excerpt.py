"""Cuts the words around a hit from the very page that the reader would get, and marks what was asked for.

A page is cut where its lines end, so that an excerpt is a sentence or a row and not the end of one with the beginning
of another.
"""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from sendbook.bundle.words import WORD, as_one, fold, searchable, without_hidden

#: Letters of an excerpt, about two lines on a phone.
LONGEST = 170
_BEFORE = 60
_LINE_ENDS = re.compile(
    r"</?(?:address|article|aside|blockquote|br|caption|dd|details|div|dl|figcaption|figure|footer|form|h[1-6]|header|hr|li"
    r"|main|nav|ol|p|pre|section|summary|table|tbody|thead|tr|ul)\b[^>]*>",
    re.IGNORECASE,
)
_CELL_ENDS = re.compile(r"</(?:t[hd]|dt)\s*>(?!\s*</tr)\s*", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SPACED_OUT = re.compile(r"\s+(?=[,.;:!?)\u2019])")
_ENOUGH = 5
_GAP = " … "

Terms = Sequence[Sequence[str]]


class Run(NamedTuple):
    """A piece of text, and whether it was asked for."""

    text: str
    hit: bool


def lines_of(markup: str) -> Iterator[str]:
    """The lines of a piece of HTML as plain text; the cells of a row are one line."""
    text = _CELL_ENDS.sub(" · ", without_hidden(markup))
    for line in _TAG.sub(" ", _LINE_ENDS.sub("\n", text)).split("\n"):
        plain = _SPACED_OUT.sub("", " ".join(html.unescape(line).split())).strip(" ·")
        if plain:
            yield plain


def excerpt_of(markup: str, title: str, terms: Terms) -> tuple[Run, ...]:
    """The line with most of the words asked for, and one with those that are missing from it and from the title.

    Empty where all of them are in the title alone. The page's own heading says the title, so it is passed over.
    """
    lines = [(line, _held(searchable(line), terms)) for line in lines_of(markup) if line != title]
    best, held = max(lines, key=lambda one: (len(one[1]), _says(one[0])), default=("", frozenset()))
    if not held:
        return ()
    runs = marked(_cut(best, terms), terms)
    missing = frozenset(range(len(terms))) - held - _held(searchable(title), terms)
    other, found = max(lines, key=lambda one: len(one[1] & missing), default=("", frozenset()))
    if not found & missing:
        return runs
    return (*runs, Run(_GAP, hit=False), *marked(_cut(other, [terms[n] for n in found & missing]), terms))


def marked(text: str, terms: Terms) -> tuple[Run, ...]:
    """The text in runs: whole words that begin as one asked for are marked."""
    tokens = [(found.start(), found[0]) for found in WORD.finditer(text)]
    words = [(word, n) for n, (_, token) in enumerate(tokens) for word in fold(token).split()]
    runs, done = [], 0
    for n in sorted(set(_hits(words, tokens, [form.split() for forms in terms for form in forms]))):
        start, token = tokens[n]
        runs += [Run(text[done:start], hit=False), Run(token, hit=True)]
        done = start + len(token)
    return tuple(run for run in (*runs, Run(text[done:], hit=False)) if run.text)


def _hits(words: list[tuple[str, int]], tokens: list[tuple[int, str]], forms: list[list[str]]) -> Iterator[int]:
    """The tokens that a form is found in: its words one after the other, or the beginning of the last."""
    for form in forms:
        *whole, last = form
        for at in range(len(words) - len(whole)):
            run = words[at : at + len(form)]
            if [word for word, _ in run[:-1]] == whole and run[-1][0].startswith(last):
                yield from (n for _, n in run)
        if not whole:
            for n, (_, token) in enumerate(tokens):
                if as_one(token).startswith(last):
                    yield n


def _held(words: str, terms: Terms) -> frozenset[int]:
    """The numbers of the terms that a text in its searchable form holds."""
    return frozenset(n for n, forms in enumerate(terms) if any(form in words for form in forms))


def _says(line: str) -> int:
    """How many spaces a line has, up to enough: a sentence is shown before a heading."""
    return min(line.count(" "), _ENOUGH)


def _cut(line: str, terms: Terms) -> str:
    """The line, or as much of a long one as has room, from a little before the first hit.

    It is cut between words where there is a space near enough: Chinese and Thai have none, nor have long addresses.
    """
    if len(line) <= LONGEST:
        return line
    hit = sum(len(run.text) for run in takewhile(lambda run: not run.hit, marked(line, terms)))
    start = 0
    if hit > _BEFORE:
        start = line.find(" ", hit - _BEFORE, hit) + 1 or min(hit, len(line) - LONGEST)
    end = start + LONGEST
    if end < len(line):
        space = line.rfind(" ", max(start, hit), end)
        shown = line[start : end if space < 0 else space] + " …"
    else:
        shown = line[start:]
    return f"… {shown}" if start else shown
