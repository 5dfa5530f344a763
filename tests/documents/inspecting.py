"""What PDF/UA's own checks let through, looked for by us: a PDF is read back and its faults are named.

Typst refuses a missing title, a skipped heading, a picture without words. It takes a table without a header row, pale
text, and bold text that poses as a heading. Whatever it promises is looked at here as well, since a template of a
campus's own may undo it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf

#: WCAG 2.2, 1.4.3: text against its ground. Ours is white, or one of the house style's two light grounds.
_CONTRAST = 4.5
_GROUNDS = ((1.0, 1.0, 1.0), (0.957, 0.941, 0.910), (0.914, 0.945, 0.925))


@dataclass(slots=True)
class Element:
    """One element of the structure tree; ``fonts`` are those its own text is set in."""

    tag: str
    alt: str
    scope: str = ""
    below: list[Element] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        yield self
        for child in self.below:
            yield from child.all()


@dataclass(frozen=True, slots=True)
class Set:
    """A piece of text as it is set: in which font and colour, belonging to which mark (None for page furniture)."""

    font: str
    colour: tuple[float, ...]
    mark: int | None


def faults(pdf: bytes, *, names: Iterable[str] = ()) -> set[str]:
    """What is wrong with a PDF, as short codes; ``names`` may stand in no metadata."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = [list(_text(page)) for page in document.pages]
        tree = list(_tree(document))
        return {
            *_about_the_document(document, names),
            *_about_the_structure(tree, pages),
            *_about_the_text(document, pages),
        }


def _about_the_document(document: pikepdf.Pdf, names: Iterable[str]) -> Iterator[str]:
    root: Any = document.Root
    stream = bytes(root.Metadata.read_bytes()).decode("utf-8", "replace") if "/Metadata" in root else ""
    told = f"{stream} {' '.join(str(value) for value in document.docinfo.values())}"
    if any(name in told for name in names):
        yield "name in metadata"
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)) or "/StructTreeRoot" not in root:
        yield "not tagged"
    if not str(root.get("/Lang", "")):
        yield "no language"
    with document.open_metadata() as metadata:  # which brings the older metadata into line: those were looked at
        if not metadata.get("dc:title"):
            yield "no title"
        if metadata.get("pdfuaid:part") != "1" or metadata.get("pdfaid:part") != "2":
            yield "claims no standard"
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "title not shown"


def _about_the_structure(tree: list[Element], pages: list[list[Set]]) -> Iterator[str]:
    every = [element for top in tree for element in top.all()]
    levels = [int(element.tag[1]) for element in every if re.fullmatch("H[1-6]", element.tag)]
    if not levels or levels[0] != 1 or any(later > level + 1 for level, later in pairwise(levels)):
        yield "heading skipped"
    for element in every:
        if element.tag == "Table" and not _begins_with_headers(element):
            yield "table without a header row"
        if element.tag == "TH" and element.scope not in ("Column", "Row", "Both"):
            yield "header without a scope"
        if element.tag == "TBody" and not all(_begins_with_its_header(row) for row in element.below):
            yield "row without a header"
        if element.tag == "Figure" and not element.alt:
            yield "picture without words"
        if element.tag == "P" and _is_all_bold(element, pages):
            yield "bold used as a heading"


def _begins_with_headers(table: Element) -> bool:
    rows = [element for element in table.all() if element.tag == "TR"]
    return bool(rows) and bool(rows[0].below) and all(cell.tag == "TH" for cell in rows[0].below)


def _begins_with_its_header(row: Element) -> bool:
    """Its first cell; one that is empty heads nothing, nor does the only one of its row."""
    first = row.below[0]
    return len(row.below) == 1 or not any(one.marks for one in first.all()) or (first.tag, first.scope) == ("TH", "Row")


def _is_all_bold(paragraph: Element, pages: list[list[Set]]) -> bool:
    marks = {mark for element in paragraph.all() for mark in element.marks}
    fonts = {one.font for page, mark in marks for one in pages[page] if one.mark == mark}
    return bool(fonts) and all("Bold" in font for font in fonts)


def _about_the_text(document: pikepdf.Pdf, pages: list[list[Set]]) -> Iterator[str]:
    colours = {one.colour for page in pages for one in page}
    if any(_contrast(colour, ground) < _CONTRAST for colour in colours for ground in _GROUNDS):
        yield "pale text"
    for page in document.pages:
        for font in page.resources.get("/Font", {}).values():
            for inner in font.get("/DescendantFonts", [font]):
                descriptor = inner.get("/FontDescriptor", {})
                if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
                    yield "font not embedded"


def _contrast(colour: tuple[float, ...], ground: tuple[float, ...]) -> float:
    dark, light = sorted((_luminance(colour), _luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[float, ...]) -> float:
    red, green, blue = colour * 3 if len(colour) == 1 else colour
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _text(page: pikepdf.Page) -> Iterator[Set]:
    """Every piece of text on a page with its font and colour."""
    fonts = {name: str(font.BaseFont) for name, font in page.resources.get("/Font", {}).items()}
    colour: tuple[float, ...] = (0.0,)
    font, mark = "", None
    kept: list[tuple[float, ...]] = []
    marks: list[int | None] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                kept.append(colour)
            case "Q":
                colour = kept.pop()
            case "g" | "rg" | "sc" | "scn":
                colour = tuple(float(value) for value in operands if _is_number(value))
            case "Tf":
                font = fonts[str(operands[0])]
            case "BDC" | "BMC":
                marks.append(mark)
                properties = operands[1] if len(operands) > 1 else {}
                mark = int(properties["/MCID"]) if "/MCID" in properties else None
            case "EMC":
                mark = marks.pop()
            case "Tj" | "TJ":
                yield Set(font, colour, mark)


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def _tree(document: pikepdf.Pdf) -> Iterator[Element]:
    if "/StructTreeRoot" in document.Root:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        yield from _elements(document.Root.StructTreeRoot.get("/K"), None, numbers)


def _elements(node: Any, page: int | None, numbers: dict[tuple[int, int], int]) -> Iterator[Element]:
    for one in node if isinstance(node, pikepdf.Array) else [node]:
        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield _element(one, page, numbers)


def _scope(attributes: Any) -> str:
    """What a header cell heads, as its attributes have it."""
    every = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((str(one.Scope).lstrip("/") for one in every if "/Scope" in one), "")


def _element(node: Any, page: int | None, numbers: dict[tuple[int, int], int]) -> Element:
    page = numbers[node.Pg.objgen] if "/Pg" in node else page
    made = Element(tag=str(node.S).lstrip("/"), alt=str(node.get("/Alt", "")), scope=_scope(node.get("/A", [])))
    inside = node.get("/K", [])
    for one in inside if isinstance(inside, pikepdf.Array) else [inside]:
        if isinstance(one, int):
            made.marks.append((page or 0, one))
        elif isinstance(one, pikepdf.Dictionary) and "/MCID" in one:
            place = numbers[one.Pg.objgen] if "/Pg" in one else page
            made.marks.append((place or 0, int(one.MCID)))
        else:
            made.below += _elements(one, page, numbers)
    return made
