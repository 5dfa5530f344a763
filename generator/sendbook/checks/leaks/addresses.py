"""Spells out how the address of a home is written in running text: house and street in either order, flats, postcodes.

Shared by what looks through public pages and by what looks through texts for families. The town is everybody's, a
street by itself is no home, and neither is “Flat 2”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sendbook.checks.leaks.folding import words_of

Words = tuple[str, ...]

POSTCODE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,2}[0-9][0-9A-Za-z]?)[ \u00a0]*([0-9][A-Za-z]{2})(?![A-Za-z0-9])")
#: Kinds of street, each with what it is shortened to.
STREETS: dict[str, Words] = {
    "road": ("rd",),
    "street": ("st", "str"),
    "avenue": ("ave", "av", "avn"),
    "lane": ("ln", "la"),
    "close": ("cl", "clo"),
    "drive": ("dr", "drv"),
    "court": ("ct", "crt"),
    "crescent": ("cres", "cr", "cresc"),
    "gardens": ("gdns", "gdn"),
    "terrace": ("terr", "ter", "tce"),
    "place": ("pl",),
    "square": ("sq",),
    "grove": ("gr", "grv"),
    "park": ("pk",),
    "way": ("wy",),
    "boulevard": ("blvd",),
    "parade": ("pde",),
    **dict.fromkeys(("row", "hill", "walk", "mews", "rise", "view", "green", "quay", "end", "yard", "wharf"), ()),
}
_WRITTEN_OUT = {short: long for long, shorts in STREETS.items() for short in shorts}
#: Short and long, as they stand at the end of a street's name.
KINDS = frozenset({*STREETS, *_WRITTEN_OUT})
_WITHIN_HOUSES = frozenset({"flat", "apartment", "apt", "unit", "room", "floor", "block", "studio", "suite"})
_MONTHS = "|".join(date(2000, month, 1).strftime("%B|%b") for month in range(1, 13))
# Behind a number that is a date, an hour, or so many of something, and no house.
_COUNTED = re.compile(
    rf"[\s\0]{{0,20}}(?:(?:st|nd|rd|th)?[\s\0]{{0,20}}(?:of\s{{1,20}})?(?:{_MONTHS})\b|(?:st|nd|rd|th)\b|[:./\u2013-]\s?\d|[%°]|[ap]\.?m\b"
    r"|o.clock|\s(?:people|children|men|women|of)\b|\s(?!(?:is|was|has|as|this|his|its|does)\b)[a-z]+s\b)",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"([^\W_]+)[.!?;:][\"')\]\0]*\s")


def is_house(written: str, behind: str) -> bool:
    """Whether a number behind a street is that of a house: it is in the same sentence, and nothing else is counted.

    ``written`` are street and number as they are written, ``behind`` is what follows them.
    """
    stops = _STOPPED.finditer(written)
    return all(stop.group(1).casefold() in _WRITTEN_OUT for stop in stops) and not _COUNTED.match(behind)


def is_postcode(words: Words) -> bool:
    """Whether these are the two words of a postcode."""
    return len(words) == 2 and POSTCODE.fullmatch(" ".join(words)) is not None


def postcodes_in(address: str) -> Iterator[Words]:
    """Each postcode, in two words."""
    for outward, inward in POSTCODE.findall(address):
        yield outward.casefold(), inward.casefold()


def houses_in(address: str) -> Iterator[Words]:
    """A house with its street, and its flat if it has one, with the kind of street in full and in short."""
    lines = _houses(address)
    for at, words in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else ()
        if _has_number(words) and len(words) > 1:
            yield from _spelt(words)
            if (inner := _without_flat(words)) != words and _has_number(inner):
                yield from _spelt(inner)
        elif at == 0 and len(words) > 1 and _ends_as_street(following):  # a house with a name, in its street
            yield from _spelt((*words, *following))


def turned_round(house: Words) -> Words:
    """A house and its street with the number behind the street; nothing where no number comes first."""
    count = next((at for at, word in enumerate(house) if not word[0].isdigit()), len(house))
    return (*house[count:], *house[:count]) if 0 < count < len(house) else ()


def house_name_in(address: str) -> Words:
    """The name of a house, where it has one: the first line, without a number."""
    first = next(iter(_houses(address)), ())
    return first if len(first) > 1 and not _has_number(first) else ()


def streets_in(address: str) -> Iterator[Words]:
    """The street by itself."""
    for words in _lines(address):
        street = tuple(word for word in _without_flat(words) if not _has_number((word,)))
        if len(street) > 1 and _ends_as_street(street):
            yield from _spelt(street)


def _houses(address: str) -> list[Words]:
    """The lines, with a line that says nothing but a flat put before the next."""
    found: list[Words] = []
    flat: Words = ()
    for words in _lines(address):
        if words and not _without_flat(words):
            flat = (*flat, *words)
        elif flat and _has_number(words):  # the house says enough, and the flat may be left out
            found.append(words)
            flat = ()
        else:
            found.append((*flat, *words))
            flat = ()
    return found


def _without_flat(words: Words) -> Words:
    """A line without the flat it begins with; nothing if there is nothing else."""
    rest = words
    while rest and rest[0] in _WITHIN_HOUSES:
        rest = rest[2:] if len(rest) > 1 and (len(rest[1]) == 1 or _has_number(rest[1:2])) else rest[1:]
    return rest


def _has_number(words: Words) -> bool:
    return any(word[0].isdigit() for word in words)


def _ends_as_street(words: Words) -> bool:
    return bool(words) and words[-1] in KINDS


def _lines(address: str) -> list[Words]:
    return [words_of(line) for line in re.split(r"[,;\n]", POSTCODE.sub(" ", address))]


def _spelt(words: Words) -> Iterator[Words]:
    """A line of an address, with the kind of street written out and in short."""
    yield words
    for at, word in enumerate(words):
        long = _WRITTEN_OUT.get(word, word)
        if at and long in STREETS:
            yield from ((*words[:at], other, *words[at + 1 :]) for other in (long, *STREETS[long]) if other != word)
