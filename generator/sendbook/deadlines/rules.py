"""The rule that what a schema says is owed (``x-due``) is done in time: one for each due, with the due's own source.

What a kind's own rules ask about, in words of their own, is left to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sendbook.campus.dues import Due
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.words import listed, short_day
from sendbook.checks.case import Case
from sendbook.checks.finding import Severity
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, bound_by
from sendbook.checks.shape import pointer_of
from sendbook.deadlines import document_days
from sendbook.deadlines.deadline import Deadline, School, parts_of
from sendbook.deadlines.late import date_of, late_under, school_of

#: The code of what is found.
OVERDUE = "DUE-01"


def rules_of_dues(registry: SchemaRegistry, book: RuleBook) -> RuleBook:
    """Returns a rule for everything that records of these kinds can owe, but for dates that rules of the book word."""
    dues = [(kind, due) for kind in registry.kinds.values() for due in kind.dues]
    others = [(kind, due) for kind, due in dues if date_of(kind, due) not in book.own_words]
    return RuleBook(
        student=tuple(_rule(kind, due) for kind, due in others if kind.of_student),
        shared=tuple(_rule(kind, due) for kind, due in others if not kind.of_student),
    )


def _rule(kind: Kind, due: Due) -> Rule[Case]:
    source = due.source or HOUSE_RULE
    return Rule(
        id=OVERDUE,
        title="What is owed by a day is done in time",
        severity=Severity.WARNING,
        source=source,
        law=due.law,
        confirmed=due.confirmed,
        parts=parts_of(kind, due),
        test=partial(_late, kind, due),
        binds=frozenset(due.binds) if due.binds is not None else bound_by(source, law=due.law),
        of_leavers=False,
        after_support=True,
    )


def _late(kind: Kind, due: Due, case: Case) -> Iterator[Spot]:
    """Yields each entry whose last day is over while nothing says that it was done."""
    return (_spot(record, late, school_of(case)) for record, late in late_under(case, kind, due))


def _spot(record: Record, late: Deadline, school: School) -> Spot:
    due = late.due
    asked = listed([f"“{one.node.title}”" for one in (due.since, *due.later)])
    if due.within is not None:
        within, again = due.within.in_words(school.house_rules), " again" if due.again else ""
        since = f"the latest of {asked}" if due.later else asked
        message = f"The last day for this has passed: it is owed{again} within {within} of {since}."
    else:
        message = f"The last day for what is owed here has passed ({asked})."
    hint = f"Owed by {short_day(late.by.isoformat())}: {late.what}."
    return Spot(record, pointer_of(late.steps), message, f"{_remedy(due)}; or agree another day.", hint=hint)


def _remedy(due: Due) -> str:
    if due.until is not None:
        return f"Do it, then write the day under “{due.until.way[-1]}:”"
    if due.open_while:
        return f"Do it, then change “{due.open_while[0].field.way[-1]}:”"
    return "Do it, then write the day here" if due.again or due.later else "Do it, then write the next day here"


#: What the schemas make rules of, and the rules about the days of a document.
DEADLINE_RULES = RuleBook(from_schemas=(rules_of_dues,), documents=document_days.RULES)
