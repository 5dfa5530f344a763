"""Finds law that is no longer in force, and old names for stages, documents and bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sendbook.checks.documents import DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.checks.old_law import LAW, WORDS, Old, is_history
from sendbook.checks.rules.rule import Rule, Spot, rule
from sendbook.checks.rules.said import Said, said_in


@rule("DOC-30", "Only law in force is quoted",
      source="Children and Families Act 2014 Sch 3; Equality Act 2010 Sch 27", parts=())  # fmt: skip
def law_in_force(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """A page that relies on an Act or a code that has been replaced may describe the wrong duties. A sentence about the
    past, such as “statements were replaced by EHC plans”, is fine.
    """
    yield from _found(case, LAW)


@rule("DOC-31", "Stages, documents and bodies have today's names",
      source="Children and Families Act 2014 Part 3; SEND Code of Practice 2015, 6.44", parts=())  # fmt: skip
def todays_names(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """Statements, School Action and the like have ended: a parent who reads about them will ask for something that
    no longer exists. A sentence about the past is fine.
    """
    yield from _found(case, WORDS)


def _found(case: DocumentCase, wanted: Iterable[Old]) -> Iterator[PageSpot | Spot]:
    listed = [old for old in wanted if old.since is None or old.since <= case.on]
    for said in said_in(case):
        done: list[tuple[int, int]] = []
        small = said.text.casefold()
        for old in (one for one in listed if one.may_be_in(small)):
            for start, end in _places(said, old):
                if all(end <= begin or start >= after for begin, after in done):
                    done.append((start, end))
                    yield said.spot(start, end, old.became, old.write)


def _places(said: Said, old: Old) -> Iterator[tuple[int, int]]:
    """Where a text speaks of the old thing as of today's."""
    for found in old.pattern.finditer(said.text):
        begin, end = said.block.sentence(found.start(), found.end())
        sentence = said.text[begin:end]
        if old.unless is not None and old.unless.search(sentence):
            continue
        if not is_history(said.text[begin : found.start()], said.text[found.start() : end]):
            yield found.span()


RULES: tuple[Rule[DocumentCase], ...] = (law_in_force, todays_names)
