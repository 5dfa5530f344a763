"""A target's goal against its own sentence: “Reads 95 words a minute” with a goal of 80 promises two things.

Only a number that counts what the measure counts is held against the goal: its unit begins with the same word, and is
counted in the same time or out of the same number. How many words a page has, within how many minutes something begins
and where the student starts are other numbers, and nothing is said about them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sendbook.checks.case import Case
from sendbook.checks.rules.number_words import NUMBER, value_of
from sendbook.checks.rules.rule import Rule, Spot, rule
from sendbook.kinds.plan.rules.targets import open_targets

_CODE = "SEND Code of Practice 2015, 6.48 and 9.66"
# Measures of time and age are said in several numbers at once: “9 years 6 months”, “in 6 months”.
_SAID_IN_PIECES = frozenset({"month", "year", "week", "term"})
# What comes before a number that is not where the student is to arrive.
_NOT_THE_GOAL = re.compile(
    r"\b(?:of|by|gains?|from|in|within|after|every|each|under|over|below|above|beyond|(?<!no )(?:more|less|fewer) than)"
    r"(?: (?:the|a|an))?(?: (?:first|last|next))?\s*$",
    re.IGNORECASE,
)
# Numbers that nobody means to the digit: “one word at a time”, “a couple of words”.
_ROUGH = re.compile(r"(?:one|an?|both|half)\b", re.IGNORECASE)
# How much it is to grow by, which is no place to arrive at: “20 more words”.
_GROWTH = re.compile(r"\b(?:more|fewer|extra|additional|further)\b", re.IGNORECASE)
_BETWEEN = r"(?:(?!(?:of|in|to|for|at|with|and|or|per|a|an|on|out|from|by|the)\b)[A-Za-z'\u2019-]+\s+){0,2}"
_IN_TIME = re.compile(
    r"\b(?:a|an|per|each|every|one)\s+(minute|hour|lesson|session|day|week|fortnight|half[- ]term|term|month|year)\b",
    re.IGNORECASE,
)
_OUT_OF = re.compile(rf"\bof\s+({NUMBER})\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;.](?!\d)")


@rule("TGT-12", "A target's sentence and its goal say the same number", source=_CODE, parts=(("plan", "targets"),))
def goal_as_said(case: Case) -> Iterator[Spot]:
    """The family reads the sentence, and the chart shows the goal: where they differ, nobody knows when it is met."""
    for plan, place, target in open_targets(case):
        goal = float(target["goal"]["value"])
        numbers = numbers_of(target["behaviour"], case.measures[target["measure"]]["unit"])
        if numbers and not min(numbers) <= goal <= max(numbers):
            yield Spot(
                plan,
                f"{place}/goal/value",
                "The target's sentence says one number, and its goal is another.",
                "Make the sentence and the goal say the same number.",
                found=str(target["goal"]["value"]),
                hint=f"The sentence says {' and '.join(f'{one:g}' for one in numbers)}.",
            )


def numbers_of(sentence: str, unit: str) -> list[float]:
    """Returns the numbers of a sentence that count what a unit counts, and may be where the student is to arrive."""
    pattern = _counting(unit.lower())
    found = [] if pattern is None else [one for one in pattern.finditer(sentence) if _may_be_goal(one, sentence, unit)]
    written = [number for one in found for number in (one["lower"], one["number"]) if number]
    return [value_of(number) for number in written if not _ROUGH.match(number)]


def _may_be_goal(found: re.Match[str], sentence: str, unit: str) -> bool:
    clause = _CLAUSE.split(sentence[found.start() :])[0]
    other = _NOT_THE_GOAL.search(sentence[: found.start()]) or _GROWTH.search(found[0])
    return not other and all(_same(asked, clause, unit) for asked in (_IN_TIME, _OUT_OF))


def _same(asked: re.Pattern[str], clause: str, unit: str) -> bool:
    """Whether sentence and unit count in the same time, or out of the same number, where both say so."""
    said, counted = asked.search(clause), asked.search(unit)
    return said is None or counted is None or said[1].lower() == counted[1].lower()


@lru_cache(maxsize=256)
def _counting(unit: str) -> re.Pattern[str] | None:
    """Finds “15 words”, “15 new words”, “15 out of 20 words” and “15 to 20 words” where a unit begins with “words”."""
    noun = re.match(r"%|[a-z]+", unit)
    if noun is None or noun[0].removesuffix("s") in _SAID_IN_PIECES:
        return None
    if noun[0] in ("%", "per", "percent"):
        counted = r"\s*(?:%|per ?cent\b)"
    else:
        counted = rf"(?:\s+(?:out\s+)?of\s+{NUMBER})?\s+{_BETWEEN}{noun[0].removesuffix('s')}s?\b"
    start = rf"(?:from\s+{NUMBER}\s+(?:\w+\s+)?to\s+)?"
    lower = rf"(?:(?P<lower>{NUMBER})\s*(?:to|or|[-\u2013])\s*)?"
    return re.compile(rf"(?<![\w.,/-]){start}{lower}(?P<number>{NUMBER}){counted}", re.IGNORECASE)


RULES: tuple[Rule[Case], ...] = (goal_as_said,)
