"""The pages of a student with their sections, put together from all kinds in the order they are read.

Papers follow the same order. At a meeting some look at a screen and some at paper: what one of them reads out, the
others must find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from sendbook.kinds.all_kinds import ALL_KINDS, WITH_PAGES
from sendbook.kinds.dates_to_know import DATES
from sendbook.kinds.history_sections import HISTORY
from sendbook.kinds.kind_of_record import KindOfRecord
from sendbook.kinds.places import place_linked
from sendbook.pages.own_student_kinds import pages_of_own_kinds
from sendbook.pages.reading import Reading
from sendbook.pages.sections import AFTER_ALL_KINDS, PageKind, Section

_NONE: Final[Mapping[str, Mapping[int, Section]]] = {}


def pages_of_kinds(
    kinds: Iterable[KindOfRecord], *more: PageKind, gathered: Mapping[str, Mapping[int, Section]] = _NONE
) -> tuple[PageKind, ...]:
    """The pages of some kinds, each with what any of them puts there, and ``more`` that are of no kind.

    ``gathered`` are sections that are made of all kinds together, by page and place.
    """
    kinds = tuple(kinds)
    pages = (page for kind in kinds for page in kind.pages)
    made = (
        replace(
            page,
            sections=tuple(_sections_on(page.like or page.name, kinds, gathered)),
            papers=tuple(kind.papers[page.name] for kind in kinds if page.name in kind.papers),
        )
        for page in pages
    )
    return tuple(sorted((*made, *more), key=lambda page: page.order))


def _sections_on(
    page: str, kinds: Iterable[KindOfRecord], gathered: Mapping[str, Mapping[int, Section]] = _NONE
) -> Iterator[Section]:
    on_page = (*(kind.sections for kind in kinds), gathered)
    placed = [(order, section) for sections in on_page for order, section in sections.get(page, {}).items()]
    yield from (section for _, section in sorted(placed, key=lambda pair: pair[0]))


#: Sections that are made of all kinds together, by page and place.
GATHERED: Final = {"overview": {80: DATES}}
PAGES: Final = pages_of_kinds(ALL_KINDS, HISTORY, gathered=GATHERED)
BY_NAME: Final = {page.name: page for page in PAGES}
#: What comes first on the page that is made from a kind's schema, by kind.
FIRST_ON_PAGE: Final = {
    kind.name: tuple(_sections_on(kind.name, ALL_KINDS)) for kind in ALL_KINDS if kind.page_from_schema
}
_LAST: Final = tuple(page for page in PAGES if page.order >= AFTER_ALL_KINDS)
_BEFORE: Final = tuple(page for page in PAGES if page.order < AFTER_ALL_KINDS)


def pages_for(reading: Reading) -> tuple[PageKind, ...]:
    """Every page that these readers can have, with those that kinds have from their schemas alone, in the order of the
    drawer.
    """
    return (*_BEFORE, *pages_of_own_kinds(reading, WITH_PAGES, FIRST_ON_PAGE, place_linked), *_LAST)
