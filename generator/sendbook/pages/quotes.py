"""Somebody's own words in a record: the family's and the student's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sendbook.campus.words import short_day
from sendbook.history.confidences import NOT_FOR_THE_FAMILY
from sendbook.pages.reading import Reading


class Quote(NamedTuple):
    """Words as they were said, and by whom, when and how.

    ``mark`` is read before words that are not for the family, "" for all others.
    """

    text: str
    by: str
    mark: str = ""


def family_quotes(record: Mapping[str, Any], reading: Reading) -> list[Quote]:
    """The family's words in a plan or meeting; each household's stay its own, which the projection has seen to."""
    return [
        Quote(item["text"], f"{reading.family_name(item['from'])}, {short_day(item['on'])}")
        for item in record.get("family_voice", ())
    ]


def student_quotes(record: Mapping[str, Any], reading: Reading) -> list[Quote]:
    """The student's words in a plan or meeting."""
    return [Quote(item["text"], _said(item, reading), _mark(item, reading)) for item in record.get("student_voice", ())]


def _said(item: Mapping[str, Any], reading: Reading) -> str:
    how = f" ({item['how'][:1].lower()}{item['how'][1:]})" if "how" in item else ""
    return f"{'Me' if reading.is_self else reading.known_as}, {short_day(item['on'])}{how}"


def _mark(item: Mapping[str, Any], reading: Reading) -> str:
    """The mark of words that the student does not share; a family is never handed any."""
    return "" if reading.manner == "family" or item.get("share_with_family") is True else NOT_FOR_THE_FAMILY
