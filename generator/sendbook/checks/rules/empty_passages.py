"""Finds passages marked as the answer to an item that only point elsewhere or are about something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from sendbook.campus.passages import Passage, passages_of
from sendbook.checks.catalogue import BY_ID, CatalogueItem
from sendbook.checks.documents import Document, DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.checks.item_words import ELSEWHERE, ITEMS, for_scoring
from sendbook.checks.pointing import only_points
from sendbook.checks.rules.rule import STATE_FUNDED, Rule, Spot, rule

_ASKED = "SEND Regulations 2014 reg 51 and Schedule 1; Children and Families Act 2014 s.69(3)"
_IN_FORCE = date(2014, 9, 1)
# Shorter ones are another rule's; in a longer one a single word of the item is chance.
_FEWEST_WORDS, _LONG = 8, 35
# From what score on another matter is what a passage speaks of, and by how much it outweighs the item.
_OTHER, _MUCH_OTHER, _TIMES = 4, 8, 3
_MACRO_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


@rule("DOC-36", "A passage gives the answer itself", source=_ASKED, law=True, confirmed=True, binds=STATE_FUNDED,
      in_force_from=_IN_FORCE, parts=())  # fmt: skip
def says_itself(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """“See our website” or “ask the office” is not an answer: parents read the report to find out. Where the item
    asks for an address or a contact, a link or a name is enough.
    """
    for document in case.documents.values():
        for passage in document.passages:
            if passage.answers and only_points(passage):
                message = "This passage only says where else to look or whom to ask."
                remedy = "Say here in a few sentences what happens, when, and who does it. A link may follow."
                yield document.spot(passage.line, message, remedy, found=passage.title)


@rule("DOC-37", "A passage is about its item", source=_ASKED, law=True, confirmed=True, binds=STATE_FUNDED,
      in_force_from=_IN_FORCE, parts=())  # fmt: skip
def speaks_of_its_item(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """A passage pasted under the wrong heading leaves its item unanswered. We compare its words with those that reports
    use for the item: it has none of them, or hardly any and many about something else.
    """
    for document in case.documents.values():
        for passage in _read(document):
            if passage.words < _FEWEST_WORDS or only_points(passage):
                continue
            for item in (BY_ID[one] for one in passage.answers if one in BY_ID):
                instead = _instead(passage, item, _related(document, passage))
                if instead is not None:
                    message = f"Nothing here seems to say {item.asks}.{instead}"
                    remedy = (
                        f'Write it here, or put data-answers="{item.id}" behind the heading of the passage that does.'
                    )
                    yield document.spot(passage.line, message, remedy, column=passage.column, found=passage.title)


def _read(document: Document) -> tuple[Passage, ...]:
    """The passages, with the names of macros for what they say: ``campus("local_offer").url`` speaks of it."""
    return passages_of(document.body, document.body_line, lambda macro: " ".join(_MACRO_WORD.findall(macro)))


def _related(document: Document, passage: Passage) -> set[str]:
    """The items that this passage, those around it and those within it answer."""
    inside = _after(document, passage)
    around = (one for one in document.passages if one.line <= passage.line < _after(document, one))
    within = (one for one in document.passages if passage.line <= one.line < inside)
    return {item for one in (*around, *within) for item in one.answers}


def _after(document: Document, passage: Passage) -> int:
    """The line of the next heading that is not within a passage."""
    later = (one.line for one in document.passages if one.line > passage.line and one.level <= passage.level)
    return next(later, document.body_line + document.body.count("\n") + 1)


def _instead(passage: Passage, item: CatalogueItem, related: Collection[str]) -> str | None:
    """What a passage speaks of in place of an item, as a sentence; None if it speaks of the item."""
    text = for_scoring(passage.text)
    own = ITEMS[item.id].score(text)
    others = {name: topic.score(text) for name, topic in ELSEWHERE.items()}
    others |= {one: topic.score(text) for one, topic in ITEMS.items() if one not in related}
    name = max(others, key=lambda one: others[one])
    other = others[name]
    few = own == 1 and (other >= _OTHER or passage.words >= _LONG)
    if own and not few and not (other >= _MUCH_OTHER and other >= _TIMES * own):
        return None
    if other < _OTHER:
        return ""
    return f" It seems to say {BY_ID[name].asks}." if name in BY_ID else f" It seems to be about {name}."


RULES: tuple[Rule[DocumentCase], ...] = (says_itself, speaks_of_its_item)
