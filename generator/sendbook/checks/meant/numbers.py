"""Numbers as people write them where a record wants digits: ``£6,000``, ``80%``, ``1h30``, ``twice a week``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sendbook.checks.meant.guess import Guess, bare

_WORDS: Mapping[str, float] = {
    word: number
    for number, words in {
        0: "no none zero nil",
        0.5: "half",
        1: "one once",
        2: "two twice",
        3: "three thrice",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        11: "eleven",
        12: "twelve",
        15: "fifteen",
        20: "twenty",
        30: "thirty",
        40: "forty",
        45: "forty-five",
        60: "sixty",
    }.items()
    for word in words.split()
}
_HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_BEFORE = re.compile(r"^(?:about|around|approx\.?|circa|ca?\.|~|≈|gbp|£|\+|x(?=\d)|\u00d7) ?", re.IGNORECASE)
# More digits in a row are a slip of the keyboard, and too many of them more than a float holds.
_DIGITS = r"\d{1,15}"
_PLAIN = re.compile(rf"-?{_DIGITS}(?:\.\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[, ]\d{3}){1,4}(?:\.\d+)?")
_RANGE = re.compile(r"\d+(?:\.\d+)? ?(?:[-\u2013\u2014]|to|or) ?\d+.*", re.IGNORECASE)
_SHARE = re.compile(rf"({_DIGITS}) ?/ ?({_DIGITS})")
_LEADING = re.compile(r"(£? ?[\d.,]+|[a-z]+|[½¼¾]|\d+[½¼¾]) ?([^\d].*)?", re.IGNORECASE)
_HOURS = re.compile(
    rf"({_DIGITS}(?:\.\d+)?|an?|one|two|three) ?h(?:(?:ou)?rs?)?\.?(?: ?(?:and )?(\d{{1,2}}) ?(?:m.*)?)?", re.IGNORECASE
)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_UNIT = re.compile(
    r"(?:%|per ?cent|k|p|x|\u00d7|pounds?|gbp|[a-z]+s?)?(?: ?(?:a|an|per|each|every|times?|/) ?[a-z ]*)?\.?",
    re.IGNORECASE,
)


def number_meant(text: str, *, minutes: bool = False, weekly: bool = False) -> Iterator[Guess]:
    """The numbers a text may mean, the likeliest first.

    ``minutes`` where the field counts minutes, ``weekly`` where it counts what happens in a week.
    """
    said = _BEFORE.sub("", _BEFORE.sub("", bare(text)))
    if minutes and (counted := _minutes(said)) is not None:
        yield Guess(value=_whole(counted))
        return
    if _RANGE.fullmatch(said):
        yield Guess(note="A range is not one number: write the one you plan with.")
        return
    value = _value(said)
    if value is not None and weekly:
        value = _in_a_week(value, said.lower())
    if value is not None:
        yield Guess(value=_whole(value))
        if said.rstrip(" .").endswith("%"):
            yield Guess(value=_whole(value / 100))


def _value(said: str) -> float | None:
    if _PLAIN.fullmatch(said):
        return float(said)
    if _THOUSANDS.fullmatch(said):
        return float(re.sub("[, ]", "", said))
    if found := _SHARE.fullmatch(said):
        return int(found[1]) / int(found[2]) if int(found[2]) else None
    if said[-1:] in _HALVES and re.fullmatch(_DIGITS, said[:-1].strip()):
        return float(said[:-1]) + _HALVES[said[-1]]
    return _with_unit(said)


def _with_unit(said: str) -> float | None:
    """``30 minutes``, ``6k``, ``twice a week``: the number at the beginning, where all that follows is a unit."""
    found = _LEADING.fullmatch(said)
    if not found or not _UNIT.fullmatch((found[2] or "").strip()):
        return None
    first, unit = found[1].strip("£ ").lower(), (found[2] or "").strip().lower()
    if first in _HALVES or first in _WORDS:
        value = _HALVES[first] if first in _HALVES else _WORDS[first]
    elif _PLAIN.fullmatch(first) or _THOUSANDS.fullmatch(first):
        value = float(first.replace(",", ""))
    else:
        return None
    return value * 1000 if unit == "k" else value


def _in_a_week(value: float, said: str) -> float | None:
    """How often in a week; None where it is said of a month or a day, of which a week holds no certain number."""
    if "fortnight" in said or "other week" in said or "two weeks" in said:
        return value / 2
    return None if re.search(r"month|term|year|da(?:y|ily)", said) else value


def _minutes(said: str) -> float | None:
    lower = said.lower()
    if lower in ("half an hour", "half hour", "½ hour", "½ an hour"):
        return 30
    if lower in ("quarter of an hour", "a quarter of an hour"):
        return 15
    if found := _CLOCK.fullmatch(said):
        return int(found[1]) * 60 + int(found[2])
    if found := _HOURS.fullmatch(said):
        hours = 1 if found[1].lower() in ("a", "an") else _WORDS.get(found[1].lower()) or float(found[1])
        return hours * 60 + int(found[2] or 0)
    return None


def _whole(value: float) -> int | float:
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def truth_meant(value: object) -> Guess | None:
    """True or false, from ``yes``, ``No``, ``TRUE``, ``y`` or ``1``."""
    said = bare(str(value)).lower().rstrip(".")
    if said in ("yes", "y", "true", "t", "on", "1", "✓", "x"):
        return Guess(value=True)
    return Guess(value=False) if said in ("no", "n", "false", "f", "off", "0", "none") else None
