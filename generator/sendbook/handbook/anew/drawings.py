"""Drawings (SVG) rewritten: shapes and words by list, and nothing that runs, loads or was left by a program."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET
from xml.parsers import expat

from sendbook.handbook.anew.refusal import NotMadeError

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SPACE = "{http://www.w3.org/XML/1998/namespace}"
_ELEMENTS = frozenset(
    """circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence filter g line linearGradient marker mask path pattern polygon polyline radialGradient rect stop style
    svg switch symbol text textPath title tspan use view""".split()  # noqa: SIM905 - a list to be read
)
# What programs leave in a drawing about themselves and their users; it shows nothing.
_LEFT_OUT = frozenset({"metadata"})
# A backslash in a style could write any of these words in other letters; some functions load without “url”.
_OUTSIDE = re.compile(
    r"url\(\s*['\"]?(?!#)|@import|expression\(|javascript:|data:|(?:^|[^:])//|\\|image-set\(|image\(|cross-fade\(|src\(",
    re.IGNORECASE,
)
_DEEPEST = 100


def drawing_anew(content: bytes) -> bytes:
    """The drawing with nothing but what it shows."""
    try:
        _refuse_entities(content)
        top = ET.fromstring(content)  # noqa: S314 - entities were refused, so nothing can grow or be fetched
    except (ET.ParseError, expat.ExpatError, ValueError, LookupError) as error:
        raise NotMadeError(
            "This drawing is damaged, so it can't be checked.",
            "Save it again as a plain SVG, or as a PNG.",
            is_damage=True,
        ) from error
    if top.tag != f"{_SVG}svg":
        raise NotMadeError(
            "This file is not a drawing: it does not begin as an SVG.", "Save it again as a plain SVG, or as a PNG."
        )
    made = _copied(top, 0)
    ET.register_namespace("", _SVG[1:-1])
    ET.register_namespace("xlink", _LINK[1 : -len("}href")])
    return bytes(ET.tostring(made, encoding="utf-8", xml_declaration=False))


def _program() -> NotMadeError:
    return NotMadeError("This drawing holds a script.", "Save it again as a plain SVG, or as a PNG.", "html")


def _loads() -> NotMadeError:
    return NotMadeError(
        "This drawing holds, or fetches, another picture or file.", "Save it as a PNG, with the other picture in it."
    )


def _refuse_entities(content: bytes) -> None:
    """Reads the file once, in whatever encoding, for words that stand for others."""

    def declared(*_: object) -> None:
        raise NotMadeError(
            "This drawing has words in it that stand for others.", "Save it again as a plain SVG, or as a PNG.", "html"
        )

    reader = expat.ParserCreate()
    reader.EntityDeclHandler = declared
    reader.Parse(content, True)  # noqa: FBT003 - the library's own


def _copied(element: ET.Element, depth: int) -> ET.Element:
    if depth > _DEEPEST:
        raise NotMadeError(
            "The pieces of this drawing are nested far too deep.", "Save it again as a plain SVG, or as a PNG."
        )
    name = str(element.tag).removeprefix(_SVG)
    if name in ("script", "handler", "foreignObject", "animate", "animateMotion", "animateTransform", "set"):
        raise _program()
    if name in ("image", "feImage", "a", "audio", "video", "iframe"):
        raise _loads()
    if name not in _ELEMENTS:
        raise NotMadeError(
            "This drawing holds a piece of a kind that we don't know.", "Save it again as a plain SVG, or as a PNG."
        )
    made = ET.Element(f"{_SVG}{name}")
    for key, value in element.attrib.items():
        _check_attribute(key, value)
        if not key.startswith("{") or key == _LINK or key.startswith(_SPACE):
            made.set(key, value)
    made.text = element.text
    if name == "style" and element.text and _OUTSIDE.search(element.text):
        raise _loads()
    for child in element:
        if _is_kept(child):
            copy = _copied(child, depth + 1)
            copy.tail = child.tail
            made.append(copy)
    return made


def _is_kept(child: ET.Element) -> bool:
    """Pieces of other languages than SVG show nothing in a browser; an editor's own notes are such."""
    tag = str(child.tag)
    if not isinstance(child.tag, str) or tag.removeprefix(_SVG) in _LEFT_OUT:
        return False
    if tag.startswith(_SVG):
        return True
    if tag.startswith("{http://www.w3.org/1999/xhtml}"):
        raise _program()
    return False


def _check_attribute(key: str, value: str) -> None:
    plain = key.rpartition("}")[2].lower()
    if plain.startswith("on"):
        raise _program()
    if plain in ("href", "src") and (key == _LINK or not key.startswith("{")) and not value.strip().startswith("#"):
        raise _loads()
    if not key.startswith("{") and _OUTSIDE.search(value):
        raise _loads()
