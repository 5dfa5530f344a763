"""Finds paragraphs that appear twice, in one public page or in two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sendbook.checks.blocks import Block, Sort
from sendbook.checks.documents import Document, DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule

# Shorter ones may well be the same: “See above”, a way to reach the office.
_FEWEST_WORDS = 12
# For two that only resemble each other there have to be more words.
_FEWEST_ALIKE = 16
_ALIKE = 0.85
# Runs of fewer words in common are chance.
_RUN = 4


@dataclass(frozen=True, slots=True)
class _Paragraph:
    page: Document
    block: Block
    words: list[str]

    @property
    def runs(self) -> set[tuple[str, ...]]:
        """Every run of a few words in it."""
        return {tuple(self.words[index : index + _RUN]) for index in range(len(self.words) - _RUN + 1)}


@rule("DOC-35", "A paragraph appears once", source=HOUSE_RULE, parts=())
def there_once(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """When something is written twice, sooner or later only one copy is changed, and parents wonder which is right."""
    pages = (*case.documents.values(), *sorted(case.others, key=lambda page: page.path))
    paragraphs = [one for page in pages for one in _paragraphs(page)]
    for first, second in _twins(paragraphs):
        line, column = second.block.place(0)
        of_page = "" if first.page is second.page else f" of {first.page.path}"
        same = "This paragraph" if first.words == second.words else "Nearly the same paragraph"
        message = f"{same} is on line {first.block.place(0)[0]}{of_page} already."
        remedy = "Keep it in one place, and link to it from the other if that helps."
        yield second.page.spot(line, message, remedy, column=column, found=second.block.text)


def _paragraphs(page: Document) -> Iterator[_Paragraph]:
    for block in page.blocks:
        if block.sort in (Sort.TEXT, Sort.ROW) and len(block.words) >= _FEWEST_WORDS:
            yield _Paragraph(page, block, block.words)


def _twins(paragraphs: Sequence[_Paragraph]) -> Iterator[tuple[_Paragraph, _Paragraph]]:
    """Each paragraph that is there already, after the first that it is like."""
    having: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, one in enumerate(paragraphs):
        shared = Counter(before for run in one.runs for before in having[run])
        twin = next((paragraphs[before] for before in sorted(shared) if _are_alike(paragraphs[before], one)), None)
        if twin is not None:
            yield twin, one
        for run in one.runs:
            having[run].append(index)


def _are_alike(one: _Paragraph, other: _Paragraph) -> bool:
    """Whether two say the same, or the shorter of them is nearly all in the longer."""
    if one.words == other.words:
        return True
    fewest = min(len(one.words), len(other.words))
    if fewest < _FEWEST_ALIKE:
        return False
    runs = SequenceMatcher(None, one.words, other.words, autojunk=False).get_matching_blocks()
    return sum(run.size for run in runs if run.size >= _RUN) >= _ALIKE * fewest


RULES: tuple[Rule[DocumentCase], ...] = (there_once,)
