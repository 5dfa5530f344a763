"""A handbook page as blocks that a template can lay out: headings, paragraphs, lists, tables, notes.

Markdown is read by the library that makes the site's pages, with the same extensions, so that paper says what the
screen says. Its HTML is taken apart here into plain data; nothing of it reaches Typst as markup. What paper can't hold
is said (a picture by its description) or kept as its words (a link to another page).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from math import sqrt
from typing import Any

Span = dict[str, Any]
Block = dict[str, Any]

_STYLES = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "code": "code", "sup": "sup"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "col", "wbr", "source"})
_SILENT = frozenset({"script", "style", "svg", "template", "head"})
_ADDRESSES = ("https://", "http://", "mailto:", "tel:")
_NOTES = frozenset({"blockquote", "details", "aside"})


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[_Element | str] = field(default_factory=list)

    def elements(self, *tags: str) -> Iterator[_Element]:
        """The elements of these tags below this one, in order, but none inside another of them."""
        for child in self.inside:
            if isinstance(child, _Element):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.elements(*tags)


class _Tree(HTMLParser):
    """HTML as a tree. The library closes what it opens; what a page's own HTML leaves open ends with its parent."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Element("body")
        self._open = [self.root]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = _Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(made)
        if tag not in _VOID:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(_Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in (element.tag for element in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def blocks_of(markdown: str, extensions: Sequence[str], settings: dict[str, dict[str, Any]]) -> list[Block]:
    """The blocks of a page. ``extensions`` and their ``settings`` are those its page on the site is made with."""
    from markdown import Markdown  # type: ignore[import-untyped] # few builds need it, and it is slow to import

    html = Markdown(extensions=list(extensions), extension_configs=settings).convert(markdown)
    return list(_stepwise(_blocks(_Tree(html).root)))


def _stepwise(blocks: Iterator[Block]) -> Iterator[Block]:
    """Headings that go down one level at a time, which PDF/UA insists on; the title above them is the first level."""
    level = 1
    for block in blocks:
        if block["is"] == "heading":
            level = min(max(block["level"], 2), level + 1)
            block["level"] = level
        yield block


def _blocks(parent: _Element) -> Iterator[Block]:
    """The blocks inside an element; loose text between them is a paragraph."""
    loose: list[_Element | str] = []
    for child in parent.inside:
        if isinstance(child, str) or child.tag in _STYLES or child.tag in ("a", "br", "img", "span", "abbr", "input"):
            loose.append(child)
            continue
        yield from _paragraph(loose)
        loose = []
        yield from _block(child)
    yield from _paragraph(loose)


def _block(element: _Element) -> Iterator[Block]:
    tag = element.tag
    if tag in _SILENT or tag == "hr":
        return
    if tag in _HEADINGS:
        yield {"is": "heading", "level": _HEADINGS[tag], "text": _words(element)}
    elif tag == "p":
        yield from _paragraph(element.inside)
    elif tag in ("ul", "ol"):
        items = [list(_blocks(item)) for item in element.inside if isinstance(item, _Element) and item.tag == "li"]
        start = element.attributes.get("start", "1")
        yield {"is": "list", "ordered": tag == "ol", "start": int(start) if start.isdigit() else 1, "items": items}
    elif tag == "table":
        yield _table(element)
    elif tag == "dl":
        yield from _definitions(element)
    elif tag == "pre":
        yield {"is": "code", "text": _raw(element).rstrip("\n")}
    elif tag in _NOTES or "admonition" in element.attributes.get("class", "").split():
        yield _note(element)
    else:
        yield from _blocks(element)


def _paragraph(inside: Sequence[_Element | str]) -> Iterator[Block]:
    spans = _joined(_spans(inside, "", ""))
    if any(span["text"].strip() or span["break"] for span in spans):
        yield {"is": "paragraph", "spans": spans}


def _spans(inside: Sequence[_Element | str], style: str, address: str) -> Iterator[Span]:
    for child in inside:
        if isinstance(child, str):
            yield _span(child, style, address)
        elif child.tag == "br":
            yield {"text": "", "style": "", "url": "", "break": True}
        elif child.tag == "img":
            yield _span(f"[Picture: {child.attributes.get('alt') or 'without a description'}]", "em", "")
        elif child.tag not in _SILENT:
            target = child.attributes.get("href", "") if child.tag == "a" else ""
            kept = target if target.startswith(_ADDRESSES) else address
            yield from _spans(child.inside, _STYLES.get(child.tag, style), kept)


def _span(text: str, style: str, address: str) -> Span:
    return {"text": text, "style": style, "url": address, "break": False}


def _joined(spans: Iterator[Span]) -> list[Span]:
    """The spans of a paragraph, white space as a browser would show it."""
    shown: list[Span] = []
    for span in spans:
        text = " ".join(["x", *span["text"].split(), "x"])[2:-2] if span["text"].split() else ""
        before = " " if span["text"][:1].isspace() and shown and not shown[-1]["text"].endswith(" ") else ""
        after = " " if text and span["text"][-1:].isspace() else ""
        if shown and shown[-1]["break"]:
            before = ""
        span["text"] = f"{before}{text}{after}" if text else before
        if span["text"] or span["break"]:
            shown.append(span)
    if shown:
        shown[-1]["text"] = shown[-1]["text"].rstrip()
    return shown


def _table(element: _Element) -> Block:
    rows = [list(row.elements("th", "td")) for row in element.elements("tr")]
    cells = [[_joined(_spans(cell.inside, "", "")) for cell in row] for row in rows if row]
    width = max((len(row) for row in cells), default=0)
    whole = [[*row, *([] for _ in range(width - len(row)))] for row in cells]
    return {"is": "table", "head": whole[0] if whole else [], "rows": whole[1:], "widths": _widths(whole)}


def _widths(rows: list[list[list[Span]]]) -> list[float]:
    """How wide the columns are to each other: wider where there is more to read, none too narrow for a word."""
    return [_width([" ".join(span["text"] for span in cell) for cell in column]) for column in zip(*rows, strict=True)]


def _width(texts: list[str]) -> float:
    longest = max((len(word) for text in texts for word in text.split()), default=1)
    length = max(map(len, texts))
    return round(max(sqrt(min(length, 400)), 0.75 * min(longest, 18), 3), 1)


def _definitions(element: _Element) -> Iterator[Block]:
    for child in element.inside:
        if isinstance(child, _Element) and child.tag == "dt":
            yield {"is": "term", "text": _words(child)}
        elif isinstance(child, _Element) and child.tag == "dd":
            yield from _blocks(child)


def _note(element: _Element) -> Block:
    """A box: an admonition, a quotation, or what folds away on the screen and stands open on paper."""
    inside = list(element.inside)
    title = ""
    for child in inside:
        if isinstance(child, _Element) and (child.tag == "summary" or "title" in child.attributes.get("class", "")):
            title = _words(child)
            inside.remove(child)
            break
    return {"is": "note", "title": title, "blocks": list(_blocks(_Element("div", {}, inside)))}


def _words(element: _Element) -> str:
    return " ".join(_raw(element).split())


def _raw(element: _Element) -> str:
    return "".join(child if isinstance(child, str) else _raw(child) for child in element.inside)
