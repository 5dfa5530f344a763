"""Print data made by hand, and what a PDF says when it is read back."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from functools import cache
from typing import Any

import pikepdf
import pypdfium2

from sendbook.documents.kinds import print_data
from sendbook.documents.press import Press
from sendbook.kinds.printed import DOCUMENTS, printed_as
from sendbook.pages.reading import Reading, reading_of
from tests.site.small_student import around, projected, records

# Soft hyphens (told by PDFium as one control character), zero-width spaces, and the line end after them.
_UNSEEN = re.compile("(?:[\xad\u200b\ufffe\x02]\\s*)+")


@cache
def press() -> Press:
    """One press for all tests in a process, warm after the first."""
    return Press()


def reading(data: dict[str, dict[str, Any]] | None = None, **more: Any) -> Reading:
    """The small student as somebody reads it."""
    return reading_of(projected(data, **more), around())


def plan(change: dict[str, Any] | None = None, **more: Any) -> bytes:
    """The print data of the small student's plan, with some fields of the plan put in."""
    data = records()
    data["plan"] |= deepcopy(change or {})
    made = printed_as("plan", reading(data, **more))
    assert made is not None
    return made


def draft(change: dict[str, Any] | None = None) -> bytes:
    """The print data of the small student's next plan, with some fields of it put in."""
    data = records()
    made = printed_as(
        "draft-plan", reading(data | {"drafts/plan": data["plan"] | {"state": "draft"} | deepcopy(change or {})})
    )
    assert made is not None
    return made


def profile(change: dict[str, Any] | None = None) -> bytes:
    """The print data of the small student's profile, with some fields put in."""
    data = records()
    data["profile"] |= deepcopy(change or {})
    made = printed_as("profile", reading(data))
    assert made is not None
    return made


def with_sections(*sections: dict[str, Any]) -> bytes:
    """A plan that holds these sections and nothing else."""
    said = {"heading": "A plan", "lead": "", "copy": "", "sections": list(sections)}
    return print_data(DOCUMENTS["plan"], "7Q4K", said, day="2026-11-20", day_said="20 November 2026")


def lists(*items: tuple[str, list[str]], written: str = "Written by me.") -> bytes:
    """A profile of these lists."""
    turn = iter(range(1000))
    said = {
        "heading": "Aaron",
        "lead": "",
        "copy": "",
        "lists": [
            {"title": title, "items": [{"text": text, "turn": next(turn)} for text in texts]} for title, texts in items
        ],
        "count": sum(len(texts) for _, texts in items),
        "cut": False,
        "written": written,
        "more": "There is more in the profile.",
    }
    return print_data(DOCUMENTS["profile"], "7Q4K", said, day="2026-11-20", day_said="20 November 2026")


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The PDF as pikepdf sees it."""
    return pikepdf.open(io.BytesIO(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """What is printed on each page, as one line: places to break a word are no part of it."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [" ".join(_UNSEEN.sub("", text).split()) for text in texts]


def text_of(pdf: bytes) -> str:
    """What is printed on all pages."""
    return " ".join(pages_of(pdf))


def edges_of(pdf: bytes) -> tuple[float, float]:
    """The leftmost and the rightmost place with a letter, in points, on any page."""
    with pypdfium2.PdfDocument(pdf) as document:
        boxes = [
            text.get_charbox(index)
            for text in (page.get_textpage() for page in document)
            for index in range(text.count_chars())
        ]
    return min(box[0] for box in boxes), max(box[2] for box in boxes)


def filled(pdf: bytes) -> list[float]:
    """How far down each page something is printed: 1 at the foot of what the margins leave room for."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_filled(page) for page in document]


def _filled(page: pypdfium2.PdfPage) -> float:
    """The footer is below its line, in the lower margin; 22 of the sheet's 297 millimetres, and 18 above."""
    height = page.get_height()
    text = page.get_textpage()
    lowest = [text.get_charbox(index)[1] for index in range(text.count_chars())]
    bottom, top = height * 22 / 297, height * (1 - 18 / 297)
    return (top - min((one for one in lowest if one > bottom), default=top)) / (top - bottom)
