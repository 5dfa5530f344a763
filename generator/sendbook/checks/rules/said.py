"""Everything that pages of the handbook and the records published with them say, as blocks that know their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sendbook.campus.records import Record
from sendbook.checks.blocks import Block, Sort, block_of
from sendbook.checks.documents import Document, DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.checks.rules.rule import Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One block of a page's body, its title or summary (``fact``), or one text of a record."""

    block: Block
    of: Document | Record
    fact: str = ""
    pointer: str = ""

    @property
    def text(self) -> str:
        """The block's text."""
        return self.block.text

    @property
    def is_title(self) -> bool:
        """Whether most of its words may begin with capitals."""
        return self.block.sort in (Sort.HEADING, Sort.HEAD_ROW) or self.fact == "title"

    def spot(self, start: int, end: int, message: str, remedy: str, *, hint: str = "") -> PageSpot | Spot:
        """The place of a piece of the text."""
        found = self.text[start:end]
        if isinstance(self.of, Record):
            return Spot(self.of, self.pointer, message, remedy, found=found, hint=hint)
        if self.fact:
            return self.of.fact(self.fact, message, remedy, found=found, hint=hint)
        line, column = self.block.place(start)
        return self.of.spot(line, message, remedy, column=column, found=found, hint=hint)


def said_in(case: DocumentCase) -> Iterator[Said]:
    """What all pages of the handbook say, for whatever edition, and what is published of records."""
    for page in case.pages:
        yield from said_on(page)
    yield from _said_in_records(case)


def said_to_all(case: DocumentCase) -> Iterator[Said]:
    """What documents and other public pages say to their widest readers, and what is published of records."""
    for page in case.for_anybody:
        yield from said_on(page)
    yield from _said_in_records(case)


def said_on(page: Document) -> Iterator[Said]:
    """What one page says, its title and summary first."""
    for fact, text in (("title", page.title), ("summary", page.summary)):
        yield Said(block=block_of(text), of=page, fact=fact)
    for block in page.blocks:
        yield Said(block=block, of=page)


def _said_in_records(case: DocumentCase) -> Iterator[Said]:
    for kind, parts in case.published.items():
        for record in case.campus.of_kind(kind):
            for leaf in case.campus.registry.kinds[kind].leaves(record.data):
                if leaf.part in parts and isinstance(leaf.value, str):
                    yield Said(block=block_of(leaf.value), of=record, pointer=leaf.pointer)
