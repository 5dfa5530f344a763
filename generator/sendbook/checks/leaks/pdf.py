"""The words of a PDF: on its pages, in its properties, links, bookmarks, notes and alternative texts."""

from __future__ import annotations

import codecs
import io
import logging
from collections.abc import Iterator
from typing import Any

from sendbook.checks.leaks.pdf_form import (
    as_typed,
    beyond_reach,
    is_only_drawn,
    long_words,
    loose_objects,
    said_in_image,
)
from sendbook.checks.leaks.pdf_text import PdfText

_MOST_OBJECTS = 200_000
# What the reader we use raises besides its own errors when a file is not what it says it is.
_ON_DAMAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError, AssertionError)


def pdf_texts(content: bytes) -> Iterator[PdfText]:
    """Every text of the file. A file that can't be read at all may not be published unseen."""
    from pypdf import PdfReader  # here, because only publishing needs it
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    yield from beyond_reach(content)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            locked = "This PDF is locked, so it can't be checked."
            yield PdfText("Put in a copy that isn't locked.", locked, unread=True, forbids=True)
            return
        # In this order: laying text out puts objects where references to them stood.
        yield from _strings(reader)
        yield from _pages(reader)
    except (PyPdfError, *_ON_DAMAGE):
        damaged = "This PDF is damaged, so it can't be checked."
        yield PdfText("Save it again as a PDF.", damaged, unread=True, forbids=True)


def _pages(reader: Any) -> Iterator[PdfText]:
    blank = []
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        if text.strip():
            yield PdfText(text, f"page {number}")
        elif len(page.images):
            blank.append(str(number))
    if blank:
        yield PdfText(
            "Put in a PDF with text, for example by printing the document it was made from.",
            f"This PDF has pages that are pictures without text ({', '.join(blank)}): nobody can look through "
            "them, nor can anybody who listens to a page read them.",
            unread=True,
            forbids=True,
        )


def _strings(reader: Any) -> Iterator[PdfText]:
    """Every string in the file's objects, whatever it is for (the tree that says what each piece of a page is, with its
    alternative texts, among them), in the marks among what is drawn, and in the streams that hold text as such.
    """
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

    # The file's own id is a random word, and may by chance look like a student's.
    waiting: list[tuple[str, Any]] = [(key, value) for key, value in reader.trailer.items() if key != "/ID"]
    seen: set[tuple[int, int]] = set()
    words: list[str] = []
    unreadable: list[str] = []
    while waiting and len(seen) < _MOST_OBJECTS:
        key, one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            within = _GLYPHS if key == _GLYPHS else ""
            waiting.extend((within or str(name), value) for name, value in one.items())
            words.extend(str(name) for name in one)
            if one.get("/Type") == "/Page" and "/Contents" in one:
                words.extend(_marks(one["/Contents"], reader))
            if isinstance(one, StreamObject):
                words.extend(_of_stream(key, one, reader))
        elif isinstance(one, ArrayObject):
            waiting.extend((key, value) for value in one)
        elif isinstance(one, str | bytes):
            words.append(_said(one))
        _note_fonts(one, unreadable)
    yield PdfText("\n".join(words), "its properties, links or hidden texts")
    if unreadable:
        drawn = "This PDF has letters that are only drawn, without saying what they are, so it can't be checked."
        yield PdfText("Print it to a new PDF with text that can be copied.", drawn, unread=True, forbids=True)
    loose = loose_objects(reader, {number for number, _ in seen})
    if loose and not waiting:
        beyond = "This PDF holds pieces that none of its pages uses, so it can't be fully checked."
        yield PdfText("Print it to a new PDF.", beyond, unread=True, forbids=True)
    if waiting:
        endless = "This PDF holds too much to be checked."
        yield PdfText("Split it, or put in a smaller one.", endless, unread=True, forbids=True)


def _note_fonts(one: Any, unreadable: list[str]) -> None:
    """A font whose letters nobody can tell from their numbers is noted."""
    from pypdf.generic import DictionaryObject

    if isinstance(one, DictionaryObject) and one.get("/Type") == "/Font" and is_only_drawn(one):
        unreadable.append(str(one.get("/BaseFont", "")))


_GLYPHS = "/CharProcs"
_WRITTEN_OUT = frozenset({"/XFA", "/RV", "/RC", "/JS"})
_MARKED = frozenset({b"BDC", b"DP"})


def _of_stream(key: str, stream: Any, reader: Any) -> Iterator[str]:
    """The words of a stream that is text as it stands, or that draws; pictures and fonts are neither."""
    if key in _WRITTEN_OUT or stream.get("/Type") in ("/Metadata", "/EmbeddedFile"):
        yield stream.get_data().decode("utf-8", errors="replace")
    elif "/BBox" in stream or key == _GLYPHS:  # a drawing, a pattern, the looks of a note; a letter drawn by itself
        yield from _marks(stream, reader)
        yield from as_typed(stream.get_data())
    elif key == "/Contents":
        yield from as_typed(stream.get_data())
    elif stream.get("/Subtype") == "/Image":
        yield from said_in_image(stream)
    else:
        yield from long_words(stream.get_data())


def _marks(drawn: Any, reader: Any) -> Iterator[str]:
    """The strings in the marks among what is drawn: what a piece says to those who hear it, or stands for."""
    from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

    for operands, operator in ContentStream(drawn, reader).operations:
        waiting = list(operands) if operator in _MARKED else []
        while waiting:
            one = waiting.pop()
            if isinstance(one, DictionaryObject):
                waiting.extend(one.values())
            elif isinstance(one, ArrayObject):
                waiting.extend(one)
            elif isinstance(one, str | bytes):
                yield _said(one)


def _said(one: Any) -> str:
    """A string as text. The reader has decoded what it could; UTF-8 behind its mark is left to us."""
    raw = one if isinstance(one, bytes) else b""
    if getattr(one, "autodetect_pdfdocencoding", False):
        raw = one.original_bytes
    if raw.startswith(codecs.BOM_UTF8):
        return raw.decode("utf-8", errors="replace")
    return one.decode("latin-1") if isinstance(one, bytes) else str(one)
