"""Finds times in a document that have passed and are called current or still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sendbook.checks.blocks import Sort
from sendbook.checks.documents import Document, DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.checks.rules.rule import Rule, Spot, rule
from sendbook.checks.rules.said import Said, said_on
from sendbook.checks.rules.stale_times import stale_in


@rule(
    "DOC-24",
    "No past year is called current",
    source="SEND Code of Practice 2015, 6.79",
    confirmed=True,
    parts=(),
)
def of_this_year(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """A document describes the school year in which it was last read through, and what is still to come. History is
    left alone: “since 2014”, “in 2024 we opened the lift”, a table of past years, and the years of laws.
    """
    for document in case.documents.values():
        page_day = _day_of(document, case.on)
        for said in said_on(document):
            if said.block.sort not in (Sort.ROW, Sort.HEAD_ROW):
                yield from _stale(said, page_day, case.on)


def _stale(said: Said, page_day: date, on: date) -> Iterator[PageSpot | Spot]:
    message = "This time has passed, but the sentence treats it as current or still to come."
    remedy = "Say what is true this year, or put it in the past tense."
    for begin, sentence in said.block.sentences():
        for time in stale_in(sentence, page_day, on, heading=said.is_title):
            yield said.spot(begin + time.begin, begin + time.end, message, remedy)


def _day_of(document: Document, on: date) -> date:
    """The day the page's words were last found right: of its approval, change or reading, whichever is latest."""
    days = [day for day in (document.words_of, document.last_reviewed or "") if day]
    return min(max(map(date.fromisoformat, days), default=on), on)


RULES: tuple[Rule[DocumentCase], ...] = (of_this_year,)
