"""The words of a PDF: on its pages, in its properties, links, bookmarks, notes and alternative texts."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_MOST_OBJECTS = 200_000


@dataclass(frozen=True, slots=True)
class PdfText:
    """A text and where it stands. With ``unread``, ``place`` says what can't be read and ``text`` what to do."""

    text: str
    place: str
    unread: bool = False
    forbids: bool = False


def pdf_texts(content: bytes) -> Iterator[PdfText]:
    """Every text of the file. A file that can't be read at all may not be published unseen."""
    from pypdf import PdfReader  # here, because only publishing needs it
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            locked = "This PDF is locked, so nobody can look through it."
            yield PdfText("Put in a copy that isn't locked.", locked, unread=True, forbids=True)
            return
        yield from _pages(reader)
        yield from _strings(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        damaged = "This PDF is damaged, so nobody can look through it."
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
            "Read those pages yourself, or put in a PDF with text.",
            f"This PDF has pages that are pictures without text ({', '.join(blank)}): they can't be looked through.",
            unread=True,
        )


def _strings(reader: Any) -> Iterator[PdfText]:
    """Every string in the file's objects, whatever it is for, and the streams that hold properties as XML."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

    # The file's own id is a random word, and may by chance look like a student's.
    waiting: list[Any] = [value for key, value in reader.trailer.items() if key != "/ID"]
    seen: set[tuple[int, int]] = set()
    words: list[str] = []
    while waiting and len(seen) < _MOST_OBJECTS:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            waiting.extend(one.values())
            words.extend(str(key) for key in one)
            if isinstance(one, StreamObject) and one.get("/Type") in ("/Metadata", "/EmbeddedFile"):
                words.append(one.get_data().decode("utf-8", errors="replace"))
        elif isinstance(one, ArrayObject):
            waiting.extend(one)
        elif isinstance(one, str):
            words.append(one)
        elif isinstance(one, bytes):
            words.append(one.decode("latin-1"))
    yield PdfText("\n".join(words), "its properties, links or hidden texts")
