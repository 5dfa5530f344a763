"""Files taken apart into texts that can be looked through, each with the place it stands at.

Every byte is looked at in some way: a page as a reader sees it (tags out, entities resolved), its attributes and
comments, and once more as it is written; data value by value; a PDF's pages, properties, links and hidden texts; of a
picture what its file says about it. What can't be looked into is said, so that nobody takes silence for an answer.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import unquote

from sendbook.campus.shipped import site_templates
from sendbook.checks.leaks.folding import TAG
from sendbook.checks.leaks.pdf import pdf_texts

_TAGS = re.compile(r"""<!--.*?-->|<(?:[^"'<>]|"[^"]*"|'[^']*')*>""", re.DOTALL)
_VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
#: All kinds of files that may be public; pages have no ending on the site.
KINDS = _PICTURES | {"", ".css", ".html", ".js", ".json", ".pdf", ".svg", ".txt", ".woff2", ".xml"}
_READABLE = re.compile(rb"[\x20-\x7e\x80-\xff]{4,}")
_HOLDS_A_FILE = re.compile(r"data:\s*[a-z]+/|<\s*(?:image|foreignObject|feImage)\b", re.IGNORECASE)
_TURNS_ROUND = re.compile(r"<bdo\b|bidi-override|isolate-override|direction\s*[:=]\s*[\"']?rtl", re.IGNORECASE)
_DECODED_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a file. ``line`` is the line it begins on, or None where the file has no lines; ``place`` says where
    it is then."""

    text: str
    line: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be looked through, and whether that forbids publishing."""

    what: str
    remedy: str
    forbids: bool


def pieces_of(path: str, content: bytes) -> Iterator[Piece | Unread]:
    """All texts of a file, its own name first."""
    yield from _decoded(Piece(path, None, "the name of the file"))
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in KINDS:
        yield Unread("A file of this kind can't be checked.", "Put in a PDF, a picture or a page.", forbids=True)
    elif suffix == ".pdf" and content.startswith(b"{"):  # what a paper of ours is printed from
        yield from _of_text(".json", _text(content))
    elif suffix == ".pdf":
        for found in pdf_texts(content):
            if found.unread:
                yield Unread(found.place, found.text, found.forbids)
            else:
                yield from _decoded(Piece(found.text, None, found.place))
    elif suffix == ".woff2":
        if content not in _shipped_fonts():
            yield Unread(
                "This font isn't one that comes with sendbook, and it can't be checked.",
                "Take it out: pages use the fonts of the theme.",
                forbids=True,
            )
    elif suffix in _PICTURES:
        for said in _said_in_picture(suffix, content):
            yield from _decoded(Piece(said, None, "what the picture's file says about it"))
    else:
        text = _text(content)
        if suffix == ".svg" and _HOLDS_A_FILE.search(unescape(text)):
            yield Unread(
                "This drawing holds another picture or file, which can't be checked.",
                "Save it as a PNG.",
                forbids=True,
            )
        yield from _of_text(suffix, text)


@cache
def _shipped_fonts() -> frozenset[bytes]:
    """The theme's fonts. They are packed so that only a browser unpacks them, so no others are let through."""
    return frozenset(font.read_bytes() for font in (site_templates() / "theme" / "assets" / "fonts").glob("*.woff2"))


def page_pieces(html: str) -> Iterator[Piece]:
    """A page (or Markdown, or a style sheet) as it is read, its attributes and comments, and as it is written."""
    yield from _shown(html, 1)
    yield from _turned_round(html)
    yield from _decoded(Piece(html, 1, ""))


def _turned_round(html: str) -> Iterator[Piece]:
    """The words from their end to their beginning, where something in the text says that they are shown so."""
    if _TURNS_ROUND.search(html):
        for row, line in enumerate(html.split("\n"), 1):
            if not line.isspace():
                yield Piece(unescape(_TAGS.sub(TAG, line))[::-1], row, "words shown from right to left")


def _shown(html: str, line: int) -> Iterator[Piece]:
    """The text between tags, and what tags and comments hold, which may be tagged again."""
    first = line
    shown: list[str] = []
    done = 0
    for tag in _TAGS.finditer(html):
        written = tag.group()
        shown += [unescape(html[done : tag.start()]), TAG, "\n" * written.count("\n")]
        line += html.count("\n", done, tag.start())
        hidden = [written[4:-3]] if written.startswith("<!--") else [one or two for one, two in _VALUE.findall(written)]
        for value in hidden:
            yield from _shown(unescape(value), line)
        line += written.count("\n")
        done = tag.end()
    shown.append(unescape(html[done:]))
    yield from _decoded(Piece("".join(shown), first, ""))


def _of_text(suffix: str, text: str) -> Iterator[Piece]:
    if suffix == ".json":
        try:
            values = list(_json_texts(json.loads(text)))
        except (ValueError, RecursionError):  # then it is looked through as it is written
            values = []
        for value in values:
            for piece in page_pieces(value):
                yield Piece(piece.text, None, "a value")
    yield from page_pieces(text)


def _decoded(piece: Piece) -> Iterator[Piece]:
    """The piece, and what becomes of it when entities and percent signs are resolved once more, and again."""
    yield piece
    text = piece.text
    for _ in range(_DECODED_AT_MOST):
        plainer = unescape(unquote(text))
        if plainer == text:
            return
        text = plainer
        yield Piece(text, piece.line, piece.place)


def _text(content: bytes) -> str:
    """Text in whatever encoding; bytes that are none are left as marks."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    return content.decode("utf-8", errors="replace")


def _json_texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, held in value.items():
            yield str(key)
            yield from _json_texts(held)
    elif isinstance(value, list):
        for held in value:
            yield from _json_texts(held)
    elif isinstance(value, str):
        yield value


def _said_in_picture(suffix: str, content: bytes) -> Iterator[str]:
    """Readable words in the parts of a picture that are not the picture itself."""
    parts = {".png": _png, ".webp": _webp, ".gif": _whole}.get(suffix, _jpeg)(content)
    for part in parts:
        for plain in (part, part.replace(b"\0", b"")):
            words = [run.decode("utf-8", errors="replace") for run in _READABLE.findall(plain)]
            if words:
                yield "\n".join(words)


def _png(content: bytes) -> Iterator[bytes]:
    at = 8
    while at + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        part = content[at + 8 : at + 8 + size]
        if kind not in (b"IDAT", b"PLTE", b"fdAT"):
            yield part
            yield from _inflated(part)
        at += 12 + size
    yield content[at:]


def _inflated(part: bytes) -> Iterator[bytes]:
    """Compressed text inside a part: it begins somewhere behind a keyword."""
    for at in [found.start() for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", part)][:4]:
        try:
            yield zlib.decompressobj().decompress(part[at:], 1 << 20)
        except zlib.error:
            continue


def _jpeg(content: bytes) -> Iterator[bytes]:
    """Segments before the picture, and what trails behind its end."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        yield content[at + 4 : at + 2 + size]
        at += 2 + size
    yield content[content.rfind(b"\xff\xd9") + 2 :] if b"\xff\xd9" in content else b""


def _webp(content: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(content):
        kind, size = struct.unpack("<4sI", content[at : at + 8])
        if kind not in (b"VP8 ", b"VP8L", b"ALPH", b"ANMF", b"ANIM"):
            yield content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    yield content[at:]


def _whole(content: bytes) -> Iterator[bytes]:
    """GIF: comments stand in blocks of their own length, so long readable runs are taken from all of it."""
    yield b"\n".join(re.findall(rb"[\x20-\x7e]{8,}", content))
