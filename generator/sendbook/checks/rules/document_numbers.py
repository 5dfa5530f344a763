"""Finds numbers that contradict each other on a page: totals that don't add up, and wrong percentages."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sendbook.checks.documents import DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.checks.rules.said import said_to_all
from sendbook.checks.rules.shares import wrong_in_sentence, wrong_shares
from sendbook.checks.rules.table_sums import wrong_totals


@rule("DOC-20", "Totals in a table add up", source=HOUSE_RULE, parts=())
def totals_add_up(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """A reader who adds up the numbers gets the total. A hidden cell, such as “fewer than 6”, may be any number that it
    can mean; averages, percentages and numbers of another unit are not added.
    """
    for page in case.for_anybody:
        for table in page.tables:
            for wrong in wrong_totals(table):
                message, hint = "The numbers don't add up to this total.", f"They add up to {_said(wrong.sum)}."
                remedy = "Correct the total or the number that is wrong; if it counts others too, say so in its name."
                cell = wrong.cell
                yield page.spot(cell.line, message, remedy, column=cell.column, found=cell.text, hint=hint)


@rule("DOC-21", "Percentages fit their numbers", source=HOUSE_RULE, parts=())
def percentages_fit(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """A percentage next to a count and its whole is their share, rounded, and the shares of a whole make 100%."""
    for page in case.for_anybody:
        for table in page.tables:
            for wrong in wrong_shares(table):
                cell = wrong.cell
                message, hint = "The percentages of this column don't add up to 100.", ""
                if wrong.right is not None:
                    message = "This is not the percentage that the numbers next to it make."
                    hint = f"They make {_said(wrong.right)}%."
                yield page.spot(cell.line, message, _SHARE_REMEDY, column=cell.column, found=cell.text, hint=hint)
    for said in said_to_all(case):
        for begin, sentence in said.block.sentences():
            for off in wrong_in_sentence(sentence):
                start = begin + off.begin
                message = "This is not the percentage that the numbers in this sentence make."
                hint = f"They make {_said(off.right)}%."
                yield said.spot(start, start + len(off.written), message, _SHARE_REMEDY, hint=hint)


_SHARE_REMEDY = "Correct the percentage or the numbers, or say what else it is a percentage of."


def _said(number: Decimal) -> str:
    """A number with at most one digit after the point."""
    rounded = round(number, 1)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,}"


RULES: tuple[Rule[DocumentCase], ...] = (totals_add_up, percentages_fit)
