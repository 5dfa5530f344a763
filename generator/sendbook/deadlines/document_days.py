"""The days at the top of a document: it is reviewed in time, its days are in order, and near enough to each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sendbook.checks.documents import REPORT, DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, rule
from sendbook.deadlines.days import a_year_after, read_through_by

_FRESH = "SEND Code of Practice 2015, 6.79"


@rule("DOC-10", "The page was read through in the last year", source=_FRESH, confirmed=True, parts=())
def read_through(case: DocumentCase) -> Iterator[PageSpot]:
    """At least yearly somebody reads all of it and finds it right."""
    longest = case.threshold("oldest_report_days")
    remedy = "Check it, change what is out of date, and set last_reviewed to that day."
    for document in case.documents.values():
        if document.last_reviewed is None:
            yield document.fact("last_reviewed", "The page does not say when it was last read through.", remedy)
        elif read_through_by(date.fromisoformat(document.last_reviewed), longest) < case.on:
            yield document.fact("last_reviewed", f"The page was last read through over {longest} days ago.", remedy)


@rule("DOC-11", "The next review lies ahead", source=HOUSE_RULE, parts=())
def review_ahead(case: DocumentCase) -> Iterator[PageSpot]:
    """A day is set on which the page is reviewed, and has not passed."""
    for document in case.documents.values():
        if document.review_by is None:
            remedy = "Add review_by, usually a year after last_reviewed."
            yield document.fact("review_by", "The page does not say when it is next reviewed.", remedy)
        elif document.is_review_overtaken(case.on):
            continue  # DOC-25 reports it: it was not set again
        elif date.fromisoformat(document.review_by) < case.on:
            remedy = "Review it, then set last_reviewed and a new review_by."
            yield document.fact("review_by", "The day of its next review has passed.", remedy)


@rule("DOC-25", "The next review comes after the last one", source=_FRESH, confirmed=True, parts=())
def days_in_order(case: DocumentCase) -> Iterator[PageSpot]:
    """A page is read through and approved, and its next review comes after that. What was done was not done in the
    future.
    """
    on = case.on.isoformat()
    for document in case.documents.values():
        done = {"last_reviewed": document.last_reviewed, "changed_on": document.changed_on}
        for name, day in done.items():
            if day is not None and day > on:
                message = "This day is in the future, but it records something already done."
                yield document.fact(name, message, "Set it to the day it was done.")
        if document.is_review_overtaken(case.on):
            message = "The next review is not after the day on which the page was last read through or approved."
            remedy = "Set review_by to the day of the next review, usually a year after last_reviewed."
            yield document.fact("review_by", message, remedy)


@rule("DOC-26", "The next review is within a year of the last", source=_FRESH, confirmed=True, parts=())
def review_within_a_year(case: DocumentCase) -> Iterator[PageSpot]:
    """A page is read through every year, so its next review is a year after the last at most."""
    for document in case.documents.values():
        if document.review_by is None or document.last_reviewed is None:
            continue
        last = date.fromisoformat(document.last_reviewed)
        again = read_through_by(last, case.threshold("oldest_report_days"))
        if again < case.on:
            continue  # it is to be read through now; a day is set then
        if date.fromisoformat(document.review_by) > max(a_year_after(last), again):
            message = "The next review is more than a year after the last."
            yield document.fact("review_by", message, "Set review_by to a day within a year of last_reviewed.")


@rule(
    "DOC-27", "The report is approved every year", source=f"Children and Families Act 2014 s.69(2); {_FRESH}", parts=()
)
def approved_lately(case: DocumentCase) -> Iterator[PageSpot]:
    """The report is brought up to date every year and approved as it then is: an approval from more than a year before
    it was last read through is of an older report.
    """
    report = case.documents.get(REPORT)
    if report is None or not report.approved_on or report.last_reviewed is None:
        return
    approved, read = date.fromisoformat(report.approved_on), date.fromisoformat(report.last_reviewed)
    if read > a_year_after(approved):
        message = "The report was approved more than a year before it was last read through."
        remedy = "Have it approved as it is today, and set approved_on and minute_ref."
        yield report.fact("approved_on", message, remedy)


RULES: tuple[Rule[DocumentCase], ...] = (
    read_through,
    review_ahead,
    days_in_order,
    review_within_a_year,
    approved_lately,
)
