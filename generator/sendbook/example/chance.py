"""Chance that can be repeated: every draw comes from a generator named after what it decides.

A student's draws depend on the seed and on the student's own number, so that a larger campus of the
same seed begins with the same students. Nothing here asks the clock, the machine or a hash.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

# Crockford's letters leave out I, L, O and U, so that an id read aloud is not mistaken.
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def chance(seed: int, *names: object) -> Random:
    """A generator for one purpose; the same seed and names give the same draws on any machine."""
    return Random("/".join([str(seed), *map(str, names)]))


def some(rng: Random, options: Sequence[T], count: int) -> list[T]:
    """``count`` different options in the order they stand, or all if there are fewer."""
    if len(options) <= count:
        return list(options)
    return [options[index] for index in sorted(rng.sample(range(len(options)), count))]


def weighted(rng: Random, weights: Sequence[tuple[T, float]]) -> T:
    """One of the values, each as often as its weight says."""
    return rng.choices([value for value, _ in weights], [weight for _, weight in weights])[0]


class Deck:
    """Cards drawn without putting back and shuffled anew when used up: shares hold in small campuses too."""

    def __init__(self, rng: Random, quotas: Sequence[tuple[T, int]]) -> None:
        self._rng = rng
        self._cards: list[object] = [value for value, number in quotas for _ in range(number)]
        self._left: list[object] = []

    def draw(self) -> object:
        """The next card."""
        if not self._left:
            self._left = list(self._cards)
            self._rng.shuffle(self._left)
        return self._left.pop()

    def put_back(self, cards: Sequence[object]) -> None:
        """Cards drawn in vain, to be drawn again next."""
        self._left.extend(reversed(cards))


class Rotation:
    """Options dealt in turn, skipping those that do not fit: none comes again while a fitting one waits."""

    def __init__(self, rng: Random, options: Sequence[T]) -> None:
        self._waiting: list[object] = list(options)
        rng.shuffle(self._waiting)

    def next(self, fits: Callable[[object], bool]) -> object | None:
        """The option that has waited longest among those that fit, or nothing."""
        for index, option in enumerate(self._waiting):
            if fits(option):
                self._waiting.append(self._waiting.pop(index))
                return option
        return None


class Ids:
    """Opaque ids, never one that was given before."""

    def __init__(self, taken: Sequence[str] = ()) -> None:
        self._taken = dict.fromkeys(taken)

    def student(self, rng: Random) -> str:
        """Four characters with a digit and a letter, such as ``7Q4K``."""
        return self._new(lambda: "".join(rng.choices(_CROCKFORD, k=4)), _readable)

    def person(self, rng: Random) -> str:
        """The same in lower case after ``p-``."""
        return self._new(lambda: "p-" + "".join(rng.choices(_CROCKFORD, k=4)).lower(), lambda _: True)

    def mailbox(self, rng: Random) -> str:
        """The first half of an address that says nothing about its owner."""
        return self._new(lambda: "".join(rng.choices(_CROCKFORD.lower(), k=7)), lambda text: text[0].isalpha())

    def _new(self, draw: Callable[[], str], good: Callable[[str], bool]) -> str:
        while True:
            text = draw()
            if text not in self._taken and good(text):
                self._taken[text] = None
                return text


def _readable(text: str) -> bool:
    has_both = any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
    return has_both and text.count("E") != sum(c.isalpha() for c in text)  # 12E4 reads as a number in many tools
