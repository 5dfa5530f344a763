"""What a PDF holds where a reader of its pages never comes: earlier states, loose pieces, bytes between and behind.

Whatever of it can be read is read. What can't be is said, and forbids publishing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from sendbook.checks.leaks.pdf_text import PdfText

_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_OBJECT = re.compile(rb"\bobj\b.*?\bendobj\b|\n\d{10} \d{5} [nf]\b", re.DOTALL)
_READABLE = re.compile(rb"[\x20-\x7e\x80-\xff]{4,}")
_LONG_WORDS = re.compile(rb"[A-Za-z][A-Za-z .,'_-]{6,}[A-Za-z]")
_END = re.compile(rb"%%EOF[\r\n \t]*\Z")
_STARTS = re.compile(rb"startxref\s+(\d+)")
# Between two pieces of a shown text stands how far to move.
_KERNED = re.compile(rb"\)\s*-?[\d.]*\s*\(")
_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_REMARK = re.compile(r"%[^\r\n]*")
_HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f\s]{4,})>")
_KNOWN_GLYPH = re.compile(
    r"/(?:[A-Za-z]|[A-Z]?[a-z]{2,}\d{0,3}|uni[0-9A-F]{4,}|u[0-9A-F]{4,6}|[A-Za-z]+(?:[._][A-Za-z]+)+)"
)
_PACKED_PICTURES = frozenset({"/DCTDecode", "/JPXDecode"})
_LOOKED_AT_MOST = 1 << 22


def beyond_reach(content: bytes) -> Iterator[PdfText]:
    """What is between and behind a file's objects; an earlier state of the file is refused."""
    starts = _STARTS.findall(content)
    in_order = b"/Linearized" in content[:1024]  # such a file says at its beginning what is at its end
    if len(starts) > (2 if in_order else 1):
        earlier = "This PDF still holds an earlier version of itself, from before something was changed or deleted."
        yield PdfText("Print it to a new PDF.", earlier, unread=True, forbids=True)
    if not content.startswith(b"%PDF-") or _END.search(content) is None:
        around = "This PDF holds something before its start or after its end."
        yield PdfText("Print it to a new PDF.", around, unread=True, forbids=True)
    outside = _STREAM.sub(b"\n", content)
    between = [*re.findall(rb"%[^\r\n]*", outside), *_READABLE.findall(_OBJECT.sub(b"\n", outside))]
    words = b"\n".join(between).decode("latin-1")
    yield PdfText(_without_ids(words), "what stands between its pieces")


def _without_ids(words: str) -> str:
    """A file's own id is a random word, and may by chance look like a student's."""
    return re.sub(r"/ID\s*\[[^\]]*\]", "", words)


def loose_objects(reader: Any, reached: Collection[int]) -> set[int]:
    """The numbers of objects that are in the file and that nothing leads to."""
    listed = {number for entries in reader.xref.values() for number, at in entries.items() if at}
    packed: dict[int, tuple[int, int]] = reader.xref_objStm
    holders = {holder for holder, _ in packed.values()}
    loose = (listed | set(packed)) - set(reached) - holders - {0}
    return {number for number in loose if not _is_index(reader, number)}


def _is_index(reader: Any, number: int) -> bool:
    """Whether an object is the file's own list of objects, or nothing at all."""
    from pypdf.generic import DictionaryObject, IndirectObject, NullObject

    held = IndirectObject(number, 0, reader).get_object()
    if held is None or isinstance(held, NullObject):
        return True
    if not isinstance(held, DictionaryObject):
        return False
    # Of a file made to be shown while it comes: what says so, and where its pages begin.
    return "/Linearized" in held or held.get("/Type") in ("/XRef", "/ObjStm") or isinstance(held.get("/S"), int)


def is_only_drawn(font: Any) -> bool:
    """Whether nothing tells which letters a font's numbers stand for."""
    if "/ToUnicode" in font:
        return False
    if font.get("/Subtype") == "/Type0":
        return str(font.get("/Encoding", "")).startswith("/Identity")
    encoding: Any = font.get("/Encoding", "")
    differences = encoding.get("/Differences", ()) if isinstance(encoding, dict) else ()
    names = [str(one) for one in differences if isinstance(one, str)]
    return any(_KNOWN_GLYPH.fullmatch(name) is None for name in names if name != "/.notdef")


def as_typed(drawn: bytes) -> Iterator[str]:
    """What is drawn, as it is written: its remarks, and words that nobody is shown."""
    yield "\n".join(_REMARK.findall(drawn.decode("latin-1")))
    # Numbers of letters in a font of its own are no text: those are read with the page.
    shown = [text for found in _LITERAL.findall(_KERNED.sub(b"", drawn)) if _is_text(text := found.decode("latin-1"))]
    yield "\n".join(shown)
    yield "".join(shown)
    yield "\n".join(filter(None, map(_from_hexadecimal, _HEXADECIMAL.findall(drawn))))


def _from_hexadecimal(digits: bytes) -> str:
    """The letters that pairs of digits stand for; nothing where they are plainly no text."""
    digits = re.sub(rb"\s", b"", digits)
    raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    text = raw.decode("utf-16-be", errors="replace") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")
    return text if _is_text(text) else ""


def _is_text(shown: str) -> bool:
    return sum(map(str.isalpha, shown)) * 2 > len(shown)


def said_in_image(stream: Any) -> Iterator[str]:
    """What a packed picture in the file says about itself."""
    filters = stream.get("/Filter", ())
    names = {str(one) for one in (filters if isinstance(filters, list) else [filters])}
    if names & _PACKED_PICTURES:
        yield from long_words(bytes(stream._data))  # noqa: SLF001 - as it lies in the file; nothing public gives it


def long_words(held: bytes) -> Iterator[str]:
    """Rows of letters in bytes that are no text, too long to be there by chance."""
    for plain in (held[:_LOOKED_AT_MOST], held[:_LOOKED_AT_MOST].replace(b"\0", b"")):
        words = _LONG_WORDS.findall(plain)
        if words:
            yield b"\n".join(words).decode("latin-1")
