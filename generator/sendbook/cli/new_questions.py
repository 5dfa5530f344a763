"""Asks on a terminal what a new campus should know of itself; every answer may be left for later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

import click

from sendbook.cli import new_answers as answers
from sendbook.cli.new_answers import SETTINGS, Answers, Term
from sendbook.errors import SendbookError

Value = TypeVar("Value")
Span = tuple[date, date]
_LATER = "Press Enter to leave an answer for later; sendbook check reminds you of it. Ctrl-C stops, and makes nothing."


def ask(given: Answers) -> Answers:
    """What was given, and the answers to what was not."""
    click.echo(_LATER)
    told = replace(
        given,
        name=given.name or _text("What is the school called?"),
        address=given.address or _text("Its postal address, on one line"),
        phone=given.phone or _checked("The office's telephone number", answers.phone) or "",
        email=given.email or _checked("The office's e-mail address", answers.email) or "",
        setting=given.setting or _setting(),
        council=given.council or _text("The local council (the authority in whose area it is)"),
        first_year=given.first_year or _checked("Youngest year group taught, such as R or 7", answers.year_group) or "",
        last_year=given.last_year or _checked("Oldest year group taught, such as 6 or 13", answers.year_group) or "",
    )
    told = replace(told, terms=told.terms or tuple(_terms()))
    senco = told.senco or _text("The SENDCo's full name")
    if not senco:
        return told
    told = replace(told, senco=senco)
    return replace(
        told,
        senco_known_as=told.senco_known_as or _text("As families and colleagues say it, such as Ms Okafor") or senco,
        senco_email=told.senco_email or _checked("The SENDCo's e-mail address, to sign in with", answers.email) or "",
    )


def _text(question: str) -> str:
    suffix = " " if question.endswith(("?", ")")) else ": "
    return answers.line(str(click.prompt(question, default="", show_default=False, prompt_suffix=suffix)))


def _checked(question: str, read: Callable[[str], Value]) -> Value | None:
    """The answer as it was read, asked for again while it can't be; None if it is left for later."""
    while True:
        said = _text(question)
        if not said:
            return None
        try:
            return read(said)
        except SendbookError as error:
            click.echo(f"  {error}")


def _setting() -> str:
    for number, words in enumerate(SETTINGS.values(), start=1):
        click.echo(f"  {number}  {words}")
    return (
        _checked("What kind of school is it? (1 to 4; it decides which duties are law for you)", answers.setting) or ""
    )


def _terms() -> Iterator[Term]:
    click.echo("Term dates: every deadline counted in school days rests on them.")
    number = 1
    while (term := _term(f"Term {number}: first day students are in (Enter when there are no more)")) is not None:
        yield term
        number += 1


def _term(question: str) -> Term | None:
    start = _checked(question, answers.typed_day)
    if start is None:
        return None
    both = _checked("  last day", lambda text: answers.in_order(start, answers.typed_day(text)))
    if both is None:
        return None
    half = _checked(
        "  half-term, such as 2026-10-26..2026-10-30 (Enter if none)",
        lambda text: _span_in(both, answers.typed_span(text)),
    )
    closed = _checked(
        "  other closed days (training days), such as 2026-11-27, 2027-01-04 (Enter if none)",
        lambda text: answers.off_within(both, answers.days(text)),
    )
    return Term(start=start, end=both[1], half_term=half, closed=closed or ())


def _span_in(term: Span, half: Span) -> Span:
    answers.off_within(term, half)
    return half
