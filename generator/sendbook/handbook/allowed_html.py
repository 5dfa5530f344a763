"""What a handbook page may be made of, once it is HTML: elements, their attributes and the addresses in them, by list.

The page is looked at as the engine's own extensions make it, so that no way of writing Markdown gets round it: tags
over several lines, links by reference, attribute lists, entities. Whatever begins like a tag and is not written exactly
as those extensions write one is refused, so that no browser can read it otherwise than it is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from urllib.parse import unquote

from sendbook.campus.heading_places import is_place

SCHEMES_ALLOWED = frozenset({"http", "https", "mailto", "tel"})

_PLAIN = frozenset(
    [
        "abbr",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "dl",
        "dt",
        "em",
        "hr",
        "kbd",
        "ol",
        "p",
        "pre",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ATTRIBUTES: dict[str, frozenset[str]] = {
    **{name: frozenset() for name in _PLAIN},
    **{name: frozenset({"id", "data-answers"}) for name in _HEADINGS},
    "a": frozenset({"class", "href", "title"}),
    "abbr": frozenset({"title"}),
    "code": frozenset({"class"}),
    "details": frozenset({"class", "open"}),
    "div": frozenset({"class"}),
    "img": frozenset({"alt", "src", "title"}),
    "li": frozenset({"id"}),
    "ol": frozenset({"start"}),
    "p": frozenset({"class"}),
    "pre": frozenset(),
    "span": frozenset({"class"}),
    "strong": frozenset({"id"}),
    "sup": frozenset({"id"}),
    "td": frozenset({"align"}),
    "th": frozenset({"align"}),
}
_NOTES = "abstract bug danger example failure info note question quote success tip warning important attention hint"
_CLASSES = frozenset(
    f"admonition admonition-title footnote footnote-backref footnote-ref highlight inline end {_NOTES}".split()
)
# The letters that pygments marks kinds of words in code with, and the language of a block.
_CODE_CLASS = re.compile(r"[a-z][a-z0-9]{0,2}|language-[a-z0-9+-]+|linenos")

_TAG = re.compile(r"""<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?:\s+[a-z][a-z-]*(?:="[^"<>]*")?)*)\s*/?>""")
_ATTRIBUTE = re.compile(r"""([a-z][a-z-]*)(?:="([^"<>]*)")?""")
_VOID = frozenset({"br", "hr", "img"})
_OF_THEME = re.compile(r""" class="sb-[a-z-]+(?: sb-[a-z-]+)* ?"|<footer class="sb-page-facts".*\Z""", re.DOTALL)
_WRITTEN = re.compile(r"<[^>]{0,200}>?")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_ELSEWHERE = re.compile(r"[/\\]{2}")


class Wrong(StrEnum):
    """What is wrong with a piece of a page."""

    HTML = "html"
    ATTRIBUTE = "attributes"
    SCHEME = "link-scheme"
    OTHER_HOST = "other-host"


@dataclass(frozen=True, slots=True)
class Refused:
    """A piece that may not be there: ``written`` is what to look for in the page's text, ``name`` says it shortly."""

    wrong: Wrong
    written: str
    name: str


def refused(html: str, *, themed: bool = False) -> Iterator[Refused]:
    """Everything in a page that is not on the list, in order.

    ``themed`` says that the theme has put the page's facts at its end, and classes of its own on its pieces.
    """
    html = _OF_THEME.sub("", html) if themed else html
    opened: list[str] = []
    at = html.find("<")
    while at >= 0:
        tag = _TAG.match(html, at)
        if tag is None or tag["name"] not in _ATTRIBUTES or not _fits(tag, opened):
            yield _not_a_tag(html, at)
        elif not tag["end"]:
            yield from _attributes(tag)
        at = html.find("<", tag.end() if tag else at + 1)


def _fits(tag: re.Match[str], opened: list[str]) -> bool:
    """Whether a tag ends what was begun last, so that no page reaches out of its place."""
    if tag["end"]:
        return bool(opened) and opened.pop() == tag["name"]
    if tag["name"] not in _VOID:
        opened.append(tag["name"])
    return True


def _not_a_tag(html: str, at: int) -> Refused:
    found = _WRITTEN.match(html, at)
    written = found.group() if found else "<"
    name = re.match(r"<[/!?]*\s*[\w:-]*", written)
    return Refused(Wrong.HTML, written, f"{name.group() if name else '<'}>")


def _attributes(tag: re.Match[str]) -> Iterator[Refused]:
    element = tag["name"]
    for name, value in _ATTRIBUTE.findall(tag["attributes"]):
        plain = unescape(value)
        if name not in _ATTRIBUTES[element] or not _is_plain(element, name, plain):
            by_hand = element in ("abbr", "br", "kbd", "sub", "sup")
            yield Refused(Wrong.HTML if by_hand else Wrong.ATTRIBUTE, tag.group() if by_hand else name, f"<{element}>")
        elif name in ("href", "src"):
            yield from _address(element, value)


def _is_plain(element: str, name: str, value: str) -> bool:
    """Whether a value that is no free text has the form it always has."""
    if name == "class":
        words = value.split()
        if element in ("code", "span", "div"):
            return all(word in _CLASSES or _CODE_CLASS.fullmatch(word) for word in words)
        return _CLASSES.issuperset(words)
    if name == "id":
        return is_place(value)
    if name == "align":
        return value in ("left", "center", "right")
    return value.isdigit() if name == "start" else True


def _address(element: str, written: str) -> Iterator[Refused]:
    """An address is read as a browser may, without what nobody sees in it, and once more without percent signs."""
    for read in {unescape(written), unquote(unescape(written)), unescape(unquote(unescape(written)))}:
        plain = _UNSEEN.sub("", read).lower()
        scheme = _SCHEME.match(plain)
        if scheme is not None and scheme.group(1) not in SCHEMES_ALLOWED:
            yield Refused(Wrong.SCHEME, written, scheme.group())
            return
        elsewhere = scheme is not None or _ELSEWHERE.match(plain) is not None
        if (element == "img" and elsewhere) or (scheme is None and elsewhere):
            yield Refused(Wrong.OTHER_HOST, written, written)
            return
