"""Numbers as people write them in a sentence: in digits, with commas, as words, and as a share of a whole."""

from __future__ import annotations

import re

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
    """.split()  # noqa: SIM905 - a list to be read
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_OTHERS = {
    "a single": 1,
    "a lone": 1,
    "a couple of": 2,
    "a pair of": 2,
    "both of": 2,
    "both": 2,
    "half a dozen": 6,
    "a dozen": 12,
    "a hundred": 100,
}
_VALUES = {**{word: value for value, word in enumerate(_ONES)}, **_OTHERS}

_ONE_WORD = "|".join(_ONES[1:])
_TENS_WORD = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?"
_OTHER_WORDS = "|".join(words.replace(" ", r"\s+") for words in sorted(_OTHERS, key=len, reverse=True))
#: A number without a name, for use within other patterns (in small letters or capitals).
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{_OTHER_WORDS}|{_TENS_WORD}|(?:{_ONE_WORD})\b)"
_EARLIEST, _LATEST = 1900, 2100
# A longer row of digits counts nobody; as a float it might be infinite.
_LARGEST = 1e15


def value_of(written: str) -> float:
    """The value of what `NUMBER` found."""
    bare = " ".join(written.lower().replace(",", "").split())
    if bare[0].isdigit():
        return min(float(bare), _LARGEST)
    if bare in _VALUES:
        return _VALUES[bare]
    tens, _, one = bare.replace("-", " ").partition(" ")
    return (_TENS.index(tens) + 2) * 10 + (_VALUES[one] if one else 0)


def is_year(written: str) -> bool:
    """Whether four digits are a year's."""
    return bool(re.fullmatch(r"\d{4}", written)) and _EARLIEST <= int(written) <= _LATEST
