"""The pages of a student with their sections, put together from all kinds in the order they are read.

Papers follow the same order. At a meeting some look at a screen and some at paper: what one of them reads out, the
others must find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from sendbook.kinds.all_kinds import ALL_KINDS
from sendbook.kinds.history_sections import HISTORY
from sendbook.kinds.kind_of_record import KindOfRecord
from sendbook.pages.sections import PageKind, Section


def pages_of_kinds(kinds: Iterable[KindOfRecord], *more: PageKind) -> tuple[PageKind, ...]:
    """The pages of some kinds, each with what any of them puts there, and ``more`` that are of no kind."""
    kinds = tuple(kinds)
    pages = (page for kind in kinds for page in kind.pages)
    made = (replace(page, sections=tuple(_sections_on(page.like or page.name, kinds))) for page in pages)
    return tuple(sorted((*made, *more), key=lambda page: page.order))


def _sections_on(page: str, kinds: Iterable[KindOfRecord]) -> Iterator[Section]:
    placed = [(order, section) for kind in kinds for order, section in kind.sections.get(page, {}).items()]
    yield from (section for _, section in sorted(placed, key=lambda pair: pair[0]))


PAGES: Final = pages_of_kinds(ALL_KINDS, HISTORY)
BY_NAME: Final = {page.name: page for page in PAGES}
#: What comes first on the page that is made from a kind's schema, by kind.
FIRST_ON_PAGE: Final = {
    kind.name: tuple(_sections_on(kind.name, ALL_KINDS)) for kind in ALL_KINDS if kind.page_from_schema
}
#: The kinds that these pages are of; a page of any other is made from its schema alone.
WITH_PAGES: Final = frozenset(kind.name for kind in ALL_KINDS if kind.is_on_pages)
