"""What a bare word in a record means: the one place that decides between text, number, true/false and nothing.

YAML has guessed differently in each of its versions (`no`, `12:30`, `010`, dates), so we let only what cannot
be mistaken be anything but text. The reader types values with `typed`; the writer asks `must_quote`, so that
what one writes the other, and other people's tools, read back as the same.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

Scalar = str | int | float | bool | None

# Eighteen digits fit 64 bits, which is what SQLite and most JSON readers keep exactly; longer ones are
# identifiers.
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
# “~” is how YAML writes nothing, and no page should show it. “Null” and “NULL” stay text: people are called so.
WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
NUMBER_BEGINS = frozenset("-0123456789")

# What YAML 1.2 would not read as text, and the words that programs for YAML 1.1 take for true and false. (1.1 itself
# lists y and n too, but hardly any program follows it there, and N is a code for SEN status.)
_NOT_TEXT_ELSEWHERE = re.compile(
    r"""[-+]?[0-9]+ | 0o[0-7]+ | 0x[0-9a-fA-F]+
      | [-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?
      | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
      | (?i:true|false|yes|no|on|off|null) | ~ | """,
    re.VERBOSE,
)


def typed(word: str) -> Scalar:
    """The value of an unquoted scalar."""
    if word[:1] in NUMBER_BEGINS:
        if _INTEGER.fullmatch(word):
            return int(word)
        if _DECIMAL.fullmatch(word):
            number = float(word)
            return number if math.isfinite(number) else word
        return word
    return WORDS.get(word, word)


def must_quote(text: str) -> bool:
    """Whether text would be taken for something else if it stood without quotes, here or in other tools."""
    return _NOT_TEXT_ELSEWHERE.fullmatch(text) is not None or not isinstance(typed(text), str)


def number_text(number: int | float) -> str:
    """A number in the one form `typed` reads; raises ValueError for one that has none."""
    text = str(number) if isinstance(number, int) else _decimal_text(number)
    if typed(text) != number or isinstance(typed(text), str):
        raise ValueError("a record can't hold this number: it is too large, or not finite")
    return text


def _decimal_text(number: float) -> str:
    if not math.isfinite(number):
        return ""
    text = format(Decimal(repr(number)), "f")
    return text if "." in text else f"{text}.0"
