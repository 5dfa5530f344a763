"""A text of a PDF, or what can't be read of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfText:
    """A text and where it stands. With ``unread``, ``place`` says what can't be read and ``text`` what to do."""

    text: str
    place: str
    unread: bool = False
    forbids: bool = False
