"""What a scan found, as a person counts it: a full name is one name, and so is all that is said of it further down.

A scanner tells every form of a name it knows, a surname within a full name among them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from sendbook.campus.words import listed
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.leaks.folding import words_of

if TYPE_CHECKING:
    from sendbook.checks.leaks.scan import Hit

PlaceT = TypeVar("PlaceT")
_AGAIN = re.compile(r"It is on lines? [\d, and]+ as well\.")


@dataclass(slots=True, kw_only=True)
class Named(Generic[PlaceT]):
    """One name and the places where it stands, in the order they were found; ``hit`` is how it is in the first."""

    hit: Hit
    places: list[PlaceT]
    words: frozenset[str]


def outermost(found: Iterable[tuple[PlaceT, Hit]]) -> Iterator[tuple[PlaceT, Hit]]:
    """What was found in one text, in its order, without what is within something longer."""
    end = 0
    for place, hit in sorted(found, key=lambda one: (one[1].offset, -len(one[1].written))):
        if hit.offset + len(hit.written) > end:
            end = hit.offset + len(hit.written)
            yield place, hit


def by_name(found: Iterable[tuple[PlaceT, Hit]]) -> list[Named[PlaceT]]:
    """One entry a name: a surname alone, or with a title, is that of the full name it is a part of."""
    names: list[Named[PlaceT]] = []
    for place, hit in found:
        words = frozenset(map(str, hit.key))
        same = next((one for one in names if _within(words, one.words) or _within(one.words, words)), None)
        if same is None:
            names.append(Named(hit=hit, places=[place], words=words))
        else:
            same.places.append(place)
            same.words |= words
    return names


def stands_again(lines: Iterable[int]) -> str:
    """A sentence that names the further lines on which something stands; nothing if there are none."""
    numbers = [str(line) for line in sorted(set(lines))]
    return f" It is on line{'s' if len(numbers) > 1 else ''} {listed(numbers)} as well." if numbers else ""


def not_told_yet(found: Iterable[Finding], told: Iterable[Finding]) -> tuple[Finding, ...]:
    """Without what a rule has told of the same line, or of the record that a made page has its words from: the same
    words in two findings help nobody.
    """
    words: dict[tuple[str, int | None], set[str]] = defaultdict(set)
    in_records: set[str] = set()
    for finding in told:
        if finding.code.startswith("DOC-"):
            again = _AGAIN.search(finding.remedy)
            for line in (finding.line, *(map(int, re.findall(r"\d+", again.group())) if again else ())):
                words[finding.path, line].update(words_of(finding.found))
        elif finding.path.startswith("records/") and finding.severity is Severity.ERROR:
            in_records.update(words_of(finding.found))

    def is_told(one: Finding) -> bool:
        known = words[one.path, one.line] | (set() if one.path.startswith("handbook/") else in_records)
        return bool(one.found) and set(words_of(one.found)) <= known

    return tuple(one for one in found if not is_told(one))


def _within(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether these are among the others; an initial is among them as the beginning of a word."""
    return all(word in others or (len(word) == 1 and any(one.startswith(word) for one in others)) for word in words)
