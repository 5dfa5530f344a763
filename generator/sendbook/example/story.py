"""Stories: what a kind of difficulty is like for one student, with everything that follows from it.

A story is data (``stories/*.yml``): needs, outcomes, targets, provision, strategies, cycles, profile and meetings that
belong together, each text with choices and gaps. Two students of the same story share a thread, not their sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from sendbook.example.chance import some
from sendbook.example.prose import Words

_FOLDER = Path(__file__).parent

Texts = str | Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Story:
    """One kind of difficulty: for which type of need and which years, and its texts by name."""

    id: str
    need: str
    area: str
    first_year: int
    last_year: int
    condition: str
    also: tuple[str, ...]
    texts: Mapping[str, Any]

    def fits(self, year: int) -> bool:
        """Whether it can be told of a student in this year group."""
        return self.first_year <= year <= self.last_year


class Telling:
    """A story told of one student: its texts in the student's words, none of them used twice."""

    def __init__(self, story: Story, words: Words, rng: Random) -> None:
        self.story, self.words, self.rng = story, words, rng
        self._waiting: dict[str, list[str]] = {}
        self._shared: dict[str, list[str]] = {}

    def one(self, name: str) -> str:
        """A text as sentences, one not used before while there is one."""
        return self.words.sentence(self._next(name))

    def shared(self, name: str) -> str:
        """A wording from the bank that all stories share, one not used before while there is one."""
        return self.words.sentence(self.shared_template(name))

    def shared_template(self, name: str) -> str:
        """The same before its gaps are filled, for a text with gaps of its own."""
        if not self._shared.get(name):
            self._shared[name] = self.rng.sample(bank("meetings")[name], len(bank("meetings")[name]))
        return self._shared[name].pop()

    def some(self, name: str, count: int) -> list[str]:
        """Up to ``count`` of the texts under a name that have not been used, as sentences."""
        waiting = self._of(name)
        taken, self._waiting[name] = waiting[:count], waiting[count:]
        return [self.words.sentence(text) for text in taken]

    def mixed(self, name: str, count: int, shared: Sequence[str], own: float) -> list[str]:
        """``count`` texts, each the story's own with probability ``own`` and else one that all stories share."""
        wanted = sum(self.rng.random() < own for _ in range(count))
        found = self.some(name, wanted)
        return found + [self.words.sentence(text) for text in some(self.rng, shared, count - len(found))]

    def has(self, name: str) -> bool:
        """Whether a text under this name has not been used yet."""
        return bool(self._of(name))

    def pairs(self, name: str, count: int) -> list[tuple[str, str]]:
        """The same for texts of the form ``Subject | text``."""
        return [(head.strip(), self.words.sentence(text.strip())) for head, _, text in self._split(name, count)]

    def _split(self, name: str, count: int) -> list[tuple[str, str, str]]:
        waiting = self._of(name)
        taken, self._waiting[name] = waiting[:count], waiting[count:]
        found = []
        for text in taken:
            head, mark, rest = text.partition(" | ")
            found.append((self.words.sentence(head), mark, rest))
        return found

    def _next(self, name: str) -> str:
        waiting = self._of(name)
        if waiting:
            return waiting.pop()
        return self.rng.choice(several(self.story.texts[name]))

    def _of(self, name: str) -> list[str]:
        if name not in self._waiting:
            texts = list(several(self.story.texts.get(name, ())))
            self.rng.shuffle(texts)
            self._waiting[name] = texts
        return self._waiting[name]


def tell(story: Story, words: Words, rng: Random) -> Telling:
    """The story in a student's words, with the story's own gaps filled once for all its texts."""
    own = {name: words.phrase(template) for name, template in story.texts.get("set", {}).items()}
    return Telling(story, words.with_words(own), rng)


@cache
def stories() -> tuple[Story, ...]:
    """All stories, in the order of their files' names."""
    found = [
        _story(entry) for path in sorted((_FOLDER / "stories").glob("*.yml")) for entry in bank(f"stories/{path.stem}")
    ]
    return tuple(found)


@cache
def bank(name: str) -> Any:
    """A file of texts or tables that ships with this room."""
    return yaml.load((_FOLDER / f"{name}.yml").read_bytes(), Loader=yaml.CSafeLoader)


def _story(entry: Mapping[str, Any]) -> Story:
    first, last = str(entry["years"]).split(" to ")
    return Story(
        id=entry["id"],
        need=entry["need"],
        area=entry["area"],
        first_year=int(first),
        last_year=int(last),
        condition=entry.get("condition", ""),
        also=tuple(entry.get("also", ())),
        texts=entry,
    )


def several(texts: Texts) -> list[str]:
    """The wordings of a text: a list, or one line with `` / `` between them."""
    return texts.split(" / ") if isinstance(texts, str) else list(texts)
