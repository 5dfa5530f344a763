"""Every code a finding can have, as the documentation lists it: what it means, where it comes from, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sendbook.checks.meanings import MEANINGS
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.rules.rule import Rule

_RULES = """## Every rule

| code | rule | severity | source |
| --- | --- | --- | --- |"""
_MEANING = """## What each rule means, and what to do

| code | what it means | what to do |
| --- | --- | --- |"""
_OTHERS = """## Every other code

How a file is written, where it lies, what its schema says, what points where, how a page is made up, and what may not
be public. Most are errors; each finding says whether it is one.

| code | what it means | what to do |
| --- | --- | --- |"""


def reference(book: RuleBook) -> str:
    """The tables, as Markdown: rules by code with their sources, what each means, and all other codes."""
    rules = sorted(book.every, key=lambda rule: _in_order(rule.id))
    pieces = [
        [_RULES, *(_row(rule.id, rule.title, rule.severities, rule.citation) for rule in rules)],
        [_MEANING, *(_row(rule.id, _meaning(rule), book.what_to_do[rule.id]) for rule in rules)],
        [_OTHERS, *(_row(one.code, f"{one.title}. {one.text}", one.remedy) for one in _others())],
    ]
    return "\n\n".join("\n".join(lines) for lines in pieces) + "\n"


def _others() -> Iterable[Any]:
    return (MEANINGS[code] for code in sorted(MEANINGS))


def _meaning(rule: Rule[Any]) -> str:
    """Title and explanation; one alone where they say the same."""
    text = " ".join(rule.explanation.split())
    return text if text.startswith(rule.title) else f"{rule.title}. {text}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(_cell(one) for one in cells)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("``", "`")


def _in_order(code: str) -> tuple[Any, ...]:
    """By prefix, then by number, then by letter: SENIR-3 before SENIR-3a, and both before SENIR-10."""
    prefix, _, rest = code.partition("-")
    digits = "".join(_leading_digits(rest))
    return prefix, not digits, int(digits or 0), rest


def _leading_digits(text: str) -> Iterator[str]:
    for char in text:
        if not char.isdigit():
            return
        yield char
